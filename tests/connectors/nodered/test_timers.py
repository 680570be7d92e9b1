"""A tab with timers stands, warns and breaches as its SLA policy says: Python and JavaScript."""

import json
import os
import warnings
from collections import Counter
from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis.errors import NonInteractiveExampleWarning

from ixia_config.flows import Timer, run_timers
from ixia_connectors.nodered.names import node_id
from ixia_connectors.nodered.nodes import nodes
from tests.connectors.nodered.interpreter import needs_node, play
from tests.flows.generated_slas import stories

STORIES = 5_000 if "IXIA_FUZZ" in os.environ else 60


def tab(graph, messages, webhook=""):
    made = {key: json.loads(body) for key, body in nodes(graph).items()}
    prefix = node_id(graph.policy, "")
    return {"nodes": made, "prefix": prefix, "messages": messages, "webhook": webhook}


def zulu(at):
    return at.isoformat().replace("+00:00", "Z")


def event(at, values, name="", key="r1"):
    return ["in", {"payload": {"id": key, "record": values, "at": zulu(at), "event": name}}]


def tick(at):
    return ["timers", {"payload": at.timestamp() * 1000}]


def look(at):
    return ["due", {"query": {"now": zulu(at)}}]


def drawn(count):
    found = []

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(stories())
    def draw(story):
        found.append(story)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonInteractiveExampleWarning)
        draw()
    return found


def script(story):
    """Events and looks in the order of time; at each look the tab ticks, too."""
    moments = [(at, 0, event(at, values, name)) for at, values, name in story.events]
    for now in story.looks:
        moments += [(now, 1, tick(now)), (now, 2, look(now))]
    return sorted(moments, key=lambda each: each[:2])


def instant(text):
    return None if text is None else datetime.fromisoformat(text)


@needs_node
def test_a_tab_stands_warns_and_breaches_as_its_policy_says():
    told = drawn(STORIES)
    scripts = [script(story) for story in told]
    pairs = zip(told, scripts, strict=True)
    answers = play([tab(story.graph, [each[2] for each in moments]) for story, moments in pairs])

    seen = Counter()
    for story, moments, played in zip(told, scripts, answers, strict=True):
        nodes_of = [each for each in story.graph.nodes if isinstance(each, Timer)]
        number, follows = 0, {each.key: each.reached for each in nodes_of}
        for (now, kind, _), answer in zip(moments, played, strict=True):
            if kind != 2 or now < story.events[0][0]:
                continue
            changes = story.changes(now)
            timed = run_timers(story.graph, changes[-1].record, changes, now=now)
            key, said = answer["answers"][0]
            assert "answer" == key, said
            (standing,) = said["standing"]
            seen[standing["state"]] += 1
            names = ("state", "target", "calendar", "started", "due", "stopped")
            wanted = {name: getattr(timed, name) for name in names}
            times = {name: instant(standing[name]) for name in names[3:]}
            assert wanted == {**{name: standing[name] for name in names[:3]}, **times}
            waits = {each.key: each.until for each in timed.waiting if each.until is not None}
            assert waits == {each["timer"]: instant(each["at"]) for each in standing["waits"]}
            said_new = [each for each in said["told"] if each["number"] > number]
            number = max([number, *(each["number"] for each in said_new)])
            reached = {step.key: step for step in timed.taken}
            for each in said_new:
                step = reached[
                    each["timer"].replace("wait-due", "breached").replace("wait", "tell")
                ]
                assert (step.at, list(step.people)) == (instant(each["at"]), each["to"])
                seen[each["action"]] += 1
            assert {*reached} & set(follows) <= {each["timer"] for each in said["told"]}
    assert {"running", "paused", "met", "breached", "warn", "set"} <= set(seen)

"""A tab with timers stands, warns and breaches as its SLA policy says: Python and JavaScript."""

import json
import os
import warnings
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import NonInteractiveExampleWarning

from ixia_config.flows import Timer, run_timers
from ixia_connectors.nodered.names import node_id
from ixia_connectors.nodered.nodes import nodes
from tests.connectors.nodered.interpreter import needs_node, play
from tests.flows.generated_slas import KNOWN, Story, stories

STORIES = 5_000 if "IXIA_FUZZ" in os.environ else 45


def tab(graph, messages, webhook=""):
    made = {key: json.loads(body) for key, body in nodes(graph).items()}
    prefix = node_id(graph.policy, "")
    return {"nodes": made, "prefix": prefix, "messages": messages, "webhook": webhook}


def zulu(at):
    return at.isoformat().replace("+00:00", "Z")


def event(at, values, name="", key="r1"):
    return ["in", {"payload": {"id": key, "record": values, "at": zulu(at), "event": name}}]


def tick(at):
    return ["tick", {"payload": at.timestamp() * 1000}]


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
    told = [*KNOWN, *drawn(STORIES)]
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
                step = reached[follows[each["timer"]]]
                assert (step.at, list(step.people)) == (instant(each["at"]), each["to"])
                seen[each["action"]] += 1
            assert {*reached} & set(follows) <= {each["timer"] for each in said["told"]}
    assert {"running", "breached", "warn", "set"} <= set(seen)


RULES = (
    "object: lead\nmetric: touch\nstart: {on: assigned}\nstop: known(first_touch_at)\n"
    'pause: status == "waiting"\ncalendar: us-business\nwarn_at: [50%]\n'
    "targets: [{within: 2 business hours}]\n"
    "escalate: [{at: 100%, to: manager, action: reroute}, {after: 1 hour, to: sdr}]"
)
MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)  # 9:00 in New York
LEAD = {"assigned_at": MONDAY.isoformat(), "owner": "ana@acme.example"}


def after(minutes):
    return MONDAY + timedelta(minutes=minutes)


def told_of(*messages, webhook=""):
    """What the tab of these rules tells after the messages, and how its clocks stand."""
    (played,) = play([tab(Story(RULES).graph, [*messages, look(after(600))], webhook)])
    return played[-1]["answers"][0][1], played


@needs_node
def test_what_is_due_is_told_once_with_policy_version_and_reasons():
    ticks = [tick(after(minutes)) for minutes in (59, 60, 61, 121, 500)]

    said, played = told_of(event(MONDAY, LEAD), *ticks)

    assert [("wait-warning-1", "warn", ["ana@acme.example"])] == [
        (each["timer"], each["action"], each["to"]) for each in said["told"][:1]
    ]
    assert ["warn", "reroute", "set", "notify"] == [each["action"] for each in said["told"]]
    assert [1, 2, 3, 4] == [each["number"] for each in said["told"]]
    times = [after(60), after(120), after(120) + timedelta(microseconds=1), after(180)]
    assert times == [instant(each["at"]) for each in said["told"]]
    assert ["lee@acme.example"] == said["told"][1]["to"]
    assert ("sla_touch", "breached") == (said["told"][2]["field"], said["told"][2]["value"])
    assert ["ana@acme.example", "sam@acme.example"] == sorted(said["told"][3]["to"])
    graph = Story(RULES).graph
    for each in (*said["told"], played[0]["answers"][0][1]):
        assert ("SlaPolicy/touch", graph.version) == (each["policy"], each["version"])
        assert each["reasons"]


@needs_node
def test_a_record_that_is_touched_first_is_neither_warned_about_nor_late():
    touched = {**LEAD, "first_touch_at": after(59).isoformat()}

    said, _ = told_of(event(MONDAY, LEAD), event(after(59), touched), tick(after(500)))

    assert [] == said["told"]
    assert ["met"] == [each["state"] for each in said["standing"]]


@needs_node
def test_a_clock_that_stands_still_tells_later_by_as_much():
    waiting = {**LEAD, "status": "waiting"}

    said, _ = told_of(
        event(MONDAY, LEAD), event(after(30), waiting), tick(after(90)),
        event(after(90), LEAD), tick(after(119)), tick(after(120)),
    )  # fmt: skip

    assert [after(120)] == [instant(each["at"]) for each in said["told"]]


@needs_node
@pytest.mark.parametrize(
    ("payload", "why"),
    [
        ({"record": LEAD}, "id is no text"),
        ({"id": "r1", "record": LEAD, "at": "yesterday"}, "at is no date"),
        ({"id": "r1", "record": {"status": "lost"}}, "status is no choice"),
        ({"id": "r" * 400, "record": LEAD}, "id is no text"),
        ({"id": "r2", "record": [1]}, "record is no object"),
        ("nothing", "id is no text"),
        ({"id": "r1", "record": LEAD, "at": "2026-11-23T13:59:59Z"}, "before the last event"),
    ],
)
def test_an_event_that_makes_no_sense_is_refused_and_moves_no_clock(payload, why):
    said, played = told_of(event(MONDAY, LEAD), ["in", {"payload": payload}])

    assert "refused" == played[1]["answers"][0][0]
    assert why in played[1]["answers"][0][1]["error"]
    assert 1 == len(said["standing"])
    assert MONDAY == instant(said["standing"][0]["started"])


@needs_node
def test_words_of_the_language_are_nobody_and_no_team():
    rules = RULES.replace("to: manager", "to: team_lead").replace(
        "calendar: us-business", "calendar: {of: team, otherwise: us-business}"
    )
    odd = {**LEAD, "owner": "__proto__", "team": "constructor"}

    messages = [event(MONDAY, odd, key="__proto__"), tick(after(500)), look(after(600))]
    (played,) = play([tab(Story(rules).graph, messages)])

    said = played[-1]["answers"][0][1]
    assert ["__proto__"] == [each["id"] for each in said["standing"]]
    assert [["__proto__"], []] == [each["to"] for each in said["told"][:2]]


@needs_node
def test_what_is_told_goes_to_the_webhook_of_the_instance_too():
    said, played = told_of(event(MONDAY, LEAD), tick(after(60)), webhook="http://127.0.0.1/told")

    ((url, body),) = played[1]["sent"]
    assert ("http://127.0.0.1/told", "warn", 1) == (url, body["action"], body["number"])
    assert [True] == [each["delivered"] for each in said["told"]]


@needs_node
def test_a_changed_policy_moves_the_clocks_that_run():
    """The context of a tab outlives a deployment; the next tick sees the new version."""
    before, later = Story(RULES).graph, Story(RULES.replace("2 business", "3 business")).graph
    tabs = [tab(graph, [event(MONDAY, LEAD)]) for graph in (before, later)]
    swapped = {**tabs[0], "later": tabs[1]["nodes"]}
    swapped["messages"] = [event(MONDAY, LEAD), ["swap", {}], tick(after(60)), look(after(60))]

    (played,) = play([swapped])

    said = played[-1]["answers"][0][1]
    assert [] == said["told"]
    assert [after(180)] == [instant(each["due"]) for each in said["standing"]]
    assert later.version == said["version"]


@needs_node
def test_what_is_due_at_the_next_opening_is_told_then_though_the_clock_stands_still():
    rules = RULES.replace("2 business hours", "0 business minutes")
    early, waiting = after(-120), {"owner": LEAD["owner"], "status": "waiting"}
    messages = [event(early, waiting, "assigned"), tick(early), tick(after(-1)), tick(after(0.01))]

    (played,) = play([tab(Story(rules).graph, [*messages, look(after(1))])])

    said = played[-1]["answers"][0][1]
    assert ["warn", "reroute", "set"] == [each["action"] for each in said["told"]]
    assert MONDAY == instant(said["told"][0]["at"])


def test_a_tab_has_only_the_calendars_that_may_count():
    """So that a holiday elsewhere changes no tab."""
    named = "".join(nodes(Story(RULES).graph).values())
    of_owners = RULES.replace("calendar: us-business", "calendar: owner")

    assert "Europe/Madrid" not in named
    assert "America/New_York" in named
    assert "Europe/Madrid" in "".join(nodes(Story(of_owners).graph).values())

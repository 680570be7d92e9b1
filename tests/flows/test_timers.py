"""A graph with timers says of every clock what the SLA policy says."""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from ixia_config.flows import Graph, Notify, NotYet, Timer, run_timers, sla_graph
from ixia_config.kinds.sla_policy.result import State
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.kinds.sla_policy.triggers import Change
from tests.flows.generated_slas import KNOWN, stories
from tests.kinds.test_sla_policies import BASE, MONDAY, TARGET, configured

EXAMPLES = 10_000 if "IXIA_FUZZ" in os.environ else 100


def alarms(graph, timed):
    """When and whom each warning and escalation of the graph told."""
    at = {each.key: (each.at, each.people) for each in timed.taken}
    waiting = {each.key for each in timed.waiting}
    for node in graph.nodes:
        if isinstance(node, Timer) and isinstance(graph.node(node.reached), Notify):
            assert not (node.key in at and node.key in waiting)
            yield node.reached, at.get(node.reached)


def declared(decision, graph):
    """The same of the decision, by the key of the node that it would be."""
    keys = {node.key for node in graph.nodes}
    for place, each in enumerate(decision.warnings, start=1):
        if f"tell-warning-{place}" in keys:
            yield f"tell-warning-{place}", each.at if each.reached else None
    for place, each in enumerate(decision.escalations, start=1):
        if f"tell-escalation-{place}" in keys:
            key = f"tell-escalation-{place}"
            yield key, (each.at, each.people) if each.reached else None


def standing(found):
    names = ("target", "calendar", "started", "due", "stopped", "allowed", "used")
    return {"state": found.state.value, **{name: getattr(found, name) for name in names}}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(stories())
def test_a_clock_stands_as_the_policy_says_and_tells_whom_it_says(story):
    compared(story)


@pytest.mark.parametrize("story", KNOWN)
def test_clocks_stand_to_the_minute_as_the_policy_says(story):
    compared(story)


def compared(story):
    """The clock of the graph and that of the policy, at every look."""
    graph = story.graph
    assert isinstance(graph, Graph)
    for now in story.looks:
        told = story.changes(now)
        timed = run_timers(graph, told[-1].record, told, now=now)
        decision = story.decide(now)

        assert standing(decision) == standing(timed)
        wanted = dict(declared(decision, graph))
        if not wanted:
            continue
        found = dict(alarms(graph, timed))
        for key, each in wanted.items():
            told_at = found[key] and (found[key] if "escalation" in key else found[key][0])
            assert each == told_at
        if decision.state is not State.CANCELLED:  # which may have been late before
            breached = "breached" in {each.key for each in timed.taken}
            assert breached is (decision.state is State.BREACHED)


def not_yet(rest, base=BASE):
    configuration = configured(rest, base)
    found = sla_graph(configuration, configuration.get(SlaPolicy, "speed-to-lead"))
    return found if isinstance(found, NotYet) else found.not_yet


def test_what_a_pause_moves_back_is_left_out_by_name():
    rest = '  pause: status == "waiting"\n  warn_at: [50%, 15 minutes]\n' + TARGET

    (found,) = not_yet(rest)

    assert ("warn_at 2", True) == (found.part, "pause" in found.reason)
    assert () == not_yet("  warn_at: [50%, 15 minutes]\n" + TARGET)


@pytest.mark.parametrize(
    ("part", "rest"),
    [
        ("pause", "  pause: assigned_at < now\n" + TARGET),
        ("targets 1", "  targets: [{when: assigned_at < now, within: 1 hour}]\n"),
        ("targets 1", "  targets: [{within: 2 months}]\n"),
    ],
)
def test_a_policy_that_no_timer_can_follow_is_no_graph(part, rest):
    assert part == not_yet(rest).part


def test_a_year_without_known_holidays_is_refused_rather_than_guessed():
    configuration = configured(TARGET)
    graph = sla_graph(configuration, configuration.get(SlaPolicy, "speed-to-lead"))
    far = MONDAY.replace(year=2040)

    with pytest.raises(ValueError, match="holidays"):
        run_timers(graph, {"assigned_at": far}, now=far)


def test_a_timer_that_a_pause_does_not_move_still_says_until_when():
    """Due with no time at all is due at the next opening, whatever stands still until then."""
    rest = '  pause: status == "waiting"\n  calendar: us-business\n'
    rest += "  targets: [{within: 0 business minutes}]\n"
    configuration = configured(rest)
    graph = sla_graph(configuration, configuration.get(SlaPolicy, "speed-to-lead"))
    early = MONDAY - timedelta(hours=2)
    record = {"assigned_at": early, "status": "waiting"}

    timed = run_timers(graph, record, [Change(early, record, "assigned")], now=early)

    assert (State.PAUSED, MONDAY) == (timed.state, timed.due)
    assert [MONDAY + timedelta(microseconds=1)] == [each.until for each in timed.waiting]

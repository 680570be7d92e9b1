"""A tab with approvals asks whom its policy asks, and goes where the answers lead."""

import os
import warnings
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import NonInteractiveExampleWarning

from ixia_config.kinds.approval_policy.decision import Outcome
from ixia_config.kinds.approval_policy.progress import next_step
from tests.connectors.nodered.interpreter import needs_node, play
from tests.connectors.nodered.test_timers import instant, look, tab, tick, zulu
from tests.flows.generated_approvals import BEGINS, KNOWN, Case, cases
from tests.kinds.test_approvals import ANA, CFO, CRO, DAN, FAY, LEE, LEO

CASES = 5_000 if "IXIA_FUZZ" in os.environ else 40


def request(case, key="q1"):
    given = {"id": key, "record": case.values, "submitter": case.submitter}
    return ["in", {"payload": {**given, "now": case.begins.isoformat()}}]


def vote(at, person, approves=True, comment="", key="q1"):
    given = {"id": key, "person": person, "approves": approves, "comment": comment}
    return ["votes", {"payload": {**given, "at": zulu(at)}}]


def drawn(count):
    found = []

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(cases())
    def draw(case):
        found.append(case)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonInteractiveExampleWarning)
        draw()
    return found


def script(case):
    moments = [(answer.at, 0, vote(answer.at, answer.person, answer.approves, answer.comment))
               for answer in case.answers]  # fmt: skip
    for at in (case.begins + wait for wait in case.looks):
        moments += [(at, 1, tick(at)), (at, 2, look(at))]
    return sorted(moments, key=lambda each: each[:2])


@needs_node
def test_a_tab_asks_whom_its_policy_asks_and_goes_where_answers_lead():
    told = [*KNOWN, *drawn(CASES)]
    scripts = [script(case) for case in told]
    tabs = [
        tab(case.graph, [request(case), *(each[2] for each in moments)])
        for case, moments in zip(told, scripts, strict=True)
    ]

    seen = Counter()
    for case, moments, played in zip(told, scripts, play(tabs), strict=True):
        decision = case.decide()
        ((key, first),) = played[0]["answers"]
        assert "answer" == key, first
        assert (decision.outcome.value, decision.rule or "") == (first["outcome"], first["rule"])
        assert len(decision.steps) == first["of"]
        for (now, kind, _), answer in zip(moments, played[1:], strict=True):
            if kind == 2:
                (standing,) = answer["answers"][0][1]["standing"]
                wanted = next_step(decision, case.answers, now)
                assert wanted.status.value == standing["status"], (case, wanted)
                if decision.outcome is Outcome.NEEDED:
                    assert (wanted.step, list(wanted.waiting_for)) == (
                        standing["step"],
                        standing["waiting_for"],
                    )
                    assert (wanted.due, wanted.level, wanted.overdue) == (
                        instant(standing["due"]),
                        standing["level"],
                        standing["overdue"],
                    )
                seen[wanted.status.value] += 1
    assert {"waiting", "approved", "rejected"} == set(seen)


RULES = (
    "object: deal\nrules:\n  - key: all\n    steps:\n"
    "      - {approver: {manager_of: submitter}, due: {within: 2 hours}}\n"
    "      - {approvers: [{role: finance}, {role: legal}, {role: cfo}], mode: quorum, need: 2,\n"
    "         due: {within: 4 hours, on_timeout: reject}}\n"
)
BEGIN = BEGINS[0]


def after(minutes):
    return BEGIN + timedelta(minutes=minutes)


def told_of(*messages, spec=RULES):
    """What a tab with these rules tells after a request of Ana and the messages."""
    case = Case(spec)
    (played,) = play([tab(case.graph, [request(case), *messages, look(after(5000))])])
    return played[-1]["answers"][0][1], played


@needs_node
def test_two_steps_and_a_quorum_are_asked_one_after_the_other():
    said, played = told_of(vote(after(10), LEE), vote(after(20), LEO), vote(after(30), FAY))

    assert ["ask", "ask", "approved"] == [each["action"] for each in said["told"]]
    assert [[LEE], [FAY, LEO, CFO], [ANA]] == [each["to"] for each in said["told"]]
    assert ["waiting", "waiting", "waiting", "approved"] == [
        each["answers"][0][1]["status"] for each in played[:4]
    ]
    graph = Case(RULES).graph
    for each in said["told"]:
        assert ("ApprovalPolicy/discounts", graph.version) == (each["policy"], each["version"])
        assert {"rule": "all", "why": "true"} in each["reasons"]


@needs_node
def test_a_no_that_a_quorum_can_do_without_does_not_reject():
    _, played = told_of(vote(after(1), LEE), vote(after(2), LEO, approves=False))
    assert "waiting" == played[2]["answers"][0][1]["status"]

    noes = [vote(after(2), LEO, approves=False), vote(after(3), FAY, approves=False)]
    said, played = told_of(vote(after(1), LEE), *noes)

    assert "rejected" == played[3]["answers"][0][1]["status"]
    assert "rejected" == said["told"][-1]["action"]


@needs_node
def test_silence_reminds_and_later_rejects():
    said, _ = told_of(tick(after(119)), tick(after(120)), vote(after(130), LEE), tick(after(371)))

    assert ["ask", "remind", "ask", "rejected"] == [each["action"] for each in said["told"]]
    assert after(120) == instant(said["told"][1]["at"])
    assert after(130 + 240) == instant(said["told"][3]["at"])


@needs_node
@pytest.mark.parametrize(
    ("person", "why"),
    [(DAN, "is not asked"), (ANA, "is not asked"), (CRO, "is not asked"), (FAY, "is not asked")],
)
def test_who_is_not_asked_now_is_refused(person, why):
    said, played = told_of(vote(after(5), person))

    assert ["refused"] == [each[0] for each in played[1]["answers"]]
    assert why in played[1]["answers"][0][1]["error"]
    assert 1 == len(said["told"])


@needs_node
def test_a_request_that_waits_is_not_begun_anew():
    case = Case(RULES)

    said, played = told_of(vote(after(1), LEE), request(case))

    assert "waits already" in played[2]["answers"][0][1]["error"]
    assert 1 == said["standing"][0]["step"]

"""May a record leave its stage now? Everything in its way is named, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.kinds.pipeline.ages import Ageing
from ixia_config.kinds.pipeline.decide import moves
from ixia_config.kinds.pipeline.gate import (
    Gate,
    Move,
    Obstacle,
    Standing,
    UnknownStage,
    may_move,
)
from ixia_config.kinds.pipeline.manner import Manner
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.language import load
from ixia_config.rules import normalise
from tests.kinds.reasons_text import text as told

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TEXT = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    amount: {type: money, title: Amount}
    pain: {type: text, placeholders: ["?"]}
    champion: {type: text}
    buyer: {type: person}
    owner: {type: person}
    close_date: {type: date}
---
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  people:
    - {email: ana@acme.example, role: ae, calendar: london}
    - {email: lee@acme.example, role: manager}
    - {email: old@acme.example, role: manager, to: 2026-01-01}
---
apiVersion: ixia/v1
kind: Calendar
metadata: {name: london}
spec: {zone: Europe/London, week: {mon-fri: ["09:00-17:00"]}, holidays: {region: GB}}
---
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: new-business}
spec:
  object: deal
  moves: {skip: false, back: false, reopen_to: evaluate}
  close_date: {past_while_open: false}
  stages:
    - key: qualify
      title: Qualify
      required: [amount]
      exit:
        - {key: pain, title: Pain confirmed, when: known(pain) && size(pain) > 5, verified_by: rep}
        - {key: buyer, title: Economic buyer met, when: known(buyer), verified_by: manager}
        - {key: fit, title: Fit, verified_by: rep}
      age: {warn: 21 days, breach: 35 days}
      stale_after: 14 days
    - key: evaluate
      title: Evaluate
      entry: [{key: champion, title: Champion found, when: known(champion)}]
      age: {breach: 3 business days}
    - key: negotiate
      title: Negotiate
      approval: {approvers: [lee@acme.example, old@acme.example], mode: all, when: amount >= 50000}
    - {key: won, title: Closed won, type: won}
    - key: lost
      title: Closed lost
      type: lost
      reasons: [price, {key: other, requires_comment: true}]
"""
FULL = {
    "amount": "40000",
    "pain": "Leads are lost",
    "champion": "Kim",
    "buyer": "b@customer.example",
    "owner": "ana@acme.example",
}
CONFIRMED = frozenset({"buyer", "fit"})


def configured(text=TEXT):
    configuration, found = configure(load("a.yaml", text).documents)
    assert [] == [str(diagnostic) for diagnostic in found]
    return configuration, configuration.of(Pipeline)[0]


def moved(to, record=FULL, stage="qualify", *, text=TEXT, now=NOW, reason="", comment="", **stands):
    configuration, policy = configured(text)
    stands.setdefault("confirmed", CONFIRMED)
    return may_move(
        configuration,
        policy,
        normalise(record, catalogue(configuration), "deal"),
        Move(to, reason, comment),
        now,
        standing=Standing(stage, **stands),
    )


def failing(decision):
    return [(each.obstacle, each.key) for each in decision.failing]


def without(*names, **others):
    return {name: value for name, value in FULL.items() if name not in names} | others


def test_a_record_that_has_everything_moves_on():
    decision = moved("evaluate")

    assert (Gate.OPEN, Manner.FORWARD, ()) == (decision.gate, decision.manner, decision.failing)


@pytest.mark.parametrize(
    ("record", "confirmed", "expected"),
    [
        (without("amount"), CONFIRMED, [(Obstacle.REQUIRED, "amount")]),
        (without("pain"), CONFIRMED, [(Obstacle.EXIT, "pain")]),
        (without(pain="?"), CONFIRMED, [(Obstacle.EXIT, "pain")]),
        (without(pain="short"), CONFIRMED, [(Obstacle.EXIT, "pain")]),
        (FULL, {"fit"}, [(Obstacle.EXIT, "buyer")]),
        (without("buyer"), CONFIRMED, [(Obstacle.EXIT, "buyer")]),
        (FULL, {"buyer"}, [(Obstacle.EXIT, "fit")]),
        (without("champion"), CONFIRMED, [(Obstacle.ENTRY, "champion")]),
        (
            {},
            set(),
            [
                (Obstacle.REQUIRED, "amount"),
                (Obstacle.EXIT, "pain"),
                (Obstacle.EXIT, "buyer"),
                (Obstacle.EXIT, "fit"),
                (Obstacle.ENTRY, "champion"),
            ],
        ),
        (without(close_date="2026-11-22"), CONFIRMED, [(Obstacle.CLOSE_DATE, "close_date")]),
        (without(close_date="2026-11-23"), CONFIRMED, []),
    ],
)
def test_everything_in_the_way_is_named_at_once(record, confirmed, expected):
    decision = moved("evaluate", record, confirmed=frozenset(confirmed))

    assert expected == failing(decision)
    assert decision.allowed is (not expected)


@pytest.mark.parametrize(
    ("stage", "to", "manner", "allowed"),
    [
        ("qualify", "evaluate", Manner.FORWARD, True),
        ("qualify", "negotiate", Manner.SKIP, False),
        ("qualify", "won", Manner.SKIP, False),
        ("negotiate", "won", Manner.FORWARD, True),
        ("evaluate", "qualify", Manner.BACKWARD, False),
        ("evaluate", "lost", Manner.LOST, True),
        ("lost", "evaluate", Manner.REOPEN, True),
        ("won", "evaluate", Manner.REOPEN, True),
        ("won", "qualify", Manner.REOPEN, False),
        ("won", "lost", Manner.REOPEN, False),
        ("Closed won", "Evaluate", Manner.REOPEN, True),
        ("evaluate", "evaluate", Manner.STAY, True),
    ],
)
def test_skipping_going_back_and_reopening_follow_the_rules(stage, to, manner, allowed):
    decision = moved(to, stage=stage, reason="price")

    assert (manner, allowed) == (decision.manner, decision.allowed)
    assert allowed is (Obstacle.MOVE not in {each.obstacle for each in decision.failing})


def test_a_listed_move_is_allowed_and_no_other():
    text = TEXT.replace("skip: false,", "allowed: {qualify: [negotiate]}, skip: false,")

    assert moved("negotiate", text=text).allowed
    assert [(Obstacle.MOVE, "forward")] == failing(moved("evaluate", text=text))


def test_a_deal_is_lost_without_evidence_but_not_without_a_reason():
    assert moved("lost", {}, reason="price").allowed
    assert [(Obstacle.REASON, "lost")] == failing(moved("lost", {}))
    assert [(Obstacle.REASON, "lost")] == failing(moved("lost", {}, reason="weather"))
    assert [(Obstacle.REASON, "other")] == failing(moved("lost", {}, reason="other"))
    assert moved("lost", {}, reason="other", comment="Company closed").allowed


LARGE = without(amount="50000")


@pytest.mark.parametrize(
    ("record", "approved", "gate"),
    [
        (FULL, (), Gate.OPEN),
        (LARGE, (), Gate.APPROVAL),
        (LARGE, ("ana@acme.example",), Gate.APPROVAL),
        (LARGE, ("Lee@acme.example",), Gate.OPEN),
        (LARGE, ("old@acme.example",), Gate.APPROVAL),
    ],
)
def test_a_stage_with_an_approval_waits_for_those_who_still_work_here(record, approved, gate):
    decision = moved("negotiate", record, "evaluate", approved_by=frozenset(approved))

    assert gate is decision.gate
    assert ((), ("lee@acme.example",))[record is LARGE] == decision.approvers


@pytest.mark.parametrize(
    ("days", "before", "then"),
    [
        (14, (Ageing.FRESH, False), (Ageing.FRESH, True)),
        (21, (Ageing.FRESH, True), (Ageing.WARN, True)),
        (35, (Ageing.WARN, True), (Ageing.BREACH, True)),
    ],
)
def test_age_and_staleness_are_reached_exactly(days, before, then):
    second = timedelta(seconds=1)

    ages = [moved("evaluate", entered=NOW - days * DAY + late).age for late in (second, 0 * second)]

    assert [before, then] == [(age.ageing, age.stale) for age in ages]


def test_activity_keeps_a_record_fresh_but_not_young():
    decision = moved("evaluate", entered=NOW - 40 * DAY, last_activity=NOW - DAY)

    assert (Ageing.BREACH, False) == (decision.age.ageing, decision.age.stale)
    assert decision.allowed


def test_business_days_in_a_stage_follow_the_calendar_of_the_owner():
    wednesday = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
    just_before = NOW - timedelta(seconds=1)

    assert Ageing.BREACH is moved("lost", stage="evaluate", entered=wednesday).age.ageing
    assert (
        Ageing.FRESH
        is moved("lost", stage="evaluate", entered=wednesday, now=just_before).age.ageing
    )
    assert (
        Ageing.UNKNOWN is moved("lost", without("owner"), "evaluate", entered=wednesday).age.ageing
    )


def test_a_stage_that_is_unknown_is_told_by_its_name():
    with pytest.raises(UnknownStage, match="has no stage 'verbal'"):
        moved("verbal")


STAGES = st.sampled_from(["qualify", "evaluate", "negotiate", "won", "lost"])


@given(STAGES, STAGES, st.booleans(), st.booleans())
def test_the_gate_and_the_graph_of_moves_agree(stage, to, skip, back):
    rules = f"moves: {{skip: {str(skip).lower()}, back: {str(back).lower()}"
    text = TEXT.replace("moves: {skip: false, back: false", rules)

    decision = moved(to, stage=stage, reason="price", text=text)

    graph = moves(configured(text)[1].body.spec)
    assert decision.allowed is (stage == to or to in graph[stage])


@given(st.dictionaries(st.sampled_from(sorted(FULL)), st.just("40000"), max_size=5))
def test_filling_a_field_never_closes_a_gate(more):
    fields = {name: FULL[name] for name in more}
    poor, rich = moved("evaluate", {}), moved("evaluate", fields)

    assert set(failing(rich)) <= set(failing(poor))


def test_a_sales_rep_understands_what_is_in_the_way(snapshot):
    texts = [
        told(moved("evaluate", without("amount", pain="short"), confirmed=frozenset()).reasons),
        told(moved("evaluate", entered=NOW - 40 * DAY).reasons),
        told(moved("negotiate", LARGE).reasons),
        told(moved("qualify", stage="won").reasons),
        told(moved("lost", {}, "evaluate").reasons),
    ]

    assert snapshot == "\n\n".join(texts)

"""Records are held against the rules of their pipeline as they stand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.kinds.parse import configure
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.pipeline.violations import Breach, judge, needed, violations, watched
from ixia_config.kinds.records import Record, Records
from ixia_config.language import load

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TOLD = frozenset({"amount", "pain", "region", "discount"})
DEAL = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    amount: {type: money}
    pain: {type: text, placeholders: ["?"]}
    region: {type: choice, choices: [AMER, EMEA]}
    discount: {type: percent, validate: discount < 50%}
    account: {type: reference, to: company}
---
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: company}
spec: {fields: {segment: {type: choice, choices: [smb, mid]}}}
---
"""
FOUR = """\
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: sales}
spec:
  object: deal
  applies_when: region != "EMEA"
  close_date: {past_while_open: false}
  stages:
    - key: qualify
      title: Qualify
      required: [amount]
      exit: [{key: pain, title: Pain known, when: known(pain)}]
      age: {warn: 10 days, breach: 20 days}
      stale_after: 7 days
    - key: evaluate
      title: Evaluate
      entry: [{key: size, title: Large enough, when: amount > 1000}]
      exit: [{key: segment, title: Right segment, when: known(pain) && account.segment == "mid"}]
    - {key: proposal, title: Proposal}
    - {key: won, title: Won, type: won}
    - {key: lost, title: Lost, type: lost, reasons: [price]}
"""
GOOD = {"amount": "5000", "pain": "much", "region": "AMER", "discount": None}
FRESH = {
    "entered_at": NOW - timedelta(days=1),
    "active_at": NOW - timedelta(hours=1),
    "closes_on": date(2026, 12, 1),
}


def configured(text=FOUR):
    configuration, found = configure(load("a.yaml", DEAL + text).documents)
    assert not found, [str(each) for each in found]
    [policy] = configuration.of(Pipeline)
    return policy, configuration


def deal(stage, **more):
    given = {name: more.pop(name) for name in GOOD if name in more}
    values = {**GOOD, **given}
    return Record("1", "Nordwind", "sales", stage, values, **{**FRESH, **more})


def judged(*rows, text=FOUR, told=TOLD, **more):
    policy, configuration = configured(text)
    return judge(policy, Records("deal", "deals", rows, told, **more), configuration, NOW)


def broken(*rows, **more):
    return [(each.rule.breach, each.rule.key) for each in judged(*rows, **more).violations]


@pytest.mark.parametrize("stage", ["qualify", "evaluate"])
def test_a_record_that_satisfies_everything_breaks_nothing(stage):
    assert [] == broken(deal(stage))


@pytest.mark.parametrize(
    ("record", "breach"),
    [
        (deal("qualify", amount=None), (Breach.REQUIRED, "amount")),
        (deal("evaluate", amount="900"), (Breach.ENTRY, "size")),
        (deal("evaluate", pain=None), (Breach.EXIT, "pain")),
        (deal("evaluate", pain=" ? "), (Breach.EXIT, "pain")),
        (deal("qualify", region="EMEA"), (Breach.SCOPE, "")),
        (deal("qualify", discount="60%"), (Breach.VALUE, "discount")),
        (deal("qualify", closes_on=date(2026, 11, 22)), (Breach.CLOSE_DATE, "")),
        (deal("qualify", entered_at=NOW - timedelta(days=15)), (Breach.AGEING, "")),
        (deal("qualify", entered_at=NOW - timedelta(days=20)), (Breach.AGE, "")),
        (deal("qualify", active_at=NOW - timedelta(days=7)), (Breach.STALE, "")),
    ],
)
def test_each_rule_is_noticed_alone(record, breach):
    assert [breach] == broken(record)


def test_an_exit_criterion_is_not_asked_of_a_record_that_is_still_in_the_stage():
    assert [] == broken(deal("qualify", pain=None))


def test_a_stage_before_the_first_start_was_never_left():
    later = FOUR.replace("  object: deal\n", "  object: deal\n  create_in: [evaluate]\n")

    assert [] == broken(deal("evaluate", pain=None), text=later)


def test_the_day_of_the_close_date_is_still_in_time():
    assert [] == broken(deal("qualify", closes_on=date(2026, 11, 23)))


def test_a_closed_record_is_only_asked_for_its_reason():
    policy, _ = configured()
    looked = frozenset({policy.address.at("lost")})
    lost = deal("lost", amount=None, pain=None, region="EMEA")

    assert [(Breach.REASON, "")] == broken(lost, reasons=looked)


def test_a_record_on_a_stage_of_nobody_is_held_to_the_rules_of_the_pipeline_only():
    assert [(Breach.SCOPE, "")] == broken(deal(None, amount=None, pain=None, region="EMEA"))


def test_what_nobody_told_is_named_and_never_broken():
    row = replace(deal("proposal"), entered_at=None, active_at=None, closes_on=None, values={})
    found = judged(row, told=frozenset())

    assert () == found.violations
    assert {
        (each.rule.breach, each.rule.key, each.records, each.fields) for each in found.unjudged
    } == {
        (Breach.EXIT, "pain", 1, ("pain",)),
        (Breach.EXIT, "segment", 1, ("account.segment", "pain")),
        (Breach.CLOSE_DATE, "", 1, ()),
        (Breach.SCOPE, "", 1, ("region",)),
        (Breach.VALUE, "discount", 1, ("discount",)),
        (Breach.REASON, "", 0, ()),
    }


def test_a_related_record_that_is_not_read_settles_nothing():
    found = judged(deal("proposal"))

    assert [("segment", ("account.segment",))] == [
        (each.rule.key, each.fields) for each in found.unjudged if each.records
    ]


def test_what_is_known_may_settle_a_condition_about_a_related_record():
    assert {"pain", "segment"} == {key for _, key in broken(deal("proposal", pain=None))}


def test_a_value_that_its_field_cannot_have_is_not_judged():
    found = judged(deal("qualify", amount="a lot"))

    assert () == found.violations
    assert (Breach.REQUIRED, ("amount",)) in [
        (each.rule.breach, each.fields) for each in found.unjudged
    ]


def test_business_time_without_a_calendar_is_not_judged():
    business = FOUR.replace("stale_after: 7 days", "stale_after: 7 business days")

    found = judged(deal("qualify", active_at=NOW - timedelta(days=90)), text=business)

    assert () == found.violations
    assert Breach.STALE in [each.rule.breach for each in found.unjudged]


def test_only_what_a_record_can_be_seen_to_break_is_watched():
    policy, configuration = configured()

    rules = {(each.breach, each.key) for each in watched(policy, configuration, TOLD)}

    assert (Breach.EXIT, "segment") in rules  # false without a pain, whatever the segment
    assert (Breach.EXIT, "segment") not in {
        (each.breach, each.key) for each in watched(policy, configuration, TOLD - {"pain"})
    }
    assert "account.segment" in needed(policy, configuration)


VALUES = st.fixed_dictionaries(
    {
        "amount": st.sampled_from([None, "0", "900", "5000"]),
        "pain": st.sampled_from([None, "?", "much"]),
        "region": st.sampled_from([None, "AMER", "EMEA", "Moon"]),
        "discount": st.sampled_from([None, "10%", "50%"]),
    }
)
MOMENTS = st.none() | st.integers(0, 30).map(lambda days: NOW - timedelta(days=days))
ROWS = st.lists(
    st.builds(
        Record,
        id=st.integers(0, 9).map(str),
        title=st.just("Nordwind"),
        pipeline=st.sampled_from(["sales", "other"]),
        stage=st.sampled_from(["qualify", "evaluate", "proposal", "lost", None]),
        values=VALUES,
        entered_at=MOMENTS,
        active_at=MOMENTS,
        closes_on=MOMENTS.map(lambda at: at and at.date()),
    ),
    max_size=5,
)
CONDITIONS = st.sampled_from(
    ["known(amount)", "amount > 1000", 'region == "AMER"', "!known(pain)", 'region != "Moon"']
).filter(lambda text: "Moon" not in text)


@given(
    ROWS, CONDITIONS, st.sampled_from(["entry", "exit"]), st.frozensets(st.sampled_from([*TOLD]))
)
def test_one_more_criterion_never_hides_a_violation(rows, condition, part, told):
    criterion = f"{{key: more, title: More, when: '{condition}'}}"
    stage = f"    - {{key: proposal, title: Proposal, {part}: [{criterion}]}}\n"
    more = FOUR.replace("    - {key: proposal, title: Proposal}\n", stage)
    assert more != FOUR

    fewer = broken(*rows, told=told)

    for each in set(fewer):
        assert fewer.count(each) <= broken(*rows, text=more, told=told).count(each)


@given(ROWS, st.frozensets(st.sampled_from([*TOLD])))
def test_knowing_less_never_finds_more(rows, told):
    known = broken(*rows)

    for each in set(broken(*rows, told=told)):
        assert broken(*rows, told=told).count(each) <= known.count(each)


@given(ROWS)
def test_records_of_another_pipeline_are_nobodys_business_here(rows):
    policy, configuration = configured()

    found = violations(policy, Records("deal", "deals", tuple(rows), TOLD), configuration, NOW)

    assert {"sales"} >= {each.record.pipeline for each in found}

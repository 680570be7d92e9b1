"""What is found in SlaPolicies beyond the one example that each code documents."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.kinds.check import check
from ixia_config.kinds.parse import configure
from ixia_config.kinds.sla_policy.space import witness
from ixia_config.language import load
from ixia_config.rules import Catalogue, Field, FieldType, read

TODAY = date(2026, 11, 22)
BASE = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec:
  fields:
    score: {type: integer}
    priority: {type: choice, choices: [p1, p2, p3]}
    source: {type: text}
    created_at: {type: datetime}
    assigned_at: {type: datetime}
    first_touch_at: {type: datetime}
---
apiVersion: ixia/v1
kind: Calendar
metadata: {name: us-business}
spec: {zone: America/New_York, week: {mon-fri: ["09:00-17:00"]}, holidays: {region: US}}
---
"""


def policy(targets, extra="", name="x", metric="first_touch"):
    lines = "".join(f"    - {target}\n" for target in targets)
    return (
        f"apiVersion: ixia/v1\nkind: SlaPolicy\nmetadata: {{name: {name}}}\nspec:\n"
        f"  object: lead\n  metric: {metric}\n  stop: known(first_touch_at)\n"
        f"  calendar: us-business\n{extra}  targets:\n{lines}---\n"
    )


def found_in(*texts):
    configuration, found = configure(load("a.yaml", BASE + "".join(texts)).documents)
    assert [] == [str(each) for each in found]
    return check(configuration, TODAY)


def codes(*texts):
    return [each.code for each in found_in(*texts)]


def scores(*conditions):
    return [
        f"{{when: {condition}, within: {hours} business hours}}"
        for hours, condition in enumerate(conditions, 1)
    ]


@pytest.mark.parametrize(
    ("conditions", "example"),
    [
        (["score >= 80", "score < 80"], "score empty"),
        (["score >= 80", "score < 79", "!known(score)"], "score 79"),
        (["score > 80", "score < 80", "!known(score)"], "score 80"),
        (['priority == "p1"', 'priority in ["p2"]'], "priority p3"),
        (
            ["assigned_at < first_touch_at", "assigned_at >= first_touch_at"],
            "assigned_at empty and first_touch_at empty",
        ),
    ],
)
def test_a_record_without_a_target_is_named(conditions, example):
    texts = [f"'{each}'" for each in conditions]

    found = found_in(policy(scores(*texts)))

    assert [("IX388", example)] == [(each.code, each.example) for each in found]


@pytest.mark.parametrize(
    "conditions",
    [
        ["score >= 80", "score < 80", "!known(score)"],
        ["priority in ['p1', 'p2']", "priority == 'p3' || !known(priority)"],
        ["assigned_at < first_touch_at", "!(assigned_at < first_touch_at)"],  # not looked into
        ["created_at < now"],  # nor is the clock
    ],
)
def test_targets_without_a_known_gap_are_fine(conditions):
    texts = [f'"{each}"' for each in conditions]

    assert [] == codes(policy(scores(*texts)))


def test_of_two_policies_that_cannot_meet_nothing_is_said():
    one = policy(["{within: 1 hour}"], "  when: score >= 80\n", name="hot")
    other = policy(["{within: 4 hours}"], "  when: score < 80\n", name="cold")
    past = "  effective: {to: 2026-01-01}\n"
    now = "  effective: {from: 2026-01-01}\n"

    assert [] == codes(one, other)
    assert [] == codes(
        policy(["{within: 1 hour}"], past, name="old"), policy(["{within: 1 hour}"], now)
    )
    assert ["IX398"] == codes(one, policy(["{within: 4 hours}"], name="all"))


def test_units_that_only_a_calendar_can_compare_are_not_compared():
    assert [] == codes(
        policy(["{when: score > 1, within: 1 business day}", "{within: 4 business hours}"])
    )


def test_a_misspelt_event_is_told_with_the_one_that_was_meant():
    [found] = found_in(policy(["{within: 1 hour}"], "  start: {on: asigned}\n"))

    assert 'did you mean "assigned"?' in str(found)


def test_every_error_of_a_policy_is_told_at_once():
    extra = "  start: {on: asigned}\n  when: scor > 1\n  warn_at: [200%]\n"
    found = codes(policy(["{within: 0 hours}"], extra))

    assert {"IX225", "IX387", "IX393"} < set(found)
    assert 4 == len(found)


CATALOGUE = Catalogue(
    {
        "lead": {
            "score": Field(FieldType.INTEGER),
            "priority": Field(FieldType.CHOICE, ("p1", "p2")),
            "hot": Field(FieldType.BOOLEAN),
        }
    }
)
ATOMS = [
    *(f"score {sign} {number}" for sign in ("<", ">=", "==", "!=") for number in (1, 2, 4)),
    *('priority == "p1"', 'priority != "p2"', "known(priority)", "hot", "!hot", "known(score)"),
]
conditions = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} && {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} || {pair[1]})"),
        inner.map(lambda one: f"!({one})"),
    ),
    max_leaves=6,
)
RECORDS = [
    {"score": score, "priority": priority, "hot": hot}
    for score in (None, 0, 1, 2, 3, 4, 5)
    for priority in (None, "p1", "p2")
    for hot in (None, True, False)
]


@given(conditions)
def test_a_condition_can_be_met_where_some_record_meets_it(text):
    typed, _ = read(text, CATALOGUE, "lead")

    answer = witness(typed)

    possible = any(typed.evaluate(record) for record in RECORDS)
    assert (possible, not possible) == (answer.record is not None, answer.impossible)

"""Metrics: exact formulas, figures that add up, and what is said of those that cannot."""

import statistics
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.kinds.check import check
from ixia_config.kinds.comp_plan.periods import period_of
from ixia_config.kinds.metric.decide import Circumstances, measure
from ixia_config.kinds.metric.formula import FormulaProblem, Undefined, parse, work_out
from ixia_config.kinds.metric.spec import Metric
from ixia_config.kinds.parse import configure
from ixia_config.language import load

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SCHEMA = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    stage: {type: text}
    region: {type: text, placeholders: ["?"]}
    amount: {type: money}
    created: {type: date}
    closed: {type: date}
    opened_at: {type: datetime}
    answered_at: {type: datetime}
---
apiVersion: ixia/v1
kind: Calendar
metadata: {name: office}
spec: {zone: UTC, week: {mon-fri: ["09:00-17:00"]}, holidays: {region: US}}
"""


def document(name, spec, owner=", owner: revops"):
    """One Metric of deals."""
    return (
        f"---\napiVersion: ixia/v1\nkind: Metric\nmetadata: {{name: {name}{owner}}}\n"
        f"spec:\n  of: deal\n{spec}"
    )


def configured(*documents):
    """A configuration whose documents have the right shape."""
    configuration, found = configure(load("a.yaml", SCHEMA + "".join(documents)).documents)
    assert () == found
    return configuration


def found(*documents):
    """The codes of what is wrong."""
    return [each.code for each in check(configured(*documents), date(2026, 11, 22))]


def measured(spec, records, *others, **circumstances):
    """The figures of one sound metric."""
    documents = (document("m", spec), *others)
    assert [] == found(*documents)
    configuration = configured(*documents)
    policy = configuration.get(Metric, "m")
    return measure(policy, configuration, records, Circumstances(NOW, **circumstances))


TREES = st.recursive(
    st.integers(0, 999).map(str) | st.sampled_from(["a", "b"]),
    lambda part: (
        st.builds("({} {} {})".format, part, st.sampled_from("+-*/"), part)
        | st.builds("abs({})".format, part)
    ),
    max_leaves=8,
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "stage": st.sampled_from(["won", "lost", "open"]),
            "region": st.sampled_from(["EMEA", "AMER", None]),
            "amount": st.none() | st.decimals(-1000, 1000, places=2),
        }
    ),
    max_size=12,
)


@given(TREES, st.fractions(), st.fractions())
def test_a_formula_means_what_exact_arithmetic_says(text, a, b):
    import re

    exact = re.sub(r"\d+", lambda number: f"Fraction({number[0]})", text)
    try:
        expected = eval(exact, {"Fraction": Fraction, "abs": abs, "a": a, "b": b})
    except ZeroDivisionError:
        with pytest.raises(Undefined):
            work_out(parse(text), {"a": a, "b": b}.__getitem__)
        return

    assert expected == work_out(parse(text), {"a": a, "b": b}.__getitem__)


@given(st.text("ab1.%+-*/() ²é\n", max_size=30))
def test_any_text_is_a_formula_or_says_where_it_is_none(text):
    try:
        parse(text)
    except FormulaProblem as found:
        problem = found
    else:
        return
    assert 0 <= problem.start <= problem.end <= max(len(text), 1)


def test_a_formula_nested_without_end_is_refused():
    with pytest.raises(FormulaProblem, match="nested too deeply"):
        parse("(" * 400 + "1" + ")" * 400)
    with pytest.raises(FormulaProblem, match="at most"):
        parse("1" + "+1" * 1000)


def test_signs_bind_as_at_school():
    assert Fraction(7) == work_out(parse("1 + 2 * 3"), lambda _: Fraction(0))
    assert Fraction(-5) == work_out(parse("1 - 2 * 3"), lambda _: Fraction(0))
    assert Fraction(1, 2) == work_out(parse("8 / 4 / 4"), lambda _: Fraction(0))
    assert Fraction(4, 5) == work_out(parse("1 - 20%"), lambda _: Fraction(0))
    assert Fraction(-2) == work_out(parse("-(1 + 1)"), lambda _: Fraction(0))


BY_REGION = """\
  by: [region]
  inputs: {n: {sum: amount, when: stage == "won"}}
  unit: money
"""


@given(ROWS)
def test_the_groups_add_up_to_the_whole_in_any_order(rows):
    result = measured(BY_REGION, rows)

    total = result.total()
    groups = [figure.value for figure in result.figures if figure.group]
    won = [row["amount"] for row in rows if row["stage"] == "won" and row["amount"] is not None]
    assert sum(won, Decimal(0)) == total.value == sum(groups, Decimal(0))
    assert result == measured(BY_REGION, rows[::-1])


MIDDLE = "  inputs: {m: {median: amount}}\n  unit: money\n  scale: 9\n"


@given(ROWS)
def test_a_median_is_that_of_the_records_that_have_the_amount(rows):
    figure = measured(MIDDLE, rows).total()

    amounts = [row["amount"] for row in rows if row["amount"] is not None]
    assert figure.value == (statistics.median(amounts) if amounts else None)
    assert figure.why == ("" if amounts else "no record has amount")


def test_a_figure_that_does_not_exist_says_why():
    spec = """\
  inputs:
    won: {count: records, when: stage == "won"}
    lost: {count: records, when: stage == "lost"}
  value: won / (won + lost)
"""
    figure = measured(spec, [{"stage": "open"}]).total()

    assert figure.value is None
    assert figure.why == "nothing to divide by: (won + lost) is 0"
    assert figure.inputs == {"won": 0, "lost": 0}


def test_a_metric_uses_another_in_the_same_groups_with_its_own_filter():
    rate = document(
        "rate",
        """\
  when: stage != "open"
  unit: share
  inputs: {won: {count: records, when: stage == "won"}, all: {count: records}}
  value: won / all
""",
    )
    spec = """\
  by: [region]
  inputs: {open: {count: records, when: stage == "open"}, rate: {metric: rate}}
  value: open * rate
"""
    rows = [
        {"stage": stage, "region": region}
        for stage, region in [
            ("won", "EMEA"), ("lost", "EMEA"), ("open", "EMEA"), ("open", "EMEA"),
            ("won", "AMER"), ("open", "AMER"), ("open", "APAC"),
        ]
    ]  # fmt: skip

    result = measured(spec, rows, rate)

    by_region = {figure.group: figure.value for figure in result.figures}
    assert by_region == {
        (): Decimal("2.67"),  # 4 open, 2 of 3 closed ones won
        ("AMER",): Decimal("1.00"),
        ("APAC",): None,
        ("EMEA",): Decimal("1.00"),
    }
    [undefined] = [figure.why for figure in result.figures if figure.value is None]
    assert undefined == "rate is undefined: nothing to divide by: all is 0"


def test_time_between_two_dates_is_counted_in_business_hours_where_a_calendar_is_named():
    spec = """\
  unit: hours
  inputs:
    m: {mean: {between: {from: opened_at, to: answered_at, unit: hours, calendar: office}}}
"""
    friday, monday = datetime(2026, 11, 20, 16, tzinfo=UTC), datetime(2026, 11, 23, 10, tzinfo=UTC)
    rows = [{"opened_at": friday, "answered_at": monday}, {"opened_at": friday}]

    assert Decimal("2.00") == measured(spec, rows).total().value
    real = spec.replace(", calendar: office", "")
    assert Decimal("66.00") == measured(real, rows).total().value


def test_the_age_of_what_is_open_is_counted_to_the_day_of_the_run():
    spec = "  unit: days\n  inputs: {m: {largest: {between: {from: created, to: now}}}}\n"

    figure = measured(spec, [{"created": date(2026, 11, 20)}]).total()

    assert Decimal("2.50") == figure.value


def test_placeholders_are_not_filled():
    spec = "  unit: count\n  inputs: {n: {filled: region}}\n"

    assert (
        1 == measured(spec, [{"region": "?"}, {"region": None}, {"region": "EMEA"}]).total().value
    )


def test_each_period_has_its_figure_and_records_without_date_are_counted():
    spec = """\
  date: closed
  period: quarter
  year_starts: 2
  unit: count
  inputs: {n: {count: records}}
"""
    rows = [{"closed": date(2027, 1, 31)}, {"closed": date(2027, 2, 1)}, {"closed": None}]

    result = measured(spec, rows)

    assert [("2027-Q4", 1), ("2028-Q1", 1)] == [(f.name, f.value) for f in result.figures]
    assert (3, 1) == (result.counted, result.undated)


def test_a_run_may_give_another_target():
    spec = """\
  inputs: {won: {sum: amount}, target: {number: 1000}}
  value: won / target
  unit: share
"""
    rows = [{"amount": Decimal(500)}]

    assert Decimal("0.5") == measured(spec, rows).total().value
    assert Decimal("0.25") == measured(spec, rows, given={"target": Decimal(2000)}).total().value


@given(st.dates(), st.sampled_from(["month", "quarter", "half", "year"]), st.integers(1, 12))
def test_periods_cover_every_day_once(day, length, starts):
    if day.year < 2 or day.year > 9997:
        return
    period = period_of(day, length, starts)

    assert period.start <= day < period.end
    assert period == period_of(period.start, length, starts)
    assert period.name != period_of(period.end, length, starts).name


def test_past_stages_are_not_guessed():
    pipeline = """\
---
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: sales}
spec:
  object: deal
  stages:
    - {key: pilot, title: Pilot, probability: 10%}
    - {key: won, title: Won, type: won}
    - {key: lost, title: Lost, type: lost, reasons: [price]}
"""
    spec = "  unit: count\n  inputs: {n: {count: records, ever_in: pilot}}\n"

    with pytest.raises(ValueError, match="past stages"):
        measured(spec, [{"stage": "won"}], pipeline)


@pytest.mark.parametrize(
    ("spec", "codes"),
    [
        ("  inputs: {n: {count: records}, m: {sum: amount}}\n", ["IX880"]),
        ("  inputs: {n: {}}\n", ["IX882"]),
        ("  inputs: {n: {sum: region}}\n", ["IX884"]),
        ("  inputs: {n: {sum: amout}}\n", ["IX202"]),
        ("  inputs: {n: {mean: {between: {from: region, to: now}}}}\n", ["IX884"]),
        ("  inputs: {n: {mean: {field: amount, between: {from: created, to: now}}}}\n", ["IX882"]),
        ("  date: amount\n  inputs: {n: {count: records}}\n", ["IX884"]),
        ("  by: [regio]\n  inputs: {n: {count: records}}\n", ["IX202"]),
        ("  inputs: {n: {metric: m}}\n", ["IX886"]),
        ("  inputs: {n: {count: records, ever_in: demo}}\n", ["IX888"]),
    ],
)
def test_what_cannot_be_computed_is_said(spec, codes):
    assert codes == found(document("m", spec))


def test_circles_of_three_are_found_once_each_and_terminate():
    circle = [document(a, f"  inputs: {{x: {{metric: {b}}}}}\n") for a, b in ("ab", "bc", "ca")]
    outside = document("d", "  inputs: {x: {metric: a}}\n")

    assert ["IX886"] * 3 == found(*circle, outside)

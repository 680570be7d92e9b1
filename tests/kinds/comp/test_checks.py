"""What is found in compensation plans beyond the one example that each code documents."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from ixia_config.kinds.check import check
from ixia_config.kinds.parse import configure
from ixia_config.language import load

TODAY = date(2026, 11, 22)
SCHEMA = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  fields:
    owner: {type: person}
    helper: {type: person}
    amount: {type: money, currency: USD}
    seats: {type: integer}
    kind: {type: choice, choices: [new, renewal]}
    close_date: {type: date}
---
"""
TABLE = "[{from: 0%, rate: 10%}]"


def plan(
    tiers=TABLE, quota="{measure: acv, amount: 300000}", extra="", component="", basis="attainment"
):
    quota = f"  quota: {quota}\n" if quota else ""
    return (
        "apiVersion: ixia/v1\nkind: CompPlan\nmetadata: {name: ae}\nspec:\n  currency: USD\n"
        f"  effective: {{from: 2027-01-01, to: 2028-01-01}}\n{quota}{extra}  components:\n"
        f"    - key: new\n      credit: {{amount: amount}}\n{component}"
        f"      rates: {{basis: {basis}, tiers: {tiers}}}\n---\n"
    )


def people(*lines):
    listed = "".join(f"    - {{person: ana@acme.example, {line}}}\n" for line in lines)
    return (
        "apiVersion: ixia/v1\nkind: CompAssignments\nmetadata: {name: pay}\n"
        f"spec:\n  assignments:\n{listed}---\n"
    )


def found_in(*texts):
    documents = load("a.yaml", SCHEMA + "".join(texts)).documents
    configuration, shape = configure(documents)
    assert [] == [str(each) for each in shape]
    return check(configuration, TODAY)


def codes(*texts):
    return sorted({each.code for each in found_in(*texts)})


def written(*tiers):
    return "[" + ", ".join(f"{{{tier}}}" for tier in tiers) + "]"


@pytest.mark.shared
def test_the_published_table_that_overlaps_is_found_where_it_does(shared):
    text = (shared / "worked-examples" / "validation.yaml").read_text("utf-8")
    [example] = [e for e in YAML(typ="safe").load(text)["examples"] if e["id"] == "val-03"]
    [wanted] = example["expected"]["findings"]

    def percent(value):
        return f"{Decimal(value) * 100:f}%".replace(".00%", "%").replace(".0%", "%")

    tiers = [
        f"from: {percent(each['from'])}, rate: {percent(each['rate'])}"
        + (f", to: {percent(each['to'])}" if each["to"] is not None else "")
        for each in example["given"]["tiers"]
    ]
    [found] = found_in(plan(written(*tiers)))

    assert ("IX700", tuple(map(percent, wanted["range"]))) == (found.code, (found.start, found.end))


bounds = st.lists(st.integers(1, 90), min_size=1, max_size=3, unique=True).map(sorted)


@settings(max_examples=15)
@given(bounds, st.integers(-1, 1), st.data())
def test_a_table_is_whole_exactly_where_each_tier_ends_as_the_next_starts(points, shift, data):
    moved = data.draw(st.integers(0, len(points) - 1))
    ends = [each + (shift if place == moved else 0) for place, each in enumerate(points)]
    starts = [0, *points]
    tiers = [f"from: {a}%, to: {b}%, rate: 5%" for a, b in zip(starts, ends, strict=False)]
    found = codes(plan(written(*tiers, f"from: {points[-1]}%, rate: 6%")))
    emptied = ends[moved] <= starts[moved]

    assert ([] if not shift else ["IX709"] if emptied else ["IX701" if shift < 0 else "IX700"]) == [
        each for each in found if each in ("IX700", "IX701", "IX709")
    ]


@settings(max_examples=15)
@given(st.integers(1, 40), st.integers(0, 20), st.sampled_from(("month", "quarter", "year")))
def test_a_plan_pays_its_target_exactly_where_rate_times_quota_is_the_variable(rate, off, period):
    times = {"month": 12, "quarter": 4, "year": 1}[period]
    year = Fraction(rate, 100) * 60000 * times
    variable = year + off * year / 1000
    text = plan(
        written(f"from: 0%, rate: {rate}%", "from: 100%, rate: 99%"),
        quota=f"{{measure: acv, period: {period}, amount: 60000}}",
        extra=f"  ote: {{base: 100000, variable: {float(variable):.6f}}}\n",
    )
    expected = ["IX710"] if off > 1 else []

    assert expected == [each for each in codes(text) if each == "IX710"]


def test_the_target_that_is_missed_is_told_in_money_with_the_line_to_paste():
    found = found_in(plan(extra="  ote: {base: 130000, variable: 130000}\n"))

    [told] = [str(each) for each in found]
    assert "new pays 120,000 USD in a year, not its target of 130,000 USD" in told
    assert "write rate: 10.83%" in told


def test_components_that_share_a_quota_are_compared_together():
    second = (
        "    - key: more\n      credit: {amount: amount}\n"
        "      rates: {basis: attainment, tiers: [{from: 0%, rate: 6%}]}\n---\n"
    )
    text = plan(extra="  ote: {base: 120000, variable: VARIABLE}\n").replace("---\n", second)

    assert [] == codes(text.replace("VARIABLE", "96000"))  # between 6 and 10 % of 1,200,000
    assert ["IX710"] == codes(text.replace("VARIABLE", "60000"))
    assert ["IX710"] == codes(text.replace("VARIABLE", "130000"))


def test_the_money_at_a_cliff_is_what_the_last_cent_of_credit_moves():
    rates = "      threshold: {at: 70%}\n"
    quota = "{measure: acv, period: year, amount: 1000000}"
    [threshold] = found_in(plan(quota=quota, component=rates))
    table = written("from: 0%, rate: 0%", "from: 70%, rate: 10%")
    text = plan(table, quota=quota).replace(
        "basis: attainment", "basis: attainment, mode: retroactive"
    )
    [table_cliff] = found_in(text)

    assert ["IX740", "IX740"] == [threshold.code, table_cliff.code]
    assert "jumps by 70,000 USD, from 0 USD to 70,000 USD" in str(table_cliff)
    assert threshold.above - threshold.below == Decimal(70000)


WRONG = {
    "a threshold without quota": (plan(basis="amount", tiers="[{from: 0, rate: 8%}]", quota="",
        component="      threshold: {at: 50%}\n"), "IX716"),
    "a rate without its percent sign": (plan("[{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]")
        .replace("12%}", "12%}").replace("attainment", "amount").replace("0%, r", "0, r")
        .replace("from: 100%", "from: 300000").replace("rate: 10%", "rate: 0.1"), "IX705"),
    "a gate on nothing": (plan(component="      gates: [{measure: margin, at: 90%}]\n"), "IX715"),
    "a field that the record lacks": (plan().replace("amount: amount", "amount: acv"), "IX202"),
    "a record that nobody declares": (plan().replace("{amount: amount}",
        "{object: order, amount: amount}"), "IX201"),
    "a condition that is misspelt": (plan().replace("amount: amount}",
        "amount: amount, when: kind == \"nwe\"}"), "IX321"),
    "a calendar of nobody": (plan(extra="  proration: {days: working, calendar: us}\n"), "IX207"),
    "a plan that ends before it starts": (plan().replace("to: 2028", "to: 2026"), "IX114"),
    "a contest that ends before it starts": (plan(extra="  spiffs: [{key: s, pay: 5, budget: 9, "
        "effective: {from: 2027-04-01, to: 2027-01-01}}]\n"), "IX114"),
    "a contest that pays twice": (plan(extra="  spiffs: [{key: s, pay: 5, rate: 1%, budget: 9, "
        "effective: {from: 2027-01-01, to: 2027-04-01}}]\n"), "IX714"),
    "a currency of the records without rates": (plan().replace("currency: USD", "currency: EUR"),
        "IX727"),
    "rates of the row of a matrix that fall back": (plan("[{from: 0%}]", extra=
        "  quotas: [{measure: m, amount: 4}]\n").replace("tiers:", "matrix: {measure: m, rows: "
        "[{from: 50%, rates: [5%]}, {from: 0%, rates: [6%]}]}, tiers:"), "IX708"),
    "steps without a list": (plan(component=
        "      clawback: {field: close_date, method: steps}\n"), "IX722"),
    "seasons of three quarters": (plan(quota=
        "{measure: acv, amount: 300000, seasonality: [30%, 30%, 40%]}"), "IX729"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code"), WRONG.values(), ids=WRONG.keys())
def test_a_plan_is_refused_with(text, code):
    assert [code] == codes(text)


LEAVES = "[{from: 2027-02-01, to: 2027-04-01}, {from: 2027-03-01, to: 2027-05-01}]"
DATES = {
    "no quota at all": (["plan: ae, from: 2027-01-01, quota: 0"], ["IX717"]),
    "a measure that the plan lacks": (
        ["plan: ae, from: 2027-01-01, quotas: [{measure: x, amount: 1}]"], ["IX715"]),
    "an end before the start": (["plan: ae, from: 2027-03-01, to: 2027-02-01"], ["IX114"]),
    "an end after the plan": (["plan: ae, from: 2027-03-01, to: 2029-02-01"], ["IX754"]),
    "a start after the plan": (["plan: ae, from: 2028-03-01"], ["IX754"]),
    "an open end": (["plan: ae, from: 2027-03-01"], []),
    "leaves that overlap": (
        [f"plan: ae, from: 2027-01-01, leave: {LEAVES}"], ["IX758"]),
    "a long assignment over a short one": (
        ["plan: ae, from: 2027-01-01, to: 2027-12-01",
         "plan: ae, from: 2027-02-01, to: 2027-03-01"],
        ["IX751"]),
    "a gap after the longer of two": (
        ["plan: ae, from: 2027-01-01, to: 2027-02-01", "plan: ae, from: 2027-03-01"], ["IX753"]),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), DATES.values(), ids=DATES.keys())
def test_an_assignment_is_judged_with(lines, expected):
    assert expected == codes(plan(), people(*lines))


def test_a_quota_of_their_own_pays_the_target_by_the_rate_of_their_own():
    ote = plan(extra="  ote: {base: 120000, variable: 120000}\n")
    override = "override: {approved_by: lee@acme.example, ticket: HR-1, rate_factor: FACTOR}"
    line = f"plan: ae, from: 2027-01-01, quota: 240000, {override}"

    assert [] == codes(ote, people(line.replace("FACTOR", "1.25")))
    assert ["IX755"] == codes(ote, people(line.replace("FACTOR", "1.2")))


def test_plans_that_pay_one_deal_are_told_with_a_deal_that_both_pay():
    one = plan().replace("amount: amount}", 'amount: amount, when: kind == "new"}')
    other = plan().replace("name: ae", "name: am")
    [found] = found_in(
        one, other, people("plan: ae, from: 2027-01-01", "plan: am, from: 2027-02-01")
    )

    assert "IX752" == found.code
    assert "with kind new" in found.message()


def test_plans_one_after_the_other_may_pay_the_same_deals():
    other = plan().replace("name: ae", "name: am")
    lines = ("plan: ae, from: 2027-01-01, to: 2027-02-01", "plan: am, from: 2027-02-01")

    assert [] == codes(plan(), other, people(*lines))


def test_a_finding_about_a_person_stands_in_the_sensitive_document():
    line = "plan: ae, from: 2027-01-01, quota: 987654"
    found = found_in(plan(extra="  ote: {base: 120000, variable: 120000}\n"), people(line))
    start = (SCHEMA + plan(extra="x\n")).count("\n")

    assert ["IX719", "IX755"] == sorted(each.code for each in found)
    assert all(each.mark.line > start for each in found)


@pytest.mark.parametrize("scale", ["7", "20", "-1", "half"])
def test_a_scale_that_no_money_has_is_told_as_a_wrong_value(scale):
    text = plan(extra=f"  rounding: {{scale: {scale}}}\n")
    _, found = configure(load("a.yaml", SCHEMA + text).documents)

    assert ["IX103"] == [each.code for each in found]

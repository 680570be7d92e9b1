"""The worked examples of compensation, read from their file and paid by real plans.

Where a published source is wrong, the test shows our figures; the file says what is corrected.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ixia_config.kinds.comp_plan.periods import period_of
from ixia_config.kinds.comp_plan.quotas import on_target
from ixia_config.kinds.comp_plan.result import What
from ixia_config.kinds.comp_plan.rounding import rounded
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.comp_plan.statement import records
from ixia_config.language import load
from tests.kinds.comp.desk import (
    ANA,
    assigned,
    component,
    configured,
    deal,
    deals,
    paid,
    plan,
    statement,
    total,
)

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def examples(shared):
    """The examples of the area by id."""
    text = (shared / "worked-examples" / "comp.yaml").read_text(encoding="utf-8")
    [document] = load("comp.yaml", text).documents
    return {example["id"]: example for example in document.tree["examples"]}


def percent(share):
    """A share of the file as the language writes it."""
    return f"{Decimal(share) * 100:f}%"


def table(given, mode=None):
    """The tiers of an example as the rates of a component."""
    unit = given.get("unit", "attainment")
    bound = percent if unit == "attainment" else str
    tiers = [
        {"from": bound(tier["from"]), "rate": percent(tier["rate"])}
        | ({"to": bound(tier["to"])} if tier.get("to") else {})
        | ({"retroactive": tier["retroactive"]} if "retroactive" in tier else {})
        for tier in given["tiers"]
    ]
    rates = {"basis": unit, "mode": mode or given["mode"], "tiers": tiers}
    return {"key": "acv", "credit": {"amount": "amount"}, "rates": rates}


def quota(amount, period="month"):
    return {"measure": "acv", "period": period, "amount": amount}


def rated_alone(given, mode=None):
    """What the plan of an example pays for each input, in a month of its own."""
    extra = {"quota": quota(given["quota"])} if "quota" in given else {}
    configuration = configured(plan(table(given, mode), **extra))
    found = []
    for amount in given["inputs"]:
        [payout] = statement(configuration, "2026-01", deals(configuration, amount)).payouts
        found.append(payout)
    return found


@pytest.mark.parametrize("name", ["comp-01", "comp-03", "comp-05", "comp-09", "comp-11"])
def test_tiers_pay_what_the_source_says(examples, name):
    given, expected = examples[name]["given"], examples[name]["expected"]

    found = rated_alone(given)

    assert expected["payouts"] == [str(payout.total) for payout in found]
    if "attainment" in expected:
        shares = [f"{payout.attained[0].share.normalize():.2f}" for payout in found]
        assert expected["attainment"] == shares


def test_a_month_of_transactions_that_are_each_rated_alone(examples):
    given, expected = examples["comp-05"]["given"], examples["comp-05"]["expected"]
    configuration = configured(plan(table(given)))

    [payout] = statement(configuration, "2026-01", deals(configuration, *given["inputs"])).payouts

    assert expected["payouts"] == [str(line.amount) for line in payout.lines]
    assert expected["total"] == str(payout.total)


@pytest.mark.parametrize("mode", ["retroactive", "marginal"])
def test_one_table_pays_differently_by_its_mode(examples, mode):
    given, expected = examples["comp-08"]["given"], examples["comp-08"]["expected"]

    assert expected[mode] == [str(payout.total) for payout in rated_alone(given, mode)]


DRAWS = [
    ("comp-12", "recoverable", "month"),
    ("comp-12", "non_recoverable", "month"),
    ("comp-14", "recoverable", "week"),
]


@pytest.mark.parametrize(("name", "kind", "period"), DRAWS)
def test_a_draw_is_paid_and_repaid(examples, name, kind, period):
    given, expected = examples[name]["given"], examples[name]["expected"][kind]
    draw = {"amount": given["draw"], "period": period, "kind": kind}
    whole = component(("0", None, "100%"))
    first = date(2026, 6, 1)
    configuration = configured(
        plan(whole, draw=draw, payout={"period": period}), assigned(from_=first.isoformat())
    )
    sales, days = [], []
    for number, each in enumerate(given["periods"]):
        days.append(first)
        sales.append(deal(configuration, number, each["earned"], first.isoformat()))
        first = period_of(first, period).end

    found = paid(configuration, sales, until=period_of(days[-1], period).name)

    assert [{"paid": each["paid"], "outstanding": each["outstanding"]} for each in expected] == [
        {"paid": str(each.total), "outstanding": f"{each.balance.draw:.2f}"} for each in found
    ]


@pytest.mark.parametrize("name", ["comp-15", "comp-16"])
def test_a_multiplier_is_chosen_by_attainment(examples, name):
    """Other deals count towards the quota without pay, so that the attainment is that given."""
    given, expected = examples[name]["given"], examples[name]["expected"]
    factors = [
        {"from": percent(each["from"]), "factor": each["factor"]}
        | ({"to": percent(each["to"])} if each["to"] else {})
        for each in given["multipliers"]
    ]
    pays = component(
        ("0", None, percent(given["base_rate"])),
        credit={"when": 'kind == "paid"'},
        rates={"multipliers": factors},
    )
    counts = [{"amount": "amount"}]
    whole = Decimal(1000000)
    configuration = configured(plan(pays, quota=quota(str(whole)) | {"counts": counts}))
    rest = whole * Decimal(given["attainment"]) - Decimal(given["credited"])
    sales = [
        deal(configuration, "1", rest, "2026-01-02", kind="other"),
        deal(configuration, "2", given["credited"], "2026-01-03", kind="paid"),
    ]

    [payout] = statement(configuration, "2026-01", sales).payouts
    [line] = payout.lines

    assert Decimal(given["attainment"]) == payout.attained[0].share
    assert Decimal(expected["effective_rate"]) == line.parts[0].rate
    assert expected["payout"] == str(payout.total)


@pytest.mark.parametrize(
    ("rule", "key"), [("not_counted", "exclude_start_day"), ("counted", "include_start_day")]
)
def test_a_month_is_prorated_by_the_declared_day_count(examples, rule, key):
    given, expected = examples["comp-17"]["given"], examples["comp-17"]["expected"]
    june = period_of(date(2026, 6, 1), "month")
    assert int(given["days_in_month"]) == (june.end - june.start).days
    tiers = component(("0%", None, "10%"), rates={"basis": "attainment"})
    declared = plan(tiers, quota=quota(given["monthly_goal"]), proration={"start_day": rule})

    found = []
    for start in given["start_days"]:
        first = june.start + timedelta(days=int(start) - 1)
        configuration = configured(declared, assigned(from_=first.isoformat()))
        [payout] = statement(configuration, june.name, []).payouts
        found.append(str(payout.attained[0].quota))

    assert expected[key] == found


def test_a_ramp_gives_shares_of_the_full_quota(examples):
    given, expected = examples["comp-19"]["given"], examples["comp-19"]["expected"]
    ramp = [{"month": str(n), "quota": percent(s)} for n, s in enumerate(given["schedule"], 1)]
    tiers = component(("0%", None, "10%"), rates={"basis": "attainment"})
    configuration = configured(plan(tiers, quota=quota(given["full_quota"]), ramp=ramp))

    found = paid(configuration, [], until=f"2026-{int(given['months']):02}")

    assert expected["quotas"] == [str(each.attained[0].quota) for each in found]
    assert found[0].attained[0].share is None


def test_splits_add_up_and_overlays_stand_on_top(examples):
    given, expected = examples["comp-21"]["given"], examples["comp-21"]["expected"]
    shares = [f"{e['who']}@acme.example {percent(e['share'])}" for e in given["revenue"]]
    shares += [f"{e['who']}@acme.example {percent(e['share'])} overlay" for e in given["overlay"]]
    names = [e["who"] for e in (*given["revenue"], *given["overlay"])]
    whole = component(("0", None, "10%"), credit={"split": "splits"})
    people = assigned(*(f"{name}@acme.example" for name in names))
    configuration = configured(plan(whole), people)
    sale = deal(configuration, "1", given["amount"], splits="; ".join(shares))

    claims = records(configuration, [sale]).book.claims
    credited = {key[0].partition("@")[0]: each[0].credit for key, each in claims.items()}

    def amounts(group):
        return {e["who"]: f"{credited[e['who']].amount:.2f}" for e in given[group]}

    assert expected["revenue"] == amounts("revenue")
    assert expected["overlay"] == amounts("overlay")
    direct = [credited[e["who"]] for e in given["revenue"]]
    above = [credited[e["who"]] for e in given["overlay"]]
    assert Decimal(expected["revenue_total_share"]) == sum(c.share for c in direct)
    assert Decimal(expected["overlay_total_share"]) == sum(c.share for c in above)
    assert Decimal(expected["company_bookings"]) == sum(c.amount for c in direct)


def contest(**spiff):
    """A plan without other pay, and a contest in January."""
    effective = {"from": "2026-01-01", "to": "2026-02-01"}
    nothing = component(("0", None, "0%"))
    return plan(nothing, spiffs=[{"key": "sprint", "effective": effective, **spiff}])


def test_contests_pay_fixed_by_revenue_and_from_a_pool(examples):
    given, expected = examples["comp-23"]["given"], examples["comp-23"]["expected"]
    fixed, revenue, team = given["fixed"], given["revenue"], given["team"]
    goal = Decimal(100000)

    by_deal = configured(contest(pay=fixed["reward"], budget="100000"))
    amounts = ["100"] * int(fixed["eligible"])
    assert Decimal(expected["fixed"]) == total(by_deal, "2026-01", deals(by_deal, *amounts))

    by_rate = configured(contest(rate=percent(revenue["rate"]), amount="amount"))
    sale = deals(by_rate, revenue["eligible_value"])
    assert Decimal(expected["revenue"]) == total(by_rate, "2026-01", sale)

    pool = configured(contest(pool=team["pool"], goal=str(goal), amount="amount"))
    sale = deals(pool, goal * Decimal(team["achievement"]))
    assert Decimal(expected["team"]) == total(pool, "2026-01", sale)


def test_a_clawback_is_taken_from_the_next_period(examples):
    given, expected = examples["comp-25"]["given"], examples["comp-25"]["expected"]
    whole = component(
        ("0", None, "100%"),
        clawback={"field": "cancelled_at", "within": "90 days", "share": percent(given["share"])},
    )
    configuration = configured(plan(whole))
    sales = [
        deal(configuration, "1", given["earned"], cancelled_at="2026-02-10"),
        deal(configuration, "2", given["next_period_earned"], "2026-02-20"),
    ]

    january, february = paid(configuration, sales, until="2026-02")

    [taken] = [line for line in february.lines if line.what is What.CLAWBACK]
    assert Decimal(given["earned"]) == january.total
    assert expected["adjustment"] == str(taken.amount)
    assert expected["next_period_net"] == str(february.total)
    assert expected["carried_forward"] == f"{february.balance.carried:.2f}"


def test_two_components_share_one_measure(examples):
    given, expected = examples["comp-27"]["given"], examples["comp-27"]["expected"]
    kinds = given["measure_counts"]
    rates = {"basis": "attainment", "accumulate": "year"}
    parts = [
        component(
            ("0%", None, "1%"), key=kind.lower(), credit={"when": f'kind == "{kind}"'}, rates=rates
        )
        for kind in kinds
    ]
    configuration = configured(plan(*parts, quota=quota("1000", "year")))
    months = {"Jan": "2026-01-10", "Feb": "2026-02-10"}
    sales = [
        deal(configuration, n, each["amount"], months[each["batch"]], kind=each["type"])
        for n, each in enumerate(given["credits"])
    ]

    rolling = []
    for number, sale in enumerate(sales, 1):
        month = f"{sale.values['close_date']:%Y-%m}"
        [payout] = statement(configuration, month, sales[:number]).payouts
        rolling.append(f"{payout.attained[0].credited:f}")

    assert expected["rolling"] == rolling


@pytest.mark.parametrize("mode", ["retroactive", "marginal"])
def test_a_quarter_is_paid_monthly_less_what_was_paid(examples, mode):
    given, expected = examples["comp-29"]["given"], examples["comp-29"]["expected"][mode]
    configuration = configured(plan(table(given, mode), quota=quota(given["quota"], "quarter")))
    sales = [
        deal(configuration, month, amount, f"2026-{month:02}-10")
        for month, amount in enumerate(given["periods"], 1)
    ]

    found = paid(configuration, sales, until="2026-03")

    assert expected["payments"] == [str(payout.total) for payout in found]
    assert expected["total"] == str(sum(payout.total for payout in found))


@pytest.mark.parametrize(
    ("field", "key"), [("order_date", "by_order_date"), ("close_date", "by_line_date")]
)
def test_the_declared_date_picks_the_version(examples, field, key):
    given, expected = examples["comp-31"]["given"], examples["comp-31"]["expected"]
    documents = [
        plan(
            component(("0", None, percent(version["rate"]))),
            effective={k: version[k] for k in ("from", "to") if version[k]},
            governed_by=field,
            credit={"date": "close_date"},
        )
        for version in given["versions"]
    ]
    configuration = configured(*documents, assigned(from_="2019-01-01"))
    sales = [
        deal(configuration, n, line["amount"], line["date"], order_date=given["order_date"])
        for n, line in enumerate(given["lines"])
    ]

    found = paid(configuration, sales, until="2020-02")

    assert expected[key] == str(sum(payout.total for payout in found))


def test_the_rate_of_the_close_date_converts(examples):
    given, expected = examples["comp-33"]["given"], examples["comp-33"]["expected"]
    rates = [
        {"currency": "EUR", "from": each["start"], "rate": each["per_usd"]}
        for each in given["rates"]
    ]
    configuration = configured(plan(component(("0", None, "10%")), fx={"rates": rates}))
    sales = [
        deal(configuration, n, each["amount"], each["close"], currency="EUR")
        for n, each in enumerate(given["deals"])
    ]

    found = records(configuration, sales).book.of(ANA, "plan")

    assert expected["usd"] == [str(claim.credit.amount) for claim in found]


def test_a_plan_knows_its_target_rate(examples):
    given, expected = examples["comp-35"]["given"], examples["comp-35"]["expected"]

    found = []
    for case in given["cases"]:
        ote = {"base": case["base"], "variable": case["variable"]}
        declared = plan(component(("0%", None, "1%")), ote=ote, quota=quota(case["quota"], "year"))
        target = on_target(configured(declared).of(CompPlan)[0].body.spec)
        found.append(
            {
                "ote": f"{target.total:.2f}",
                "target_rate": str(rounded(target.rate, 2)),
                "quota_to_ote": str(rounded(target.ratio, 2)),
            }
        )

    assert expected["cases"] == found


@pytest.mark.parametrize("basis", ["tcv", "acv_average", "first_year"])
def test_a_contract_of_several_years_counts_as_declared(examples, basis):
    given, expected = examples["comp-37"]["given"], examples["comp-37"]["expected"]
    rule = {"basis": basis, "months": "months", "first_year": "first_year"}
    whole = component(("0", None, "10%"), credit={"multi_year": rule})
    configuration = configured(plan(whole))
    yearly = [Decimal(each) for each in given["yearly"]]
    sale = deal(configuration, "1", sum(yearly), months=given["months"], first_year=str(yearly[0]))

    [claim] = records(configuration, [sale]).book.of(ANA, "plan")

    assert expected[basis] == str(claim.credit.amount)


def test_a_deal_pays_up_to_its_cap(examples):
    given, expected = examples["comp-39"]["given"], examples["comp-39"]["expected"]
    capped = component(
        ("0", None, percent(given["rate"])), cap={"per": "deal", "amount": given["cap"]}
    )
    configuration = configured(plan(capped))

    [payout] = statement(configuration, "2026-01", deals(configuration, given["amount"])).payouts
    rated, withheld = payout.lines

    assert expected["uncapped"] == str(rated.amount)
    assert expected["withheld"] == str(-withheld.amount)
    assert expected["payout"] == str(payout.total)


def test_every_example_of_the_file_has_a_test(examples, request):
    text = request.path.read_text(encoding="utf-8")

    assert [] == [name for name in examples if f'"{name}"' not in text]

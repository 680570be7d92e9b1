"""Laws that every compensation plan keeps, whatever its tiers and deals."""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ixia_config.kinds.comp_plan.component import Rates
from ixia_config.kinds.comp_plan.result import Payout, What
from ixia_config.kinds.comp_plan.rounding import apportion, rounded
from ixia_config.kinds.comp_plan.spec import Payout as Payouts
from ixia_config.kinds.comp_plan.statement import records
from ixia_config.kinds.comp_plan.tiers import curve, jumps
from tests.kinds.comp.desk import (
    ANA,
    BO,
    CY,
    assigned,
    but,
    component,
    configured,
    dated,
    day,
    deal,
    paid,
    plan,
    statement,
)

EXAMPLES = 1000 if os.environ.get("IXIA_FUZZ") else 25
few = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SETTLED = (What.GUARANTEE, What.DRAW, What.RECOVERY, What.CARRIED)
MODES = st.sampled_from(["marginal", "retroactive", "mixed", "interpolated"])
MONEY = st.decimals(0, 200_000, places=2).map(str)
POSITIVE = st.decimals("0.01", 200_000, places=2).map(str)
RATES = st.integers(0, 400).map(lambda n: f"{n / 10}%")
DAYS = st.dates(date(2026, 1, 1), date(2026, 6, 28)).map(str)
SCOPES = st.sampled_from(["line", "component", "total"])


@st.composite
def tables(draw, mode=MODES, basis="amount", amounts=False):
    """A rate table without holes."""
    kind = draw(mode)
    starts = sorted(draw(st.sets(st.integers(1, 300), max_size=3)))
    unit = "%" if basis == "attainment" else "000"
    tiers = []
    for number, start in enumerate([0, *starts]):
        tier = {"from": f"{start}{unit}" if start else f"0{unit[:1] if unit == '%' else ''}"}
        if amounts and draw(st.booleans()):
            tier["amount"] = draw(POSITIVE)
        else:
            tier["rate"] = draw(RATES)
        if kind == "mixed" and number:
            tier["retroactive"] = draw(st.booleans())
        tiers.append(tier)
    return {"basis": basis, "mode": kind, "tiers": tiers}


def read(table):
    """The curve of a table, for a quota of 100,000."""
    return curve(Rates.model_validate(table), Fraction(100_000))


@given(tables(st.just("marginal")), MONEY, MONEY)
@few
def test_marginal_pay_is_continuous_and_never_falls_as_credit_grows(table, one, other):
    table = read(table)
    low, high = sorted((Fraction(one), Fraction(other)))
    steepest = max(band.rate for band in table.bands)

    assert 0 <= table.pay(high) - table.pay(low) <= steepest * (high - low)
    assert () == jumps(table)


@given(tables(amounts=True), POSITIVE)
@few
def test_pay_jumps_only_at_bounds_and_each_jump_is_reported_with_its_money(table, amount):
    table = read(table)
    cent = Fraction(1, 10**9)
    leaps = {jump.at: jump.money for jump in jumps(table)}
    steepest = Fraction(10**6) * cent

    for at in [Fraction(amount), *(b.start for b in table.bands if b.start is not None)]:
        leap = table.pay(at) - table.pay(at - cent)
        assert abs(leap - leaps.get(at, Fraction(0))) <= steepest


@given(
    st.lists(st.fractions(-1000, 1000, max_denominator=997), min_size=1, max_size=8),
    st.sampled_from(["half_up", "half_even", "up", "down"]),
    st.sampled_from(["listed_order", "largest_remainder"]),
    st.integers(0, 4),
)
@few
def test_parts_add_up_to_the_rounded_whole(values, mode, residue, scale):
    parts = apportion(values, scale, mode, residue)

    assert rounded(sum(values, Fraction(0)), scale, mode) == sum(parts)
    assert all(
        abs(Fraction(p) - v) < Fraction(2, 10**scale) for p, v in zip(parts, values, strict=True)
    )


@given(
    POSITIVE,
    st.integers(1, 98),
    st.integers(1, 98),
    st.sampled_from(["listed_order", "largest_remainder"]),
)
@few
def test_the_parts_of_a_split_add_up_to_the_credit_to_the_cent(amount, first, second, residue):
    assume(first + second < 100)
    shares = f"{ANA} {first}%; {BO} {second}%; {CY} {100 - first - second}%"
    configuration = configured(
        plan(
            component(("0", None, "7%"), credit={"split": "splits"}), rounding={"residue": residue}
        ),
        assigned(ANA, BO, CY),
    )
    book = records(configuration, [deal(configuration, 1, amount, splits=shares)]).book

    parts = [book.of(person, "plan")[0].credit.amount for person in (ANA, BO, CY)]

    assert Decimal(amount) == sum(parts)


@st.composite
def desks(draw, mode=MODES, methods=("to_date_less_paid",), scopes=SCOPES, **extra):
    """A plan with a quota, and deals of half a year."""
    basis = draw(st.sampled_from(["amount", "attainment"]))
    table = draw(tables(mode, basis))
    length = draw(st.sampled_from(["month", "quarter", "half"]))
    declared = component(key="acv", **extra)
    declared["rates"] = table
    configuration = configured(
        plan(
            declared,
            quota={"measure": "acv", "period": length, "amount": "100000"},
            rounding={"at": draw(scopes)},
            payout={"method": draw(st.sampled_from(methods))},
        )
    )
    amounts = draw(st.lists(st.tuples(MONEY, DAYS), max_size=6))
    return configuration, [deal(configuration, n, a, on) for n, (a, on) in enumerate(amounts)]


def sums(payouts: tuple[Payout, ...]) -> Decimal:
    """What is paid in all, less what has been paid too much and is still carried forward."""
    carried = payouts[-1].balance.carried if payouts else Decimal(0)
    return sum((payout.total for payout in payouts), Decimal(0)) - carried


@given(desks())
@few
def test_paying_to_date_in_parts_equals_paying_once(desk):
    configuration, sales = desk
    monthly = sums(paid(configuration, sales, until="2026-H1"))

    once = sums(paid(yearly(configuration), sales, until="2026"))

    assert once == monthly


def yearly(configuration):
    """The same plan, paid once a year."""
    return but(configuration, payout=Payouts(period="year"))


@given(desks(scopes=st.sampled_from(["component", "total"])), st.randoms(use_true_random=False))
@few
def test_the_order_of_deals_does_not_change_what_a_period_pays(desk, random):
    configuration, sales = desk
    same_day = [dated(sale, close_date="2026-02-03") for sale in sales]
    names = [sale.id for sale in same_day]
    random.shuffle(names)
    renamed = [replace(sale, id=name) for sale, name in zip(same_day, names, strict=True)]

    assert sums(paid(configuration, same_day)) == sums(paid(configuration, renamed))


@given(
    desks(
        methods=("to_date_less_paid", "at_to_date_rate"),
        clawback={"field": "cancelled_at"},
        cap={"per": "period", "amount": "9000"},
    ),
    DAYS,
)
@few
def test_a_clawback_of_everything_returns_to_zero(desk, first):
    configuration, sales = desk
    lost = max([first, *(str(sale.values["close_date"]) for sale in sales)])
    gone = [dated(sale, cancelled_at=lost) for sale in sales]

    payouts = paid(configuration, gone)

    assert 0 == sum((payout.earned for payout in payouts), Decimal(0))
    assert all(payout.total >= 0 for payout in payouts)
    assert sums(payouts) == 0


@given(
    desks(
        methods=("to_date_less_paid", "at_to_date_rate"),
        holdback={"share": "30%", "release": "paid_at"},
    )
)
@few
def test_every_statement_foots(desk):
    configuration, sales = desk
    year = statement(configuration, "2026", sales)

    for payout in year.payouts:
        assert payout.total == sum(payout.by_component.values())
        for line in payout.lines:
            assert line.amount == line.earned - line.before or line.what in SETTLED
            if line.parts and line.what is What.COMMISSION:
                exact = sum((part.amount for part in line.parts), Decimal(0))
                assert abs(exact - line.exact) < Decimal("1e-10")
                assert line.credit.amount == sum(part.credit for part in line.parts)


@given(desks(), st.data())
@few
def test_a_closed_period_never_changes_and_the_difference_is_an_adjustment(desk, data):
    configuration, sales = desk
    before = paid(configuration, sales, until="2026-H1")
    closed = but(configuration, closed_until=day("2026-02-28"))
    history = before[:2]
    late = [
        deal(configuration, sale.id, data.draw(MONEY), str(sale.values["close_date"]))
        for sale in sales
    ]

    after = paid(closed, late, until="2026-H1", history=history)

    assert history == after[:2]
    earned = sum((payout.earned for payout in after), Decimal(0))
    fresh = sum(
        (payout.earned for payout in paid(configuration, late, until="2026-H1")), Decimal(0)
    )
    assert fresh == earned


@given(st.lists(st.tuples(MONEY, DAYS), max_size=5), st.integers(1, 9))
@few
def test_a_draw_pays_at_least_itself_and_is_repaid_by_no_more_than_was_lent(deals, thousands):
    configuration = configured(
        plan(component(("0", None, "10%")), draw={"amount": f"{thousands}000", "months": "3"})
    )
    sales = [deal(configuration, n, amount, on) for n, (amount, on) in enumerate(deals)]

    owed = Decimal(0)
    for number, payout in enumerate(paid(configuration, sales)):
        assert number >= 3 or payout.total >= thousands * 1000
        assert payout.total - payout.earned == payout.balance.draw - owed
        owed = payout.balance.draw
        assert owed >= 0

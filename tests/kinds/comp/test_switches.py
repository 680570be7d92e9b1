"""Every switch on which vendors differ, with figures that fit on the back of an envelope."""

from decimal import Decimal

import pytest

from ixia_config.kinds.comp_plan.result import How, What
from ixia_config.kinds.comp_plan.statement import records, statements
from tests.kinds.comp.desk import (
    ANA,
    BO,
    CY,
    assigned,
    but,
    component,
    configured,
    day,
    deal,
    deals,
    directory,
    paid,
    plan,
    statement,
    total,
)

QUOTA = {"measure": "acv", "period": "quarter", "amount": "100000"}
STEPS = (("0%", None, "5%"), ("100%", None, "10%"))
ATTAINMENT = {"basis": "attainment"}
FLAT = (("0", None, "10%"),)


def amounts(payouts):
    """What is paid in each payout."""
    return [str(payout.total) for payout in payouts]


def monthly(configuration, *each, **values):
    """A deal on the tenth of each month, of these amounts."""
    return [deal(configuration, n, a, f"2026-{n:02}-10", **values) for n, a in enumerate(each, 1)]


@pytest.mark.parametrize(
    ("mode", "method", "expected"),
    [
        ("marginal", "to_date_less_paid", ["3000.00", "4000.00", "4000.00"]),
        ("retroactive", "to_date_less_paid", ["3000.00", "9000.00", "4000.00"]),
        ("retroactive", "at_to_date_rate", ["3000.00", "6000.00", "4000.00"]),
    ],
)
def test_a_quarter_paid_by_the_month(mode, method, expected):
    """Of the 60,000 in February 40,000 are paid at 5 % and 20,000 at 10 %. Retroactive, all 120,000
    are paid at 10 %, less the 3,000 of January; or only those of February."""
    configuration = configured(
        plan(
            component(*STEPS, rates=ATTAINMENT | {"mode": mode}),
            quota=QUOTA,
            payout={"method": method},
        )
    )

    assert expected == amounts(
        paid(configuration, monthly(configuration, 60000, 60000, 40000), until="2026-03")
    )


@pytest.mark.parametrize(
    ("crossing", "expected"), [("split", "7000.00"), ("before", "6000.00"), ("after", "8000.00")]
)
def test_a_deal_that_crosses_the_line(crossing, expected):
    """80,000 at 5 % is 4,000; of the next 40,000 half lies above the line."""
    table = ATTAINMENT | {"crossing": crossing}
    configuration = configured(plan(component(*STEPS, rates=table), quota=QUOTA))

    assert expected == str(total(configuration, "2026-Q1", deals(configuration, 80000, 40000)))


def test_an_interpolated_amount_is_paid_as_far_as_its_tier_is_filled():
    tiers = [{"from": "0%", "amount": "1000"}, {"from": "50%", "to": "100%", "amount": "3000"}]
    bonus = component(type="bonus")
    bonus["rates"] = {"basis": "attainment", "mode": "interpolated", "tiers": tiers}
    configuration = configured(plan(bonus, quota=QUOTA))

    def at(amount):
        return str(total(configuration, "2026-Q1", deals(configuration, amount)))

    assert ["500.00", "1000.00", "2500.00", "4000.00", "4000.00"] == [
        at(amount) for amount in (25000, 50000, 75000, 100000, 200000)
    ]


def test_a_second_measure_picks_the_rates():
    seats = {"measure": "seats", "period": "quarter", "amount": "10"}
    seats["counts"] = [{"amount": "units"}]
    rows = [{"from": "0%", "rates": ["5%", "10%"]}, {"from": "100%", "rates": ["6%", "12%"]}]
    table = ATTAINMENT | {"matrix": {"measure": "seats", "rows": rows}}
    configuration = configured(plan(component(*STEPS, rates=table), quota=QUOTA, quotas=[seats]))

    few = deals(configuration, 110000, units="9")
    many = deals(configuration, 110000, units="10")

    assert Decimal("6000.00") == total(configuration, "2026-Q1", few)
    assert Decimal("7200.00") == total(configuration, "2026-Q1", many)


def test_a_gate_pays_everything_once_it_opens():
    gated = component(
        *FLAT, gates=[{"measure": "acv", "at": "100%"}], rates={"accumulate": "quarter"}
    )
    configuration = configured(plan(gated, quota=QUOTA))
    sales = monthly(configuration, 60000, 60000)

    assert ["0.00", "12000.00"] == amounts(paid(configuration, sales, until="2026-02"))


@pytest.mark.parametrize(("pays", "expected"), [("from_first", "6000.00"), ("above", "2000.00")])
def test_a_threshold_pays_all_or_what_lies_above(pays, expected):
    table = component(("0%", None, "10%"), rates=ATTAINMENT, threshold={"at": "40%", "pays": pays})
    configuration = configured(plan(table, quota=QUOTA))

    assert 0 == total(configuration, "2026-Q1", deals(configuration, 39999))
    assert expected == str(total(configuration, "2026-Q1", deals(configuration, 60000)))


@pytest.mark.parametrize(
    ("cap", "expected"),
    [
        ({"per": "deal", "amount": "1500"}, ["1500.00", "1500.00", "1000.00", "1500.00"]),
        ({"per": "period", "amount": "5000"}, ["3000.00", "2000.00", "0.00", "3000.00"]),
        ({"per": "year", "amount": "6500"}, ["3000.00", "2500.00", "1000.00", "0.00"]),
        ({"per": "period", "share": "50%"}, ["3000.00", "2000.00", "0.00", "3000.00"]),
        ({"per": "deal", "multiple": "0.5"}, ["1500.00", "1250.00", "500.00", "1500.00"]),
    ],
)
def test_caps(cap, expected):
    """10 % of 30,000, 25,000, 10,000 and, in the next quarter, 30,000; the target of a quarter is
    10,000, so 100 % pays 10 %."""
    ote = {"base": "0", "variable": "40000"}
    configuration = configured(
        plan(component(("0%", None, "10%"), rates=ATTAINMENT, cap=cap), quota=QUOTA, ote=ote)
    )
    sales = monthly(configuration, 30000, 25000, 10000, 30000)

    assert expected == amounts(paid(configuration, sales, until="2026-04"))


def test_a_payout_is_capped_as_a_whole_and_a_stretch_has_a_floor():
    configuration = configured(plan(component(*FLAT), cap="2000"))
    assert Decimal("2000.00") == total(configuration, "2026-01", deals(configuration, 30000))

    floored = component(*FLAT, floor={"amount": "500"}, rates={"accumulate": "month"})
    configuration = configured(plan(floored))
    assert Decimal("500.00") == total(configuration, "2026-01", deals(configuration, 3000))
    assert Decimal("700.00") == total(configuration, "2026-01", deals(configuration, 7000))


def test_what_is_held_back_is_paid_when_it_is_released_and_lost_when_it_expires():
    rule = {"share": "30%", "release": "paid_at", "expires": "60 days"}
    configuration = configured(plan(component(*FLAT, holdback=rule)))
    on_time = deal(configuration, 1, 10000, "2026-01-10", paid_at="2026-02-20")
    too_late = deal(configuration, 2, 10000, "2026-01-10", paid_at="2026-05-20")

    assert ["700.00", "300.00"] == amounts(paid(configuration, [on_time], until="2026-02"))
    payouts = paid(configuration, [too_late], until="2026-06")
    assert Decimal("700.00") == sum(payout.total for payout in payouts)
    assert [Decimal(300), Decimal(0)] == [payouts[0].balance.held, payouts[-1].balance.held]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"within": "90 days"}, "-1000.00"),
        ({"within": "30 days"}, "0"),
        ({"share": "40%"}, "-400.00"),
        ({"within": "100 days", "method": "pro_rata"}, "-600.00"),
        (
            {
                "method": "steps",
                "steps": [
                    {"within": "30 days", "share": "100%"},
                    {"within": "60 days", "share": "25%"},
                ],
            },
            "-250.00",
        ),
        ({"when": "amount > 20000"}, "0"),
    ],
)
def test_a_deal_that_is_lost_after_forty_days(rule, expected):
    configuration = configured(plan(component(*FLAT, clawback={"field": "cancelled_at", **rule})))
    sales = [deal(configuration, 1, 10000, "2026-01-10", cancelled_at="2026-02-19")]

    payouts = paid(configuration, sales, until="2026-02")

    assert Decimal(expected) == payouts[1].earned
    assert Decimal(expected) == -payouts[1].balance.carried


def test_takings_are_limited_and_the_rest_is_carried():
    configuration = configured(
        plan(component(*FLAT, clawback={"field": "cancelled_at"}), recovery_limit="50%")
    )
    sales = monthly(configuration, 20000, 8000, 30000)
    sales[0] = deal(configuration, 1, 20000, "2026-01-10", cancelled_at="2026-02-01")

    payouts = paid(configuration, sales, until="2026-03")

    assert ["2000.00", "400.00", "1500.00"] == amounts(payouts)
    assert [0, 1600, 100] == [payout.balance.carried for payout in payouts]


def test_a_kicker_adds_for_each_year_after_the_first():
    rule = {"basis": "acv_average", "months": "months", "kicker": "5%"}
    configuration = configured(plan(component(*FLAT, credit={"multi_year": rule})))

    assert Decimal("1100.00") == total(
        configuration, "2026-01", [deal(configuration, 1, 30000, months="36")]
    )


def test_a_product_counts_more():
    rule = [{"when": 'kind == "pro"', "factor": "1.5"}, {"when": "amount > 0", "factor": "0.5"}]
    configuration = configured(plan(component(*FLAT, credit={"multipliers": rule})))
    sales = [deal(configuration, 1, 1000, kind="pro"), deal(configuration, 2, 1000, kind="old")]

    [payout] = statement(configuration, "2026-01", sales).payouts

    assert [Decimal("150.00"), Decimal("50.00")] == [line.amount for line in payout.lines]


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        ({"months": "2"}, ["1000.00", "1000.00", "0.00", "2500.00"]),
        ({"months": "2", "kind": "forgiven"}, ["1000.00", "1000.00", "1500.00", "2500.00"]),
        (
            {"months": "2", "recovery": {"limit": "50%"}},
            ["1000.00", "1000.00", "750.00", "1750.00"],
        ),
        ({"recovery": {"from": "everything"}}, ["1000.00", "1000.00", "0.00", "2500.00"]),
        ({}, ["1000.00", "1000.00", "1000.00", "1500.00"]),
    ],
)
def test_draws(draw, expected):
    """500 and nothing are earned under a draw of 1,000, then 1,500 and 2,500."""
    configuration = configured(plan(component(*FLAT), draw={"amount": "1000", **draw}))
    sales = monthly(configuration, 5000, 0, 15000, 25000)

    payouts = paid(configuration, sales, until="2026-04")

    assert expected == amounts(payouts)


def test_a_guarantee_is_never_repaid():
    guarantee = {"share": "50%", "months": "2"}
    configuration = configured(
        plan(component(*FLAT), ote={"base": "0", "variable": "24000"}, guarantee=guarantee)
    )
    sales = monthly(configuration, 5000, 20000, 5000)

    assert ["1000.00", "2000.00", "500.00"] == amounts(paid(configuration, sales, until="2026-03"))


def quota_of(configuration, period="2026-03"):
    """The quota of the quarter as the payout of a month shows it."""
    [payout] = statement(configuration, period, []).payouts
    return str(payout.attained[0].quota)


@pytest.mark.parametrize(
    ("spec", "person", "expected"),
    [
        ({}, {}, "90000.00"),
        ({}, {"quota": "60000"}, "60000.00"),
        ({}, {"share": "50%"}, "45000.00"),
        (
            {"ramp": [{"month": "1", "quota": "25%"}, {"month": "2", "quota": "50%"}]},
            {},
            "52500.00",
        ),
        ({}, {"from": "2026-02-15"}, "45000.00"),
        ({"proration": {"start_day": "not_counted"}}, {"from": "2026-02-15"}, "44000.00"),
        ({"proration": {"days": "30/360"}}, {"from": "2026-02-16"}, "45000.00"),
        ({"proration": {"days": "working"}}, {"from": "2026-03-02"}, "30937.50"),
        ({"proration": {"quota": False}}, {"from": "2026-02-15"}, "90000.00"),
        ({}, {"leave": [{"from": "2026-02-01", "to": "2026-03-01"}]}, "62000.00"),
        (
            {"leave": {"quota": "kept"}},
            {"leave": [{"from": "2026-02-01", "to": "2026-03-01"}]},
            "90000.00",
        ),
    ],
)
def test_a_quota_shrinks_as_declared(spec, person, expected):
    """The first quarter of 2026 has 90 days, of which 64 are Monday to Friday, 22 from 2 March."""
    quota = QUOTA | {"amount": "90000"}
    configuration = configured(
        plan(component(*STEPS, rates=ATTAINMENT), quota=quota, **spec),
        assigned({"person": ANA, **person}),
    )

    assert expected == quota_of(configuration)


def test_seasons_divide_the_year():
    quota = QUOTA | {"seasonality": ["10%", "20%", "30%", "40%"]}
    configuration = configured(plan(component(*STEPS, rates=ATTAINMENT), quota=quota))

    assert ["40000.00", "80000.00", "120000.00", "160000.00"] == [
        quota_of(configuration, f"2026-{month:02}") for month in (3, 6, 9, 12)
    ]


def test_a_year_that_starts_in_february_has_quarters_from_february():
    configuration = configured(
        plan(component(*STEPS, rates=ATTAINMENT), quota=QUOTA, year_starts="2")
    )
    found = statement(configuration, "2026-Q4", monthly(configuration, 100000, 100000))

    assert ("2026-01-01", "2026-02-01") == tuple(
        str(day) for day in (found.payouts[0].start, found.end)
    )


def test_what_is_dated_within_a_leave_may_pay_nothing():
    leave = [{"from": "2026-02-01", "to": "2026-03-01"}]
    configuration = configured(
        plan(component(*FLAT), leave={"credits": "stopped"}),
        assigned({"person": ANA, "leave": leave}),
    )

    assert ["100.00", "0.00", "300.00"] == amounts(
        paid(configuration, monthly(configuration, 1000, 2000, 3000), until="2026-03")
    )


@pytest.mark.parametrize(
    ("zero", "expected"), [("target_rate", "1000.00"), ("guarantee", "300.00"), ("nothing", "0")]
)
def test_while_the_quota_is_zero(zero, expected):
    """The target variable of 40,000 by the quota of 400,000 is 10 %."""
    quota = QUOTA | {"zero": zero}
    configuration = configured(
        plan(
            component(*STEPS, rates=ATTAINMENT),
            quota=quota,
            ote={"base": "0", "variable": "40000"},
            ramp=[{"month": str(month), "quota": "0%"} for month in (1, 2, 3)],
            guarantee={"amount": "300"},
        )
    )
    [payout] = statement(configuration, "2026-01", deals(configuration, 10000)).payouts

    assert payout.attained[0].share is None
    assert Decimal(expected) == payout.total


def versioned(**spec):
    """A plan of 5 % below and 10 % above the quota, of which February on is another version."""
    parts = component(*STEPS, rates=ATTAINMENT)
    return (
        plan(parts, quota=QUOTA, effective={"to": "2026-02-15"}, **spec),
        plan(parts, quota=QUOTA, effective={"from": "2026-02-15"}, **spec),
    )


@pytest.mark.parametrize(
    ("versions", "expected"), [("separate", "50000.00"), ("carried", "100000.00")]
)
def test_attainment_starts_again_or_goes_on_with_a_new_version(versions, expected):
    """70,000 are closed before the change and 70,000 after it. Half of the quota is for each half
    of the quarter: twice 50,000 at 5 % and 20,000 at 10 %. Carried, 40,000 lie above 100,000."""
    configuration = configured(*versioned(versions=versions))
    sales = [
        deal(configuration, 1, 70000, "2026-02-01"),
        deal(configuration, 2, 70000, "2026-02-20"),
    ]

    found = statement(configuration, "2026-Q1", sales)
    shares = [str(payout.attained[0].quota) for payout in found.payouts]

    assert Decimal("9000.00") == sum(found.totals.values())
    assert expected == shares[-1]


def test_a_transfer_in_mid_period_shares_the_period_by_its_days():
    other = plan(component(("0", None, "20%")), name="senior")
    configuration = configured(
        plan(component(*FLAT)),
        other,
        assigned(
            {"person": ANA, "to": "2026-01-16"},
            {"person": ANA, "plan": "senior", "from": "2026-01-16"},
        ),
    )
    sales = [
        deal(configuration, 1, 1000, "2026-01-15"),
        deal(configuration, 2, 1000, "2026-01-16"),
    ]

    found = statement(configuration, "2026-01", sales)

    assert [("plan", Decimal(100)), ("senior", Decimal(200))] == [
        (payout.plan, payout.total) for payout in found.payouts
    ]


def test_managers_are_credited_for_the_people_below_them_as_far_as_declared():
    share = component(*FLAT, credit={"rollup": {"levels": "1", "share": "50%"}})
    configuration = configured(
        plan(share), assigned(ANA, BO, CY), directory(ana="bo", bo="cy", cy="ana")
    )
    book = records(configuration, deals(configuration, 1000)).book

    assert [((BO, "plan"), How.ROLLUP, Decimal(500))] == [
        (key, claim.credit.how, claim.credit.amount)
        for key, claims in book.claims.items()
        for claim in claims
    ]


def test_roles_share_a_deal_and_an_overlay_stands_on_top():
    roles = [
        {"role": "ae", "field": "owner", "share": "100%"},
        {"role": "se", "field": "se", "share": "20%", "overlay": True},
    ]
    configuration = configured(
        plan(component(*FLAT, credit={"split": {"roles": roles}})), assigned(ANA, BO)
    )
    sales = [deal(configuration, 1, 1000, se=BO)]

    assert Decimal("100.00") == total(configuration, "2026-01", sales)
    assert Decimal("20.00") == total(configuration, "2026-01", sales, BO)


def test_objectives_pay_their_weight_of_the_target_by_their_score():
    goals = {"key": "goals", "type": "mbo", "credit": {"amount": "score", "weight": "weight"}}
    configuration = configured(plan(goals, quota=QUOTA, ote={"base": "0", "variable": "16000"}))
    sales = [
        deal(configuration, 1, 0, score="100%", weight="60%"),
        deal(configuration, 2, 0, score="50%", weight="40%"),
    ]

    assert Decimal("3200.00") == total(configuration, "2026-Q1", sales)


def test_a_bonus_is_paid_in_the_payout_that_opens_its_gate():
    bonus = component(type="bonus", pay="5000", gates=[{"measure": "acv", "at": "100%"}])
    configuration = configured(plan(bonus, quota=QUOTA))
    sales = monthly(configuration, 60000, 60000, 60000)

    assert [0, 5000, 0] == [payout.total for payout in paid(configuration, sales, until="2026-03")]


def test_units_are_paid_in_money_for_each():
    table = component(("0", None, "20"), ("10", None, "30"), credit={"amount": "units"})
    table["rates"] |= {"basis": "units", "accumulate": "month"}
    configuration = configured(plan(table))
    sales = [deal(configuration, n, 0, units="8") for n in range(2)]

    assert Decimal("380.00") == total(configuration, "2026-01", sales)


CONTEST = {"key": "sprint", "effective": {"from": "2026-01-01", "to": "2026-02-01"}}


def test_a_contest_ends_with_its_budget_and_may_take_the_place_of_the_plan():
    spiff = CONTEST | {"pay": "250", "budget": "600", "when": 'kind == "pro"'}
    configuration = configured(plan(component(*FLAT), spiffs=[spiff]))
    sales = deals(configuration, 1000, 1000, 1000, kind="pro")
    alone = configured(plan(component(*FLAT), spiffs=[spiff | {"stacks": False}]))

    assert Decimal("900.00") == total(configuration, "2026-01", sales)
    assert Decimal("600.00") == total(alone, "2026-01", sales)


def test_a_pool_is_shared_by_credit_or_equally_when_the_contest_is_over():
    spiff = CONTEST | {"pool": "1000", "goal": "10000", "amount": "amount"}
    nothing = component(("0", None, "0%"))
    for shared, expected in (("by_credit", "600.00"), ("equally", "400.00")):
        configuration = configured(
            plan(nothing, spiffs=[spiff | {"shared": shared}]), assigned(ANA, BO)
        )
        sales = [deal(configuration, 1, 6000), deal(configuration, 2, 2000, owner=BO)]

        assert Decimal(expected) == total(configuration, "2026-01", sales)


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        ({"at": "line"}, ["0.13", "0.13", "0.13"]),
        ({"at": "line", "mode": "half_even"}, ["0.12", "0.12", "0.12"]),
        ({"at": "line", "mode": "down"}, ["0.12", "0.12", "0.12"]),
        ({"at": "component"}, ["0.13", "0.12", "0.13"]),
        ({"at": "component", "residue": "largest_remainder"}, ["0.13", "0.13", "0.12"]),
        ({"at": "total", "mode": "down"}, ["0.12", "0.13", "0.12"]),
        ({"at": "line", "scale": "3"}, ["0.125", "0.125", "0.125"]),
    ],
)
def test_where_a_cent_goes(rounding, expected):
    """Three times 0.125, which is 0.375 in all."""
    table = component(*FLAT, rates={"accumulate": "month"})
    configuration = configured(plan(table, rounding=rounding))

    [payout] = statement(configuration, "2026-01", deals(configuration, *["1.25"] * 3)).payouts

    assert expected == [str(line.amount) for line in payout.lines]


def test_a_record_without_a_rate_for_its_day_is_not_credited_and_says_so():
    rates = [{"currency": "EUR", "from": "2026-02-01", "rate": "0.8"}]
    fx = {"rates": rates, "quote": "per_foreign_unit"}
    configuration = configured(plan(component(*FLAT), fx=fx))
    sales = monthly(configuration, 1000, 1000, currency="EUR")

    january, february = paid(configuration, sales, until="2026-02")

    assert ["no rate for EUR on 2026-01-10"] == [reason.why for reason in january.reasons]
    assert [Decimal(0), Decimal(80)] == [january.total, february.total]


def test_a_personal_rate_names_who_agreed():
    override = {"approved_by": CY, "ticket": "HR-7", "rate_factor": "1.5"}
    configuration = configured(
        plan(component(*FLAT)), assigned({"person": ANA, "override": override})
    )

    [payout] = statement(configuration, "2026-01", deals(configuration, 1000)).payouts

    assert Decimal("150.00") == payout.total
    assert f"rates x 1.5, approved by {CY} (HR-7)" == payout.lines[0].reasons[0].why


@pytest.mark.parametrize(("corrections", "expected"), [("adjust", "-50.00"), ("freeze", "0")])
def test_a_late_change_of_a_closed_period_is_an_adjustment_or_nothing(corrections, expected):
    configuration = configured(plan(component(*FLAT), corrections=corrections))
    history = paid(configuration, monthly(configuration, 1000), until="2026-01")
    closed = but(configuration, closed_until=day("2026-01-31"))
    late = monthly(closed, 500, 2000)

    january, february = paid(closed, late, until="2026-02", history=history)

    assert history[0] is january
    found = [line for line in february.lines if line.what is What.CORRECTION]
    assert Decimal(expected) == sum(line.amount for line in found)
    assert all(line.about == "2026-01" for line in found)
    assert Decimal(200) + Decimal(expected) == february.total


def test_a_credit_note_takes_back_what_was_paid_for_it():
    table = component(*STEPS, rates=ATTAINMENT)
    configuration = configured(plan(table, quota=QUOTA))

    assert Decimal("5500.00") == total(
        configuration, "2026-Q1", deals(configuration, 120000, -15000)
    )


def test_one_statement_has_every_cent_of_it_in_bulk():
    configuration = configured(plan(component(*FLAT)), assigned(ANA, BO))
    sales = [deal(configuration, 1, 1000), deal(configuration, 2, 2000, owner=BO)]

    found = statements(configuration, "2026-01", sales)

    assert [(ANA, Decimal(100)), (BO, Decimal(200))] == [
        (each.person, each.totals["USD"]) for each in found
    ]
    assert found[0] == statement(configuration, "2026-01", sales)


def test_a_period_must_have_a_name_that_exists():
    configuration = configured(plan(component(*FLAT)))

    with pytest.raises(ValueError, match="2026-13"):
        statement(configuration, "2026-13", [])


def test_days_and_lengths_without_bounds_break_nothing():
    last = "9999-12-31"
    configuration = configured(
        plan(
            component(
                *FLAT,
                clawback={"field": "cancelled_at", "within": "999999 years"},
                holdback={"share": "10%", "release": "paid_at", "expires": "999999 weeks"},
            ),
            draw={"amount": "1", "months": "999999999999999"},
        )
    )
    sales = [
        deal(configuration, 1, 1000, cancelled_at=last, paid_at=last),
        deal(configuration, 2, 1000, last, cancelled_at=last),
    ]

    assert Decimal("90.00") == total(configuration, "2026-01", sales)

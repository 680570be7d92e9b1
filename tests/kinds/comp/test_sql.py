"""A plan as SQL pays what its statements pay, to the cent and line by line."""

import csv
import os
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from ixia_config.kinds.comp_plan.periods import read_period
from ixia_config.kinds.comp_plan.ready import versions
from ixia_config.kinds.comp_plan.sales import Sale
from ixia_config.kinds.comp_plan.sql import NotInSql, text
from ixia_config.rules.dialects import DUCKDB, POSTGRES, SPARK
from tests.kinds.comp.desk import ANA, BO, CY, assigned, component, deal, directory, plan, tree
from tests.kinds.comp.plans import configuration, configured, sale
from tests.kinds.comp.warehouse import (
    differences,
    expected,
    in_duckdb,
    in_postgres,
    summed,
    written,
)
from tests.rules import postgres

PLANS = 24
FUZZ = bool(os.environ.get("IXIA_FUZZ"))


def address(name):
    return f"{name.lower().replace(' ', '.')}@acme.example"


@pytest.fixture(scope="module")
def won(shared):
    """The won deals of the CRM, with a manager, a sales engineer and now and then a split."""
    folder, r = shared / "data/crm-sales-opportunities", Random(5)
    with (folder / "sales_teams.csv").open() as file:
        managers = {row["sales_agent"]: row["manager"] for row in csv.DictReader(file)}
    agents = sorted(managers)
    with (folder / "sales_pipeline.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["deal_stage"] == "Won"]
    return [_deal(row, managers, r.choice(agents), r) for row in rows]


def _deal(row, managers, other, r):
    owner, manager = address(row["sales_agent"]), address(managers[row["sales_agent"]])
    splits = f"{owner} 66.67%; {address(other)} 33.33%" if r.random() < 0.3 else None
    return row["opportunity_id"], {
        "amount": f"{row['close_value']}.{r.randrange(100):02}",
        "close_date": row["close_date"],
        "owner": owner,
        "manager": None if r.random() < 0.05 else manager,
        "se": address(other) if r.random() < 0.5 else None,
        "splits": splits,
        "product": row["product"],
    }


def split_of(found, index=0):
    [version] = versions(found)["plan"]
    return version.spec.components[index].credit.split


def some(won, seed):
    """The deals of nine of the people, other ones for each seed; of all with IXIA_FUZZ."""
    agents = sorted({values["owner"] for _, values in won})
    chosen = set(agents if FUZZ else Random(seed).sample(agents, 6))
    deals = [(number, values) for number, values in won if values["owner"] in chosen]
    managers = {values["manager"] for _, values in deals} - {None}
    return chosen | managers, deals if FUZZ else deals[seed % 3 :: 3]


def paid_alike(found, sales, lines):
    """Whether a database pays what statements say; how many lines were compared."""
    theirs = expected(found, sales, until="2017")
    assert {} == differences(theirs, lines)
    return len(theirs)


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(PLANS))
def test_duckdb_pays_real_deals_to_the_cent(won, seed):
    people, deals = some(won, seed)
    found = configuration(seed, people)
    sales = [sale(found, number, values) for number, values in deals]

    lines, totals = in_duckdb(found, sales, split_of(found), until="2017")

    assert paid_alike(found, sales, lines) > 60
    assert {} == differences(summed(lines), totals)


@pytest.mark.shared
@pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is not installed here")
def test_postgres_pays_real_deals_to_the_cent(won):
    with postgres.server() as place:
        for seed in range(0, PLANS, 1 if FUZZ else 8):
            people, deals = some(won, seed)
            found = configuration(seed, people)
            sales = [sale(found, number, values) for number, values in deals]
            lines = in_postgres(place, found, sales, split_of(found), until="2017")
            assert paid_alike(found, sales, lines) > 60


def test_generated_credits_are_paid_to_the_cent():
    r, people = Random(9), [f"p{n:03}@acme.example" for n in range(100)]
    tiers = [("0", "200000", "4%"), ("200000", "500000", "6.5%"), ("500000", "", "9.125%")]
    roles = [{"role": "ae", "field": "owner", "share": "70%"}]
    roles.append({"role": "lead", "field": "manager", "share": "30%"})
    acv = component(*tiers, credit={"split": {"roles": roles}}, rates={"accumulate": "quarter"})
    made = plan(acv, payout={"period": "quarter"})
    found = configured(
        made,
        tree(
            "CompAssignments",
            "people",
            {
                "assignments": [
                    {"person": who, "plan": "plan", "from": "2017-01-01"} for who in people
                ]
            },
        ),
    )
    sales = [
        Sale(
            "deal",
            f"{n:06}",
            {
                "amount": Decimal(r.randrange(-50_000, 4_000_000)) / 100,
                "close_date": date(2017, 1, 1) + timedelta(r.randrange(90)),
                "owner": r.choice(people),
                "manager": r.choice(people),
            },
        )
        for n in range(50_000 if FUZZ else 1_500)
    ]

    lines, _ = in_duckdb(found, sales, until="2017-Q1")

    theirs = expected(found, sales, until="2017-Q1")
    assert {} == differences(theirs, lines)


ODD = [
    None,
    "0",
    "-0.01",
    "0.01",
    "0.005",
    "-0.005",
    "0.0149",
    "0.015",
    "-0.015",
    "0.025",
    "0.20",
    "1.00",
    "-0.60",
    "49999.99",
    "50000",
    "-50000",
    "50000.01",
    "0.50",
    "-120000",
    "120000.005",
    "99999999.9949",
]


@pytest.mark.parametrize("mode", ["half_up", "half_even", "up", "down"])
@pytest.mark.parametrize(
    ("curve", "at"),
    [(c, at) for c in ("marginal", "retroactive", "mixed") for at in ("line", "component")]
    + [("marginal", "total")],
)
def test_bounds_half_cents_corrections_and_missing_amounts(curve, at, mode):
    rates = {"accumulate": "quarter", "mode": curve}
    one = component(("0", "50000", "2.5%"), ("50000", "", "7.5%"), rates=rates)
    one["rates"]["tiers"][1] |= {"retroactive": True} if curve == "mixed" else {}
    two = component(("0", "50000", "5%"), ("50000", "", "10%"), key="two", rates=rates)
    two["rates"] |= {"basis": "attainment", "mode": "marginal"}
    two["rates"]["tiers"] = [{"from": "0", "rate": "5%"}, {"from": "100%", "rate": "10.5%"}]
    quota = {"measure": "two", "period": "quarter", "amount": "50000"}
    rounding = {"at": at, "mode": mode}
    ramp = [{"month": "1", "quota": "0%"}, {"month": "2", "quota": "0%"}]
    ramp.append({"month": "3", "quota": "0%"})
    two["measure"] = "two"
    ote = {"base": "0", "variable": "20000"}
    found = configured(
        plan(one, two, quotas=[quota], rounding=rounding, ramp=ramp, ote=ote), assigned(ANA, BO)
    )
    days = ("2026-01-31", "2026-02-01", "2026-03-31", "2026-04-01", "2026-06-30")
    sales = [
        deal(found, f"{n:03}", amount or 0, days[n * 7 % 5], (ANA, BO, BO.upper(), None)[n % 4])
        for n, amount in enumerate(ODD * 3)
    ]
    sales = [
        s if s.values["amount"] else replace(s, values={**s.values, "amount": None}) for s in sales
    ]

    lines, totals = in_duckdb(found, sales)

    theirs = expected(found, sales)
    assert {} == differences(theirs, lines)
    assert {} == differences(summed(theirs), totals)
    assert theirs


def test_currencies_splits_and_managers_are_credited_alike():
    fx = {
        "quote": "per_foreign_unit",
        "rates": [
            {"currency": "EUR", "from": "2026-01-01", "rate": "1.083334"},
            {"currency": "EUR", "from": "2026-03-01", "rate": "1.1"},
            {"currency": "CHF", "from": "2026-02-01", "rate": "1.2"},
        ],
    }
    years = {"basis": "first_year", "first_year": "first_year", "months": "months", "kicker": "5%"}
    credit = {
        "amount": "amount",
        "split": "splits",
        "multi_year": years,
        "rollup": {"share": "50%"},
    }
    made = plan(
        component(("0", "9000", "5%"), ("9000", "", "7%"), rates={"accumulate": "year"}),
        component(("0", "", "1.5%"), key="team", credit=credit, rates={"accumulate": "month"}),
        fx=fx,
        rounding={"residue": "largest_remainder"},
    )
    found = configured(made, assigned(ANA, BO, CY), directory(ana="bo", cy="bo"))
    sales = [
        deal(
            found,
            f"{n:03}",
            f"{n * 733}.{n:02}",
            f"2026-0{n % 5 + 1}-1{n % 9}",
            (ANA, CY)[n % 2],
            currency=("USD", "EUR", "CHF", "GBP", None)[n % 5],
            months=str(n % 50),
            first_year=str(n * 400) if n % 3 else None,
            splits=f"{ANA} 33.33%; {CY} 33.33%; {BO} 33.34%; {CY} 10% overlay" if n % 4 else None,
        )
        for n in range(1, 61)
    ]

    lines, _ = in_duckdb(found, sales, split_of(found, 1))

    assert {} == differences(expected(found, sales), lines)
    assert {ANA, BO, CY} == {who for who, *_ in lines}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"draw": {"amount": "2000"}}, "what is owed depends on every payout before"),
        ({"guarantee": {"amount": "2000"}}, "what is paid depends on every payout before"),
        ({"recovery_limit": "50%"}, "what is carried forward depends on"),
    ],
)
def test_a_plan_that_sql_cannot_pay_is_refused_with_a_reason(changes, why):
    found = configured(plan(component(("0", "", "5%")), **changes))

    refused = text(found, "plan", DUCKDB, read_period("2026"))

    assert isinstance(refused, NotInSql)
    assert why in refused.reasons[0]


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        ({"clawback": {"field": "cancelled_at"}}, "component acv: clawback"),
        ({"holdback": {"share": "20%", "release": "paid_at"}}, "component acv: holdback"),
        ({"cap": {"per": "year", "amount": "5"}}, "a cap per year"),
        ({"rates": {"mode": "interpolated"}}, "need a division"),
        (
            {
                "rates": {
                    "tiers": [
                        {"from": "0.123456789", "rate": "1.123456789%"},
                        {"from": "7.123456789", "rate": "2%"},
                    ]
                }
            },
            "digits may be needed",
        ),
    ],
)
def test_a_component_that_sql_cannot_pay_is_refused_with_a_reason(extra, why):
    one = component(("0", "", "5%"))
    one |= extra | {"rates": one["rates"] | extra.get("rates", {})}

    refused = text(configured(plan(one)), "plan", DUCKDB, read_period("2026"))

    assert isinstance(refused, NotInSql)
    assert why in refused.reasons[0]


def test_one_rounding_of_everything_is_refused_where_later_deals_change_earlier_lines():
    one = component(("0", "9", "5%"), ("9", "", "7%"), rates={"accumulate": "year"})
    one["rates"]["mode"] = "retroactive"

    found = configured(plan(one, rounding={"at": "total"}))

    assert isinstance(text(found, "plan", DUCKDB, read_period("2026")), NotInSql)


@pytest.mark.parametrize("dialect", [DUCKDB, POSTGRES, SPARK], ids=lambda each: each.name)
def test_the_sql_of_a_plan_can_be_read(dialect, snapshot):
    roles = [{"role": "ae", "field": "owner", "share": "70%"}]
    roles.append({"role": "se", "field": "se", "share": "30%"})
    tiers = [{"from": "0", "rate": "8%"}, {"from": "100%", "rate": "12%"}]
    acv = component(credit={"split": {"roles": roles}, "when": 'kind == "new"'})
    acv["rates"] = {"basis": "attainment", "tiers": tiers}
    bonus = {"key": "bonus", "type": "bonus", "pay": "1500", "credit": {"amount": "amount"}}
    bonus |= {"gates": [{"measure": "acv", "at": "90%"}], "measure": "units"}
    quota = {"measure": "acv", "period": "quarter", "amount": "150000"}
    units = {"measure": "units", "period": "quarter", "amount": "10"}
    found = configured(
        plan(acv, bonus, quota=quota, quotas=[units], rounding={"mode": "half_even"}), assigned(ANA)
    )

    assert written(found, dialect, until="2026-Q1") == snapshot

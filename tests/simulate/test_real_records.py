"""Simulations of real records give the numbers of plain SQL, and those of the data's READMEs."""

import csv
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pytest

from tests.simulate.world import configured, impact, table

pytestmark = pytest.mark.shared

LEADS = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec:
  fields:
    id: {type: text}
    first_contact_date: {type: date}
    landing_page_id: {type: text}
    origin: {type: text}
    won: {type: boolean}
---
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  people: [{email: mia@acme.example, name: Mia, role: head}]
  queues: {search: {owner: head}, social: {owner: head}, old: {owner: head}, rest: {owner: head}}
---
apiVersion: ixia/v1
kind: RoutingPolicy
metadata: {name: leads}
spec:
  object: lead
  rules:
    - {key: search, when: 'origin in [SEARCH]', assign: {queue: search}}
    - {key: old, when: 'first_contact_date < date("OLD")', assign: {queue: old}}
    - {key: social, when: origin == "social", assign: {queue: social}}
  otherwise: {queue: rest}
---
apiVersion: ixia/v1
kind: Metric
metadata: {name: conversion, owner: head}
spec:
  of: lead
  by: [origin]
  unit: share
  inputs: {won: {count: records, when: won}, all: {count: records}}
  value: won / all
"""


def routing(search, old):
    return configured(LEADS.replace("SEARCH", search).replace("OLD", old))


@pytest.fixture(scope="module")
def leads(shared):
    folder = shared / "data" / "olist-marketing-funnel"
    with (folder / "olist_closed_deals_dataset.csv").open(encoding="utf-8") as lines:
        won = {row["mql_id"] for row in csv.DictReader(lines)}
    path = folder / "olist_marketing_qualified_leads_dataset.csv"
    with path.open(encoding="utf-8") as lines:
        return [
            {
                "id": row["mql_id"],
                "first_contact_date": row["first_contact_date"],
                "landing_page_id": row["landing_page_id"],
                "origin": row["origin"],
                "won": "true" if row["mql_id"] in won else "false",
            }
            for row in csv.DictReader(lines)
        ]


def test_routed_leads_are_those_of_plain_sql(leads, shared):
    before = routing('"organic_search", "paid_search"', "2017-10-01")
    after = routing('"organic_search"', "2017-12-01")
    file = shared / "data/olist-marketing-funnel/olist_marketing_qualified_leads_dataset.csv"
    counted = duckdb.execute(
        """
        with decided as (
          select
            case when origin in ('organic_search', 'paid_search') then 'search'
                 when first_contact_date < date '2017-10-01' then 'old'
                 when origin = 'social' then 'social' else 'rest' end as was,
            case when origin = 'organic_search' then 'search'
                 when first_contact_date < date '2017-12-01' then 'old'
                 when origin = 'social' then 'social' else 'rest' end as now
          from read_csv(?))
        select was, now, count(*) from decided group by was, now
        """,
        [str(file)],
    ).fetchall()

    _, sections = impact(before, after, "lead", leads, policies=["RoutingPolicy/leads"])

    [section] = sections
    was, now, ways = {}, {}, {}
    for old, new, count in counted:
        was[old] = was.get(old, 0) + count
        now[new] = now.get(new, 0) + count
        if old != new:
            ways[old, new] = count
    places = table(section, "by destination")
    assert {f"queue {name}": (was[name], now[name]) for name in was} == places
    assert sum(ways.values()) == section.changed
    names = {"rest": "(no rule)"}
    assert {
        f"{names.get(a, a)} -> {names.get(b, b)}": (0, n) for (a, b), n in ways.items()
    } == table(section, "from rule to rule")


def test_conversion_by_origin_is_that_of_the_readme(leads):
    both = routing('"organic_search"', "2017-12-01")
    _, sections = impact(None, both, "lead", leads, policies=["Metric/conversion"])

    [section] = sections
    figures = {line.name: line.after for line in section.tables[0].lines}
    expected = {"all": (842, 8000), "organic_search": (271, 2296), "(empty)": (14, 60)}
    for name, (won, every) in expected.items():
        share = (Decimal(won) / every).quantize(Decimal("0.0001"), ROUND_HALF_UP)
        assert share == figures[name]


DEALS = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    id: {type: text}
    discount: {type: percent}
    amount: {type: money}
    region: {type: text}
    stage: {type: text}
    close_date: {type: date}
---
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  people:
    - {email: mia@acme.example, name: Mia, role: manager}
    - {email: dan@acme.example, name: Dan, role: director}
---
apiVersion: ixia/v1
kind: ApprovalPolicy
metadata: {name: discounts}
spec:
  object: deal
  rules:
    - {key: auto, when: discount < 10%, approve: auto}
    - {key: manager, when: discount < BAND, steps: [{approver: {role: manager}}]}
    - {key: director, steps: [{approver: {role: director}}]}
  also:
    - {key: large, when: amount >= 20000, steps: [{approver: {role: director}}]}
---
apiVersion: ixia/v1
kind: Metric
metadata: {name: win-rate, owner: manager}
spec:
  of: deal
  by: [region]
  unit: share
  inputs:
    won: {count: records, when: stage == "Won"}
    lost: {count: records, when: stage == "Lost"}
  value: won / (won + lost)
---
apiVersion: ixia/v1
kind: Metric
metadata: {name: won-value, owner: manager}
spec:
  of: deal
  when: stage == "Won"
  date: close_date
  period: quarter
  unit: money
  inputs: {value: {sum: amount}}
"""


@pytest.fixture(scope="module")
def deals(shared):
    """The opportunities with their discount from list and region, as plain SQL sees them."""
    folder = shared / "data" / "crm-sales-opportunities"
    found = duckdb.execute(
        """
        select opportunity_id as id, deal_stage as stage, close_value as amount,
               close_date, t.regional_office as region,
               case when deal_stage = 'Won'
                    then greatest(100 - close_value * 100.0 / sales_price, 0) end as discount
        from read_csv(?) o
        left join read_csv(?) p on p.product = replace(o.product, 'GTXPro', 'GTX Pro')
        left join read_csv(?) t on t.sales_agent = o.sales_agent
        """,
        [str(folder / f"{name}.csv") for name in ("sales_pipeline", "products", "sales_teams")],
    )
    names = [each[0] for each in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def written(deals):
    for deal in deals:
        discount = deal["discount"]
        yield {
            "id": deal["id"],
            "stage": deal["stage"],
            "amount": str(deal["amount"] if deal["amount"] is not None else ""),
            "discount": "" if discount is None else f"{Decimal(discount):.6f}%",
            "region": deal["region"],
            "close_date": "" if deal["close_date"] is None else str(deal["close_date"]),
        }


def test_the_load_of_approvers_is_that_of_plain_sql(deals):
    won = [deal for deal in deals if deal["stage"] == "Won"]
    before, after = (configured(DEALS.replace("BAND", band)) for band in ("20%", "15%"))

    _, sections = impact(before, after, "deal", written(won), policies=["ApprovalPolicy/discounts"])

    [section] = sections
    expected = {}
    for name, band in (("before", 20), ("after", 15)):
        expected[name] = {
            "manager": sum(10 <= round(d["discount"], 6) < band for d in won),
            "director": sum(round(d["discount"], 6) >= band or d["amount"] >= 20000 for d in won),
        }
    asked = table(section, "who is asked")
    for role in ("manager", "director"):
        assert (expected["before"][role], expected["after"][role]) == asked[role]
    moved = sum(15 <= round(d["discount"], 6) < 20 for d in won)
    assert moved > 100
    assert moved == section.changed


def test_win_rates_and_won_values_are_those_of_the_readme(deals):
    configuration = configured(DEALS.replace("BAND", "20%"))

    _, sections = impact(None, configuration, "deal", written(deals), came="")

    figures = {
        each.policy: {line.name: line.after for table in each.tables for line in table.lines}
        for each in sections
        if each.policy.startswith("Metric/")
    }
    assert figures["Metric/win-rate"] == {
        "all": Decimal("0.6315"),
        "Central": Decimal("0.6256"),
        "East": Decimal("0.6302"),
        "West": Decimal("0.6394"),
    }
    assert figures["Metric/won-value"] == {
        "2017-Q1": Decimal(1134672),
        "2017-Q2": Decimal(3086111),
        "2017-Q3": Decimal(2982255),
        "2017-Q4": Decimal(2802496),
    }

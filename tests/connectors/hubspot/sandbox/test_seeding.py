"""The messy account of the demo, and real records in an account."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ixia_connectors.hubspot.sandbox import load_records, messy_account
from tests.connectors.hubspot.sandbox.account import DEALS, PROPERTIES, RECORDS, Account, stage


def on_stage(account: Account, name: str) -> list[Decimal]:
    """The amounts of the deals on a stage."""
    filters = [{"propertyName": "dealstage", "operator": "EQ", "value": name}]
    body = {"filterGroups": [{"filters": filters}], "properties": ["amount"], "limit": 200}
    found = account.sure("POST", RECORDS + "/search", body)["results"]
    return [Decimal(deal["properties"]["amount"]) for deal in found]


def verbal(account: Account) -> str:
    stages = account.get(f"{DEALS}/default")["stages"]
    return next(found["id"] for found in stages if found["label"] == "Verbal")


@settings(max_examples=10)
@given(seed=st.integers(), deals=st.integers(0, 300))
def test_verbal_holds_43_deals_worth_1204300(seed: int, deals: int):
    account = Account()
    messy_account(account.sandbox, seed=seed, deals=deals)

    amounts = on_stage(account, verbal(account))

    assert (43, 1_204_300) == (len(amounts), sum(amounts))
    assert min(amounts) > 0


def test_the_messy_account_is_messy(account: Account):
    messy_account(account.sandbox)

    assert 3000 == account.sure("POST", RECORDS + "/search", {})["total"]
    stages = account.get(f"{DEALS}/default")["stages"]
    open_stages = [
        s["metadata"]["probability"] for s in stages if s["metadata"]["isClosed"] == "false"
    ]
    assert sorted(open_stages) != open_stages
    labels = account.labels(PROPERTIES)
    assert {"Discount", "discount %", "Region"} <= set(labels)
    region = account.get(f"{PROPERTIES}/region")
    assert "emea " in [option["value"] for option in region["options"]]
    assert 5 == len(account.get("/crm/owners/2026-09")["results"])
    assert ["jo@acme.example"] == [
        owner["email"] for owner in account.get("/crm/owners/2026-09", archived="true")["results"]
    ]


def test_lee_park_was_the_last_to_edit_proposal(account: Account):
    messy_account(account.sandbox, deals=43)
    stages = account.get(f"{DEALS}/default")["stages"]
    proposal = next(found["id"] for found in stages if found["label"] == "Proposal")

    line = account.get(f"{DEALS}/default/stages/{proposal}/audit")["results"][0]
    owner = account.get(f"/crm/owners/2026-09/{line['fromUserId']}", idProperty="userId")

    assert "2026-11-19T21:02:00.000Z" == line["timestamp"]
    assert "lee@acme.example" == owner["email"]


def test_the_same_seed_gives_the_same_account():
    one, two, other = Account(), Account(), Account()
    messy_account(one.sandbox, seed=7, deals=200)
    messy_account(two.sandbox, seed=7, deals=200)
    messy_account(other.sandbox, seed=8, deals=200)

    page = {"limit": "100", "properties": "dealname,amount,closedate,dealstage,hubspot_owner_id"}
    assert one.get(RECORDS, **page) == two.get(RECORDS, **page)
    assert one.get(RECORDS, **page) != other.get(RECORDS, **page)


def test_every_loaded_deal_can_be_written_back(account: Account):
    messy_account(account.sandbox, deals=120)
    names = "dealname,amount,closedate,dealstage,pipeline,region,discount,discount_pct"

    for deal in account.get(RECORDS, limit="100", properties=names)["results"]:
        kept = {name: deal["properties"][name] for name in names.split(",")}
        path = f"{RECORDS}/{deal['id']}"
        account.sure("PATCH", path, {"properties": kept})
        after = account.get(path, properties=names)["properties"]
        assert kept == {name: after[name] for name in kept}


@pytest.mark.shared
def test_the_real_opportunities_fit_into_an_account(account: Account, shared: Path):
    account.pipeline("prospecting:0.1", "engaging:0.4", "won:1.0", "lost:0.0", name="real")
    with (shared / "data/crm-sales-opportunities/sales_pipeline.csv").open(newline="") as file:
        rows = [
            {
                "dealname": f"{row['account']} {row['opportunity_id']}",
                "pipeline": "real",
                "dealstage": row["deal_stage"].lower(),
                "amount": row["close_value"],
            }
            for row in csv.DictReader(file)
        ]

    assert 8800 == load_records(account.sandbox, "deals", rows)

    def total(name: str) -> int:
        filters = [{"propertyName": "dealstage", "operator": "EQ", "value": name}]
        body = {"filterGroups": [{"filters": filters}]}
        return account.sure("POST", RECORDS + "/search", body)["total"]

    assert [500, 1589, 4238, 2473] == [
        total(name) for name in ("prospecting", "engaging", "won", "lost")
    ]
    refused = account.ask("DELETE", f"{DEALS}/real/stages/won")
    assert ["4238"] == refused.json["context"]["recordCounts"]


def test_loading_twice_adds(account: Account):
    load_records(account.sandbox, "deals", [{"dealname": "A", "amount": ""}])
    load_records(account.sandbox, "deals", [{"dealname": "B"}])
    account.sure("POST", f"{DEALS}/default/stages", stage("own"))
    made = account.sure("POST", RECORDS, {"properties": {"dealname": "C"}})

    found = account.get(RECORDS)["results"]

    assert ["A", "B", "C"] == [deal["properties"]["dealname"] for deal in found]
    assert made["id"] == found[2]["id"]

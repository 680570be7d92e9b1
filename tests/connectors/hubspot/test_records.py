"""Records come back in the words of the policies, page by page, and only what is needed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ixia_config.model import Address
from ixia_config.sdk import Json, Request
from ixia_connectors.hubspot.sandbox import ALL_SCOPES, Profile, Token
from ixia_connectors.hubspot.sandbox.seeding import load_records
from tests.connectors.hubspot.account import ANA, CONNECTOR, GONE, LEE, Account, configured

SALES = """
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    amount: {type: money}
    share: {type: percent}
    signed_on: {type: date}
    vip: {type: boolean}
    regions: {type: choices, choices: [AMER, EMEA, APAC]}
    reviewer: {type: person}
    stage: {type: text, source: system}
    salary: {type: money, sensitive: true}
    notes: {type: text}
    length: {type: duration}
---
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: sales, title: Sales}
spec:
  object: deal
  applies_when: stage != "x"
  stages:
    - key: qualify
      title: Qualify
      probability: 10%
      required: [amount, share, signed_on, vip, regions, reviewer, salary, length]
    - {key: evaluate, title: Evaluate, probability: 40%}
    - {key: won, title: Closed won, type: won}
    - {key: lost, title: Closed lost, type: lost, reasons: [price]}
"""
HERE = {"pipeline": "ixia_sales", "dealstage": "ixia_sales__qualify"}
BARE = """
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: service, title: Service}
spec:
  object: ticket
  stages:
    - {key: open, title: Open, stale_after: 2 days}
    - {key: done, title: Done, type: won}
"""


@pytest.fixture
def account():
    account = Account()
    account.apply(SALES)
    return account


def found(account, text=SALES, record="deal", limit=1000):
    configuration = configured(text)
    live = account.live(configuration)
    account.sent.clear()
    return account.drive(CONNECTOR.records(configuration, live, record, limit=limit))


def add(account, object_type="deals", **properties):
    path = f"/crm/objects/2026-09/{object_type}"
    return account.ask(Request("POST", path, json={"properties": {**properties}}))["id"]


def searches(account) -> list[Json]:
    return [each.json for each in account.sent if each.path.endswith("/search")]


def test_values_are_spelled_as_the_policies_spell_them(account):
    given = {
        "amount": "1200.50",
        "share": "20",
        "signed_on": "2026-11-01",
        "vip": "true",
        "regions": "EMEA;APAC",
        "reviewer": str(ANA.owner_id),
        "hubspot_owner_id": str(LEE.owner_id),
        "closedate": "2026-11-30T23:30:00Z",
        "dealname": "Nordwind",
    }
    add(account, **HERE, **given)

    [row] = found(account).rows

    assert {
        "amount": "1200.5",
        "share": "20%",
        "signed_on": "2026-11-01",
        "vip": "true",
        "regions": "EMEA;APAC",
        "reviewer": "ana@acme.example",
        "stage": "qualify",
    } == row.values
    assert ("Nordwind", "sales", "qualify") == (row.title, row.pipeline, row.stage)
    assert ("Lee Park", "lee@acme.example", "1200.5") == (row.owner, row.owner_email, row.amount)
    assert date(2026, 11, 30) == row.closes_on
    assert isinstance(row.entered_at, datetime)


def test_an_empty_value_is_missing_and_a_property_that_is_not_there_is_not_told(account):
    add(account, **HERE)

    records = found(account)

    assert {"amount", "share", "signed_on", "vip", "regions", "reviewer", "stage"} == records.told
    assert {None} == {value for name, value in records.rows[0].values.items() if name != "stage"}
    assert {"salary", "length"} == set(records.untold)


def test_only_what_somebody_looks_at_is_asked_for(account):
    add(account, **HERE)
    found(account)

    asked = {name for each in searches(account) for name in each["properties"]}

    assert "share" in asked
    assert not {"salary", "notes", "length"} & asked


def test_an_owner_who_left_is_told_as_a_number_and_not_as_a_value(account):
    load_records(
        account.sandbox,
        "deals",
        [{**HERE, "hubspot_owner_id": str(GONE.owner_id), "reviewer": str(GONE.owner_id)}],
    )

    [row] = found(account).rows

    assert f"owner {GONE.owner_id}" == row.owner
    assert "reviewer" not in row.values


def test_pages_are_followed_to_the_end_and_each_record_comes_once(account):
    load_records(account.sandbox, "deals", [{**HERE, "amount": str(n)} for n in range(250)])

    records = found(account)

    assert 250 == len({each.id for each in records.rows}) == len(records.rows)
    assert {"sales": 250} == records.totals
    assert [100, 100, 100] == [each["limit"] for each in searches(account)[:3]]


@pytest.mark.parametrize("limit", [1, 99, 100, 101, 250])
def test_no_more_records_are_read_than_asked_for(account, limit):
    load_records(account.sandbox, "deals", [{**HERE, "amount": str(n)} for n in range(250)])

    records = found(account, limit=limit)

    assert limit == len(records.rows)
    assert {"sales": 250} == records.totals


def test_a_search_reaches_further_than_what_it_shows_of_one_query(account):
    load_records(account.sandbox, "deals", [{**HERE} for _ in range(10_050)])

    assert 10_050 == len(found(account, limit=20_000).rows)


def test_closed_records_are_read_only_without_a_reason(account):
    lost = {"pipeline": "ixia_sales", "dealstage": "ixia_sales__lost"}
    without = add(account, **lost)
    add(account, **lost, ixia_sales__lost_reason="price")
    add(account, pipeline="ixia_sales", dealstage="ixia_sales__won")

    records = found(account)

    assert [(without, "lost")] == [(each.id, each.stage) for each in records.rows]
    assert {"sales": 0} == records.totals
    assert {Address("Pipeline", "sales", "lost")} == records.reasons


def test_records_of_another_pipeline_are_not_read(account):
    add(account, pipeline="default", dealstage="qualifiedtobuy")

    assert () == found(account).rows


def test_without_the_right_to_read_owners_people_are_not_told():
    less = Profile(
        people=(ANA, LEE, GONE),
        tokens={
            "sandbox-token": Token(scopes=ALL_SCOPES),
            "less": Token(scopes=ALL_SCOPES - {"crm.objects.owners.read"}),
        },
    )
    other = Account(profile=less)
    other.apply(SALES)
    add(other, **HERE, hubspot_owner_id=str(ANA.owner_id))
    configuration = configured(SALES)
    live = other.live(configuration)

    records = other.drive(CONNECTOR.records(configuration, live, "deal", limit=9), token="less")

    assert "reviewer" not in records.told
    assert f"owner {ANA.owner_id}" == records.rows[0].owner


def test_a_ticket_without_activity_is_as_quiet_as_it_is_old():
    account = Account()
    account.apply(BARE)
    add(account, "tickets", hs_pipeline="ixia_service", hs_pipeline_stage="ixia_service__open")

    [row] = found(account, BARE, "ticket").rows

    assert row.active_at is not None
    assert row.entered_at is not None
    assert abs(row.active_at - row.entered_at).total_seconds() < 1


def test_a_record_type_of_nobody_has_no_records(account):
    assert () == found(account, record="lead").rows
    assert [] == account.sent

"""What becomes of records in an account whose workflows we wrote: who gets them, and when."""

from __future__ import annotations

from typing import Any

import pytest

from ixia_config.sdk import Request
from tests.connectors.hubspot.account import ANA, LEE, Account
from tests.connectors.hubspot.flow_examples import BEN, LEADS, ROUTING, SLA, TOUCHED, account

LEADS_AT = "/crm/objects/2026-09/leads"
OWNER = "hubspot_owner_id"


def company(there: Account, relationship: str) -> int:
    body = {"properties": {"name": "Acme", "relationship": relationship}}
    return int(there.ask(Request("POST", "/crm/objects/2026-09/companies", json=body))["id"])


def lead(there: Account, of: int | None = None, **properties: str) -> str:
    """A new lead of a company."""
    number = company(there, "prospect") if of is None else of
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 610}]
    body = {
        "properties": {"hs_lead_name": "Somebody", **properties},
        "associations": [{"to": {"id": number}, "types": types}],
    }
    return str(there.ask(Request("POST", LEADS_AT, json=body))["id"])


def now(there: Account, number: str, *names: str) -> list[Any]:
    """What a lead says at this moment."""
    found = there.get(f"{LEADS_AT}/{number}", properties=",".join(names))["properties"]
    return [found.get(each) for each in names]


@pytest.fixture
def routed() -> Account:
    there = account()
    there.apply(LEADS + ROUTING)
    return there


def test_leads_go_to_whom_the_policy_says_in_turn_and_say_by_which_rule(routed):
    rows = [
        {"region": "EMEA", "employees": "1000"},
        {"region": "AMER"},
        {"hot": "true"},
        {"budget": "2500.50"},
        {"budget": "2500.51", "region": "AMER"},
        {"region": "AMER"},
    ]

    told = [now(routed, lead(routed, **row), OWNER, "ixia_inbound_rule") for row in rows]

    assert [
        [str(ANA.owner_id), "emea"],
        [str(BEN.owner_id), "amer"],
        [str(LEE.owner_id), "hot"],
        [None, "otherwise > triage"],
        [str(LEE.owner_id), "hot"],
        [str(ANA.owner_id), "amer"],
    ] == told


def test_a_lead_of_a_customer_waits_where_the_policy_sends_it_when_nobody_can_take_it(routed):
    number = lead(routed, company(routed, "customer"), region="AMER")

    assert [None, "customers > triage"] == now(routed, number, OWNER, "ixia_inbound_rule")


def test_a_lead_that_has_an_owner_keeps_it(routed):
    number = lead(routed, region="AMER", hubspot_owner_id=str(LEE.owner_id))

    assert [str(LEE.owner_id), None] == now(routed, number, OWNER, "ixia_inbound_rule")


def test_leads_that_were_there_before_are_left_alone():
    there = account()
    there.apply(LEADS)
    number = lead(there, region="AMER")
    there.apply(LEADS + ROUTING)

    assert [None] == now(there, number, OWNER)


def test_who_was_deactivated_gets_no_more_leads(routed):
    routed.sandbox.store.run("UPDATE people SET active = 0 WHERE email = ?", ANA.email)

    owners = [now(routed, lead(routed, region="AMER"), OWNER) for _ in range(3)]

    assert [[str(BEN.owner_id)]] * 3 == owners


def minutes(there: Account, count: float) -> None:
    there.now += count * 60


def test_a_timer_breaches_at_its_time_and_no_earlier():
    there = account()
    there.apply(TOUCHED + SLA)
    number = lead(there, hot="true", hubspot_owner_id=str(ANA.owner_id))
    seen = []

    for count in (1, 57, 3):
        minutes(there, count)
        seen += now(there, number, "ixia_first_touch_state")

    assert ["running", "running", "breached"] == seen


def test_a_lead_that_was_touched_in_time_is_met():
    there = account()
    there.apply(TOUCHED + SLA)
    number = lead(there, hubspot_owner_id=str(ANA.owner_id))
    minutes(there, 60)
    body = {"properties": {"touched": "2026-11-18T12:00:00Z"}}
    there.ask(Request("PATCH", f"{LEADS_AT}/{number}", json=body))

    minutes(there, 600)

    assert ["met"] == now(there, number, "ixia_first_touch_state")


def test_a_clock_starts_when_a_workflow_gives_the_lead_an_owner():
    there = account()
    there.apply(TOUCHED + ROUTING + "---" + SLA)
    number = lead(there, region="AMER")

    minutes(there, 241)

    wanted = [str(ANA.owner_id), "breached"]
    assert wanted == now(there, number, OWNER, "ixia_first_touch_state")


def test_business_time_waits_for_a_due_time_that_somebody_else_writes():
    there = account()
    text = TOUCHED + SLA.replace("60 minutes", "1 business hours")
    there.apply(text.replace("4 hours", "4 business hours"))
    number = lead(there, hubspot_owner_id=str(ANA.owner_id))
    due = {"properties": {"ixia_first_touch_due": "2026-11-19T10:00:00Z"}}
    before = now(there, number, "ixia_first_touch_state")
    there.ask(Request("PATCH", f"{LEADS_AT}/{number}", json=due))
    there.now = 1_795_000_000.0 + 22.8 * 3600
    running = now(there, number, "ixia_first_touch_state")
    minutes(there, 60)

    assert [[None], ["running"], ["breached"]] == [
        before,
        running,
        now(there, number, "ixia_first_touch_state"),
    ]

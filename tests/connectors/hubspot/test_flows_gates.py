"""Criteria that the system shall verify: what moves on without meeting one is marked after it."""

from __future__ import annotations

import pytest

from ixia_config.model import Address, Level
from ixia_config.sdk import Request
from tests.connectors.hubspot.account import Account
from tests.connectors.hubspot.flow_examples import FLOWS, account

DEALS = "/crm/objects/2026-09/deals"
GATED = """
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    amount: {type: money}
    pain: {type: text, title: Pain}
---
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: new-business, title: New business}
spec:
  object: deal
  stages:
    - key: qualify
      title: Qualify
      exit: [{key: pain, title: Pain known, when: known(pain), verified_by: system}]
    - key: evaluate
      title: Evaluate
      entry: [{key: size, title: Worth it, when: amount >= 1000, verified_by: system}]
      exit: [{key: rep, title: Told, when: known(pain)}]
    - {key: won, title: Closed won, type: won}
    - {key: lost, title: Closed lost, type: lost}
"""
STAGE = "ixia_new_business__{}"
GATE = "ixia_new_business_gate"


@pytest.fixture
def there() -> Account:
    found = account()
    found.apply(GATED)
    return found


def deal(there: Account, stage: str, **properties: str) -> str:
    place = {"pipeline": "ixia_new_business", "dealstage": STAGE.format(stage)}
    body = {"properties": {"dealname": "One", **place, **properties}}
    return str(there.ask(Request("POST", DEALS, json=body))["id"])


def move(there: Account, number: str, stage: str, **properties: str) -> str:
    body = {"properties": {"dealstage": STAGE.format(stage), **properties}}
    there.ask(Request("PATCH", f"{DEALS}/{number}", json=body))
    return gate(there, number)


def gate(there: Account, number: str) -> str:
    found = there.get(f"{DEALS}/{number}", properties=GATE)["properties"]
    return str(found.get(GATE))


def test_a_deal_that_moves_on_too_early_is_marked_and_cleared_when_it_meets_the_criterion(there):
    number = deal(there, "qualify", amount="5000")
    seen = [gate(there, number), move(there, number, "evaluate")]

    seen.append(move(there, number, "qualify"))
    seen.append(move(there, number, "evaluate", pain="costs"))

    assert ["passed", "Qualify: Pain known", "passed", "passed"] == seen


def test_an_entry_criterion_counts_on_its_own_stage_only_and_a_lost_deal_needs_none(there):
    small = deal(there, "evaluate", pain="costs", amount="999.99")

    assert "Evaluate: Worth it" == gate(there, small)
    assert "passed" == move(there, small, "won")
    assert "passed" == move(there, deal(there, "qualify"), "lost")


def test_deals_of_other_pipelines_are_left_alone(there):
    body = {"properties": {"dealname": "Two", "dealstage": "appointmentscheduled"}}
    number = str(there.ask(Request("POST", DEALS, json=body))["id"])

    assert "None" == gate(there, number)


def test_a_gate_is_made_once_and_said_to_stop_nothing(there):
    clauses = {each.subject: each for each in there.basis(GATED).lowered.clauses}

    assert () == there.plan(GATED).changes
    found = clauses["gate of Qualify: Pain known"]
    assert (Level.AUTOMATION, True) == (found.level, "stops nothing" in found.note)
    assert Address("Pipeline", "new-business").at(".gate.on") in there.state.ids


def test_criteria_that_ask_for_no_system_get_no_workflow():
    there = account()
    there.apply(GATED.replace(", verified_by: system", ""))

    assert [] == there.get(FLOWS)["results"]

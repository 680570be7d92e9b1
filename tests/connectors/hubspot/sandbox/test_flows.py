"""Workflows behave as the vendor's do where it hurts."""

from __future__ import annotations

from typing import Any

import pytest

from ixia_connectors.hubspot.sandbox import ADMIN, ALL_SCOPES, Person, Profile, Tier, Token
from tests.connectors.hubspot.sandbox.account import Account

FLOWS = "/automation/v4/flows"
ANA = Person(21, 121, "ana@acme.example", "Ana", "Ruiz")
OUTSIDERS = ("id", "createdAt", "updatedAt", "flowType", "objectTypeId", "dataSources")
OUTSIDERS += ("nextAvailableActionId", "crmObjectCreationStatus")


def action(number: str, kind: str, fields: Any, to: str = "") -> dict[str, Any]:
    found = {
        "type": "SINGLE_CONNECTION",
        "actionId": number,
        "actionTypeId": kind,
        "fields": fields,
    }
    edge = {"edgeType": "STANDARD", "nextActionId": to}
    return {**found, "connection": edge} if to else found


def put(number: str, name: str, value: str, to: str = "") -> dict[str, Any]:
    static = {"type": "STATIC_VALUE", "staticValue": value}
    return action(number, "0-5", {"property_name": name, "value": static}, to)


def asking(name: str, kind: str, operator: str, **more: Any) -> dict[str, Any]:
    operation = {"operationType": kind, "operator": operator, **more}
    question = {"filterType": "PROPERTY", "property": name, "operation": operation}
    return {
        "filterBranchType": "OR",
        "filterBranches": [{"filterBranchType": "AND", "filters": [question]}],
    }


def branch(question: dict[str, Any], **more: Any) -> dict[str, Any]:
    edge = {"edgeType": "STANDARD", "nextActionId": "2"}
    one = {"branchName": "a", "filterBranch": question, "connection": edge}
    return {"type": "LIST_BRANCH", "actionId": "1", "listBranches": [one], **more}


def flow(*actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "name": "Mine",
        "type": "PLATFORM_FLOW",
        "flowType": "WORKFLOW",
        "objectTypeId": "0-3",
        "isEnabled": False,
        "startActionId": actions[0]["actionId"] if actions else None,
        "actions": list(actions),
        "timeWindows": [],
        "blockedDates": [],
        "customProperties": {},
        "dataSources": [],
        **more,
    }


@pytest.fixture
def account() -> Account:
    return Account(profile=Profile(people=(ADMIN, ANA)))


def kept(row: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**{key: each for key, each in row.items() if key not in OUTSIDERS}, **more}


def test_a_list_has_no_actions_and_pages(account):
    made = [account.sure("POST", FLOWS, flow(name=f"Flow {number}")) for number in range(3)]

    first = account.get(FLOWS, limit="2")
    second = account.get(FLOWS, limit="2", after=first["paging"]["next"]["after"])

    rows = [*first["results"], *second["results"]]
    assert [each["id"] for each in made] == [each["id"] for each in rows]
    assert not any("actions" in each or "customProperties" in each for each in rows)
    assert "paging" not in second


def test_a_batch_reads_what_is_there(account):
    made = account.sure("POST", FLOWS, flow(put("1", "dealname", "x")))
    inputs = [{"type": "FLOW_ID", "flowId": each} for each in (made["id"], "99")]

    found = account.sure("POST", f"{FLOWS}/batch/read", {"inputs": inputs})

    assert [made] == found["results"]


def test_defaults_are_filled_in(account):
    edge = {"edgeType": "STANDARD", "nextActionId": "2"}
    first = branch(asking("amount", "NUMBER", "IS_GREATER_THAN", value=5), defaultBranch=edge)

    made = account.sure("POST", FLOWS, flow(first, put("2", "dealname", "x")))

    operation = made["actions"][0]["listBranches"][0]["filterBranch"]["filterBranches"][0]
    assert "None met" == made["actions"][0]["defaultBranchName"]
    assert 0 == made["actions"][1]["actionTypeVersion"]
    assert operation["filters"][0]["operation"]["includeObjectsWithNoValueSet"] is False
    assert ("3", "1", "COMPLETE", False) == (
        made["nextAvailableActionId"],
        made["revisionId"],
        made["crmObjectCreationStatus"],
        made["canEnrollFromSalesforce"],
    )


def test_a_replacement_replaces_everything_under_its_revision(account):
    made = account.sure("POST", FLOWS, flow(put("1", "dealname", "x"), description="text"))
    body = kept(made, isEnabled=True)
    del body["description"]
    path = f"{FLOWS}/{made['id']}"

    after = account.sure("PUT", path, body)

    assert ("2", True, False) == (after["revisionId"], after["isEnabled"], "description" in after)
    assert (409, "CONFLICT") == account.refused("PUT", path, body)


@pytest.mark.parametrize("name", OUTSIDERS)
def test_a_replacement_may_not_say_what_the_vendor_decides(account, name: str):
    made = account.sure("POST", FLOWS, flow())

    body = {**kept(made), name: made.get(name, "x")}
    assert (400, "VALIDATION_ERROR") == account.refused("PUT", f"{FLOWS}/{made['id']}", body)


def test_a_workflow_is_made_in_a_while_and_refuses_replacements_until_then():
    account = Account(profile=Profile(flow_creation_seconds=5))
    made = account.sure("POST", FLOWS, flow())
    path = f"{FLOWS}/{made['id']}"

    assert "PENDING" == made["crmObjectCreationStatus"]
    assert 400 == account.ask("PUT", path, kept(made)).status
    account.now += 5
    assert 200 == account.ask("PUT", path, kept(made)).status


EDGE = {"edgeType": "STANDARD", "nextActionId": "2"}
FITTING = asking("amount", "NUMBER", "IS_GREATER_THAN", value=5)


@pytest.mark.parametrize(
    "first",
    [
        branch(FITTING),
        branch(FITTING, defaultBranch={}),
        branch(asking("amount", "STRING", "IS_EQUAL_TO", value="5"), defaultBranch=EDGE),
        action("1", "0-77", {}, "2"),
    ],
)
def test_some_bodies_make_the_vendor_fail_without_a_word(account, first):
    response = account.ask("POST", FLOWS, flow(first, put("2", "dealname", "x")))

    assert (500, "internal error") == (response.status, response.json["message"])
    assert [] == account.get(FLOWS)["results"]


@pytest.mark.parametrize(
    "body",
    [
        flow(type="CONTACT_FLOW"),
        flow(objectTypeId="deals"),
        flow(flowType="ACTION_SET"),
        flow(put("1", "no_such_property", "x")),
        flow(put("1", "dealname", "x", "9")),
        flow(put("1", "dealname", "x"), put("1", "dealname", "y")),
        flow(put("1", "hubspot_owner_id", str(ANA.user_id))),
        flow(action("1", "0-11", {"user_ids": ["121"], "target_property": "hubspot_owner_id"})),
        flow(put("1", "dealname", "x"), startActionId="7"),
        {key: each for key, each in flow().items() if key != "timeWindows"},
    ],
)
def test_what_makes_no_sense_is_refused(account, body):
    assert (400, "VALIDATION_ERROR") == account.refused("POST", FLOWS, body)


def test_a_branch_action_has_at_most_twenty_branches(account):
    one = branch(FITTING)["listBranches"][0]
    many = {**branch(FITTING, defaultBranch=EDGE), "listBranches": [one] * 21}

    assert 400 == account.ask("POST", FLOWS, flow(many, put("2", "dealname", "x"))).status


def test_a_deleted_workflow_is_gone_for_good(account):
    made = account.sure("POST", FLOWS, flow())
    path = f"{FLOWS}/{made['id']}"

    assert 204 == account.ask("DELETE", path).status
    assert (404, "OBJECT_NOT_FOUND") == account.refused("GET", path)


def test_scopes_tiers_and_caps_hold():
    scopes = Profile(tokens={"sandbox-token": Token(ALL_SCOPES - {"automation"})})

    assert (403, "MISSING_SCOPES") == Account(profile=scopes).refused("GET", FLOWS)
    assert 403 == Account(profile=Profile(tier=Tier.STARTER)).ask("GET", FLOWS).status
    full = Account(profile=Profile(flows=1))
    full.sure("POST", FLOWS, flow())
    assert 400 == full.ask("POST", FLOWS, flow()).status
    assert (300, 1_000) == (
        Profile(tier=Tier.PROFESSIONAL).flows_max,
        Profile(tier=Tier.ENTERPRISE).flows_max,
    )


def test_the_beta_tells_which_actions_an_account_has():
    account = Account(profile=Profile(without_actions=frozenset({"0-11"})))
    path = "/automation/2026-09-beta/action-types"

    found = {each["actionTypeId"] for each in account.get(path, objectTypeId="0-3")["results"]}

    assert {"0-1", "0-5"} <= found
    assert "0-11" not in found


def test_another_list_of_users_begins_its_rotation_anew(account):
    ben = Person(22, 122, "ben@acme.example", "Ben", "Okri")
    there = Account(profile=Profile(people=(ADMIN, ANA, ben)))
    turn = {"target_property": "hubspot_owner_id", "overwrite_current_owner": "false"}
    event = {"eventTypeId": "4-1463224", "filterBranchType": "UNIFIED_EVENTS", "filters": []}
    comes = {"type": "EVENT_BASED", "shouldReEnroll": False, "eventFilterBranches": [event]}
    first = action("1", "0-11", {"user_ids": ["21", "22"], **turn})
    made = there.sure("POST", FLOWS, flow(first, isEnabled=True, enrollmentCriteria=comes))

    def owner() -> str:
        body = {"properties": {"dealname": "One"}}
        number = there.sure("POST", "/crm/objects/2026-09/deals", body)["id"]
        path = f"/crm/objects/2026-09/deals/{number}"
        return str(there.get(path, properties="hubspot_owner_id")["properties"]["hubspot_owner_id"])

    before = owner()
    changed = action("1", "0-11", {"user_ids": ["21", "22", "10"], **turn})
    there.sure("PUT", f"{FLOWS}/{made['id']}", kept(made, actions=[changed]))

    assert ["121", "121", "122", "70"] == [before, owner(), owner(), owner()]

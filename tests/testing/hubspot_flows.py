"""Workflows in the samples of the kit, and an account in which people make some as well."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ixia_config.sdk import Json, Request
from ixia_config.testing import Files
from ixia_connectors.hubspot.sandbox import HubSpotSandbox, Person

# An owner id is a user id of somebody else: whoever takes one for the other is found out.
PEOPLE = (
    Person(21, 121, "ana@acme.example", "Ana", "Ruiz"),
    Person(121, 21, "ben@acme.example", "Ben", "Okri"),
)
_FLOWS = "/automation/v4/flows"
_LEAD = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec: {currency: USD, fields: {region: {type: choice, title: Region, choices: [AMER, EMEA]}}}
"""
_DIRECTORY = """\
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  roles: [ops]
  people: [{email: ana@acme.example, role: ops}, {email: ben@acme.example}]
  pools: {team: {members: [{email: ana@acme.example}, {email: ben@acme.example}]}}
  queues: {triage: {owner: ops}, later: {owner: ops}}
"""
EMEA = {"key": "emea", "when": 'region == "EMEA"', "assign": {"pool": "team"}}
AMER = {"key": "amer", "when": 'region == "AMER"', "assign": {"person": "ana@acme.example"}}
OTHER = {"key": "amer", "when": 'region != "EMEA"', "assign": {"person": "ben@acme.example"}}


def routing(*rules: Mapping[str, Any], title: str = "Leads", queue: str = "triage") -> Files:
    """The files of one routing policy."""
    policy = {
        "apiVersion": "ixia/v1",
        "kind": "RoutingPolicy",
        "metadata": {"name": "leads", "title": title},
        "spec": {"object": "lead", "rules": list(rules), "otherwise": {"queue": queue}},
    }
    text = json.dumps(policy, ensure_ascii=False)
    return {"schemas/lead.yaml": _LEAD, "people.yaml": _DIRECTORY, "routing/leads.yaml": text}


NOT_ROUTED: Files = {"schemas/lead.yaml": _LEAD, "people.yaml": _DIRECTORY}


def unowned(sandbox: HubSpotSandbox) -> Mapping[str, Json]:
    """What of the account's workflows no policy decides."""
    found: dict[str, Json] = {}
    for row in sandbox.store.rows("SELECT * FROM flows"):
        body = json.loads(row["body"])
        ours = {"ixia", "ixia_retired"} & set(body["customProperties"])
        found[f"flow {row['id']}"] = body["timeWindows"] if ours else body
    return found


def meddle(sandbox: HubSpotSandbox, now: float) -> None:
    """Somebody draws a workflow of the same name, and gives ours hours in which it acts."""
    body: dict[str, Json] = {
        "name": "Leads",
        "type": "PLATFORM_FLOW",
        "flowType": "WORKFLOW",
        "objectTypeId": "0-136",
        "isEnabled": True,
        "actions": [],
        "timeWindows": [],
        "blockedDates": [],
        "customProperties": {},
        "dataSources": [],
    }
    request = Request("POST", _FLOWS, json=body)
    answer = sandbox.respond(request, token="sandbox-token", now=now)
    assert answer.status == 201, answer
    for row in sandbox.store.rows("SELECT * FROM flows"):
        kept = json.loads(row["body"])
        kept["timeWindows"] = [{"day": "MONDAY", "startTime": {"hour": 9, "minute": 0}}]
        sql = "UPDATE flows SET body = ? WHERE id = ?"
        sandbox.store.run(sql, json.dumps(kept), row["id"])

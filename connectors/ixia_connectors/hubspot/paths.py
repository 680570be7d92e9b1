"""Every path of HubSpot's API that the connector uses, under one dated version."""

from __future__ import annotations

from urllib.parse import quote

VERSION = "2026-09"
FLOWS = "/automation/v4"
BETA = "/automation/2026-09-beta"
"""Workflows have no dated version yet but in a beta, which alone tells the types of actions."""

_TEMPLATES = {
    "account": f"/account-info/{VERSION}/details",
    "limits": f"/crm/limits/{VERSION}/{{0}}",
    "owners": f"/crm/owners/{VERSION}",
    "pipelines": f"/crm/pipelines/{VERSION}/{{0}}",
    "pipeline": f"/crm/pipelines/{VERSION}/{{0}}/{{1}}",
    "pipeline_audit": f"/crm/pipelines/{VERSION}/{{0}}/{{1}}/audit",
    "stages": f"/crm/pipelines/{VERSION}/{{0}}/{{1}}/stages",
    "stage": f"/crm/pipelines/{VERSION}/{{0}}/{{1}}/stages/{{2}}",
    "stage_audit": f"/crm/pipelines/{VERSION}/{{0}}/{{1}}/stages/{{2}}/audit",
    "rules": f"/crm/pipelines-rules/{VERSION}/{{0}}/{{1}}",
    "properties": f"/crm/properties/{VERSION}/{{0}}",
    "property": f"/crm/properties/{VERSION}/{{0}}/{{1}}",
    "groups": f"/crm/properties/{VERSION}/{{0}}/groups",
    "group": f"/crm/properties/{VERSION}/{{0}}/groups/{{1}}",
    "validations": f"/crm/property-validations/{VERSION}/{{0}}",
    "validation": f"/crm/property-validations/{VERSION}/{{0}}/{{1}}/rule-type/{{2}}",
    "search": f"/crm/objects/{VERSION}/{{0}}/search",
    "batch_read": f"/crm/objects/{VERSION}/{{0}}/batch/read",
    "batch_update": f"/crm/objects/{VERSION}/{{0}}/batch/update",
    "flows": f"{FLOWS}/flows",
    "flow": f"{FLOWS}/flows/{{0}}",
    "flows_read": f"{FLOWS}/flows/batch/read",
    "action_types": f"{BETA}/action-types",
}


def path(name: str, *parts: str) -> str:
    """The path of this name with its parts filled in; parts may hold any character."""
    return _TEMPLATES[name].format(*(quote(part, safe="") for part in parts))

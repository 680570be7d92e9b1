"""Workflows of ours as live resources: whose they are, whom they enrol, and every step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ixia_config.sdk import Address, LiveResource, Value
from ixia_connectors.hubspot.flow_filters import filters, native, plain, read_plain
from ixia_connectors.hubspot.flow_steps import Body, Names, Step, neutral, text
from ixia_connectors.hubspot.names import RECORD_TYPES, remote

MARK = "ixia"
"""The custom property of a workflow that names the policy which it carries out."""

RETIRED = "ixia_retired"
"""The same, once no policy asks for the workflow any more."""

CREATED = "4-1463224"
"""HubSpot's event of a record that was created."""


CHANGED = "4-655002"
"""HubSpot's event of a property that changed; ``hs_name`` says which."""


def flow_id(number: str) -> str:
    """The remote id of a workflow."""
    return remote("flow", number)


def switch_id(number: str) -> str:
    """The remote id of what turns a workflow on."""
    return remote("flow", number, "on")


def marked(row: Mapping[str, Any]) -> str:
    """The policy that a workflow carries out; empty for a workflow that is not ours."""
    found = (row.get("customProperties") or {}).get(MARK)
    try:
        return str(Address.parse(found)) if isinstance(found, str) else ""
    except ValueError:
        return ""


def flow_resources(row: Mapping[str, Any], names: Names) -> list[LiveResource]:
    """A workflow of ours, and its switch where it is on."""
    number, mark = str(row["id"]), marked(row)
    own = LiveResource(
        type="flow",
        remote_id=flow_id(number),
        natural_key=mark,
        title=str(row.get("name") or ""),
        fields=flow_fields(row, names),
        raw=row,
    )
    on = LiveResource(
        type="switch",
        remote_id=switch_id(number),
        natural_key=mark,
        title=f"switch of {own.title}",
        fields={"on": True},
        raw=row,
    )
    return [own, on] if row.get("isEnabled") else [own]


def flow_fields(row: Mapping[str, Any], names: Names) -> Mapping[str, Value]:
    """Everything of a workflow that a policy decides."""
    steps = {str(each["actionId"]): neutral(each, names) for each in row.get("actions") or []}
    return {
        "title": str(row.get("name") or ""),
        "record": _record(str(row["objectTypeId"])),
        "about": str(row.get("description") or ""),
        "enrols": enrolment_text(row.get("enrollmentCriteria")),
        "first": str(row.get("startActionId") or ""),
        **{f"steps.{number}": text(step) for number, step in steps.items()},
    }


def _record(type_id: str) -> str:
    return next((each.api for each in RECORD_TYPES if each.type_id == type_id), type_id)


def enrolment_text(criteria: Any) -> str:
    """The one spelling of which records come in."""
    try:
        found = _enrolment(criteria)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        found = None
    return text(found or {"other": _sorted(criteria)})


def _sorted(criteria: Any) -> Any:
    return json.loads(json.dumps(criteria, sort_keys=True))


def _enrolment(criteria: Mapping[str, Any]) -> Step | None:
    again = bool(criteria.get("shouldReEnroll"))
    match criteria["type"]:
        case "EVENT_BASED":
            return _event(criteria, again=again)
        case "LIST_BASED":
            groups = filters(criteria["listFilterBranch"])
            if groups is None or bool(criteria.get("reEnrollmentTriggersFilterBranches")):
                return None
            leaves = bool(criteria.get("unEnrollObjectsNotMeetingCriteria"))
            return {"on": "matching", "when": plain(groups), "again": again, "leaves": leaves}
        case _:
            return None


def _event(criteria: Mapping[str, Any], *, again: bool) -> Step | None:
    (event,) = criteria["eventFilterBranches"]
    groups = filters(criteria["refinementCriteria"])
    if groups is None or criteria.get("listMembershipFilterBranches"):
        return None
    if event["eventTypeId"] == CREATED and not event.get("filters") and not again:
        return {"on": "created", "when": plain(groups)}
    (named,) = event["filters"]
    if event["eventTypeId"] != CHANGED or not again or named["property"] != "hs_name":
        return None
    return {"on": "changed", "property": named["operation"]["value"], "when": plain(groups)}


def enrolment(spelled: str) -> Body:
    """Which records come in, as HubSpot wants it."""
    found = json.loads(spelled)
    if "other" in found:
        return dict(found["other"])
    groups = native(read_plain(found["when"]))
    if found["on"] in ("created", "changed"):
        return {
            "type": "EVENT_BASED",
            "shouldReEnroll": found["on"] == "changed",
            "eventFilterBranches": [_happened(found)],
            "refinementCriteria": groups,
            "listMembershipFilterBranches": [],
        }
    return {
        "type": "LIST_BASED",
        "shouldReEnroll": found["again"],
        "unEnrollObjectsNotMeetingCriteria": found["leaves"],
        "reEnrollmentTriggersFilterBranches": [],
        "listFilterBranch": groups,
    }


def _happened(found: Step) -> Body:
    name = found.get("property")
    operation = {
        "operationType": "STRING",
        "operator": "IS_EQUAL_TO",
        "value": name,
        "includeObjectsWithNoValueSet": False,
    }
    named = [{"filterType": "PROPERTY", "property": "hs_name", "operation": operation}]
    return {
        "filterBranchType": "UNIFIED_EVENTS",
        "filterBranchOperator": "AND",
        "eventTypeId": CHANGED if name else CREATED,
        "operator": "HAS_COMPLETED",
        "filterBranches": [],
        "filters": named if name else [],
    }

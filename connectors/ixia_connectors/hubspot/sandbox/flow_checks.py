"""What the vendor refuses of a workflow, and where it merely fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ixia_connectors.hubspot.sandbox import definitions
from ixia_connectors.hubspot.sandbox.call import Body, Call
from ixia_connectors.hubspot.sandbox.errors import Refusal, invalid
from ixia_connectors.hubspot.sandbox.flow_filters import OPERATION_OF, OPERATORS
from ixia_connectors.hubspot.sandbox.objects import OBJECTS, ObjectType

ACTIONS = ("0-1", "0-3", "0-5", "0-8", "0-9", "0-11", "0-14", "0-29", "0-35")
MOST_BRANCHES = 20
_TYPES = {"CONTACT_FLOW": "0-1"}
_OWNER = "hubspot_owner_id"
_REQUIRED = ("isEnabled", "actions", "timeWindows", "blockedDates", "customProperties")
_OF_CONTACTS = ("suppressionListIds", "canEnrollFromSalesforce")


def crash() -> Refusal:
    """500 without a word about why: so the vendor answers a body that it cannot digest."""
    return Refusal(500, "", "internal error")


def check(call: Call, body: Body, found: ObjectType) -> None:
    """A refusal where a workflow on this object type cannot be as the body says."""
    _refuse_missing(body, found)
    steps = _steps(body)
    for step in steps.values():
        match step.get("type"):
            case "LIST_BRANCH":
                _branch(call, found, step, steps)
            case "SINGLE_CONNECTION":
                _single(call, found, step, steps)
            case "STATIC_BRANCH" | "AB_TEST_BRANCH" | "CUSTOM_CODE" | "WEBHOOK":
                pass
            case other:
                raise invalid(f"{other} is not a type of action")
    if steps and str(body.get("startActionId")) not in steps:
        raise invalid("startActionId must be the id of an action")
    for filters in _enrolments(body):
        _check_filters(call, found, filters)


def object_of(type_id: str) -> ObjectType:
    """The object type with this id; workflows take no names."""
    found = next((each for each in OBJECTS.values() if each.id == type_id), None)
    if found is None:
        raise invalid(f"objectTypeId {type_id} is not an object type")
    return found


def refuse_type(body: Body, found: ObjectType) -> None:
    """A refusal where the type of the workflow does not go with its records."""
    wanted = "CONTACT_FLOW" if found.id == "0-1" else "PLATFORM_FLOW"
    if body.get("type") != wanted:
        raise invalid(f"type must be {wanted} for {found.plural.lower()}, not {body.get('type')}")


def _refuse_missing(body: Body, found: ObjectType) -> None:
    needed = (*_REQUIRED, *(_OF_CONTACTS if found.id == "0-1" else ()))
    missing = [name for name in needed if name not in body]
    if missing:
        raise invalid(f"Some required fields were missing: [{', '.join(missing)}]")


def _steps(body: Body) -> dict[str, Any]:
    actions = body.get("actions")
    if not isinstance(actions, list) or not all(isinstance(each, dict) for each in actions):
        raise invalid("actions must be a list of objects")
    steps = {str(each.get("actionId")): each for each in actions if isinstance(each, dict)}
    if len(steps) != len(actions):
        raise invalid("Two actions have one actionId")
    return steps


def _edge(connection: Any, steps: Mapping[str, Any]) -> None:
    if not isinstance(connection, dict) or connection.get("edgeType") not in ("STANDARD", "GOTO"):
        raise invalid("A connection needs an edgeType, STANDARD or GOTO")
    if str(connection.get("nextActionId")) not in steps:
        raise invalid(f"There is no action {connection.get('nextActionId')}")


def _branch(call: Call, found: ObjectType, step: Any, steps: Mapping[str, Any]) -> None:
    branches = step.get("listBranches") or []
    if not step.get("defaultBranch"):
        raise crash()
    if len(branches) > MOST_BRANCHES:
        raise invalid(f"A branch action has at most {MOST_BRANCHES} branches")
    _edge(step["defaultBranch"], steps)
    for branch in branches:
        if "connection" in branch:
            _edge(branch["connection"], steps)
        _check_filters(call, found, branch.get("filterBranch"))


def _single(call: Call, found: ObjectType, step: Any, steps: Mapping[str, Any]) -> None:
    kind, fields = step.get("actionTypeId"), step.get("fields") or {}
    if kind not in ACTIONS or kind in call.profile.without_actions:
        raise crash()
    if "connection" in step:
        _edge(step["connection"], steps)
    known = definitions.of_object(call.store, found.name)
    match kind:
        case "0-5":
            _set(call, fields, known)
        case "0-11":
            _refuse_strangers(call, fields.get("user_ids") or [])
            _refuse_unknown(known, fields.get("target_property"))
        case "0-8" | "0-9":
            _refuse_strangers(call, fields.get("user_ids") or [])
        case "0-35":
            _refuse_unknown(known, fields["date"]["propertyName"])


def _set(call: Call, fields: Any, known: Mapping[str, Body]) -> None:
    name, value = fields.get("property_name"), fields.get("value") or {}
    _refuse_unknown(known, name)
    if value.get("type") == "OBJECT_PROPERTY":
        _refuse_unknown(known, value.get("propertyName"))
    if name == _OWNER and value.get("type") == "STATIC_VALUE":
        sql = "SELECT owner_id FROM people WHERE owner_id = ? AND active = 1"
        number = str(value.get("staticValue"))
        if not number.isdigit() or call.store.row(sql, int(number)) is None:
            raise invalid(f"{number} is not the id of an active owner")


def _refuse_unknown(known: Mapping[str, Body], name: Any) -> None:
    if name not in known:
        raise invalid(f"There is no property named {name}", context={"propertyName": [str(name)]})


def _refuse_strangers(call: Call, users: list[Any]) -> None:
    sql = "SELECT user_id FROM people WHERE active = 1"
    known = {str(row["user_id"]) for row in call.store.rows(sql)}
    strangers = [str(user) for user in users if str(user) not in known]
    if strangers:
        raise invalid(f"These are not ids of active users: {', '.join(strangers)}")


def _enrolments(body: Body) -> Iterator[Any]:
    criteria = body.get("enrollmentCriteria")
    if not isinstance(criteria, dict):
        return
    for name in ("listFilterBranch", "refinementCriteria"):
        if criteria.get(name):
            yield criteria[name]


def _check_filters(call: Call, found: ObjectType, branch: Any) -> None:
    """OR of ANDs, and operation types that fit the properties."""
    if not isinstance(branch, dict) or branch.get("filterBranchType") != "OR":
        raise invalid("A filterBranch must be an OR of ANDs")
    for group in branch.get("filterBranches") or []:
        _check_group(call, found, group)


def _check_group(call: Call, found: ObjectType, group: Any) -> None:
    if group.get("filterBranchType") not in ("AND", "ASSOCIATION"):
        raise invalid("A filterBranch must be an OR of ANDs")
    if group["filterBranchType"] == "ASSOCIATION":
        found = object_of(str(group.get("objectTypeId")))
    known = definitions.of_object(call.store, found.name)
    for each in group.get("filters") or []:
        _check_filter(each, known)
    for inner in group.get("filterBranches") or []:
        _check_group(call, found, inner)


def _check_filter(each: Any, known: Mapping[str, Body]) -> None:
    _refuse_unknown(known, each.get("property"))
    operation = each.get("operation") or {}
    kind = str(operation.get("operationType"))
    fitting = OPERATION_OF.get(str(known[each["property"]]["type"]))
    if kind not in ("ALL_PROPERTY", fitting):
        raise crash()
    if kind in OPERATORS and operation.get("operator") not in OPERATORS[kind]:
        raise invalid(f"{operation.get('operator')} is not an operator of {kind}")

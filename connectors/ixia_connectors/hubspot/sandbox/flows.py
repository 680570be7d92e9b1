"""Workflows: listed without their actions, replaced under a revision, made in a while."""

from __future__ import annotations

import json
from typing import Any

from ixia_config.sdk.wire import Json, Response
from ixia_connectors.hubspot.sandbox import flow_checks
from ixia_connectors.hubspot.sandbox.call import Body, Call, answer, boolean, objects, results, text
from ixia_connectors.hubspot.sandbox.clock import iso
from ixia_connectors.hubspot.sandbox.errors import absent, conflict, forbidden, invalid
from ixia_connectors.hubspot.sandbox.profile import Tier
from ixia_connectors.hubspot.sandbox.routing import Route
from ixia_connectors.hubspot.sandbox.scopes import needs
from ixia_connectors.hubspot.sandbox.store import Row, dump

_PAGE = 100
_LISTED = ("id", "name", "isEnabled", "objectTypeId", "revisionId", "flowType", "uuid")
_DATES = ("createdAt", "updatedAt")
_OURS = (
    "id",
    *_DATES,
    "flowType",
    "objectTypeId",
    "dataSources",
    "nextAvailableActionId",
    "crmObjectCreationStatus",
)
"""What a replacement may not say."""


def _refuse_below(call: Call) -> None:
    if call.profile.tier < Tier.PROFESSIONAL:
        raise forbidden("Workflows need a Professional subscription")


def _row(call: Call, number: str) -> Row:
    row = None
    if number.isdigit():
        row = call.store.row("SELECT * FROM flows WHERE id = ?", int(number))
    if row is None:
        raise absent("Flow", number)
    return row


def shown(call: Call, row: Row) -> Body:
    """A workflow with everything, as it is read."""
    body: Body = json.loads(row["body"])
    numbers = [int(each) for each in _action_ids(body) if each.isdigit()]
    making = call.now < row["created_at"] + call.profile.flow_creation_seconds * 1000
    return {
        **body,
        "id": str(row["id"]),
        "isEnabled": bool(row["enabled"]),
        "revisionId": str(row["revision"]),
        "objectTypeId": row["object"],
        "flowType": "WORKFLOW",
        "uuid": f"00000000-0000-4000-8000-{row['id']:012d}",
        "nextAvailableActionId": str(max(numbers, default=0) + 1),
        "crmObjectCreationStatus": "PENDING" if making else "COMPLETE",
        "createdAt": iso(row["created_at"]),
        "updatedAt": iso(row["updated_at"]),
    }


def _action_ids(body: Body) -> list[str]:
    actions = body.get("actions")
    found = actions if isinstance(actions, list) else []
    return [str(each["actionId"]) for each in found if isinstance(each, dict)]


def _list(call: Call) -> Response:
    """GET flows: rows without actions."""
    _refuse_below(call)
    limit, after = call.number("limit", _PAGE, most=_PAGE), call.offset()
    sql = "SELECT * FROM flows WHERE id > ? ORDER BY id LIMIT ?"
    rows = call.store.rows(sql, after, limit + 1)
    found: list[Body] = []
    for row in rows[:limit]:
        body = shown(call, row)
        found.append({name: body[name] for name in (*_LISTED, *_DATES) if name in body})
    answered: Body = {"results": [*found]}
    if len(rows) > limit:
        answered["paging"] = {"next": {"after": str(rows[limit - 1]["id"])}}
    return answer(200, answered)


def _batch_read(call: Call) -> Response:
    _refuse_below(call)
    inputs = objects(call.body(), "inputs")
    if len(inputs) > _PAGE:
        raise invalid(f"At most {_PAGE} flows are read at once")
    found: list[Body] = []
    for each in inputs:
        if each.get("type") != "FLOW_ID":
            raise invalid("type must be FLOW_ID")
        row = call.store.row("SELECT * FROM flows WHERE id = ?", int(text(each, "flowId")))
        found += [shown(call, row)] if row is not None else []
    return results(found)


def _get(call: Call) -> Response:
    _refuse_below(call)
    return answer(200, shown(call, _row(call, call.path["flow"])))


def _create(call: Call) -> Response:
    _refuse_below(call)
    body = call.body()
    found = flow_checks.object_of(text(body, "objectTypeId"))
    flow_checks.refuse_type(body, found)
    if body.get("flowType") != "WORKFLOW":
        raise invalid("flowType must be WORKFLOW")
    flow_checks.check(call, body, found)
    if int(call.store.value("SELECT count(*) FROM flows")) >= call.profile.flows_max:
        raise invalid(f"The account may have {call.profile.flows_max} workflows")
    number = call.store.next_id("flow", 1_700_001)
    row = {
        "id": number,
        "object": found.id,
        "body": dump(_filled(body)),
        "enabled": boolean(body, "isEnabled"),
        "revision": 1,
        "created_at": call.now,
        "updated_at": call.now,
    }
    call.store.insert("flows", row)
    return answer(201, shown(call, _row(call, str(number))))


def _filled(body: Body) -> Body:
    """The body with the defaults that the vendor fills in."""
    kept = {
        key: each for key, each in body.items() if key not in (*_OURS, "isEnabled", "revisionId")
    }
    defaults: Body = {"timeWindows": [], "blockedDates": [], "suppressionListIds": []}
    return {**defaults, "canEnrollFromSalesforce": False, **_deeply(kept)}


def _deeply(value: Any) -> Any:
    if isinstance(value, list):
        return [_deeply(each) for each in value]
    if not isinstance(value, dict):
        return value
    found: dict[str, Json] = {key: _deeply(each) for key, each in value.items()}
    match found:
        case {"type": "LIST_BRANCH"}:
            return {"defaultBranchName": "None met", "actionTypeVersion": 0, **found}
        case {"type": "SINGLE_CONNECTION"}:
            return {"actionTypeVersion": 0, **found}
        case {"operationType": _}:
            return {"includeObjectsWithNoValueSet": False, **found}
        case {"filterBranchType": _}:
            return {"filters": [], "filterBranches": [], **found}
        case _:
            return found


def _put(call: Call) -> Response:
    """A full replacement: what is left out is cleared."""
    _refuse_below(call)
    row, body = _row(call, call.path["flow"]), call.body()
    told = [name for name in _OURS if name in body]
    if told:
        raise invalid(f"These fields cannot be written: [{', '.join(told)}]")
    if str(body.get("revisionId")) != str(row["revision"]):
        raise conflict(f"The flow is at revision {row['revision']}, not {body.get('revisionId')}")
    if shown(call, row)["crmObjectCreationStatus"] != "COMPLETE":
        raise invalid("The flow is still being created")
    found = flow_checks.object_of(row["object"])
    flow_checks.refuse_type(body, found)
    flow_checks.check(call, body, found)
    sql = (
        "UPDATE flows SET body = ?, enabled = ?, revision = revision + 1, updated_at = ? "
        "WHERE id = ?"
    )
    call.store.run(sql, dump(_filled(body)), boolean(body, "isEnabled"), call.now, row["id"])
    _forget_turns(call, row, _filled(body))
    return answer(200, shown(call, _row(call, call.path["flow"])))


def _forget_turns(call: Call, row: Row, after: Body) -> None:
    """Another list of users begins its rotation anew."""
    before = _users(json.loads(row["body"]))
    for action, users in before.items():
        if _users(after).get(action) != users:
            sql = "DELETE FROM flow_turns WHERE flow = ? AND action = ?"
            call.store.run(sql, row["id"], action)


def _users(body: Any) -> dict[str, Any]:
    rotations = (each for each in body["actions"] if each.get("actionTypeId") == "0-11")
    return {str(each["actionId"]): each["fields"].get("user_ids") for each in rotations}


def _delete(call: Call) -> Response:
    """For good: there is no way back."""
    _refuse_below(call)
    row = _row(call, call.path["flow"])
    for table in ("flow_turns", "flow_runs"):
        call.store.run(f"DELETE FROM {table} WHERE flow = ?", row["id"])  # noqa: S608  # our names
    call.store.run("DELETE FROM flows WHERE id = ?", row["id"])
    return answer(204)


def _action_types(call: Call) -> Response:
    """GET action-types: which actions workflows on an object type may have."""
    _refuse_below(call)
    wanted = flow_checks.object_of(call.query("objectTypeId") or "0-1")
    return results(
        [
            {"actionTypeId": each, "actionName": each, "objectTypeIds": [wanted.id]}
            for each in flow_checks.ACTIONS
            if each not in call.profile.without_actions
        ]
    )


_AUTOMATION = needs("automation")

ROUTES = (
    Route("flows", "GET", "", _list, _AUTOMATION),
    Route("flows", "POST", "", _create, _AUTOMATION),
    Route("flows", "POST", "batch/read", _batch_read, _AUTOMATION),
    Route("flows", "GET", "{flow}", _get, _AUTOMATION),
    Route("flows", "PUT", "{flow}", _put, _AUTOMATION),
    Route("flows", "DELETE", "{flow}", _delete, _AUTOMATION),
    Route("action-types", "GET", "", _action_types, _AUTOMATION),
)

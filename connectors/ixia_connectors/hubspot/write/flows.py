"""Making, changing, switching and retiring workflows.

A workflow is made switched off and looked at once more; turning it on is a change of its own.
Every replacement carries the revision that was read right before it, so that what somebody does
at the same time is never overwritten: HubSpot refuses a stale one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ixia_config.sdk import Address, Change, Flow, Kind, Outcome, RemoteError, Verb
from ixia_connectors.hubspot import calls
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.flow_live import (
    MARK,
    RETIRED,
    enrolment,
    flow_fields,
    flow_id,
    marked,
    switch_id,
)
from ixia_connectors.hubspot.flow_steps import Ids, Names, Step, actions, emails, read_text
from ixia_connectors.hubspot.names import parts, record_type
from ixia_connectors.hubspot.read_flows import flow_rows, owners_of
from ixia_connectors.hubspot.write.bodies import Ids as Bound
from ixia_connectors.hubspot.write.outcome import already, applied, differing, failed

_STEP = "steps."
_SERVERS = (
    "id",
    "createdAt",
    "updatedAt",
    "flowType",
    "objectTypeId",
    "dataSources",
    "nextAvailableActionId",
    "crmObjectCreationStatus",
    "uuid",
)
"""What HubSpot answers and does not take back."""

_PATIENCE = 10
_CONTACTS = "0-1"


def create(change: Change, _: Bound) -> Flow[Sequence[Outcome]]:
    """Make a workflow, switched off, and see that HubSpot kept every step of it."""
    people = yield from owners_of(_named(change))
    body = _new(change, Ids.of(people))
    try:
        row = yield from calls.one(calls.post("flows", json=body))
    except RemoteError as error:
        row = yield from _made_anyway(change, error)
    return (yield from _once_made(_verified(change, str(row["id"]), Names.of(people))))


def _once_made(work: Flow[Sequence[Outcome]]) -> Flow[Sequence[Outcome]]:
    """A failure after the making says nothing of it: the workflow may be there."""
    try:
        return (yield from work)
    except RemoteError as error:
        raise _unknown(error) from None


def _unknown(error: RemoteError) -> RemoteError:
    return RemoteError(
        Kind.UNKNOWN,
        error.message,
        code=error.code,
        hint=error.hint,
        status=error.status,
        request=error.request,
        response=error.response,
    )


def _verified(change: Change, number: str, known: Names) -> Flow[Sequence[Outcome]]:
    """What became of a workflow that was made: whether every step of it is as wanted."""
    there = yield from calls.one(calls.get("flow", number))
    wanted = {path: value for path, value in change.after.items() if value is not None}
    lost = differing(wanted, flow_fields(there, known))
    if marked(there) != str(change.address):
        lost.append("the mark of its policy")
    if lost:
        return [failed(change, f"HubSpot kept it in another form: {', '.join(lost)}")]
    return [applied(change, flow_id(number))]


def _made_anyway(change: Change, error: RemoteError) -> Flow[Body]:
    """The workflow that an unanswered request made: HubSpot is asked, never told twice."""
    if error.status is None or error.status < 500:
        raise error
    try:
        rows = yield from flow_rows()
    except RemoteError:
        raise _unknown(error) from None
    found = [row for row in rows if marked(row) == str(change.address)]
    if len(found) != 1:
        raise error if found else _refused(error)
    return found[0]


def _refused(error: RemoteError) -> RemoteError:
    """HubSpot answers a body that it cannot take with a failure of its own: nothing was made."""
    hint = "plan again; where it stays, the account's HubSpot plan may lack one of its actions"
    message = f"HubSpot failed on this workflow and made none (status {error.status})"
    return RemoteError(Kind.REJECTED, message, code=error.code, hint=hint, status=error.status)


def _new(change: Change, ids: Ids) -> Body:
    after = change.after
    kind = record_type(str(after["record"]))
    body: Body = {
        "name": str(after["title"]),
        "description": str(after["about"]),
        "type": "CONTACT_FLOW" if kind.type_id == _CONTACTS else "PLATFORM_FLOW",
        "flowType": "WORKFLOW",
        "objectTypeId": kind.type_id,
        "isEnabled": False,
        "startActionId": str(after["first"]),
        "actions": actions(_steps(after), ids),
        "enrollmentCriteria": enrolment(str(after["enrols"])),
        "timeWindows": [],
        "blockedDates": [],
        "customProperties": {MARK: str(change.address)},
        "dataSources": [],
    }
    if kind.type_id == _CONTACTS:
        body |= {"suppressionListIds": [], "canEnrollFromSalesforce": False}
    return body


def _steps(after: Mapping[str, Any]) -> dict[str, Step]:
    return {
        path[len(_STEP) :]: read_text(str(value))
        for path, value in after.items()
        if path.startswith(_STEP) and value is not None
    }


def _named(change: Change) -> list[str]:
    """Everybody whom the steps of a change name, each once."""
    steps = _steps(change.after).values()
    return sorted({email for step in steps for email in emails(step) if "@" in email})


def update(change: Change, _: Bound) -> Flow[Sequence[Outcome]]:
    """Replace what the change names; all else of the workflow stays as it is."""
    people = yield from owners_of(_named(change))
    number = _number(change)
    row = yield from calls.one(calls.get("flow", number))
    body = {**_kept(row), **_changed(change, row, Ids.of(people))}
    yield from _replaced(number, body)
    return [applied(change)]


def _number(change: Change) -> str:
    return parts(change.remote_id or "")[1]


def _kept(row: Mapping[str, Any]) -> Body:
    """A workflow as HubSpot takes it back, under the revision that was read."""
    return {key: value for key, value in row.items() if key not in _SERVERS}


def _replaced(number: str, body: Body) -> Flow[None]:
    """Replace a workflow unless somebody saved it since we read it."""
    try:
        yield from calls.one(calls.swap("flow", number, json=body))
    except RemoteError as error:
        if error.status != 409:
            raise
        message = f"somebody saved the workflow meanwhile: {error.message}"
        hint = "nothing was overwritten; plan again to see what they did"
        raise RemoteError(
            error.kind, message, code=error.code, hint=hint, status=error.status
        ) from None


def _changed(change: Change, row: Mapping[str, Any], ids: Ids) -> Body:
    after = change.after
    body: Body = {MARKS: {**(row.get(MARKS) or {}), MARK: str(change.address)}}
    for path, name in (("title", "name"), ("about", "description"), ("first", "startActionId")):
        if path in after:
            body[name] = str(after[path] or "")
    if "enrols" in after:
        body["enrollmentCriteria"] = enrolment(str(after["enrols"]))
    if any(path.startswith(_STEP) for path in after):
        body["actions"] = _merged(change, row, ids)
    return body


MARKS = "customProperties"


def _merged(change: Change, row: Mapping[str, Any], ids: Ids) -> list[Body]:
    """The steps as they are, with ours in their places and without those that go."""
    held = {str(each["actionId"]): each for each in row.get("actions") or []}
    gone = {path[len(_STEP) :] for path, value in change.after.items() if value is None}
    written = {str(each["actionId"]): each for each in actions(_steps(change.after), ids)}
    merged = {**{key: each for key, each in held.items() if key not in gone}, **written}
    return [merged[key] for key in sorted(merged, key=lambda each: (len(each), each))]


def retire(change: Change, _: Bound) -> Flow[Sequence[Outcome]]:
    """Switch a workflow off and take our mark from it: HubSpot cannot bring back a deleted one."""
    number = _number(change)
    row = yield from calls.absent_as_none(calls.get("flow", number))
    if row is None or not marked(row):
        return [already(change)]
    marks = {key: value for key, value in (row.get(MARKS) or {}).items() if key != MARK}
    about = "No policy asks for this workflow any more; it may be deleted."
    body: Body = {
        **_kept(row),
        "isEnabled": False,
        "description": about,
        MARKS: {**marks, RETIRED: marked(row)},
    }
    yield from _replaced(number, body)
    return [applied(change)]


def turn_on(change: Change, ids: Bound) -> Flow[Sequence[Outcome]]:
    """Let a workflow run, once HubSpot has finished making it."""
    return (yield from _turned(change, _of_switch(change, ids), on=True))


def turn_off(change: Change, ids: Bound) -> Flow[Sequence[Outcome]]:
    """Stop a workflow; records that are in it stay where they are."""
    return (yield from _turned(change, _of_switch(change, ids), on=False))


def _of_switch(change: Change, ids: Bound) -> str | None:
    """The workflow of a switch; None where it was not made."""
    own, part = change.address, change.address.part.removesuffix(".on")
    flow = own.at(part) if part else Address(own.kind, own.name)
    known = change.remote_id or ids.get(flow)
    return parts(known)[1] if known else None


def _turned(change: Change, number: str | None, *, on: bool) -> Flow[Sequence[Outcome]]:
    if number is None:
        return [failed(change, "its workflow was not made")]
    row = yield from calls.absent_as_none(calls.get("flow", number))
    for _ in range(_PATIENCE):
        if row is None or _made(row):
            break
        row = yield from calls.absent_as_none(calls.get("flow", number))
    if row is None:
        return [failed(change, "the workflow is gone: plan again") if on else already(change)]
    if not _made(row):
        return [failed(change, "HubSpot is still making the workflow: apply again in a minute")]
    if bool(row.get("isEnabled")) is on:
        return [already(change, switch_id(number))]
    yield from _replaced(number, {**_kept(row), "isEnabled": on})
    return [applied(change, switch_id(number))]


def _made(row: Mapping[str, Any]) -> bool:
    return bool(row.get("crmObjectCreationStatus", "COMPLETE") == "COMPLETE")


def cost(change: Change) -> int:
    """One look and one write, and one question for everybody whom the steps name."""
    names = change.verb in (Verb.CREATE, Verb.UPDATE) and change.type == "flow"
    return 2 + (len(_named(change)) if names else 0)

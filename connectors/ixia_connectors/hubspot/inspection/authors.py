"""Who edited in HubSpot what a plan would undo, from its audit trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ixia_config.sdk import (
    Actor,
    Cause,
    Change,
    FieldChange,
    Flow,
    Kind,
    Live,
    RemoteError,
    Request,
    Value,
)
from ixia_connectors.hubspot import calls
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.names import parts
from ixia_connectors.hubspot.read import people
from ixia_connectors.hubspot.values import number_text

_DRIFTED = (Cause.DRIFT, Cause.CONFLICT)


@dataclass(frozen=True, slots=True)
class _Edit:
    """A user id and a time, before anybody asked who that is."""

    user: str
    at: str


def authors(changes: Sequence[Change], live: Live) -> Flow[Mapping[str, Mapping[str, Actor]]]:
    """Who set each drifted field, by change and path."""
    edits: dict[str, Mapping[str, _Edit]] = {}
    for change in changes:
        drifted = [each for each in change.fields if each.cause in _DRIFTED]
        if drifted:
            edits[change.id] = yield from _edits(change, drifted, live)
    known = {each.ids["user"]: each.name for each in live.people if "user" in each.ids}
    unnamed = {edit.user for found in edits.values() for edit in found.values()} - set(known)
    if unnamed:
        known |= yield from _names()
    return {change: _actors(found, known) for change, found in edits.items() if found}


def _actors(found: Mapping[str, _Edit], known: Mapping[str, str]) -> Mapping[str, Actor]:
    return {
        path: Actor(known.get(edit.user, f"HubSpot user {edit.user}"), edit.at)
        for path, edit in found.items()
    }


def _names() -> Flow[dict[str, str]]:
    """Names by user id; none where the token may not read people."""
    try:
        everyone = yield from people()
    except RemoteError as error:
        if error.kind is Kind.UNAUTHORISED:
            return {}
        raise
    return {each.ids["user"]: each.name for each in everyone if "user" in each.ids}


def _edits(change: Change, drifted: Sequence[FieldChange], live: Live) -> Flow[Mapping[str, _Edit]]:
    if change.type == "property":
        return _of_property(change, drifted, live)
    if change.type not in ("pipeline", "stage") or change.remote_id is None:
        return {}
    trail = yield from _trail(change.type, change.remote_id)
    found: dict[str, _Edit] = {}
    for each in drifted:
        edit = _setter(trail, each)
        if edit is None and each.path == "order":
            edit = yield from _mover(change.remote_id, each)
        if edit is not None:
            found[each.path] = edit
    return found


def _of_property(change: Change, drifted: Sequence[FieldChange], live: Live) -> Mapping[str, _Edit]:
    """Properties have no trail, and say themselves who changed them last."""
    found = (each for each in live.resources if each.remote_id == change.remote_id)
    raw = next((each.raw for each in found if each.type == "property"), {})
    if not raw.get("updatedUserId") or not raw.get("updatedAt"):
        return {}
    edit = _Edit(str(raw["updatedUserId"]), str(raw["updatedAt"]))
    return {each.path: edit for each in drifted}


def _trail(type_name: str, remote_id: str) -> Flow[list[Body]]:
    """The changes of an object, newest first; none where they may not be read."""
    audit = "pipeline_audit" if type_name == "pipeline" else "stage_audit"
    request: Request = calls.get(audit, *parts(remote_id))
    try:
        return (yield from calls.some(request))
    except RemoteError as error:
        if error.status in (403, 404):
            return []
        raise


def _setter(trail: Sequence[Body], drifted: FieldChange) -> _Edit | None:
    """The oldest of the newest entries that all show the value as it is now."""
    setter: Body | None = None
    for entry in trail:
        if _value(entry, drifted.path) != drifted.before:
            break
        setter = entry
    return None if setter is None else _edit(setter)


def _edit(entry: Body) -> _Edit | None:
    user, at = entry.get("fromUserId"), entry.get("timestamp")
    return _Edit(str(user), str(at)) if user and at else None


def _value(entry: Body, path: str) -> Value:
    raw: Mapping[str, Any] = entry.get("rawObject") or {}
    metadata = raw.get("metadata") or {}
    match path:
        case "title":
            return raw.get("label")
        case "probability":
            return number_text(metadata.get("probability"))
        case "state":
            return str(metadata.get("ticketState", "")).lower() or None
        case _:
            return None


def _mover(pipeline: str, drifted: FieldChange) -> Flow[_Edit | None]:
    """Who moved a stage last: an order is changed stage by stage."""
    wanted = drifted.after if isinstance(drifted.after, tuple) else ()
    before = drifted.before if isinstance(drifted.before, tuple) else ()
    moved = [now for now, then in zip(before, wanted, strict=False) if now != then]
    newest: _Edit | None = None
    for stage in moved[:_LOOKED_AT]:
        if stage.startswith(f"{pipeline}/"):
            trail = yield from _trail("stage", stage)
            edit = next((_edit(entry) for entry in trail if entry.get("action") == "UPDATE"), None)
            if edit is not None and (newest is None or edit.at > newest.at):
                newest = edit
    return newest


_LOOKED_AT = 5  # stages whose trails are read for one changed order

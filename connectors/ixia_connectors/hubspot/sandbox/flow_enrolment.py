"""Workflows at work: records that come in walk at once, and go on when a wait is over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ixia_connectors.hubspot.sandbox.call import Call
from ixia_connectors.hubspot.sandbox.clock import parse_moment
from ixia_connectors.hubspot.sandbox.flow_filters import Properties, Related, Subject, passes
from ixia_connectors.hubspot.sandbox.flow_run import Wait, Walk
from ixia_connectors.hubspot.sandbox.objects import OBJECTS, ObjectType
from ixia_connectors.hubspot.sandbox.store import Row, dump

_CREATED = "4-1463224"
_CHANGED = "4-655002"
_MINUTE = 60_000
_AT_THE_END = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened to a record: it was created, or these properties changed."""

    changed: frozenset[str] = frozenset()
    created: bool = False


def touched(call: Call, found: ObjectType, number: int, event: Happened) -> None:
    """Every enabled workflow that this record comes into now; most take each record once."""
    for flow in _enabled(call, found):
        again = bool((_body(flow).get("enrollmentCriteria") or {}).get("shouldReEnroll"))
        fresh = again or not _known(call, flow, number)
        if fresh and _enrols(call, flow, found, number, event):
            sql = "DELETE FROM flow_runs WHERE flow = ? AND record = ?"
            call.store.run(sql, flow["id"], number)
            call.store.insert("flow_runs", _run(flow, found, number))
            _walk(call, flow, found, number, str(_body(flow).get("startActionId") or ""))


def wake(call: Call) -> None:
    """Let every record go on whose wait is over; called before each request is answered."""
    sql = "SELECT * FROM flow_runs WHERE due <= ? ORDER BY due, flow, record LIMIT 1"
    while (run := call.store.row(sql, call.now)) is not None:
        flow = call.store.row("SELECT * FROM flows WHERE id = ? AND enabled = 1", run["flow"])
        _stand(call, run["flow"], run["record"], _AT_THE_END, None)
        if flow is not None:
            then = replace(call, now=int(run["due"]))
            _walk(then, flow, OBJECTS[run["object"]], int(run["record"]), run["action"])


def _enabled(call: Call, found: ObjectType) -> list[Row]:
    sql = "SELECT * FROM flows WHERE enabled = 1 AND object = ? ORDER BY id"
    return call.store.rows(sql, found.id)


def _body(flow: Row) -> Mapping[str, Any]:
    body: Mapping[str, Any] = json.loads(flow["body"])
    return body


def _known(call: Call, flow: Row, number: int) -> bool:
    sql = "SELECT 1 FROM flow_runs WHERE flow = ? AND record = ?"
    return call.store.row(sql, flow["id"], number) is not None


def _run(flow: Row, found: ObjectType, number: int) -> Mapping[str, object]:
    return {"flow": flow["id"], "object": found.name, "record": number, "action": "", "due": None}


def _enrols(call: Call, flow: Row, found: ObjectType, number: int, event: Happened) -> bool:
    criteria = _body(flow).get("enrollmentCriteria") or {}
    match criteria.get("type"):
        case "EVENT_BASED":
            happened = any(_is(event, each) for each in criteria["eventFilterBranches"])
            asked = criteria.get("refinementCriteria")
            fits = not asked or passes(asked, _subject(call, found, number))
            return happened and fits
        case "LIST_BASED":
            return passes(criteria["listFilterBranch"], _subject(call, found, number))
        case _:
            return False


def _is(event: Happened, branch: Mapping[str, Any]) -> bool:
    """Whether what happened is what a branch waits for."""
    if branch["eventTypeId"] == _CREATED:
        return event.created
    names = {each["operation"]["value"] for each in branch["filters"]}
    return branch["eventTypeId"] == _CHANGED and bool(names & event.changed)


def _properties(call: Call, found: ObjectType, number: int) -> Properties:
    sql = "SELECT properties FROM records WHERE object = ? AND id = ?"
    kept: dict[str, str] = json.loads(call.store.value(sql, found.name, number))
    return {**kept, "hs_object_id": str(number)}


def _subject(call: Call, found: ObjectType, number: int) -> Subject:
    related: dict[tuple[str, int], list[Properties]] = {}
    sql = "SELECT * FROM associations WHERE from_object = ? AND from_id = ?"
    for row in call.store.rows(sql, found.name, number):
        other = OBJECTS[row["to_object"]]
        key = (other.id, int(row["type_id"]))
        related.setdefault(key, []).append(_properties(call, other, int(row["to_id"])))
    shown: Related = related
    return Subject(_properties(call, found, number), shown)


def _walk(call: Call, flow: Row, found: ObjectType, number: int, start: str) -> None:
    walk = Walk(
        _body(flow),
        _subject(call, found, number),
        lambda action: _turn(call, int(flow["id"]), action),
        lambda user: _owner(call, user),
    )
    wait = walk.go(start) if start else None
    if walk.changes:
        _write(call, found, number, walk.changes)
    if wait is not None and wait.next:
        due = _due(call, walk, wait)
        _stand(call, flow["id"], number, wait.next, due)


def _turn(call: Call, flow: int, action: str) -> int:
    """The number of this rotation of an action, from 0."""
    sql = (
        "INSERT INTO flow_turns VALUES (?, ?, 1) ON CONFLICT (flow, action) "
        "DO UPDATE SET turn = turn + 1"
    )
    call.store.run(sql, flow, action)
    sql = "SELECT turn FROM flow_turns WHERE flow = ? AND action = ?"
    return int(call.store.value(sql, flow, action)) - 1


def _owner(call: Call, user: str) -> str | None:
    sql = "SELECT owner_id FROM people WHERE user_id = ? AND active = 1"
    owner = call.store.value(sql, int(user)) if user.isdigit() else None
    return None if owner is None else str(owner)


def _write(call: Call, found: ObjectType, number: int, changes: Mapping[str, str]) -> None:
    """Write what a workflow sets; no pipeline rule binds it."""
    sql = "UPDATE records SET properties = ?, updated_at = ? WHERE object = ? AND id = ?"
    kept = dict(_properties(call, found, number))
    del kept["hs_object_id"]
    call.store.run(sql, dump({**kept, **changes}), call.now, found.name, number)
    changed = frozenset(name for name, each in changes.items() if kept.get(name) != each)
    if changed:
        touched(call, found, number, Happened(changed))


def _due(call: Call, walk: Walk, wait: Wait) -> int:
    if wait.minutes is not None:
        return call.now + round(wait.minutes * _MINUTE)
    until = parse_moment(walk.now().properties.get(wait.until, ""))
    return call.now if until is None else until


def _stand(call: Call, flow: int, record: int, action: str, due: int | None) -> None:
    """Where a record stands in a workflow and until when."""
    sql = "UPDATE flow_runs SET action = ?, due = ? WHERE flow = ? AND record = ?"
    call.store.run(sql, action, due, flow, record)

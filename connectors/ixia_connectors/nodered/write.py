"""How flows are written: all changes in one deployment, under the revision that was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ixia_config.sdk import (
    Address,
    Change,
    Flow,
    Kind,
    Outcome,
    RemoteError,
    Request,
    Status,
    Verb,
)
from ixia_connectors.nodered.bodies import body
from ixia_connectors.nodered.layout import layout
from ixia_connectors.nodered.names import key_of, node_id, tab_id
from ixia_connectors.nodered.read import VERSION, Flows, Row, flows

COST = 2
_TRIES = 4


def write(unit: Sequence[Change], ids: Mapping[Address, str]) -> Flow[Sequence[Outcome]]:
    """Do all changes in one deployment, or none.

    Where somebody else deployed in between, their flows are read anew and kept; where they touched
    a tab of this unit, nothing is written.
    """
    tabs = {change.id: change.remote_id or ids.get(change.address, "") for change in unit}
    tabs = {change.id: tabs[change.id] or tab_id(change.address) for change in unit}
    seen = yield from flows()
    for _ in range(_TRIES):
        stopped = _stopped(unit, tabs, seen)
        if stopped:
            return [Outcome(each.id, Status.FAILED, each.remote_id, stopped) for each in unit]
        rows = merged(unit, tabs, seen.rows)
        if rows == seen.rows:
            return [_done(each, tabs, Status.ALREADY) for each in unit]
        try:
            yield _deployment(rows, seen.rev)
        except RemoteError as error:
            if error.status != 409:
                return _refused(unit, error)
        else:
            return [_done(each, tabs, Status.APPLIED) for each in unit]
        again = yield from flows()
        if _on(again, tabs) not in (_on(seen, tabs), _own(rows, tabs)):
            return [Outcome(each.id, Status.FAILED, each.remote_id, _TOUCHED) for each in unit]
        seen = again
    return [Outcome(each.id, Status.FAILED, each.remote_id, _BUSY) for each in unit]


_TOUCHED = "somebody deployed another version of this flow meanwhile: plan again"
_BUSY = "somebody deploys flows all the time: run again later"


def _refused(unit: Sequence[Change], error: RemoteError) -> Sequence[Outcome]:
    """A plain refusal is an outcome; what is not certain is thrown."""
    if error.kind is not Kind.REJECTED:
        raise error
    return [Outcome(each.id, Status.FAILED, each.remote_id, str(error)) for each in unit]


def _deployment(rows: Sequence[Row], rev: str) -> Request:
    """Only flows that differ are stopped and started; a stale revision is refused with 409."""
    headers = (VERSION, ("node-red-deployment-type", "flows"))
    return Request("POST", "/flows", json={"rev": rev, "flows": list(rows)}, headers=headers)


def _done(change: Change, tabs: Mapping[str, str], status: Status) -> Outcome:
    return Outcome(change.id, status, tabs[change.id])


def _stopped(unit: Sequence[Change], tabs: Mapping[str, str], seen: Flows) -> str:
    """What forbids the whole unit: a removal would take what somebody else put on the tab."""
    for change in unit:
        strangers = [
            each
            for each in seen.rows
            if each.get("z") == tabs[change.id] and key_of(each["id"]) is None
        ]
        if change.verb.removes and strangers:
            return f"{change.title} has {len(strangers)} nodes that are not ours: move them first"
    return ""


def _on(seen: Flows, tabs: Mapping[str, str]) -> list[Row]:
    return _own(seen.rows, tabs)


def _own(rows: Sequence[Row], tabs: Mapping[str, str]) -> list[Row]:
    """The tabs of the unit with everything on them."""
    ours = set(tabs.values())
    return [row for row in rows if row["id"] in ours or row.get("z") in ours]


def merged(unit: Sequence[Change], tabs: Mapping[str, str], rows: Sequence[Row]) -> tuple[Row, ...]:
    """All flows after the changes; what is not ours stays as it is, and in its order."""
    for change in unit:
        tab = tabs[change.id]
        if change.verb.removes:
            rows = [row for row in rows if row["id"] != tab and row.get("z") != tab]
        elif change.verb in (Verb.CREATE, Verb.UPDATE):
            rows = _with(change, tab, rows)
        else:
            raise AssertionError(f"{change.verb} writes nothing")
    return tuple(rows)


def _with(change: Change, tab: str, rows: Sequence[Row]) -> list[Row]:
    """The flows with this tab as the change wants it."""
    held = {row["id"]: row for row in rows}
    own = _tab(change, tab, held.get(tab, {}))
    nodes = _nodes(change, tab, held)
    gone = {node_id(change.address, path[len("nodes.") :]) for path in _removed(change)}
    rows = [
        own if row["id"] == tab else nodes.pop(row["id"], row)
        for row in rows
        if row["id"] not in gone
    ]
    return [*rows, *([] if tab in held else [own]), *nodes.values()]


def _removed(change: Change) -> list[str]:
    return [path for path, value in change.after.items() if _is_node(path) and value is None]


def _is_node(path: str) -> bool:
    return path.startswith("nodes.")


def _tab(change: Change, tab: str, held: Row) -> Row:
    row: Row = {"id": tab, "type": "tab", "label": change.title, "disabled": False, **held}
    after = change.after
    if "title" in after:
        row["label"] = after["title"]
    if "enabled" in after:
        row["disabled"] = not after["enabled"]
    if "info" in after:
        row["info"] = after["info"]
    return row


def _nodes(change: Change, tab: str, held: Mapping[str, Row]) -> dict[str, Row]:
    """The nodes that the change writes, by id; a node that stands somewhere stays there."""
    written = {
        node_id(change.address, path[len("nodes.") :]): body(str(value))
        for path, value in change.after.items()
        if _is_node(path) and value is not None
    }
    standing = {each: row for each, row in held.items() if row.get("z") == tab}
    places = layout(_ways({**standing, **written}), node_id(change.address, "in"))
    return {
        each: _placed({**held.get(each, {}), **own, "id": each, "z": tab}, places[each])
        for each, own in written.items()
    }


def _placed(row: Row, place: tuple[int, int]) -> Row:
    x, y = place
    return {"x": x, "y": y, **row}


def _ways(rows: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        each: tuple(to for wire in row.get("wires", []) for to in wire)
        for each, row in rows.items()
        if key_of(each) is not None
    }

"""Writing: changes grouped into units, what each costs, and the requests that do it.

What is made or changed goes through Odoo's ``load`` under an external id of ours: sending it again
makes no twin. Each write is read back, because Odoo answers true for what is not there.
"""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.sdk import Change, Flow, Kind, Outcome, RemoteError, Status, Verb
from ixia_connectors.odoo.write import (
    calendars,
    fields,
    gates,
    members,
    reasons,
    stages,
    teams,
    timers,
)
from ixia_connectors.odoo.write.outcome import Ids

COST = 16
"""Requests that one change needs at most, besides records that move."""


def units(changes: Sequence[Change]) -> Sequence[Sequence[Change]]:
    """A new team comes with its new stages; everything else is a unit of its own."""
    leaders = {each.address: each for each in changes if _leads(each)}
    found: list[list[Change]] = []
    for change in changes:
        if _leads(change):
            found.append([change, *(each for each in changes if _follows(each, change))])
        elif change.parent is None or not _follows(change, leaders.get(change.parent)):
            found.append([change])
    return found


def _leads(change: Change) -> bool:
    return change.type == "team" and change.verb is Verb.CREATE


def _follows(change: Change, leader: Change | None) -> bool:
    return (
        leader is not None
        and change.parent == leader.address
        and (change.type, change.verb) == ("stage", Verb.CREATE)
    )


def cost(unit: Sequence[Change]) -> int:
    """How many requests ``write`` sends for this unit at most."""
    moved = [
        each.dependents.count for each in unit if each.verb is Verb.MIGRATE and each.dependents
    ]
    return COST + 3 * sum(count // stages.BATCH + 1 for count in moved)


def write(unit: Sequence[Change], ids: Ids) -> Flow[Sequence[Outcome]]:
    """Do one unit; a refusal is an outcome of each of its changes, an unknown effect is thrown."""
    try:
        return (yield from _write(unit, ids))
    except RemoteError as error:
        if error.kind is not Kind.REJECTED:
            raise
        return [Outcome(each.id, Status.FAILED, each.remote_id, str(error)) for each in unit]


def _write(unit: Sequence[Change], ids: Ids) -> Flow[Sequence[Outcome]]:
    change = unit[0]
    match change.type:
        case "team":
            return (yield from teams.write(unit, ids))
        case "stage":
            return (yield from stages.write(change, ids))
        case "reason":
            return (yield from reasons.write(change, ids))
        case "gate":
            return (yield from gates.write(change, ids))
        case "timer":
            return (yield from timers.write(change, ids))
        case "field":
            return (yield from fields.write(change, ids))
        case "calendar":
            return (yield from calendars.write(change, ids))
        case "member":
            return (yield from members.write(change, ids))
        case "setting":
            return (yield from members.setting(change, ids))
        case other:
            raise AssertionError(f"Odoo has no resource type for {other}")


__all__ = ["cost", "units", "write"]

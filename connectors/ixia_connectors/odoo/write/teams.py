"""Writing sales teams: a new one with its stages, its title, and the order of its stages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from ixia_config.sdk import Change, Flow, Outcome, Verb
from ixia_connectors.odoo import look
from ixia_connectors.odoo.calls import load, rows
from ixia_connectors.odoo.live import Row, in_order
from ixia_connectors.odoo.names import full
from ixia_connectors.odoo.read import STAGE
from ixia_connectors.odoo.write.outcome import (
    Cells,
    Ids,
    done,
    flag,
    numbers,
    own_id,
    put,
    removed,
    resolved,
)
from ixia_connectors.odoo.write.stages import cells as stage_cells

_STEP = 10


def write(unit: Sequence[Change], ids: Ids) -> Flow[Sequence[Outcome]]:
    """Do one unit that a team leads."""
    change = unit[0]
    if change.verb.removes:
        return (yield from removed(change, archive=True))
    if change.verb is Verb.CREATE:
        return (yield from _create(unit, ids))
    return (yield from _update(change, ids))


def cells(change: Change) -> Cells:
    """The columns of a team that a change writes."""
    after, found = change.after, Cells()
    for path, name in (("leads", "use_leads"), ("deals", "use_opportunities")):
        if path in after:
            found[name] = flag(after[path])
    for path, name in (("title", "name"), ("accepts", "assignment_domain")):
        if path in after:
            found[name] = str(after[path] or "")
    return found


def _create(unit: Sequence[Change], ids: Ids) -> Flow[Sequence[Outcome]]:
    """Make the team, then all its stages in one call."""
    change, stages = unit[0], unit[1:]
    own = own_id(change, ids)
    wanted = {"name": change.title, "active": "1", **cells(change)}
    number = yield from put("crm.team", own, wanted)
    if stages:
        order = {each: place for place, each in enumerate(_texts(change.after.get("order")))}
        places = [(order.get(str(each.address), len(order)) + 1) * _STEP for each in stages]
        columns: dict[str, list[str]] = {}
        for each, place in zip(stages, places, strict=True):
            row = {
                "id": full(own_id(each, ids)),
                **stage_cells(each),
                "sequence": str(place),
                "team_ids/.id": str(number),
            }
            for name in _STAGE_COLUMNS:
                columns.setdefault(name, []).append(row.get(name, ""))
        yield from load("crm.stage", columns)
    seen = yield from look.at([(each.type, own_id(each, ids)) for each in unit])
    return [done(each, seen.get((each.type, own_id(each, ids))), ids) for each in unit]


_STAGE_COLUMNS = (
    "id",
    "name",
    "is_won",
    "requirements",
    "rotting_threshold_days",
    "sequence",
    "team_ids/.id",
)


def _texts(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _update(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    own = own_id(change, ids)
    if wanted := cells(change):
        yield from put("crm.team", own, wanted)
    if "order" in change.after:
        yield from _arrange(own, resolved(change.after["order"], ids))
    seen = yield from look.at([("team", own)])
    return [done(change, seen.get(("team", own)), ids)]


def _arrange(team: str, wanted: Sequence[str]) -> Flow[None]:
    """Give our stages the places that they hold between them, in the wanted order."""
    found = yield from numbers("stage", wanted)
    own = (yield from numbers("team", [team]))[team]
    domain = ["|", ["team_ids", "in", [own]], ["team_ids", "=", False]]
    standing = in_order((yield from rows("crm.stage", domain, STAGE)))
    moved = moves(standing, [found[each] for each in wanted])
    if moved:
        columns = {
            ".id": [str(each) for each in moved],
            "sequence": [str(place) for place in moved.values()],
        }
        yield from load("crm.stage", columns)


def moves(standing: Sequence[Row], wanted: Sequence[int]) -> dict[int, int]:
    """The stages that must move, and where to; others stay.

    Where two stages share a place all of them are numbered anew, since titles decide such ties.
    """
    there = {int(row["id"]) for row in standing}
    ours = [each for each in wanted if each in there]
    members = iter(ours)
    sequence = [next(members) if row["id"] in ours else int(row["id"]) for row in standing]
    places = [int(row["sequence"]) for row in standing]
    if any(later <= earlier for earlier, later in pairwise(places)):
        places = [(number + 1) * _STEP for number in range(len(standing))]
    now = {int(row["id"]): int(row["sequence"]) for row in standing}
    pairs = zip(sequence, places, strict=True)
    return {stage: place for stage, place in pairs if now[stage] != place}

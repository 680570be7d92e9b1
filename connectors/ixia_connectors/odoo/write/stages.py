"""Writing one stage of a team that is there, and moving the records of one that goes."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.sdk import Change, Flow, Outcome, Status, Verb
from ixia_connectors.odoo import look
from ixia_connectors.odoo.calls import again, count, database_ids, rows
from ixia_connectors.odoo.resources import LEAD
from ixia_connectors.odoo.write.outcome import (
    Cells,
    Ids,
    done,
    flag,
    numbers,
    own_id,
    put,
    removed,
)

BATCH = 200


def write(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Do one change of a stage."""
    if change.verb is Verb.MIGRATE:
        return (yield from _migrate(change, ids))
    if change.verb.removes:
        return (yield from _remove(change))
    own, wanted = own_id(change, ids), cells(change)
    if change.verb is Verb.CREATE:
        parent = ids.get(change.parent, "") if change.parent else ""
        team = (yield from numbers("team", [parent]))[parent]
        last = yield from rows("crm.stage", [], ["sequence"], limit=1, order="sequence desc")
        place = int(last[0]["sequence"]) + 10 if last else 10
        wanted = {"name": change.title, **wanted, "sequence": str(place), "team_ids/.id": str(team)}
    yield from put("crm.stage", own, wanted)
    seen = yield from look.at([("stage", own)])
    return [done(change, seen.get(("stage", own)), ids)]


def cells(change: Change) -> Cells:
    """The columns of a stage that a change writes."""
    after, found = change.after, Cells()
    names = (("title", "name"), ("definition", "requirements"), ("rots", "rotting_threshold_days"))
    for path, name in names:
        if path in after:
            found[name] = str(after[path] or "")
    if "won" in after:
        found["is_won"] = flag(after["won"])
    if found.get("rotting_threshold_days") == "":
        found["rotting_threshold_days"] = "0"
    return found


def _remove(change: Change) -> Flow[Sequence[Outcome]]:
    """Delete a stage that no record stands on; Odoo refuses the others by itself."""
    own = change.remote_id or ""
    found = yield from database_ids("crm.stage", [own])
    if own in found:
        standing = yield from count(LEAD, [["stage_id", "=", found[own]]])
        if standing:
            why = f"{standing} records still stand on {change.title}"
            return [Outcome(change.id, Status.FAILED, own, why)]
    return (yield from removed(change, archive=False))


def _migrate(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Move every record, archived ones too, and look again until none is left."""
    own = own_id(change, ids)
    goal = ids.get(change.migrate_to, "") if change.migrate_to else ""
    if not goal:
        why = "Odoo has no lost stage: retire to a stage that is open or won"
        return [Outcome(change.id, Status.FAILED, own, why)]
    found = yield from numbers("stage", [own, goal])
    moved = 0
    while True:
        domain = [["stage_id", "=", found[own]]]
        batch = yield from rows(LEAD, domain, ["id"], limit=BATCH)
        if not batch:
            return [Outcome(change.id, Status.APPLIED, own, f"{moved} records moved")]
        wanted = [row["id"] for row in batch]
        yield again(LEAD, "write", ids=wanted, vals={"stage_id": found[goal]})
        left = yield from count(LEAD, [["id", "in", wanted], ["stage_id", "!=", found[goal]]])
        if left:
            why = f"{left} records did not arrive; {moved} were moved before that"
            return [Outcome(change.id, Status.FAILED, own, why)]
        moved += len(batch)

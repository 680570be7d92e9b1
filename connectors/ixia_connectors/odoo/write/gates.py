"""Writing gates: an automation under a name of ours, and its only action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ixia_config.sdk import Change, Flow, Kind, Outcome, RemoteError, Value, Verb
from ixia_connectors.odoo import look
from ixia_connectors.odoo.bodies import after, before, code, described
from ixia_connectors.odoo.calls import call, rows
from ixia_connectors.odoo.read import Key
from ixia_connectors.odoo.resources import GATED, LEAD
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


def write(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Do one change of a gate; what is written is always the whole gate."""
    if change.verb.removes:
        return (yield from removed(change, archive=False))
    own = own_id(change, ids)
    wanted = yield from whole(change, ("gate", own))
    watches = ("stage_id", *_texts(wanted.get("watches")))
    fields, model = yield from columns(watches)
    cells = yield from _cells(wanted, ids, fields)
    number = yield from put("base.automation", own, {"model_id/.id": str(model), **cells})
    action = {"name": str(wanted["title"]), "state": "code", "code": code(str(wanted["message"]))}
    yield from act(own, number, {"model_id/.id": str(model), **action})
    seen = yield from look.at([("gate", own)], watches)
    return [done(change, seen.get(("gate", own)), ids)]


def whole(change: Change, key: Key) -> Flow[dict[str, Value]]:
    """The object as it is, with what the change writes."""
    if change.verb is Verb.CREATE:
        return dict(change.after)
    there = (yield from look.at([key])).get(key)
    return {**(there.fields if there else {}), **change.after}


def columns(names: Sequence[str]) -> Flow[tuple[dict[str, int], int]]:
    """The database ids of fields of leads, and of their model."""
    domain = [["model", "=", LEAD], ["name", "in", sorted(set(names))]]
    found = yield from rows("ir.model.fields", domain, ["name", "model_id"])
    ids = {str(row["name"]): int(row["id"]) for row in found}
    gone = sorted(set(names) - set(ids))
    if gone:
        what = f"Odoo's leads have no field {', '.join(gone)}"
        raise RemoteError(Kind.REJECTED, what, code="IX611")
    return ids, int(found[0]["model_id"][0])


def _cells(wanted: Mapping[str, Value], ids: Ids, fields: Mapping[str, int]) -> Flow[Cells]:
    leaving = resolved(wanted.get("leaving"), ids)
    entering = resolved(wanted.get("entering"), ids)
    stages = yield from numbers("stage", {*leaving, *entering})
    watches = _texts(wanted.get("watches"))
    unmet = str(wanted.get("unmet") or "")
    return {
        "name": str(wanted["title"]),
        "trigger": GATED[str(wanted["on"])],
        "trigger_field_ids/.id": ",".join(str(fields[each]) for each in sorted(watches)),
        "filter_pre_domain": before(stages[each] for each in leaving),
        "filter_domain": after((stages[each] for each in entering), unmet),
        "description": described(str(wanted.get("source") or "")),
        "active": flag(wanted["active"]),
    }


def _texts(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def act(own: str, automation: int, cells: Cells) -> Flow[None]:
    """The one action of an automation of ours; every other one there is taken out."""
    linked = {**cells, "base_automation_id/.id": str(automation)}
    kept = yield from put("ir.actions.server", f"{own}__action", linked)
    domain = [["base_automation_id", "=", automation], ["id", "!=", kept]]
    others = yield from rows("ir.actions.server", domain, ["id"])
    if others:
        yield call("ir.actions.server", "unlink", ids=[row["id"] for row in others])

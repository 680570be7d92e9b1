"""Writing gates: an automation under a name of ours, and its only action."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.sdk import Change, Flow, Kind, LiveResource, Outcome, RemoteError, Value
from ixia_connectors.odoo import look
from ixia_connectors.odoo.bodies import after, before, code, described
from ixia_connectors.odoo.calls import call, rows
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
    there = yield from look.at([("gate", own)])
    wanted = _wanted(change, there.get(("gate", own)))
    cells = yield from _cells(wanted, ids)
    number = yield from put("base.automation", own, cells)
    yield from _action(own, number, str(wanted["title"]), code(str(wanted["message"])))
    seen = yield from look.at([("gate", own)])
    return [done(change, seen.get(("gate", own)), ids)]


def _wanted(change: Change, there: LiveResource | None) -> dict[str, Value]:
    """The gate as it is, with what the change writes."""
    return {**(there.fields if there else {}), **change.after}


def model_id() -> Flow[int]:
    """The database id of the model of leads."""
    found = yield from rows("ir.model", [["model", "=", LEAD]], ["id"])
    if not found:
        raise RemoteError(Kind.REJECTED, "Odoo has no CRM installed", code="IX611")
    return int(found[0]["id"])


def field_ids(names: Sequence[str]) -> Flow[dict[str, int]]:
    """The database ids of fields of leads."""
    domain = [["model", "=", LEAD], ["name", "in", list(names)]]
    found = yield from rows("ir.model.fields", domain, ["name"])
    ids = {str(row["name"]): int(row["id"]) for row in found}
    gone = [each for each in names if each not in ids]
    if gone:
        what = f"Odoo's leads have no field {', '.join(gone)}"
        raise RemoteError(Kind.REJECTED, what, code="IX611")
    return ids


def _cells(wanted: dict[str, Value], ids: Ids) -> Flow[Cells]:
    leaving = resolved(wanted.get("leaving"), ids)
    entering = resolved(wanted.get("entering"), ids)
    stages = yield from numbers("stage", {*leaving, *entering})
    watches = _texts(wanted.get("watches"))
    fields = (yield from field_ids(watches)) if watches else {}
    model = yield from model_id()
    unmet = str(wanted.get("unmet") or "")
    return {
        "name": str(wanted["title"]),
        "model_id/.id": str(model),
        "trigger": GATED[str(wanted["on"])],
        "trigger_field_ids/.id": ",".join(str(fields[each]) for each in sorted(watches)),
        "filter_pre_domain": before(stages[each] for each in leaving),
        "filter_domain": after((stages[each] for each in entering), unmet),
        "description": described(str(wanted.get("source") or "")),
        "active": flag(wanted["active"]),
    }


def _texts(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _action(own: str, automation: int, name: str, written: str) -> Flow[None]:
    """The one action of an automation of ours; another one there is taken out."""
    model = yield from model_id()
    cells = {
        "name": name,
        "model_id/.id": str(model),
        "state": "code",
        "code": written,
        "base_automation_id/.id": str(automation),
    }
    kept = yield from put("ir.actions.server", f"{own}__action", cells)
    yield from alone(automation, kept)


def alone(automation: int, kept: int) -> Flow[None]:
    """Take out every other action of an automation of ours."""
    domain = [["base_automation_id", "=", automation], ["id", "!=", kept]]
    others = yield from rows("ir.actions.server", domain, ["id"])
    if others:
        yield call("ir.actions.server", "unlink", ids=[row["id"] for row in others])

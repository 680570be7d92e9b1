"""Writing timers: a timed automation under a name of ours, and its only action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ixia_config.sdk import Change, Flow, Kind, Outcome, RemoteError, Value
from ixia_connectors.odoo import look
from ixia_connectors.odoo.calls import rows
from ixia_connectors.odoo.resources import LEAD
from ixia_connectors.odoo.write.gates import act, columns, whole
from ixia_connectors.odoo.write.members import user_id
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

_CREATED = "create_date"


def write(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Do one change of a timer; what is written is always the whole timer."""
    if change.verb.removes:
        return (yield from removed(change, archive=False))
    own = own_id(change, ids)
    wanted = yield from whole(change, ("timer", own))
    since = str(wanted["since"])
    fields, model = yield from columns([since])
    cells = yield from _cells(wanted, ids, fields[since])
    number = yield from put("base.automation", own, {"model_id/.id": str(model), **cells})
    action = yield from _action(wanted)
    yield from act(own, number, {"model_id/.id": str(model), **action})
    seen = yield from look.at([("timer", own)], [since])
    return [done(change, seen.get(("timer", own)), ids)]


def _cells(wanted: Mapping[str, Value], ids: Ids, field: int) -> Flow[Cells]:
    amount, unit = str(wanted["after"]).split(" ", 1)
    held = resolved(wanted.get("calendar"), ids)
    known = (yield from numbers("calendar", held)) if held else {}
    return {
        "name": str(wanted["title"]),
        "trigger": "on_time_created" if wanted["since"] == _CREATED else "on_time",
        "trg_date_id/.id": str(field),
        "trg_date_range": amount,
        "trg_date_range_type": unit,
        "trg_date_range_mode": "after",
        "trg_date_calendar_id/.id": str(known[held[0]]) if held else "",
        "filter_domain": str(wanted["applies"] or ""),
        "active": flag(wanted["active"]),
    }


def _action(wanted: Mapping[str, Value]) -> Flow[Cells]:
    domain = [["category", "=", "default"], ["active", "=", True]]
    kinds = yield from rows("mail.activity.type", domain, ["name", "res_model"])
    usable = [row for row in kinds if row["res_model"] in (False, LEAD)]
    if not usable:
        raise RemoteError(Kind.REJECTED, "Odoo has no type of activity for leads", code="IX611")
    named = [row for row in usable if row["name"] == "To-Do"] or usable
    cells = {
        "name": str(wanted["title"]),
        "state": "next_activity",
        "activity_type_id/.id": str(named[0]["id"]),
        "activity_summary": str(wanted["task"]),
        "activity_date_deadline_range": "0",
        "activity_date_deadline_range_type": "days",
    }
    if wanted["person"] == "owner":
        return {
            **cells,
            "activity_user_type": "generic",
            "activity_user_field_name": "user_id",
            "activity_user_id/.id": "",
        }
    user = yield from user_id(str(wanted["person"]))
    return {**cells, "activity_user_type": "specific", "activity_user_id/.id": str(user)}

"""Writing fields of our own on Odoo's leads; choices of others are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ixia_config.sdk import Change, Flow, Outcome, Value
from ixia_connectors.odoo import look
from ixia_connectors.odoo.resources import TTYPES
from ixia_connectors.odoo.write.gates import columns
from ixia_connectors.odoo.write.outcome import Cells, Ids, done, own_id, put

_CHOICE = "choices."


def write(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Make or change one field."""
    own = own_id(change, ids)
    there = yield from look.at([("field", own)])
    seen = there.get(("field", own))
    live: Mapping[str, Value] = seen.fields if seen else {}
    cells = _wording(change)
    if seen is None:
        kind = str(change.after["type"])
        cells = {"field_description": change.title, **cells, **_new(change.natural_key, kind)}
        cells["model_id/.id"] = str((yield from columns(["name"]))[1])
    if any(path == "order" or path.startswith(_CHOICE) for path in change.after):
        cells["selection"] = repr(options(live, change.after))
    yield from put("ir.model.fields", own, cells)
    again = yield from look.at([("field", own)])
    return [done(change, again.get(("field", own)), ids)]


def _wording(change: Change) -> Cells:
    names = (("title", "field_description"), ("description", "help"))
    after = change.after
    return {name: str(after[path] or "") for path, name in names if path in after}


def _new(name: str, kind: str) -> Cells:
    cells = {"name": name, "ttype": TTYPES[kind]}
    if kind == "person":
        cells["relation"] = "res.users"
    if kind == "money":
        cells["currency_field"] = "company_currency"
    return cells


def options(live: Mapping[str, Value], after: Mapping[str, Value]) -> list[tuple[str, str]]:
    """All choices in order: ours as wanted, and those of others behind them."""
    held = {path: value for path, value in live.items() if path.startswith(_CHOICE)}
    titles = {**held, **{path: v for path, v in after.items() if path.startswith(_CHOICE)}}
    standing, wanted = _texts(live.get("order")), _texts(after.get("order"))
    order = wanted or standing
    values = dict.fromkeys((*order, *standing, *(path[len(_CHOICE) :] for path in titles)))
    return [(value, str(titles.get(_CHOICE + value) or value)) for value in values]


def _texts(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()

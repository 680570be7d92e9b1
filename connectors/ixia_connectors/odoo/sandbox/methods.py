"""The methods that JSON-2 can call: which arguments they take, and what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ixia_config.sdk import Json
from ixia_connectors.odoo.sandbox import assignment, automations, errors, times
from ixia_connectors.odoo.sandbox.computed import parameter
from ixia_connectors.odoo.sandbox.load import load
from ixia_connectors.odoo.sandbox.orm import ADMIN, Odoo

Arguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One call: on which rows of which model, with which arguments."""

    odoo: Odoo
    model: str
    ids: Sequence[int]
    given: Arguments


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its arguments in order, how many of them are required, and whether rows are."""

    run: Callable[[Call], Json]
    names: tuple[str, ...] = ()
    required: int = 0
    on_rows: bool = False


def call(odoo: Odoo, model: str, name: str, body: Mapping[str, Any]) -> Json:
    """Run a method as the controller does, with its checks in its order."""
    odoo.model(model)
    if name.startswith("_"):
        told = f"Private methods (such as '{model}.{name}') cannot be called remotely."
        raise errors.denied(told)
    method = _OF_MODEL.get((model, name)) or _METHODS.get(name)
    if method is None:
        raise errors.not_found(f"The method '{model}.{name}' does not exist")
    given = {key: value for key, value in body.items() if key not in ("ids", "context")}
    ids = [each for each in body.get("ids") or () if isinstance(each, int)]
    if ids and not method.on_rows:
        raise errors.unprocessable(f"cannot call {model}.{name} with ids")
    _bind(method, given)
    shown = bool((body.get("context") or {}).get("active_test", True))
    return method.run(Call(odoo.with_(active_test=shown), model, ids, given))


def _bind(method: Method, given: Arguments) -> None:
    for name in method.names[: method.required]:
        if name not in given:
            raise errors.unprocessable(f"missing a required argument: '{name}'")
    for name in given:
        if name not in method.names:
            raise errors.unprocessable(f"got an unexpected keyword argument '{name}'")


def _page(call: Call) -> Sequence[int]:
    found = call.odoo.search(call.model, call.given.get("domain") or [], call.given.get("order"))
    start = int(call.given.get("offset") or 0)
    limit = call.given.get("limit")
    return found[start : start + int(limit) if limit else None]


def _search(call: Call) -> Json:
    return list(_page(call))


def _search_read(call: Call) -> Json:
    rows = call.odoo.read(call.model, _page(call), call.given.get("fields"))
    return list(rows)


def _search_count(call: Call) -> Json:
    found = len(call.odoo.search(call.model, call.given.get("domain") or []))
    limit = call.given.get("limit")
    return min(found, int(limit)) if limit else found


def _read(call: Call) -> Json:
    return list(call.odoo.read(call.model, call.ids, call.given.get("fields")))


def _create(call: Call) -> Json:
    given = call.given["vals_list"]
    rows = [given] if isinstance(given, dict) else given
    return [call.odoo.create(call.model, values) for values in rows]


def _write(call: Call) -> Json:
    call.odoo.write(call.model, call.ids, call.given["vals"])
    return True


def _unlink(call: Call) -> Json:
    call.odoo.unlink(call.model, call.ids)
    return True


def _load(call: Call) -> Json:
    return load(call.odoo, call.model, call.given["fields"], call.given["data"])


def _fields_get(call: Call) -> Json:
    wanted = call.given.get("allfields")
    attributes = call.given.get("attributes")
    found: dict[str, Json] = {}
    for name, field in sorted(call.odoo.fields(call.model).items()):
        shown: dict[str, Json] = {
            "name": name,
            "type": field.kind,
            "string": field.label,
            "required": field.required,
            "store": not field.computed,
        }
        if field.relation:
            shown["relation"] = field.relation
        if field.kind == "selection":
            shown["selection"] = [[each, each] for each in field.choices]
        if not wanted or name in wanted:
            found[name] = {
                key: each for key, each in shown.items() if not attributes or key in attributes
            }
    return found


def _default_get(call: Call) -> Json:
    known = call.odoo.fields(call.model)
    wanted = [known[name] for name in call.given["fields"] if name in known]
    return {field.name: field.default for field in wanted if field.default not in (None, False)}


def _name_search(call: Call) -> Json:
    name = call.given.get("name")
    domain = [("display_name", "ilike", name)] if name else []
    found = call.odoo.search(call.model, [*(call.given.get("domain") or []), *domain])
    return [[row, call.odoo.name_of(call.model, row)] for row in found]


def _activate(call: Call, *, active: bool) -> Json:
    if "active" not in call.odoo.model(call.model).fields:
        raise errors.not_found(f"The method '{call.model}.action_archive' does not exist")
    call.odoo.write(call.model, call.ids, {"active": active})
    return None


def _archive(call: Call) -> Json:
    return _activate(call, active=False)


def _unarchive(call: Call) -> Json:
    return _activate(call, active=True)


def _set_lost(call: Call) -> Json:
    given = {"active": False, "probability": 0, "automated_probability": 0}
    call.odoo.write(call.model, call.ids, {**given, **call.given})
    return None


def _set_won(call: Call) -> Json:
    won = call.odoo.search("crm.stage", [("is_won", "=", True)])
    if won:
        call.odoo.write(call.model, call.ids, {"stage_id": won[0], "probability": 100})
    return True


def _get_param(call: Call) -> Json:
    return parameter(call.odoo, call.given["key"]) or call.given.get("default", False)


def _set_param(call: Call) -> Json:
    key, value = call.given["key"], call.given["value"]
    held = call.odoo.search("ir.config_parameter", [("key", "=", key)])
    before = parameter(call.odoo, key)
    if value is False or value is None:
        call.odoo.unlink("ir.config_parameter", held)
    elif held:
        call.odoo.write("ir.config_parameter", held, {"value": str(value)})
    else:
        call.odoo.create("ir.config_parameter", {"key": key, "value": str(value)})
    return before or False


def _trigger(call: Call) -> Json:
    """Run scheduled actions now: the two that the sandbox knows."""
    for row in call.ids:
        held = dict(call.odoo.store.rows("ir.cron")[row])
        if "_cron_process_time_based_actions" in (held["code"] or ""):
            automations.run_timers(call.odoo.with_(active_test=True))
        if "_cron_assign_leads" in (held["code"] or ""):
            assignment.assign(call.odoo, call.odoo.search("crm.team", []))
        stamp = times.stamp(call.odoo.now)
        call.odoo.store.put("ir.cron", row, {**held, "lastcall": stamp})
    return True


def _assign(call: Call) -> Json:
    return assignment.assign(call.odoo.with_(active_test=True), call.ids)


def _has_group(call: Call) -> Json:
    """Whether a person is in a group, named by its external id."""
    module, _, name = str(call.given["group_ext_id"]).partition(".")
    rows = call.odoo.store.rows("ir.model.data").values()
    group = next(
        (row["res_id"] for row in rows if (row["module"], row["name"]) == (module, name)), None
    )
    user = call.ids[0] if call.ids else ADMIN
    return group in call.odoo.value("res.users", user, "all_group_ids")


def _context_get(call: Call) -> Json:
    return {"lang": "en_US", "tz": call.odoo.value("res.users", ADMIN, "tz") or False, "uid": ADMIN}


_PAGE = ("offset", "limit", "order")
_METHODS: Mapping[str, Method] = {
    "search": Method(_search, ("domain", *_PAGE), 1),
    "search_read": Method(_search_read, ("domain", "fields", *_PAGE)),
    "search_count": Method(_search_count, ("domain", "limit"), 1),
    "read": Method(_read, ("fields", "load"), on_rows=True),
    "create": Method(_create, ("vals_list",), 1),
    "write": Method(_write, ("vals",), 1, on_rows=True),
    "unlink": Method(_unlink, on_rows=True),
    "load": Method(_load, ("fields", "data"), 2),
    "fields_get": Method(_fields_get, ("allfields", "attributes")),
    "default_get": Method(_default_get, ("fields",), 1),
    "name_search": Method(_name_search, ("name", "domain", "operator", "limit")),
    "action_archive": Method(_archive, on_rows=True),
    "action_unarchive": Method(_unarchive, on_rows=True),
}
_OF_MODEL: Mapping[tuple[str, str], Method] = {
    ("ir.config_parameter", "get_param"): Method(_get_param, ("key", "default"), 1),
    ("ir.config_parameter", "set_param"): Method(_set_param, ("key", "value"), 2),
    ("ir.cron", "method_direct_trigger"): Method(_trigger, on_rows=True),
    ("crm.team", "action_assign_leads"): Method(_assign, on_rows=True),
    ("crm.lead", "action_set_lost"): Method(_set_lost, ("lost_reason_id",), on_rows=True),
    ("crm.lead", "action_set_won"): Method(_set_won, on_rows=True),
    ("res.users", "has_group"): Method(_has_group, ("group_ext_id",), 1, on_rows=True),
    ("res.users", "context_get"): Method(_context_get),
}

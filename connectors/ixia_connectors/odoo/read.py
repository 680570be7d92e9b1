"""Reading a database: a few lists, each whole; what may not be read is named."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ixia_config.sdk import (
    Configuration,
    Flow,
    Identity,
    Kind,
    Live,
    LiveResource,
    RemoteError,
    RemotePerson,
    Scope,
)
from ixia_connectors.odoo import live
from ixia_connectors.odoo import live_service as service
from ixia_connectors.odoo.calls import Row, query, rows, unreadable
from ixia_connectors.odoo.live import Ours
from ixia_connectors.odoo.names import MODULE, is_number
from ixia_connectors.odoo.resources import LEAD, MODELS
from ixia_connectors.odoo.target import target_names

TEAM = (
    "name",
    "active",
    "sequence",
    "use_leads",
    "use_opportunities",
    "assignment_domain",
)
STAGE = ("name", "sequence", "is_won", "requirements", "rotting_threshold_days", "team_ids")
AUTOMATION = (
    "name",
    "active",
    "model_name",
    "trigger",
    "trigger_field_ids",
    "filter_pre_domain",
    "filter_domain",
    "description",
)
TIMED = (
    "trg_date_id",
    "trg_date_range",
    "trg_date_range_type",
    "trg_date_range_mode",
    "trg_date_calendar_id",
)
ACTION = (
    "name",
    "state",
    "code",
    "base_automation_id",
    "activity_summary",
    "activity_user_type",
    "activity_user_id",
    "activity_user_field_name",
)
FIELD = ("name", "field_description", "help", "ttype", "relation", "state")
MEMBER = ("crm_team_id", "user_id", "assignment_domain", "active")
ATTENDANCE = ("calendar_id", "dayofweek", "hour_from", "hour_to", "day_period", "week_type")
LEAVE = ("calendar_id", "date_from", "date_to")
SETTINGS = ("crm.lead.auto.assignment", "sales_team.membership_multi")


Key = tuple[str, str]
"""The type and the remote id of an object."""
Narrow = Mapping[str, Sequence[Any]]
"""What is asked besides, by the name of the list."""
_ALL: Narrow = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Part:
    """What one step of a read found, or why it could not look."""

    rows: Sequence[Row] = ()
    missing: str = ""


@dataclass
class _Tables:
    """The rows of one read, by the name of the step."""

    found: dict[str, _Part] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Sequence[Row]:
        part = self.found.get(name)
        return part.rows if part else ()

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.missing for each in self.found.values() if each.missing))


def identify() -> Flow[Identity]:
    """Ask which database this is."""
    found = yield from rows("ir.config_parameter", [["key", "=", "database.uuid"]], ["value"])
    if not found or not found[0].get("value"):
        raise unreadable(query("ir.config_parameter", "search_read"))
    companies = yield from rows("res.company", [], ["name", "currency_id"], limit=1)
    company = companies[0] if companies else {"name": "", "currency_id": False}
    currency = company["currency_id"]
    return Identity(
        connector="odoo",
        account=str(found[0]["value"]),
        title=f"Odoo of {company['name']}",
        currency=str(currency[1]) if isinstance(currency, list) and len(currency) > 1 else None,
    )


def read(scope: Scope) -> Flow[Live]:
    """Read everything that policies may speak of; Odoo lists each of it in one answer."""
    identity = scope.identity or (yield from identify())
    tables = yield from _tables([name for name, *_ in _STEPS])
    return Live(
        identity,
        tuple(_resources(tables)),
        tuple(_people(tables)),
        tables.missing,
        facts={
            "bound": scope.bound,
            "targets": target_names(scope.configuration or Configuration(), identity.account),
        },
    )


_OPTIONS: list[Any] = [["field_id.model", "=", LEAD], ["field_id.state", "=", "manual"]]
_STEPS: tuple[tuple[str, str, list[Any], Sequence[str]], ...] = (
    ("ours", "ir.model.data", [["module", "=", MODULE]], ("name", "model", "res_id")),
    ("teams", "crm.team", [], TEAM),
    ("stages", "crm.stage", [], STAGE),
    ("reasons", "crm.lost.reason", [], ("name", "active")),
    ("fields", "ir.model.fields", [["model", "=", LEAD]], FIELD),
    ("options", "ir.model.fields.selection", _OPTIONS, ("field_id", "value", "name", "sequence")),
    ("automations", "base.automation", [["model_name", "=", LEAD]], (*AUTOMATION, *TIMED)),
    ("actions", "ir.actions.server", [["base_automation_id", "!=", False]], ACTION),
    ("settings", "ir.config_parameter", [["key", "in", list(SETTINGS)]], ("key", "value")),
    ("members", "crm.team.member", [["active", "=", True]], MEMBER),
    ("calendars", "resource.calendar", [], ("name", "tz", "active")),
    ("attendances", "resource.calendar.attendance", [], ATTENDANCE),
    ("leaves", "resource.calendar.leaves", [["resource_id", "=", False]], LEAVE),
    ("users", "res.users", [["share", "=", False]], ("login", "name", "active")),
)


def _tables(names: Iterable[str], narrow: Narrow = _ALL) -> Flow[_Tables]:
    wanted, tables = set(names), _Tables()
    for name, model, domain, fields in _STEPS:
        if name in wanted:
            narrowed = [*domain, *narrow.get(name, ())]
            tables.found[name] = yield from _attempt(model, narrowed, fields)
    return tables


def some(keys: Collection[Key], watched: Sequence[str] = ()) -> Flow[list[LiveResource]]:
    """The objects of these types and remote ids; ``watched`` are fields that they may name."""
    types = {name for name, _ in keys}
    first = yield from _tables(["ours"])
    narrow = _narrow(keys, first["ours"], watched)
    tables = yield from _tables({name for each in types for name in _NEEDS[each]}, narrow)
    tables.found |= first.found
    if tables.missing:
        raise RemoteError(Kind.UNAUTHORISED, tables.missing[0], code="IX605")
    return [each for each in _resources(tables) if (each.type, each.remote_id) in set(keys)]


def _narrow(keys: Collection[Key], ours: Sequence[Row], watched: Sequence[str]) -> Narrow:
    """Of the long lists only what these objects need."""
    numbers = {(row["model"], row["name"]): int(row["res_id"]) for row in ours}
    found: dict[str, list[Any]] = {}
    for name, step, parts in _LONG:
        ids = [
            int(each) if is_number(each) else numbers.get((MODELS[name], each), 0)
            for kind, each in keys
            if kind == name
        ]
        if ids:
            found[step] = [["id", "in", ids]]
            found |= {part: [[link, "in", ids]] for part, link in parts}
    if watched and "fields" not in found:
        found["fields"] = [["name", "in", list(watched)]]
    return found


_LONG = (
    ("gate", "automations", (("actions", "base_automation_id"),)),
    ("timer", "automations", (("actions", "base_automation_id"),)),
    ("field", "fields", (("options", "field_id"),)),
)
_NEEDS = {
    "team": ("teams", "stages"),
    "stage": ("stages",),
    "reason": ("reasons",),
    "gate": ("fields", "automations", "actions"),
    "timer": ("fields", "automations", "actions", "users"),
    "field": ("fields", "options"),
    "setting": ("settings",),
    "member": ("members", "users"),
    "calendar": ("calendars", "attendances", "leaves"),
}
"""The lists behind each type."""


def _attempt(model: str, domain: list[Any], fields: Sequence[str]) -> Flow[_Part]:
    """Go on without what the key may not read, or what is not installed."""
    try:
        found = yield from rows(model, domain, fields)
    except RemoteError as error:
        if error.status == 403 and error.kind is Kind.UNAUTHORISED:
            return _Part(missing=f"{model}: {error}")
        if error.status == 404:
            return _Part(missing=f"{model}: its app is not installed")
        raise
    return _Part(found)


def _resources(tables: _Tables) -> Iterator[LiveResource]:
    ours = {(str(row["model"]), int(row["res_id"])): str(row["name"]) for row in tables["ours"]}
    for row in tables["teams"]:
        if row["active"]:
            yield live.team(ours, row, tables["stages"])
    for row in tables["stages"]:
        yield live.stage(ours, row)
    for row in tables["reasons"]:
        if row["active"]:
            yield live.reason(ours, row)
    for row in tables["settings"]:
        yield service.setting(row)
    yield from _fields(tables, ours)
    yield from _calendars(tables, ours)
    yield from _automations(tables, ours)
    logins = _logins(tables)
    for row in tables["members"]:
        yield service.member(ours, row, logins)


def _by(rows: Sequence[Row], link: str) -> dict[int, list[Row]]:
    """Rows by the number of the object that they belong to."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        if row[link]:
            found.setdefault(row[link][0], []).append(row)
    return found


def _logins(tables: _Tables) -> dict[int, str]:
    return {int(row["id"]): str(row["login"]).lower() for row in tables["users"]}


def _fields(tables: _Tables, ours: Ours) -> Iterator[LiveResource]:
    options = _by(tables["options"], "field_id")
    for row in tables["fields"]:
        if row["ttype"] not in ("one2many", "many2many", "binary"):
            yield service.field(ours, row, options.get(row["id"], ()))


def _calendars(tables: _Tables, ours: Ours) -> Iterator[LiveResource]:
    hours, leaves = (_by(tables[name], "calendar_id") for name in ("attendances", "leaves"))
    for row in tables["calendars"]:
        if row["active"]:
            own = row["id"]
            yield service.calendar(ours, row, hours.get(own, ()), leaves.get(own, ()))


def _automations(tables: _Tables, ours: Ours) -> Iterator[LiveResource]:
    """Only what is ours: the automations of others are theirs."""
    names = {int(row["id"]): str(row["name"]) for row in tables["fields"]}
    actions, logins = _by(tables["actions"], "base_automation_id"), _logins(tables)
    for row in tables["automations"]:
        name, held = ours.get(("base.automation", row["id"]), ""), actions.get(row["id"], [])
        if name.startswith("gate__"):
            yield live.gate(ours, row, held[0] if len(held) == 1 else None, names)
        elif name.startswith("timer__"):
            yield service.timer(ours, row, held, names, logins)


def _people(tables: _Tables) -> Iterator[RemotePerson]:
    return map(live.person, tables["users"])

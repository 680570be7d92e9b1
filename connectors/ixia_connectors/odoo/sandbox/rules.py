"""Automation rules, server actions and record rules: what follows, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ixia_connectors.odoo.sandbox import automations, domains
from ixia_connectors.odoo.sandbox.behaviour import Behaviour, Values
from ixia_connectors.odoo.sandbox.errors import Refused, invalid

if TYPE_CHECKING:
    from ixia_connectors.odoo.sandbox.orm import Odoo

_FIELD = {
    "on_stage_set": "stage_id",
    "on_tag_set": "tag_ids",
    "on_priority_set": "priority",
    "on_user_set": "user_id",
    "on_archive": "active",
    "on_unarchive": "active",
    "on_time_created": "create_date",
    "on_time_updated": "write_date",
}
_RANGE = ("trg_date_range", "trg_date_range_type", "trg_date_range_mode")
_MINUTES = {"minutes": 1, "hour": 60, "day": 1440, "month": 43200}
_RARELY = 240


class Automation(Behaviour):
    """What a trigger brings with it holds only where nothing else was said.

    So ``on_stage_set`` with a domain of one's own keeps no condition on the stage.
    """

    def filled(self, odoo: Odoo, values: Values, given: frozenset[str]) -> Values:
        return {**values, **_brought(odoo, values, given)}

    def changed(self, odoo: Odoo, row: int, values: Values) -> Values:
        if "trigger" not in values:
            return {**_unwatched(odoo, row, values), **values}
        after = {**odoo.store.rows("base.automation")[row], **values}
        return {**_brought(odoo, after, frozenset(values)), **values}

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        del names
        automations.check(odoo, row)

    def created(self, odoo: Odoo, row: int) -> None:
        del row
        _set_timer(odoo)

    def written(self, odoo: Odoo, rows: Sequence[int], names: frozenset[str]) -> None:
        del rows, names
        _set_timer(odoo)

    def removed(self, odoo: Odoo) -> None:
        _set_timer(odoo)


def _unwatched(odoo: Odoo, row: int, values: Values) -> Values:
    """A new domain alone takes the watched fields away, unless they follow from the trigger."""
    rule = odoo.store.rows("base.automation")[row]
    if "filter_domain" not in values or rule["trigger"] == "on_create_or_write":
        return {}
    brought = _brought(odoo, {**rule, **values}, frozenset(values))
    return {name: brought[name] for name in ("trigger_field_ids",) if name in brought}


def _brought(odoo: Odoo, values: Values, given: frozenset[str]) -> Values:
    """What follows from the trigger, without what was given."""
    trigger = values.get("trigger")
    timed = trigger in automations.TIMED
    field = _field_id(odoo, values.get("model_id"), _FIELD.get(trigger or ""))
    found: Values = {
        "trigger_field_ids": [(6, 0, [field] if field and not timed else [])],
        "filter_domain": _domain(trigger, values),
        "filter_pre_domain": _before(trigger, values),
        "trg_date_id": field if timed else None,
        "trg_date_calendar_id": None,
    }
    if not given.intersection(_RANGE):
        after = ("hour", "after") if timed else (None, None)
        found |= dict(zip(_RANGE, (0, *after), strict=True))
    return {name: value for name, value in found.items() if name not in given}


def _field_id(odoo: Odoo, model: int | None, name: str | None) -> int | None:
    for row, held in odoo.store.rows("ir.model.fields").items():
        if held["model_id"] == model and held["name"] == name:
            return row
    return None


def _domain(trigger: str | None, values: Values) -> str | None:
    chosen = values.get("trg_field_ref")
    match trigger:
        case "on_stage_set" if chosen:
            return repr([("stage_id", "=", chosen)])
        case "on_tag_set" if chosen:
            return repr([("tag_ids", "in", [chosen])])
        case "on_user_set":
            return repr([("user_id", "!=", False)])
        case "on_archive" | "on_unarchive":
            return repr([("active", "=", trigger == "on_unarchive")])
        case _:
            return None


def _before(trigger: str | None, values: Values) -> str | None:
    chosen = values.get("trg_field_ref")
    tagged = trigger == "on_tag_set" and chosen
    return repr([("tag_ids", "not in", [chosen])]) if tagged else None


def _set_timer(odoo: Odoo) -> None:
    """The scheduled action runs only where a timed rule needs it, and often enough for it."""
    timed = [
        row
        for row in odoo.store.rows("base.automation").values()
        if row["active"] and row["trigger"] in automations.TIMED
    ]
    delays = [
        abs(row["trg_date_range"] or 0) * _MINUTES.get(row["trg_date_range_type"] or "", 0)
        for row in timed
    ]
    shortest = min((each for each in delays if each), default=None)
    pause = _RARELY if shortest is None else min(max(1, shortest // 10), _RARELY)
    for row, held in list(odoo.store.rows("ir.cron").items()):
        if "_cron_process_time_based_actions" in (held["code"] or ""):
            odoo.store.put("ir.cron", row, {**held, "active": bool(timed), **_every(held, pause)})


def _every(held: Values, minutes: int) -> Values:
    now = held["interval_number"] * {"minutes": 1, "hours": 60}.get(held["interval_type"], 1440)
    if minutes >= now:
        return {}
    if minutes % 60 == 0:
        return {"interval_number": minutes // 60, "interval_type": "hours"}
    return {"interval_number": minutes, "interval_type": "minutes"}


class ServerAction(Behaviour):
    """Code must be Python; it is never run."""

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        code = odoo.store.rows("ir.actions.server")[row]["code"]
        if "code" in names and code:
            try:
                automations.syntax(code)
            except ValueError as error:
                raise invalid(str(error)) from None


class RecordRule(Behaviour):
    """A domain that no search understands is refused; one that locks everybody out is not."""

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        rule = odoo.store.rows("ir.rule")[row]
        if "domain_force" not in names or not rule["domain_force"]:
            return
        model = odoo.value("ir.model", rule["model_id"], "model")
        try:
            domains.compiled(odoo, model, domains.read(rule["domain_force"]), active_test=True)
        except (Refused, ValueError) as error:
            raise invalid(f"Invalid domain: {error}") from None

"""Fields, names, people, parameters and calendars: what Odoo checks and does for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ixia_connectors.odoo.sandbox.behaviour import Behaviour, Values
from ixia_connectors.odoo.sandbox.domains import read
from ixia_connectors.odoo.sandbox.errors import Refused, invalid, user_error

if TYPE_CHECKING:
    from ixia_connectors.odoo.sandbox.orm import Odoo

_FIELD_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_FAILED = "The operation cannot be completed: "
_CONTACT: tuple[str, ...] = ("name", "email", "tz", "lang")
_MORNING, _LUNCH, _AFTERNOON = (8.0, 12.0), (12.0, 13.0), (13.0, 17.0)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def _unique(odoo: Odoo, model: str, row: int, names: Sequence[str], told: str) -> None:
    """Refuse a row whose values another one has already."""
    held = odoo.store.rows(model)[row]
    wanted = [held[name] for name in names]
    for other, values in odoo.store.rows(model).items():
        if other != row and [values.get(name) for name in names] == wanted:
            raise invalid(_FAILED + told)


class ModelRow(Behaviour):
    """The sandbox has the models it has."""

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        del names
        if odoo.store.rows("ir.model")[row]["model"] not in odoo.standard:
            raise user_error("This sandbox does not make models")


class FieldRow(Behaviour):
    """Fields that are made by hand begin with ``x_``; Odoo's own cannot be removed."""

    def filled(self, odoo: Odoo, values: Values, given: frozenset[str]) -> Values:
        del given
        model = odoo.store.get("ir.model", values.get("model_id") or 0)
        named = {"model": model["model"]} if model else {}
        kind = "set null" if values.get("ttype") == "many2one" else None
        lines = _options((), values["selection"]) if values.get("selection") else []
        options = {"selection_ids": lines} if lines else {}
        return {"on_delete": kind, **values, **named, **options}

    def changed(self, odoo: Odoo, row: int, values: Values) -> Values:
        held = odoo.store.rows("ir.model.fields")[row]
        if values.get("ttype", held["ttype"]) != held["ttype"]:
            raise user_error(
                "Changing the type of a field is not yet supported. "
                "Please drop it and create it again!"
            )
        if not values.get("selection"):
            return values
        now = odoo.value("ir.model.fields", row, "selection_ids")
        lines = [odoo.store.rows("ir.model.fields.selection")[each] for each in now]
        return {**values, "selection_ids": _options(lines, values["selection"])}

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        held = odoo.store.rows("ir.model.fields")[row]
        if held["state"] != "manual":
            return
        if not held["name"].startswith("x_"):
            raise invalid(f"{_FAILED}Custom fields must have a name that starts with 'x_'!")
        if "name" in names and not _FIELD_NAME.fullmatch(held["name"]):
            raise invalid(
                "Field names can only contain characters, digits and underscores (up to 63)."
            )
        told = "Field names must be unique per model."
        _unique(odoo, "ir.model.fields", row, ("model", "name"), told)

    def created(self, odoo: Odoo, row: int) -> None:
        _number_choices(odoo, row)

    def removing(self, odoo: Odoo, rows: Sequence[int]) -> None:
        for row in rows:
            held = odoo.store.rows("ir.model.fields")[row]
            if held["state"] != "manual":
                raise user_error("This column contains module data and cannot be removed!")
            _drop_column(odoo, held["model"], held["name"])


def _options(now: Sequence[Values], written: str) -> list[tuple[int, int, Values]]:
    """What makes these options of those: pairs of value and label, written as a Python literal."""
    try:
        pairs = [(str(value), str(label)) for value, label in read(written)]
    except (TypeError, ValueError) as error:
        cause = type(error.__cause__ or error).__name__
        raise Refused(500, f"builtins.{cause}", str(error)) from None
    known = {line["value"]: line["id"] for line in now}
    wanted = {value for value, _ in pairs}
    gone: list[tuple[int, int, Values]] = [
        (2, row, {}) for value, row in known.items() if value not in wanted
    ]
    kept: list[tuple[int, int, Values]] = []
    for number, (value, label) in enumerate(pairs):
        given = {"value": value, "name": label, "sequence": number}
        kept.append((1, known[value], given) if value in known else (0, 0, given))
    return [*gone, *kept]


def _drop_column(odoo: Odoo, model: str, name: str) -> None:
    for row, held in list(odoo.store.rows(model).items()):
        if name in held:
            left = {key: value for key, value in held.items() if key != name}
            odoo.store.put(model, row, left)


def _number_choices(odoo: Odoo, row: int) -> None:
    """The options of a new field are numbered from 0."""
    for number, line in enumerate(odoo.value("ir.model.fields", row, "selection_ids")):
        held = odoo.store.rows("ir.model.fields.selection")[line]
        odoo.store.put("ir.model.fields.selection", line, {**held, "sequence": number})


class Choice(Behaviour):
    """A value is an option of a field once; what is removed is cleared on the records."""

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        del names
        told = "Selections values must be unique per field"
        _unique(odoo, "ir.model.fields.selection", row, ("field_id", "value"), told)

    def removing(self, odoo: Odoo, rows: Sequence[int]) -> None:
        for row in rows:
            held = odoo.store.rows("ir.model.fields.selection")[row]
            field = odoo.store.rows("ir.model.fields")[held["field_id"]]
            for key, record in list(odoo.store.rows(field["model"]).items()):
                if record.get(field["name"]) == held["value"]:
                    odoo.store.put(field["model"], key, {**record, field["name"]: None})


class Name(Behaviour):
    """An external id is given once."""

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        del names
        held = odoo.store.rows("ir.model.data")[row]
        told = (
            'duplicate key value violates unique constraint "ir_model_data_module_name_uniq_index"'
            f"\nDETAIL:  Key (module, name)=({held['module']}, {held['name']}) already exists.\n"
        )
        _unique(odoo, "ir.model.data", row, ("module", "name"), told)


class Parameter(Behaviour):
    """A key has one value."""

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        del names
        _unique(odoo, "ir.config_parameter", row, ("key",), "Key must be unique.")


class Tag(Behaviour):
    """Tags, unlike stages, have names of their own."""

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        del names
        _unique(odoo, "crm.tag", row, ("name",), "Tag name already exists!")


class Person(Behaviour):
    """A user has a contact, which holds name, address and time zone."""

    def filled(self, odoo: Odoo, values: Values, given: frozenset[str]) -> Values:
        del given
        full = {"company_id": 1, "group_ids": [(6, 0, [1])], **values}
        if not full.get("partner_id"):
            known = {name: full[name] for name in _CONTACT if name in full}
            full["partner_id"] = odoo.create("res.partner", known)
        return full

    def changed(self, odoo: Odoo, row: int, values: Values) -> Values:
        known = {name: values[name] for name in _CONTACT if name in values}
        if known:
            odoo.write("res.partner", [odoo.store.rows("res.users")[row]["partner_id"]], known)
        return values

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        del names
        told = "You can not have two users with the same login!"
        _unique(odoo, "res.users", row, ("login",), told)


class Calendar(Behaviour):
    """A calendar that says nothing of its hours gets those of an office."""

    def filled(self, odoo: Odoo, values: Values, given: frozenset[str]) -> Values:
        del odoo
        if "attendance_ids" in given:
            return values
        return {**values, "attendance_ids": [(0, 0, line) for line in _office()]}


def _office() -> list[Values]:
    parts = (("Morning", "morning", _MORNING), ("Lunch", "lunch", _LUNCH),
             ("Afternoon", "afternoon", _AFTERNOON))  # fmt: skip
    return [
        {"name": f"{day} {title}", "dayofweek": str(number), "day_period": period,
         "hour_from": start, "hour_to": end}
        for number, day in enumerate(_DAYS)
        for title, period, (start, end) in parts
    ]  # fmt: skip


class Attendance(Behaviour):
    """The hours of a day must not overlap."""

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        del names
        held = odoo.store.rows("resource.calendar.attendance")[row]
        for other, line in odoo.store.rows("resource.calendar.attendance").items():
            same = all(line[name] == held[name] for name in ("calendar_id", "dayofweek"))
            apart = line["hour_to"] <= held["hour_from"] or held["hour_to"] <= line["hour_from"]
            if other != row and same and line["week_type"] == held["week_type"] and not apart:
                raise invalid("Attendances can't overlap.")


class TimeOff(Behaviour):
    """A holiday ends after it begins."""

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        del names
        held = odoo.store.rows("resource.calendar.leaves")[row]
        if held["date_from"] > held["date_to"]:
            raise invalid("The start date of the time off must be earlier than the end date.")

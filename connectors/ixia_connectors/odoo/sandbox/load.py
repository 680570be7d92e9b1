"""``load``: rows by external id, made or changed, all of them or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ixia_config.sdk import Json
from ixia_connectors.odoo.sandbox import times
from ixia_connectors.odoo.sandbox.errors import Refused, wrong
from ixia_connectors.odoo.sandbox.schema import Field

if TYPE_CHECKING:
    from ixia_connectors.odoo.sandbox.orm import Odoo

_IMPORTED = "__import__"
_WITH_ALIAS = frozenset({"crm.team"})  # a team comes with an e-mail alias, which is named too
_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"", "0", "false", "no"})


class _Bad(Exception):  # noqa: N818  # a message, not a failure
    """One cell or row that cannot be loaded."""

    def __init__(
        self, message: str, field: Field | None = None, more: Mapping[str, Json] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.more = more or {}


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: a field, and how the rows it points at are named: by name, ``id`` or ``.id``."""

    name: str
    by: str
    field: Field | None


def load(odoo: Odoo, model: str, fields: list[str], data: list[list[Any]]) -> Json:
    """Load rows; ``ids`` is false and nothing is changed where one row is bad."""
    columns = [_column(odoo, model, written) for written in fields]
    ids: list[Json] = []
    messages: list[Json] = []
    try:
        with odoo.store.transaction():
            for number, line in enumerate(data):
                _one(odoo, model, columns, line, number, ids, messages)
            if messages:
                raise _Bad("not all rows are good")
    except _Bad:
        return {"ids": False, "messages": messages, "nextrow": 0}
    return {"ids": ids, "messages": [], "nextrow": 0}


def _column(odoo: Odoo, model: str, written: str) -> _Column:
    if written in ("id", ".id"):
        return _Column(written, "", None)
    name, _, by = written.partition("/")
    field = odoo.field(model, name)
    if field is None:
        raise wrong(f"Invalid field name '{name}'")
    if field.kind == "one2many" or by not in ("", "id", ".id"):
        raise wrong(f"This sandbox does not load '{written}'")
    return _Column(name, by, field)


def _one(
    odoo: Odoo,
    model: str,
    columns: list[_Column],
    line: list[Any],
    number: int,
    ids: list[Json],
    messages: list[Json],
) -> None:
    try:
        ids.append(_save(odoo, model, columns, line))
    except _Bad as bad:
        messages.append(_message(bad, number))
    except Refused as refused:
        told = refused.message.removeprefix("The operation cannot be completed: ")
        named = re.search(r"for the field '.*' \((\w+)\)", told)
        more: dict[str, Json] = {"field": named[1]} if named else {}
        messages.append(_message(_Bad(told, more=more), number))


def _message(bad: _Bad, number: int) -> Json:
    where: Json = {"from": number, "to": number}
    named: dict[str, Json] = {}
    if bad.field is not None:
        named = {"field": bad.field.name, "field_name": bad.field.label}
    told: dict[str, Json] = {"rows": where, "type": "error", "record": number}
    return {**told, **named, "message": bad.message, **bad.more}


def _save(odoo: Odoo, model: str, columns: list[_Column], line: list[Any]) -> int:
    cells = list(zip(columns, line, strict=True))
    values = {
        column.name: _cell(odoo, column, cell) for column, cell in cells if column.field is not None
    }
    named = next((cell for column, cell in cells if column.name == "id"), "")
    numbered = next((cell for column, cell in cells if column.name == ".id"), "")
    row = _known(odoo, model, named) if named else _numbered(odoo, model, numbered)
    if row is not None:
        odoo.write(model, [row], values)
        return row
    row = odoo.create(model, values)
    if named:
        module, name = _parts(named)
        given = {"module": module, "name": name, "model": model, "res_id": row}
        odoo.with_(sudo=True).create("ir.model.data", given)
        if model in _WITH_ALIAS:
            alias = {"module": module, "name": f"{name}_mail_alias", "model": "mail.alias"}
            odoo.with_(sudo=True).create("ir.model.data", {**alias, "res_id": row})
    return row


def _parts(named: str) -> tuple[str, str]:
    module, dot, name = named.partition(".")
    return (module, name) if dot else (_IMPORTED, named)


def _numbered(odoo: Odoo, model: str, number: Any) -> int | None:
    if number in ("", False, None):
        return None
    row = int(number)
    if not odoo.exists(model, row):
        raise _Bad(f"Unknown database identifier '{number}'")
    return row


def _known(odoo: Odoo, model: str, named: str) -> int | None:
    """The row of an external id; one that leads to a row that is gone is forgotten."""
    row = _pointer(odoo, named)
    if row is None:
        return None
    held = odoo.store.rows("ir.model.data")[row]
    if held["model"] != model:
        raise _Bad(
            f"For external id {named} when trying to create/update a record of model {model}"
            f" found record of different model {held['model']} ({row})"
        )
    if not odoo.exists(model, held["res_id"]):
        odoo.store.put("ir.model.data", row, None)
        return None
    return int(held["res_id"])


def _pointer(odoo: Odoo, named: str) -> int | None:
    wanted = _parts(named)
    for row, held in odoo.store.rows("ir.model.data").items():
        if (held["module"], held["name"]) == wanted:
            return row
    return None


def _cell(odoo: Odoo, column: _Column, cell: Any) -> Any:
    """What a cell's text means for its field."""
    field = column.field
    text = str(cell) if cell not in (None, False) else ""
    if field is None or (not text and field.kind != "boolean" and not field.is_list):
        return False
    if field.kind == "many2many":
        found = [_row(odoo, column, field, part) for part in text.split(",") if part]
        return [(6, 0, found)]
    if field.kind == "many2one":
        return _row(odoo, column, field, text)
    return _read(odoo, field, text)


def _read(odoo: Odoo, field: Field, text: str) -> Any:
    del odoo
    reading = _READ.get(field.kind)
    if reading is None:
        return text
    try:
        return reading(field, text)
    except (ValueError, Refused):
        word = _A.get(field.kind, f"a {field.kind}")
        raise _Bad(
            f"'{text}' does not seem to be {word} for field '{field.label}'", field
        ) from None


_A = {"integer": "an integer", "float": "a number", "monetary": "a number"}


def _truth(field: Field, text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise _Bad(f"Unknown value '{text}' for boolean field '{field.label}'", field)


def _option(field: Field, text: str) -> str:
    if field.choices and text not in field.choices:
        raise _Bad(f"Value '{text}' not found in selection field '{field.label}'", field)
    return text


_READ: dict[str, Callable[[Field, str], Any]] = {
    "boolean": _truth,
    "integer": lambda _field, text: int(text),
    "float": lambda _field, text: float(text),
    "monetary": lambda _field, text: float(text),
    "selection": _option,
    "date": lambda field, text: times.stored(field.kind, text),
    "datetime": lambda field, text: times.stored(field.kind, text),
}


def _row(odoo: Odoo, column: _Column, field: Field, text: str) -> int:
    """The row that a cell points at."""
    match column.by:
        case "id":
            row = _pointer(odoo, text)
            held = None if row is None else odoo.store.rows("ir.model.data")[row]
            if held is not None and held["model"] == field.relation:
                return int(held["res_id"])
            raise _Bad(_unmatched("external id", text, field), field)
        case ".id":
            if text.isdigit() and odoo.exists(field.relation, int(text)):
                return int(text)
            raise _Bad(_unmatched("database id", text, field), field)
        case _:
            found = odoo.search(field.relation, [("display_name", "=", text)])
            if found:
                return found[0]
            raise _Bad(_unmatched("name", text, field), field)


def _unmatched(by: str, text: str, field: Field) -> str:
    return f"No matching record found for {by} '{text}' in field '{field.label}'"

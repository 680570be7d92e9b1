"""What a client sends as a field's value, as the column keeps it, and back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ixia_config.sdk import Json
from ixia_connectors.odoo.sandbox import times
from ixia_connectors.odoo.sandbox.errors import wrong
from ixia_connectors.odoo.sandbox.schema import TEXTS, Field

Command = tuple[int, int, Any]


def column(model: str, field: Field, value: Any) -> Any:
    """What the column of one field keeps; lists come as commands and are not for here."""
    if value is None or value is False:
        return False if field.kind == "boolean" else None
    match field.kind:
        case "boolean":
            return bool(value)
        case "integer":
            return _number(int, value)
        case "float" | "monetary":
            return _number(float, value)
        case "many2one":
            return _identifier(field, value)
        case "date" | "datetime":
            return times.stored(field.kind, str(value))
        case "selection":
            return _choice(model, field, value)
        case _:
            return str(value) if field.kind in TEXTS else value


def _number(kind: type[int | float], value: Any) -> int | float:
    try:
        return kind(value)
    except ValueError as error:
        raise wrong(str(error)) from None


def _identifier(field: Field, value: Any) -> int | None:
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    if isinstance(value, str):
        raise wrong(f"Wrong value for {field.name}: '{value}'")
    return int(value) if value else None


def _choice(model: str, field: Field, value: Any) -> str:
    if field.choices and value not in field.choices:
        raise wrong(f"Wrong value for {model}.{field.name}: {value!r}")
    return str(value)


def commands(value: Any) -> list[Command]:
    """What a list field is told: Odoo's six commands; a bare list of ids replaces everything."""
    if not isinstance(value, list | tuple):
        return [(6, 0, [])] if not value else _bad(value)
    if all(isinstance(each, int) for each in value):
        return [(6, 0, list(value))]
    return [_command(each) for each in value]


def _command(written: Any) -> Command:
    if not isinstance(written, list | tuple) or not written or written[0] not in range(7):
        _bad(written)
    code, row, rest = (*written, 0, 0)[:3]
    return code, row or 0, rest


def _bad(value: Any) -> list[Command]:
    raise wrong(f"Wrong value for a list of rows: {value!r}")


def shown(field: Field, value: Any, name: str | None = None) -> Json:
    """What ``read`` answers of one value; ``name`` is the display name of a row it points at."""
    if isinstance(value, Collection) and not isinstance(value, str):
        return list(value)
    if value is None:
        return {"integer": 0, "float": 0.0, "monetary": 0.0}.get(field.kind, False)
    if field.kind == "many2one":
        return [value, name if name else False]
    kept: Json = value
    return kept

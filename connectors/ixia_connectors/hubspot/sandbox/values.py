"""Property values of a record: the normal form that is read back, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from ixia_config.sdk.wire import Json
from ixia_connectors.hubspot.sandbox import definitions
from ixia_connectors.hubspot.sandbox.call import Body, Call
from ixia_connectors.hubspot.sandbox.clock import iso, parse_date, parse_moment
from ixia_connectors.hubspot.sandbox.constraints import obeys
from ixia_connectors.hubspot.sandbox.errors import invalid_values, problem
from ixia_connectors.hubspot.sandbox.objects import ObjectType

Properties = dict[str, str]
Problem = dict[str, Json]


def accepted(call: Call, found: ObjectType, given: Body) -> Mapping[str, str | None]:
    """The values as they are kept, None for one that is cleared; a refusal names every bad one."""
    known = definitions.of_object(call.store, found.name)
    rules = _rules(call, found)
    kept: dict[str, str | None] = {}
    problems: list[Problem] = []
    for name, raw in given.items():
        try:
            kept[name] = _accept(call, known.get(name), name, raw)
            problems += _broken(rules.get(name, ()), name, kept[name])
        except _BadValue as bad:
            problems.append(problem(name, bad.code, bad.message))
    if problems:
        raise invalid_values(problems)
    return kept


class _BadValue(Exception):  # noqa: N818  # an answer of the sandbox, not a failure of it
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def _accept(call: Call, definition: Body | None, name: str, raw: Json) -> str | None:
    if definition is None:
        raise _BadValue("PROPERTY_DOESNT_EXIST", f'Property "{name}" does not exist')
    if definitions.trait(definition, "readOnlyValue"):
        raise _BadValue("READ_ONLY_VALUE", f'"{name}" is a read only property')
    if raw is None or raw == "":
        return None
    value = raw if isinstance(raw, str) else json.dumps(raw)
    if definition.get("referencedObjectType") == "OWNER":
        return _owner(call, value)
    if definition["externalOptions"]:
        return value
    return _NORMAL_FORMS[str(definition["type"])](definition, value)


def _owner(call: Call, value: str) -> str:
    sql = "SELECT owner_id FROM people WHERE owner_id = ? AND active = 1"
    if not value.isdigit() or call.store.row(sql, int(value)) is None:
        raise _BadValue("INVALID_OWNER_ID", f"{value} is not the id of an active owner")
    return value


def _number(_: Body, value: str) -> str:
    try:
        finite = Decimal(value).is_finite()
    except InvalidOperation:
        finite = False
    if not finite:
        raise _BadValue("INVALID_DOUBLE", f"{value} was not a valid number")
    return value.strip()


def _date(_: Body, value: str) -> str:
    found = parse_date(value)
    if found is None:
        raise _BadValue("INVALID_DATE", f"{value} was not a valid date")
    return found


def _moment(_: Body, value: str) -> str:
    found = parse_moment(value)
    if found is None:
        raise _BadValue("INVALID_DATE", f"{value} was not a valid date and time")
    return iso(found)


def _yes_no(_: Body, value: str) -> str:
    if value.lower() not in ("true", "false"):
        raise _BadValue("INVALID_BOOLEAN", f"{value} was not true or false")
    return value.lower()


def _choice(definition: Body, value: str) -> str:
    """One value, or several parted by semicolons where the field is a set of check boxes."""
    allowed = definitions.option_values(definition)
    several = definition["fieldType"] == "checkbox"
    for part in value.split(";") if several else [value]:
        if part not in allowed:
            message = f"{part} was not one of the allowed options: [{', '.join(allowed)}]"
            raise _BadValue("INVALID_OPTION", message)
    return value


def _text(_: Body, value: str) -> str:
    return value


_NORMAL_FORMS: Mapping[str, Callable[[Body, str], str]] = {
    "bool": _yes_no,
    "date": _date,
    "datetime": _moment,
    "enumeration": _choice,
    "number": _number,
    "phone_number": _text,
    "string": _text,
}


def _rules(call: Call, found: ObjectType) -> dict[str, list[tuple[str, list[str]]]]:
    """The validation rules of an object type, by property."""
    sql = "SELECT property, rule, arguments FROM validations WHERE object = ? ORDER BY rule"
    rules: dict[str, list[tuple[str, list[str]]]] = {}
    for row in call.store.rows(sql, found.name):
        rules.setdefault(row["property"], []).append((row["rule"], json.loads(row["arguments"])))
    return rules


def _broken(
    rules: list[tuple[str, list[str]]] | tuple[()], name: str, value: str | None
) -> list[Problem]:
    """The rules that a value breaks; an empty value breaks none."""
    if value is None:
        return []
    return [
        problem(name, rule, f'"{value}" breaks the rule {rule} {" ".join(arguments)}'.rstrip())
        for rule, arguments in rules
        if not obeys(rule, value, arguments)
    ]


def normal_moment(text: str) -> str:
    """A moment of a search filter in the form that records keep."""
    found = parse_moment(text)
    return text if found is None else iso(found)

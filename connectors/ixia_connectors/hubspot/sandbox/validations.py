"""Validation rules of properties: written one by one, read in lists, never deleted."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation

from ixia_config.sdk.wire import Response
from ixia_connectors.hubspot.sandbox import definitions
from ixia_connectors.hubspot.sandbox.call import Body, Call, answer, boolean, results, texts
from ixia_connectors.hubspot.sandbox.clock import parse_moment
from ixia_connectors.hubspot.sandbox.errors import absent, invalid
from ixia_connectors.hubspot.sandbox.objects import object_type
from ixia_connectors.hubspot.sandbox.routing import Route
from ixia_connectors.hubspot.sandbox.scopes import of_object, reads_schema, writes_schema
from ixia_connectors.hubspot.sandbox.store import Row, dump

_NUMBERS = frozenset({"MIN_NUMBER", "MAX_NUMBER", "DECIMAL"})
_LENGTHS = frozenset({"MIN_LENGTH", "MAX_LENGTH"})
_MOMENTS = frozenset({"START_DATE", "END_DATE", "START_DATETIME", "END_DATETIME"})
_DATE_RULES = _MOMENTS | {
    "BEFORE_DURATION",
    "AFTER_DURATION",
    "BEFORE_DATETIME_DURATION",
    "AFTER_DATETIME_DURATION",
    "DAYS_OF_WEEK",
}
_TEXT_RULES = _LENGTHS | {
    "ALPHANUMERIC",
    "REGEX",
    "FORMAT",
    "WHITESPACE",
    "SPECIAL_CHARACTERS",
    "EMAIL",
    "EMAIL_ALLOWED_DOMAINS",
    "EMAIL_BLOCKED_DOMAINS",
    "DOMAIN",
    "URL",
    "URL_ALLOWED_DOMAINS",
    "URL_BLOCKED_DOMAINS",
    "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE",
}
_OF_TYPE = {
    "number": _NUMBERS,
    "string": _TEXT_RULES,
    "phone_number": _TEXT_RULES,
    "date": _DATE_RULES,
    "datetime": _DATE_RULES,
    "enumeration": frozenset[str](),
    "bool": frozenset[str](),
}


def _shown(row: Row) -> Body:
    return {
        "ruleType": row["rule"],
        "ruleArguments": json.loads(row["arguments"]),
        "shouldApplyNormalization": bool(row["normalise"]),
    }


def _list(call: Call) -> Response:
    sql = "SELECT * FROM validations WHERE object = ? ORDER BY property, rule"
    by_property: dict[str, list[Body]] = {}
    for row in call.store.rows(sql, object_type(call.path["object"]).name):
        by_property.setdefault(row["property"], []).append(_shown(row))
    return results(
        [
            {"propertyName": name, "propertyValidationRules": list(rules)}
            for name, rules in by_property.items()
        ]
    )


def _of_property(call: Call) -> Response:
    name = _require_property(call)["name"]
    sql = "SELECT * FROM validations WHERE object = ? AND property = ? ORDER BY rule"
    rows = call.store.rows(sql, object_type(call.path["object"]).name, name)
    return results([_shown(row) for row in rows])


def _get(call: Call) -> Response:
    name = _require_property(call)["name"]
    sql = "SELECT * FROM validations WHERE object = ? AND property = ? AND rule = ?"
    row = call.store.row(sql, object_type(call.path["object"]).name, name, call.path["rule"])
    if row is None:
        raise absent("Validation rule", call.path["rule"])
    return answer(200, _shown(row))


def _require_property(call: Call) -> Body:
    found = definitions.of_object(call.store, object_type(call.path["object"]).name)
    if call.path["name"] not in found:
        raise absent("Property", call.path["name"])
    return found[call.path["name"]]


def _put(call: Call) -> Response:
    definition, body, rule = _require_property(call), call.body(), call.path["rule"]
    arguments = texts(body, "ruleArguments")
    normalise = "shouldApplyNormalization" in body and boolean(body, "shouldApplyNormalization")
    _judge(str(definition["type"]), rule, arguments)
    call.store.run(
        "INSERT OR REPLACE INTO validations VALUES (?, ?, ?, ?, ?)",
        object_type(call.path["object"]).name,
        definition["name"],
        rule,
        dump(arguments),
        normalise,
    )
    return answer(204)


def _judge(kind: str, rule: str, arguments: list[str]) -> None:
    """Whether a rule goes with the property's type, and its arguments with the rule."""
    if not any(rule in rules for rules in _OF_TYPE.values()):
        raise invalid(f"{rule} is not a validation rule")
    if rule not in _OF_TYPE[kind]:
        raise invalid(f"{rule} does not go with a property of type {kind}")
    if rule in _NUMBERS | _LENGTHS and not (len(arguments) == 1 and _is_number(arguments[0])):
        raise invalid(f"{rule} needs one number")
    if rule in _MOMENTS and not (len(arguments) == 1 and parse_moment(arguments[0]) is not None):
        raise invalid(f"{rule} needs one date")
    if rule == "REGEX" and not (len(arguments) == 1 and _compiles(arguments[0])):
        raise invalid("REGEX needs one regular expression")


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


_READ = of_object(reads_schema)
_WRITE = of_object(writes_schema)
_RULE = "{object}/{name}/rule-type/{rule}"

ROUTES = (
    Route("validations", "GET", "{object}", _list, _READ),
    Route("validations", "GET", "{object}/{name}", _of_property, _READ),
    Route("validations", "GET", _RULE, _get, _READ),
    Route("validations", "PUT", _RULE, _put, _WRITE),
)

"""Which records pass the filters of a workflow, as the vendor documents them.

Texts are compared without regard to upper and lower case; a record without a value passes only
where the filter says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

Properties = Mapping[str, str]
Related = Mapping[tuple[str, int], Sequence[Properties]]


@dataclass(frozen=True, slots=True)
class Subject:
    """A record and what is associated with it, by object type id and association type."""

    properties: Properties
    related: Related = field(default_factory=dict)


def passes(branch: Mapping[str, Any], subject: Subject) -> bool:
    """Whether a record passes a filter branch."""
    filters, branches = branch.get("filters") or [], branch.get("filterBranches") or []
    match branch["filterBranchType"]:
        case "OR":
            found = (
                *(_holds(each, subject.properties) for each in filters),
                *(passes(each, subject) for each in branches),
            )
            return any(found)
        case "AND":
            return all(_holds(each, subject.properties) for each in filters) and all(
                passes(each, subject) for each in branches
            )
        case "ASSOCIATION":
            key = (str(branch["objectTypeId"]), int(branch["associationTypeId"]))
            return any(
                all(_holds(each, other) for each in filters)
                for other in subject.related.get(key, ())
            )
        case other:
            raise ValueError(f"{other} is not a filter of records")


def _holds(filter_: Mapping[str, Any], properties: Properties) -> bool:
    operation, value = filter_["operation"], properties.get(filter_["property"])
    operator, kind = operation["operator"], operation["operationType"]
    if kind == "ALL_PROPERTY":
        return (value is not None) is (operator == "IS_KNOWN")
    if value is None or value == "":
        return bool(operation.get("includeObjectsWithNoValueSet"))
    return _KINDS[kind](operator, value, operation)


def _enumeration(operator: str, value: str, operation: Mapping[str, Any]) -> bool:
    has = bool(set(value.split(";")) & set(operation["values"]))
    return has if operator == "IS_ANY_OF" else not has


def _number(operator: str, value: str, operation: Mapping[str, Any]) -> bool:
    try:
        there, bound = Decimal(value), Decimal(str(operation["value"]))
    except InvalidOperation:
        return False
    return {
        "IS_EQUAL_TO": there == bound,
        "IS_NOT_EQUAL_TO": there != bound,
        "IS_GREATER_THAN": there > bound,
        "IS_GREATER_THAN_OR_EQUAL_TO": there >= bound,
        "IS_LESS_THAN": there < bound,
        "IS_LESS_THAN_OR_EQUAL_TO": there <= bound,
    }[operator]


def _string(operator: str, value: str, operation: Mapping[str, Any]) -> bool:
    there, wanted = value.lower(), str(operation["value"]).lower()
    return {
        "IS_EQUAL_TO": there == wanted,
        "IS_NOT_EQUAL_TO": there != wanted,
        "CONTAINS": wanted in there,
        "STARTS_WITH": there.startswith(wanted),
        "ENDS_WITH": there.endswith(wanted),
    }[operator]


def _bool(operator: str, value: str, operation: Mapping[str, Any]) -> bool:
    same = (value == "true") is (str(operation["value"]).lower() == "true")
    return same if operator == "IS_EQUAL_TO" else not same


_KINDS: Mapping[str, Callable[[str, str, Mapping[str, Any]], bool]] = {
    "ENUMERATION": _enumeration,
    "NUMBER": _number,
    "STRING": _string,
    "BOOL": _bool,
}

OPERATORS: Mapping[str, frozenset[str]] = {
    "ALL_PROPERTY": frozenset({"IS_KNOWN", "IS_UNKNOWN"}),
    "BOOL": frozenset({"IS_EQUAL_TO", "IS_NOT_EQUAL_TO"}),
    "ENUMERATION": frozenset({"IS_ANY_OF", "IS_NONE_OF"}),
    "NUMBER": frozenset(
        {
            "IS_EQUAL_TO",
            "IS_NOT_EQUAL_TO",
            "IS_GREATER_THAN",
            "IS_GREATER_THAN_OR_EQUAL_TO",
            "IS_LESS_THAN",
            "IS_LESS_THAN_OR_EQUAL_TO",
        }
    ),
    "STRING": frozenset({"IS_EQUAL_TO", "IS_NOT_EQUAL_TO", "CONTAINS", "STARTS_WITH", "ENDS_WITH"}),
}
"""The operators of each operation type that the interpreter knows."""

OPERATION_OF = {
    "bool": "BOOL",
    "enumeration": "ENUMERATION",
    "number": "NUMBER",
    "string": "STRING",
    "date": "TIME_POINT",
    "datetime": "TIME_POINT",
}
"""The operation type that fits each type of property; another one makes the vendor fail."""

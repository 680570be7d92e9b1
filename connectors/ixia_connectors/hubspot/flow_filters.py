"""Filters of a workflow as values: alternatives of filters that all hold, there and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ixia_connectors.hubspot.values import number_text

Body = dict[str, Any]
Neutral = dict[str, Any]

ANY_PROPERTY = "ALL_PROPERTY"


@dataclass(frozen=True, slots=True)
class Filter:
    """One question about a property: of the record, or of records that are associated with it.

    ``empty`` says that a record without a value passes. ``of`` names the record type and the type
    of association, as in ``0-2/610``; of several associated records one has to pass.
    """

    property: str
    type: str
    operator: str
    values: tuple[str, ...] = ()
    empty: bool = False
    of: str = ""


Group = tuple[Filter, ...]
Groups = tuple[Group, ...]
"""A record passes where every filter of one group passes."""


def arranged(group: Group) -> Group:
    """The filters in the order in which they are read back: the record's own come first."""
    related = dict.fromkeys(each.of for each in group if each.of)
    return tuple(each for of in ("", *related) for each in group if each.of == of)


def native(groups: Groups) -> Body:
    """As HubSpot writes it: always an OR of ANDs."""
    return _branch("OR", branches=[_group(group) for group in groups])


def _branch(
    kind: str, *, filters: Sequence[Body] = (), branches: Sequence[Body] = (), **more: Any
) -> Body:
    operator = "OR" if kind == "OR" else "AND"
    return {
        "filterBranchType": kind,
        "filterBranchOperator": operator,
        **more,
        "filterBranches": list(branches),
        "filters": list(filters),
    }


def _group(group: Group) -> Body:
    own = [_filter(each) for each in group if not each.of]
    related = [
        _associated(of, [_filter(each) for each in group if each.of == of])
        for of in dict.fromkeys(each.of for each in group if each.of)
    ]
    return _branch("AND", filters=own, branches=related)


def _associated(of: str, filters: Sequence[Body]) -> Body:
    record_type, association = of.split("/")
    return _branch(
        "ASSOCIATION",
        filters=filters,
        objectTypeId=record_type,
        associationTypeId=int(association),
        associationCategory="HUBSPOT_DEFINED",
        operator="IN_LIST",
    )


def _filter(found: Filter) -> Body:
    operation: Body = {
        "operationType": found.type,
        "operator": found.operator,
        "includeObjectsWithNoValueSet": found.empty,
    }
    match found.type:
        case "ALL_PROPERTY":
            pass
        case "ENUMERATION":
            operation["values"] = list(found.values)
        case "NUMBER":
            operation["value"] = _number(found.values[0])
        case "BOOL":
            operation["value"] = found.values[0] == "true"
        case _:
            operation["value"] = found.values[0]
    return {"filterType": "PROPERTY", "property": found.property, "operation": operation}


def _number(text: str) -> int | float:
    """The JSON number with this very spelling; ``lower`` makes sure that there is one."""
    found = Decimal(text)
    return int(found) if found == found.to_integral_value() else float(text)


def exact_number(text: str) -> bool:
    """Whether a JSON number can say it: HubSpot's have the precision of doubles."""
    return Decimal(repr(float(text))) == Decimal(text) and abs(Decimal(text)) < Decimal(2**53)


def filters(body: Any) -> Groups | None:
    """What ``native`` made; None for a filter that is not one of ours."""
    try:
        return tuple(map(_group_of, _branches(body, "OR")))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _branches(body: Any, kind: str) -> Sequence[Any]:
    """The branches of an OR without filters of its own."""
    if body["filterBranchType"] != kind or body.get("filters"):
        raise ValueError(kind)
    found: Sequence[Any] = body["filterBranches"]
    return found


def _group_of(body: Any) -> Group:
    if body["filterBranchType"] != "AND":
        raise ValueError("no AND")
    own = [_filter_of(each, "") for each in body.get("filters") or []]
    related = [each for branch in body.get("filterBranches") or [] for each in _related(branch)]
    return (*own, *related)


def _related(body: Any) -> Iterable[Filter]:
    known = (body["filterBranchType"], body["operator"], body["associationCategory"])
    if known != ("ASSOCIATION", "IN_LIST", "HUBSPOT_DEFINED") or body.get("filterBranches"):
        raise ValueError("no association of ours")
    of = f"{body['objectTypeId']}/{body['associationTypeId']}"
    return [_filter_of(each, of) for each in body["filters"]]


_KEYS = {"operationType", "operator", "includeObjectsWithNoValueSet", "value", "values"}


def _filter_of(body: Any, of: str) -> Filter:
    operation = body["operation"]
    if body["filterType"] != "PROPERTY" or set(operation) - _KEYS:
        raise ValueError("no filter of ours")
    kind = operation["operationType"]
    named = operation.get("values")
    values = [operation["value"]] if "value" in operation else named or []
    empty = bool(operation.get("includeObjectsWithNoValueSet")) and kind != ANY_PROPERTY
    spelled = tuple(_spelled(kind, each) for each in values)
    return Filter(body["property"], kind, operation["operator"], spelled, empty, of)


def _spelled(kind: str, value: Any) -> str:
    match kind:
        case "NUMBER":
            return number_text(value) or ""
        case "BOOL":
            return "true" if value in (True, "true") else "false"
        case _:
            return str(value)


def plain(groups: Groups) -> list[list[Neutral]]:
    """As plain values, what says nothing left out."""
    return [[_plain(each) for each in group] for group in groups]


def _plain(found: Filter) -> Neutral:
    spelled: Neutral = {"property": found.property, "is": f"{found.type} {found.operator}"}
    more = {"values": list(found.values), "empty": found.empty, "of": found.of}
    return spelled | {key: value for key, value in more.items() if value}


def read_plain(rows: Iterable[Iterable[Mapping[str, Any]]]) -> Groups:
    """What ``plain`` made."""
    return tuple(tuple(map(_read, row)) for row in rows)


def _read(row: Mapping[str, Any]) -> Filter:
    kind, _, operator = str(row["is"]).partition(" ")
    values = tuple(row.get("values", ()))
    return Filter(
        row["property"], kind, operator, values, row.get("empty", False), row.get("of", "")
    )

"""Conditions as filters of a workflow: alternatives of filters that all hold, within bounds.

What HubSpot has no filter for is refused with the reason, never bent. Missing values mean what
they mean in a condition: a negative filter lets records without a value pass where the condition
does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import product

from ixia_config.sdk.rules import FieldType, Typed, nodes
from ixia_connectors.hubspot.flow_filters import (
    ANY_PROPERTY,
    Filter,
    Group,
    Groups,
    arranged,
    exact_number,
)
from ixia_connectors.hubspot.values import decimal_text

MOST_GROUPS = 30
MOST_FILTERS = 100
"""How large a condition may grow as alternatives; HubSpot names no limit, and slows down."""

ALWAYS: Groups = ((),)
NEVER: Groups = ()


class InexpressibleError(Exception):
    """A part of a condition for which HubSpot has no filter; the text says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands in HubSpot: its property, and the association that leads to it."""

    property: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Every field that a workflow can ask about, by its path, and why not the others."""

    known: Mapping[tuple[str, ...], Place]
    unknown: Mapping[tuple[str, ...], str]

    def find(self, path: tuple[str, ...]) -> Place:
        """Where a field stands; InexpressibleError where a workflow cannot see it."""
        if path not in self.known:
            why = self.unknown.get(path, "HubSpot's workflows do not see it")
            raise InexpressibleError(f"{'.'.join(path)}: {why}")
        return self.known[path]


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition as filters; ``loosely`` says where HubSpot takes it less strictly."""

    groups: Groups
    loosely: str = ""


def asked(condition: Typed, places: Places, *, opposite: bool = False) -> Asked:
    """The filters of a condition, or of its opposite; InexpressibleError where there are none."""
    return bounded(_Writer(places).test(condition.root, opposite=opposite))


def bounded(groups: Groups) -> Asked:
    """Filters that are not too many; InexpressibleError where they are."""
    if len(groups) > MOST_GROUPS or sum(map(len, groups)) > MOST_FILTERS:
        raise InexpressibleError(_TOO_LARGE)
    groups = tuple(dict.fromkeys(map(arranged, groups)))
    return Asked(groups, _LOOSE if any(_is_loose(each) for each in _every(groups)) else "")


_TOO_LARGE = f"it has more than {MOST_GROUPS} alternatives or {MOST_FILTERS} filters"
_LOOSE = "HubSpot takes upper and lower case of texts for the same"


def _every(groups: Groups) -> Iterable[Filter]:
    return (each for group in groups for each in group)


def _is_loose(found: Filter) -> bool:
    return found.type == "STRING"


def either(*parts: Groups) -> Groups:
    """One of these; what always holds swallows the others."""
    found = tuple(dict.fromkeys(group for part in parts for group in part))
    return ALWAYS if () in found else found


def both(*parts: Groups) -> Groups:
    """All of these."""
    size = 1
    for part in parts:
        size *= len(part)
    if size > MOST_GROUPS * 2:
        raise InexpressibleError(_TOO_LARGE)
    joined = (
        tuple(dict.fromkeys(each for group in row for each in group)) for row in product(*parts)
    )
    return either(tuple(joined))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes tests as filters; ``opposite`` asks for the records for which a test is false."""

    places: Places

    def test(self, node: nodes.Test, *, opposite: bool = False) -> Groups:
        match node:
            case nodes.Not(operand=operand):
                return self.test(operand, opposite=not opposite)
            case nodes.All(operands=operands) | nodes.Any(operands=operands):
                parts = [self.test(each, opposite=opposite) for each in operands]
                whole = isinstance(node, nodes.All) is not opposite
                return both(*parts) if whole else either(*parts)
            case nodes.Truth(subject=subject):
                return self.truth(subject, opposite=opposite)
            case nodes.Known(subject=subject):
                return self.known(subject, opposite=opposite)
            case nodes.Equal():
                return self.equal(node, opposite=opposite)
            case nodes.Compare():
                return self.order(node, opposite=opposite)
            case nodes.In():
                return self.member(node, opposite=opposite)
            case nodes.TextTest():
                return self.text(node, opposite=opposite)

    def asking(self, field: nodes.FieldValue, ask: Callable[[str], Filter]) -> Groups:
        """One filter about a field; of a related record only what its presence proves."""
        place = self.places.find(field.path)
        found = ask(place.property)
        if place.of and (found.empty or found.operator in _NEGATIVE):
            why = "HubSpot cannot ask for records that have no related one with this"
            raise InexpressibleError(f"{field.name}: {why}")
        return ((replace(found, of=place.of),),)

    def known(self, field: nodes.FieldValue, *, opposite: bool) -> Groups:
        operator = "IS_UNKNOWN" if opposite else "IS_KNOWN"
        return self.asking(field, lambda name: Filter(name, ANY_PROPERTY, operator))

    def truth(self, subject: nodes.FieldValue | nodes.Constant, *, opposite: bool) -> Groups:
        if isinstance(subject, nodes.Constant):
            return ALWAYS if bool(subject.value) is not opposite else NEVER
        value = "false" if opposite else "true"
        return self.asking(
            subject, lambda name: Filter(name, "BOOL", "IS_EQUAL_TO", (value,), opposite)
        )

    def equal(self, node: nodes.Equal, *, opposite: bool) -> Groups:
        same = (node.relation is nodes.Equality.SAME) is not opposite
        left, right = node.left, node.right
        if isinstance(left, nodes.Constant) and isinstance(right, nodes.FieldValue):
            left, right = right, left
        if not (isinstance(left, nodes.FieldValue) and isinstance(right, nodes.Constant)):
            raise InexpressibleError(_ONLY_CONSTANTS)
        return self.one_of(left, (right,), opposite=not same)

    def one_of(
        self, field: nodes.FieldValue, options: tuple[nodes.Constant, ...], *, opposite: bool
    ) -> Groups:
        """Whether a field has one of these values."""
        values = tuple(dict.fromkeys(_spelled(each, field) for each in options))
        if field.type is FieldType.CHOICE:
            return self.chosen(field, tuple(sorted(values)), opposite=opposite)
        if field.type is FieldType.BOOLEAN:
            parts = [self.is_so(field, each, opposite=opposite) for each in values]
        else:
            operator = "IS_NOT_EQUAL_TO" if opposite else "IS_EQUAL_TO"
            ask = partial(_single, kind=_kind(field), operator=operator, empty=opposite)
            parts = [self.asking(field, partial(ask, value=value)) for value in values]
        return both(*parts) if opposite else either(*parts)

    def chosen(self, field: nodes.FieldValue, values: tuple[str, ...], *, opposite: bool) -> Groups:
        operator = "IS_NONE_OF" if opposite else "IS_ANY_OF"
        return self.asking(
            field, lambda name: Filter(name, "ENUMERATION", operator, values, opposite)
        )

    def is_so(self, field: nodes.FieldValue, value: str, *, opposite: bool) -> Groups:
        turned = {"true": "false", "false": "true"}[value] if opposite else value
        return self.asking(
            field, lambda name: Filter(name, "BOOL", "IS_EQUAL_TO", (turned,), opposite)
        )

    def order(self, node: nodes.Compare, *, opposite: bool) -> Groups:
        field, bound, order = node.left, node.right, node.order
        if isinstance(field, nodes.Constant):
            field, bound, order = bound, field, _TURNED[order]
        if not (isinstance(field, nodes.FieldValue) and isinstance(bound, nodes.Constant)):
            raise InexpressibleError(_ONLY_CONSTANTS)
        if _kind(field) != "NUMBER":
            raise InexpressibleError(f"{field.name}: only numbers are compared by size")
        value = _spelled(bound, field)
        operator = _ORDERS[_OPPOSITE[order] if opposite else order]
        ask = partial(_single, kind="NUMBER", operator=operator, empty=opposite, value=value)
        return self.asking(field, ask)

    def member(self, node: nodes.In, *, opposite: bool) -> Groups:
        subject, source = node.subject, node.source
        if isinstance(source, nodes.FieldValue) and isinstance(subject, nodes.Constant):
            return self.chosen(source, (str(subject.value),), opposite=opposite)
        options = _constants(node)
        if not isinstance(subject, nodes.FieldValue):
            raise InexpressibleError(_ONLY_CONSTANTS)
        if not options:
            return ALWAYS if opposite else NEVER
        return self.one_of(subject, options, opposite=opposite)

    def text(self, node: nodes.TextTest, *, opposite: bool) -> Groups:
        field, part = node.subject, node.part
        if not (isinstance(field, nodes.FieldValue) and isinstance(part, nodes.Constant)):
            raise InexpressibleError(_ONLY_CONSTANTS)
        if opposite or field.type is not FieldType.TEXT:
            raise InexpressibleError(f"{field.name}: HubSpot has no such test of a text")
        value, operator = str(part.value), _TEXTS[node.where]
        ask = partial(_single, kind="STRING", operator=operator, empty=False, value=value)
        return self.asking(field, ask)


_ONLY_CONSTANTS = "HubSpot compares a field with a fixed value only, and does not calculate"
_NEGATIVE = ("IS_UNKNOWN", "IS_NONE_OF", "IS_NOT_EQUAL_TO")
_ORDERS = {
    nodes.Order.LESS: "IS_LESS_THAN",
    nodes.Order.AT_MOST: "IS_LESS_THAN_OR_EQUAL_TO",
    nodes.Order.GREATER: "IS_GREATER_THAN",
    nodes.Order.AT_LEAST: "IS_GREATER_THAN_OR_EQUAL_TO",
}
_TURNED = {
    nodes.Order.LESS: nodes.Order.GREATER,
    nodes.Order.AT_MOST: nodes.Order.AT_LEAST,
    nodes.Order.GREATER: nodes.Order.LESS,
    nodes.Order.AT_LEAST: nodes.Order.AT_MOST,
}
_OPPOSITE = {
    nodes.Order.LESS: nodes.Order.AT_LEAST,
    nodes.Order.AT_MOST: nodes.Order.GREATER,
    nodes.Order.GREATER: nodes.Order.AT_MOST,
    nodes.Order.AT_LEAST: nodes.Order.LESS,
}
_TEXTS = {
    nodes.Where.START: "STARTS_WITH",
    nodes.Where.END: "ENDS_WITH",
    nodes.Where.ANYWHERE: "CONTAINS",
}


def _single(name: str, *, kind: str, operator: str, empty: bool, value: str) -> Filter:
    return Filter(name, kind, operator, (value,), empty)


def _constants(node: nodes.In) -> tuple[nodes.Constant, ...]:
    if isinstance(node.source, nodes.Listing):
        raise InexpressibleError("a list from a file is not kept in HubSpot")
    if not isinstance(node.source, tuple):
        raise InexpressibleError(_ONLY_CONSTANTS)
    found = tuple(each for each in node.source if isinstance(each, nodes.Constant))
    if len(found) < len(node.source):
        raise InexpressibleError(_ONLY_CONSTANTS)
    return found


def _kind(field: nodes.FieldValue) -> str:
    """The operation type of a property; another one than the property's makes HubSpot fail."""
    if field.type in _NUMBERS:
        return "NUMBER"
    if field.type is FieldType.TEXT:
        return "STRING"
    what = f"a {field.type.value} is not compared with a fixed value"
    raise InexpressibleError(f"{field.name}: {what}")


_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.PERCENT)


def _spelled(constant: nodes.Constant, field: nodes.FieldValue) -> str:
    """A fixed value as HubSpot keeps it: 20% as the number 20."""
    value = constant.value
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            scaled = value * 100 if field.type is FieldType.PERCENT else value
            text = decimal_text(Decimal(scaled))
            if not exact_number(text):
                raise InexpressibleError(f"{text} has more digits than HubSpot's numbers")
            return text
        case str():
            return value
        case datetime() | date() | timedelta():
            raise InexpressibleError(f"{field.name}: dates are not compared by a workflow of ours")


def always(groups: Groups) -> bool:
    """Whether every record passes."""
    return groups == ALWAYS


def never(groups: Groups) -> bool:
    """Whether no record passes."""
    return groups == NEVER


__all__ = [
    "Asked",
    "Group",
    "InexpressibleError",
    "Place",
    "Places",
    "always",
    "asked",
    "both",
    "bounded",
    "either",
    "never",
]

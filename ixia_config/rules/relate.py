"""Which comparisons have a meaning: equality, order and membership by type."""

from __future__ import annotations

from decimal import Decimal

from ixia_config.rules import values
from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.codes.names import EmptyText, UnknownChoice
from ixia_config.rules.codes.types import CannotCompare, ListMisused, NoOrder, PercentWanted
from ixia_config.rules.describe import excerpt, family, kind, literal, shown, type_of
from ixia_config.rules.nodes import (
    Arithmetic,
    Compare,
    Constant,
    Equal,
    Equality,
    FieldValue,
    In,
    Listing,
    Meaning,
    Order,
    Test,
    Value,
)
from ixia_config.rules.problem import Problem
from ixia_config.rules.tree import Span

_ORDERED = frozenset({"number", "money", "percent", "date", "datetime", "duration"})


def equal(text: str, span: Span, operator: str, left: Meaning, right: Meaning) -> Test | Problem:
    """``left == right``, where they can be equal."""
    return _unlike(text, span, left, right) or Equal(span, Equality(operator), left, right)


def compare(text: str, span: Span, operator: str, left: Meaning, right: Meaning) -> Test | Problem:
    """``left < right``, where both have an order."""
    wrong = _unlike(text, span, left, right) or _unordered(text, operator, left, right)
    if wrong:
        return wrong
    if isinstance(left, Test) or isinstance(right, Test):
        raise AssertionError("tests have no order")
    return Compare(span, Order(operator), left, right)


def member(
    text: str, span: Span, subject: Value, source: tuple[Value, ...] | Listing | FieldValue
) -> Test | Problem:
    """``subject in source``, where the list can hold it."""
    match source:
        case Listing() if family(subject.type) != "text":
            named = Constant(subject.span, "", FieldType.TEXT)
            return _cannot(span, shown(text, subject), f"a list of {kind(named.type)}", "")
        case Listing():
            wrong = None
        case FieldValue():
            wrong = _unlike_choice(text, span, subject, source)
        case tuple():
            each = (_unlike(text, option.span, subject, option) for option in source)
            wrong = next(filter(None, each), None)
    return wrong or In(span, subject, source)


def _unlike(text: str, span: Span, left: Meaning, right: Meaning) -> Problem | None:
    """Why two values can never be equal, or None."""
    types = {type_of(left), type_of(right)}
    if FieldType.CHOICES in types:
        return _multiple(text, left if type_of(left) is FieldType.CHOICES else right)
    if FieldType.REFERENCE in types:
        return _whole_record(text, span, left, right)
    families = {family(each) for each in types}
    if families == {"percent", "number"}:
        return percent_wanted(text, span, left, right)
    if len(families) > 1 and families != {"money", "number"}:
        return _cannot(span, shown(text, left), shown(text, right), _advice(left, right))
    return _impossible(text, left, right) or _impossible(text, right, left)


def _impossible(text: str, field: Meaning, constant: Meaning) -> Problem | None:
    """A constant that this field can never have."""
    value = literal(constant)
    if value is None or not isinstance(field, FieldValue):
        return None
    if not value:
        return Problem(constant.span, EmptyText(field=excerpt(text, field.span)))
    choices = field.declared.choices
    if field.type not in (FieldType.CHOICE, FieldType.CHOICES) or not choices or value in choices:
        return None
    return Problem(constant.span, UnknownChoice(value=value, field=field.name, known=choices))


def _unlike_choice(text: str, span: Span, subject: Value, source: FieldValue) -> Problem | None:
    if family(subject.type) != "text":
        return _cannot(span, shown(text, subject), shown(text, source), "")
    return _impossible(text, source, subject)


def _multiple(text: str, node: Meaning) -> Problem:
    name = excerpt(text, node.span)
    advice = f'write "value" in {name}, or size({name}) for how many'
    return Problem(node.span, ListMisused(problem=f"{name} holds several values", advice=advice))


def _whole_record(text: str, span: Span, left: Meaning, right: Meaning) -> Problem:
    node = left if type_of(left) is FieldType.REFERENCE else right
    name = excerpt(text, node.span)
    advice = f"compare one of its fields, such as {name}.name, or ask known({name})"
    return _cannot(span, shown(text, left), shown(text, right), advice)


def _cannot(span: Span, left: str, right: str, advice: str) -> Problem:
    return Problem(span, CannotCompare(left=left, right=right, advice=advice))


def percent_wanted(text: str, span: Span, left: Meaning, right: Meaning) -> Problem:
    """A percentage beside a plain number, with what was probably meant."""
    first = type_of(left) is FieldType.PERCENT
    percentage, plain = (left, right) if first else (right, left)
    written = excerpt(text, plain.span)
    meant = ""
    if isinstance(plain, Constant) and not isinstance(percentage, Arithmetic):
        meant = _as_percent(plain)
    named = excerpt(text, percentage.span)
    return Problem(span, PercentWanted(field=named, written=written, meant=meant))


def _as_percent(plain: Constant) -> str:
    """10 and 0.1 are both taken for ten percent, as people mean them."""
    value = Decimal(str(plain.value))
    if abs(value) == 1:
        return f"{value}% or {value}00%"
    share = value * 100 if abs(value) < 1 else value
    return f"{share.normalize():f}%"


def _unordered(text: str, operator: str, left: Meaning, right: Meaning) -> Problem | None:
    for node in (left, right):
        if family(type_of(node)) not in _ORDERED:
            problem = NoOrder(value=shown(text, node), operator=operator)
            return Problem(node.span, problem)
    return None


def _advice(left: Meaning, right: Meaning) -> str:
    """What to write instead, where that can be guessed from the two sides."""
    types = {type_of(left), type_of(right)}
    quoted = literal(left) or literal(right)
    if types == {FieldType.DATE, FieldType.DATETIME}:
        return "compare a date with today or date(...), a date with time with now or datetime(...)"
    if types == {FieldType.PERCENT, FieldType.MONEY}:
        return "multiply first: amount * 10%"
    if FieldType.BOOLEAN in types and quoted:
        return "write true or false without quotes"
    if quoted and FieldType.DATE in types and values.day(quoted):
        return f'write date("{quoted}")'
    if quoted and FieldType.DATETIME in types:
        return 'write datetime("2026-01-31T09:00:00Z")'
    if quoted and FieldType.DURATION in types and values.duration(quoted):
        return f'write duration("{quoted}")'
    if quoted and (values.number(quoted) is not None or values.percent(quoted) is not None):
        return f"write {quoted} without quotes"
    return "compare values of the same kind"

"""The closure back end: a typed tree becomes nested functions; nothing is generated or executed."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from ixia_config.rules import exact, nodes
from ixia_config.rules.describe import family
from ixia_config.rules.nodes import (
    Arithmetic,
    Clock,
    Compare,
    Constant,
    DaysBetween,
    Equal,
    Equality,
    FieldValue,
    Hand,
    In,
    Known,
    Listing,
    Lower,
    Meaning,
    Not,
    Order,
    Quotient,
    Size,
    Test,
    TextTest,
    Truth,
    Value,
    Where,
)

Record = Mapping[str, Any]


class Moment(NamedTuple):
    """The clock of a run, read once: the instant in UTC, and the date where the run happens."""

    now: datetime | None
    today: date | None

    @classmethod
    def of(cls, now: datetime) -> Moment:
        """From an aware time; its zone decides which day today is."""
        if now.tzinfo is None:
            raise ValueError("now needs a time zone")
        return cls(now.astimezone(UTC), now.date())


TIMELESS = Moment(None, None)
"""For conditions that do not read the clock."""

Closure = Callable[[Record, Moment], Any]


def closure(node: Meaning) -> Closure:
    """A function of record and moment with the meaning of this node."""
    if isinstance(node, Test):
        return _test(node)
    return _value(node)


def _value(node: Value) -> Closure:
    match node:
        case Constant(value=value):
            return lambda _, __: value
        case FieldValue(path=path):
            return _field(path)
        case Clock(hand=Hand.NOW):
            return lambda _, moment: moment.now
        case Clock():
            return lambda _, moment: moment.today
        case Arithmetic():
            return _two(calculation(node), node.left, node.right)
        case Quotient():
            return _quotient(node)
        case Size(subject=subject):
            return _one(exact.size, subject)
        case Lower(subject=subject):
            return _one(exact.lower, subject)
        case DaysBetween(start=start, end=end):
            return _two(exact.days, start, end)


def _field(path: tuple[str, ...]) -> Closure:
    name, *rest = path
    if not rest:
        return lambda record, _: record.get(name)
    inner = _field(tuple(rest))

    def related(record: Record, moment: Moment) -> object:
        other = record.get(name)
        return None if other is None else inner(other, moment)

    return related


def calculation(node: Arithmetic) -> Callable[..., Any]:
    """The exact function behind ``+``, ``-`` or ``*`` of these types."""
    if family(node.type) in ("number", "money", "percent"):
        return exact.NUMERIC[node.sign]
    return exact.TEMPORAL[node.sign]


def _one(function: Callable[..., Any], subject: Meaning) -> Closure:
    inner = closure(subject)
    return lambda record, moment: function(inner(record, moment))


def _two(function: Callable[..., Any], left: Meaning, right: Meaning) -> Closure:
    first, second = closure(left), closure(right)
    return lambda record, moment: function(first(record, moment), second(record, moment))


def _quotient(node: Quotient) -> Closure:
    scale, rounding = node.scale, node.rounding
    return _two(lambda a, b: exact.divide(a, b, scale, rounding), node.left, node.right)


def _test(node: Test) -> Closure:
    match node:
        case Equal():
            same = node.relation is Equality.SAME
            return _two(operator.eq if same else operator.ne, node.left, node.right)
        case Compare():
            return _guarded(ORDERS[node.order], node.left, node.right)
        case TextTest():
            return _guarded(TEXT_TESTS[node.where], node.subject, node.part)
        case In():
            return _member(node)
        case Known():
            return _one(lambda value: value is not None, node.subject)
        case Truth():
            return _one(lambda value: value is True, node.subject)
        case Not():
            return _one(operator.not_, node.operand)
        case nodes.All():
            return _every(node.operands)
        case nodes.Any():
            return _some(node.operands)


def _guarded(function: Callable[..., bool], left: Value, right: Value) -> Closure:
    """A test that is false where a side is missing."""
    if isinstance(right, Constant):
        return _against(function, left, right)
    first, second = closure(left), closure(right)

    def guarded(record: Record, moment: Moment) -> bool:
        one, other = first(record, moment), second(record, moment)
        return one is not None and other is not None and function(one, other)

    return guarded


def _against(function: Callable[..., bool], left: Value, right: Constant) -> Closure:
    """The commonest test, with a constant on the right."""
    first, constant = closure(left), right.value

    def against(record: Record, moment: Moment) -> bool:
        one = first(record, moment)
        return one is not None and function(one, constant)

    return against


def _member(node: In) -> Closure:
    subject = closure(node.subject)
    match node.source:
        case Listing(values=values):
            return lambda record, moment: subject(record, moment) in values
        case FieldValue() as field:
            options = closure(field)
            return lambda record, moment: subject(record, moment) in (options(record, moment) or ())
        case tuple() as listed if all(isinstance(option, Constant) for option in listed):
            fixed = frozenset(option.value for option in listed if isinstance(option, Constant))
            return lambda record, moment: subject(record, moment) in fixed
        case tuple() as listed:
            each = tuple(map(closure, listed))
            return lambda record, moment: (
                subject(record, moment) in [option(record, moment) for option in each]
            )


def _every(operands: tuple[Test, ...]) -> Closure:
    tests = tuple(map(closure, operands))

    def every(record: Record, moment: Moment) -> bool:
        for test in tests:  # noqa: SIM110  # a loop is twice as fast as all() here
            if not test(record, moment):
                return False
        return True

    return every


def _some(operands: tuple[Test, ...]) -> Closure:
    tests = tuple(map(closure, operands))

    def some(record: Record, moment: Moment) -> bool:
        for test in tests:  # noqa: SIM110  # as above
            if test(record, moment):
                return True
        return False

    return some


ORDERS = MappingProxyType(
    {
        Order.LESS: operator.lt,
        Order.AT_MOST: operator.le,
        Order.GREATER: operator.gt,
        Order.AT_LEAST: operator.ge,
    }
)
TEXT_TESTS: Mapping[Where, Callable[[str, str], bool]] = MappingProxyType(
    {
        Where.START: str.startswith,
        Where.END: str.endswith,
        Where.ANYWHERE: operator.contains,
    }
)

"""The typed tree: what a checked condition means, free of syntax; every back end reads this.

A value may be missing (None); a test never is: it is true or false for every record. Each node
keeps the place that it came from, so that an explanation can point at it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from ixia_config.rules.catalogue import Field, FieldType
from ixia_config.rules.tree import Span

Scalar = bool | int | Decimal | str | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class _Typed:
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Constant(_Typed):
    """A value that stands in the condition; 20% is 0.20, a duration is a timedelta."""

    value: Scalar
    type: FieldType


@dataclass(frozen=True, slots=True)
class FieldValue(_Typed):
    """A field of the record, or of a related record; missing where any step of the path is."""

    path: tuple[str, ...]
    declared: Field

    @property
    def type(self) -> FieldType:
        """The declared type."""
        return self.declared.type

    @property
    def name(self) -> str:
        """As the condition writes it."""
        return ".".join(self.path)


class Hand(StrEnum):
    """Which clock is read; both are arguments of the run."""

    NOW = "now"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Clock(_Typed):
    """The instant of the run, or its date in the zone of the run."""

    hand: Hand

    @property
    def type(self) -> FieldType:
        """An instant, or a date."""
        return FieldType.DATETIME if self.hand is Hand.NOW else FieldType.DATE


class Sign(StrEnum):
    """What is done to two values."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "*"


@dataclass(frozen=True, slots=True)
class Arithmetic(_Typed):
    """Exact; missing where a side is missing, or where a date leaves the years 1 to 9999."""

    sign: Sign
    left: Value
    right: Value
    type: FieldType


class Rounding(StrEnum):
    """How a quotient is rounded; up is away from zero, down is towards zero."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Quotient(_Typed):
    """``left / right`` rounded once to ``scale`` places; missing where the divisor is 0."""

    left: Value
    right: Value
    scale: int
    rounding: Rounding
    type: FieldType


@dataclass(frozen=True, slots=True)
class Size(_Typed):
    """Characters (code points) of a text, or the number of chosen values."""

    subject: Value

    @property
    def type(self) -> FieldType:
        """A whole number."""
        return FieldType.INTEGER


@dataclass(frozen=True, slots=True)
class Lower(_Typed):
    """The text with A to Z made small; other letters stay, so that every system agrees."""

    subject: Value

    @property
    def type(self) -> FieldType:
        """Text."""
        return FieldType.TEXT


@dataclass(frozen=True, slots=True)
class DaysBetween(_Typed):
    """Whole days from the first to the second: dates by calendar, instants by 24 hours (floor)."""

    start: Value
    end: Value

    @property
    def type(self) -> FieldType:
        """A whole number."""
        return FieldType.INTEGER


class Equality(StrEnum):
    """Equal or not; a missing value equals a missing value and nothing else."""

    SAME = "=="
    DIFFERENT = "!="


@dataclass(frozen=True, slots=True)
class Equal(_Typed):
    """``==`` or ``!=``."""

    relation: Equality
    left: Value | Test
    right: Value | Test


class Order(StrEnum):
    """Less or greater."""

    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Compare(_Typed):
    """An ordering test; false where a side is missing."""

    order: Order
    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class Listing:
    """A column of a list file, with the values that it has in this run."""

    file: str
    column: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class In(_Typed):
    """Membership; a missing value is in a list only where the list names a missing field."""

    subject: Value
    source: tuple[Value, ...] | Listing | FieldValue


class Where(StrEnum):
    """Where in a text another is looked for."""

    START = "startsWith"
    END = "endsWith"
    ANYWHERE = "contains"


@dataclass(frozen=True, slots=True)
class TextTest(_Typed):
    """Exact characters; false where a side is missing."""

    where: Where
    subject: Value
    part: Value


@dataclass(frozen=True, slots=True)
class Known(_Typed):
    """Whether the field has a value."""

    subject: FieldValue


@dataclass(frozen=True, slots=True)
class Truth(_Typed):
    """A yes/no field as a test, or ``true`` and ``false``; false where the field is missing."""

    subject: FieldValue | Constant


@dataclass(frozen=True, slots=True)
class Not(_Typed):
    """The exact complement."""

    operand: Test


@dataclass(frozen=True, slots=True)
class All(_Typed):
    """Every operand is true."""

    operands: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Any(_Typed):
    """At least one operand is true."""

    operands: tuple[Test, ...]


Value = Constant | FieldValue | Clock | Arithmetic | Quotient | Size | Lower | DaysBetween
Test = Equal | Compare | In | TextTest | Known | Truth | Not | All | Any
Meaning = Value | Test


def inside(node: Meaning) -> tuple[Meaning, ...]:
    """The nodes directly inside this one."""
    match node:
        case Constant() | FieldValue() | Clock():
            return ()
        case Arithmetic() | Quotient() | Equal() | Compare():
            return (node.left, node.right)
        case Size() | Lower() | Known() | Truth():
            return (node.subject,)
        case DaysBetween():
            return (node.start, node.end)
        case TextTest():
            return (node.subject, node.part)
        case In():
            return (node.subject, *_listed(node.source))
        case Not():
            return (node.operand,)
        case All() | Any():
            return node.operands


def _listed(source: tuple[Value, ...] | Listing | FieldValue) -> tuple[Value, ...]:
    match source:
        case Listing():
            return ()
        case FieldValue():
            return (source,)
        case tuple():
            return source


def within(node: Meaning) -> Iterator[Meaning]:
    """This node and every node inside it."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(inside(current))

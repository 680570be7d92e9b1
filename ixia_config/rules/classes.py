"""The class space: conditions as boxes over finite classes of each field's values.

A condition is first a set of boxes (an OR of ANDs); a box holds literals, each on one field. What
compares two fields, calculates or reads the clock stays opaque and is evaluated when it matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import product

from ixia_config.rules import exact, nodes
from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.describe import family
from ixia_config.rules.evaluate import TIMELESS, Closure, closure
from ixia_config.rules.nodes import (
    Clock,
    Compare,
    Constant,
    Equal,
    FieldValue,
    In,
    Known,
    Meaning,
    Not,
    Scalar,
    Test,
    within,
)
from ixia_config.rules.typed import Typed

MAX_BOXES = 64

Path = tuple[str, ...]
Ordered = int | Decimal | date | datetime | timedelta

_ORDERED = frozenset({"number", "money", "percent", "date", "datetime", "duration"})


@dataclass(frozen=True, slots=True)
class Literal:
    """A test, or its opposite."""

    test: Test
    holds: bool


@dataclass(frozen=True)
class Box:
    """Literals that must all hold: those on one field by its path, and the opaque ones."""

    rule: int
    fields: tuple[tuple[Path, tuple[Literal, ...]], ...]
    opaque: tuple[Literal, ...]


def boxes(typed: Typed, rule: int = 0) -> tuple[Box, ...]:
    """The boxes of a condition; one opaque box where they would be more than ``MAX_BOXES``."""
    found = _clauses(typed.root, holds=True)
    if found is None:
        return (Box(rule, (), (Literal(typed.root, holds=True),)),)
    return tuple(_box(rule, clause) for clause in found)


_Clauses = list[tuple[Literal, ...]]


def _clauses(test: Test, *, holds: bool) -> _Clauses | None:
    """An OR of ANDs of literals; None where it grows beyond the bound."""
    match test:
        case Not(operand=operand):
            return _clauses(operand, holds=not holds)
        case nodes.All(operands=operands) if holds:
            return _product(operands, holds=holds)
        case nodes.Any(operands=operands) if not holds:
            return _product(operands, holds=holds)
        case nodes.All(operands=operands) | nodes.Any(operands=operands):
            return _sum(operands, holds=holds)
        case _:
            return [(Literal(test, holds),)]


def _sum(operands: tuple[Test, ...], *, holds: bool) -> _Clauses | None:
    found: _Clauses = []
    for operand in operands:
        more = _clauses(operand, holds=holds)
        if more is None or len(found) + len(more) > MAX_BOXES:
            return None
        found += more
    return found


def _product(operands: tuple[Test, ...], *, holds: bool) -> _Clauses | None:
    found: _Clauses = [()]
    for operand in operands:
        more = _clauses(operand, holds=holds)
        if more is None or len(found) * len(more) > MAX_BOXES:
            return None
        found = [(*first, *second) for first, second in product(found, more)]
    return found


def _box(rule: int, clause: tuple[Literal, ...]) -> Box:
    fields: dict[Path, list[Literal]] = {}
    opaque: list[Literal] = []
    for literal in dict.fromkeys(clause):
        path = subject(literal.test)
        (opaque if path is None else fields.setdefault(path, [])).append(literal)
    return Box(rule, tuple((path, tuple(each)) for path, each in fields.items()), tuple(opaque))


def subject(test: Test) -> Path | None:
    """The one field whose class decides this test; None where there is no such field."""
    if any(isinstance(node, Clock) for node in within(test)):
        return None
    fields = {n.path: n for n in within(test) if isinstance(n, FieldValue)}
    if len(fields) != 1:
        return None
    path, field = next(iter(fields.items()))
    if family(field.type) in _ORDERED and cuts(test) is None:
        return None
    return path


def cuts(test: Test) -> tuple[Scalar, ...] | None:
    """The constants that one ordered field is compared with; None where more is done with it."""
    match test:
        case Known():
            return ()
        case Equal(left=FieldValue(), right=Constant(value=value)):
            return (value,)
        case Compare(left=FieldValue(), right=Constant(value=value)):
            return (value,)
        case Equal(left=Constant(value=value), right=FieldValue()):
            return (value,)
        case Compare(left=Constant(value=value), right=FieldValue()):
            return (value,)
        case In(subject=FieldValue(), source=tuple() as options):
            return _constants(options)
        case _:
            return None


def _constants(options: Iterable[Meaning]) -> tuple[Scalar, ...] | None:
    found = tuple(option.value if isinstance(option, Constant) else None for option in options)
    known = tuple(value for value in found if value is not None)
    return known if len(known) == len(found) else None


@dataclass(frozen=True)
class Axis:
    """One field of the space: every literal on it, from every box."""

    path: Path
    field: FieldValue
    tests: tuple[Test, ...]

    @property
    def ordered(self) -> bool:
        """Whether its classes are points and the intervals between them."""
        return family(self.field.type) in _ORDERED

    @cached_property
    def runs(self) -> tuple[Closure, ...]:
        """The tests as functions."""
        return tuple(map(closure, self.tests))

    @cached_property
    def predicates(self) -> tuple[Closure, ...]:
        """The tests that tell apart values which no test names."""
        return tuple(closure(test) for test in self.tests if cuts(test) is None)

    @cached_property
    def points(self) -> tuple[Ordered, ...]:
        """The cut points of an ordered field, in order."""
        values = {value for test in self.tests for value in cuts(test) or ()}
        if self.field.type in (FieldType.MONEY, FieldType.PERCENT, FieldType.DECIMAL):
            # Records hold decimals there, which compare with decimals four times as fast.
            values = {Decimal(value) for value in values if isinstance(value, int | Decimal)}
        return tuple(sorted(values))  # type: ignore[arg-type]  # one family, by the checker

    @cached_property
    def named(self) -> tuple[Scalar, ...]:
        """The values that tests on an unordered field name, its choices, and yes and no."""
        values = dict.fromkeys(value for test in self.tests for value in cuts(test) or ())
        values |= dict.fromkeys(self.field.declared.choices)
        if self.field.type is FieldType.BOOLEAN:
            values = dict.fromkeys((True, False))
        return () if self.field.type is FieldType.CHOICES else tuple(values)

    def truths(self, value: object) -> tuple[bool, ...]:
        """Which tests hold for this value of the field."""
        record = self.record(value)
        return tuple(run(record, TIMELESS) for run in self.runs)

    def signature(self, value: object) -> tuple[bool, ...]:
        """The truth vector of the predicates."""
        record = self.record(value)
        return tuple(run(record, TIMELESS) for run in self.predicates)

    def record(self, value: object) -> dict[str, object]:
        """A record that has only this field."""
        for step in reversed(self.path[1:]):
            value = {step: value}
        return {self.path[0]: value}

    def samples(self) -> Iterator[Ordered | None]:
        """A value of each interval and point, in order; None where an interval has none."""
        points = self.points
        for index, point in enumerate(points):
            yield _between(points[index - 1], point) if index else _end(point, -1)
            yield point
        if points:
            yield _end(points[-1], 1)


def axes(found: Iterable[Box]) -> tuple[Axis, ...]:
    """Every field that a box speaks of, with all its tests."""
    tests: dict[Path, dict[Test, None]] = {}
    for box in found:
        for path, literals in box.fields:
            tests.setdefault(path, {}).update(dict.fromkeys(each.test for each in literals))
    return tuple(Axis(path, _field(each), tuple(each)) for path, each in tests.items())


def _field(tests: Iterable[Test]) -> FieldValue:
    first = next(iter(tests))
    return next(node for node in within(first) if isinstance(node, FieldValue))


def _between(low: Ordered, high: Ordered) -> Ordered | None:
    """A value strictly between; None where the type has none there."""
    if isinstance(low, int | Decimal) and isinstance(high, int | Decimal):
        return exact.times(exact.plus(low, high), Decimal("0.5"))
    middle: Ordered = low + (high - low) / 2  # type: ignore[operator, assignment]  # one type
    return middle if middle != low else None


def _end(point: Ordered, sign: int) -> Ordered | None:
    """The last value before or behind every point; None where the point is the end itself."""
    if isinstance(point, int | Decimal):
        return exact.plus(point, sign)
    end: Ordered = type(point).max if sign > 0 else type(point).min
    if isinstance(end, datetime):
        end = end.replace(tzinfo=UTC)
    return None if end == point else end

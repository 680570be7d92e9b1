"""Conditions over few values: what they ask of a row, so that equal rows are decided once.

Fifty rules ask little of a record: which region, which of five sizes. Rows are put together by
those answers first, each field cut at the values that some condition names; the conditions are
then decided for each of the few combinations instead of for each row, with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import prod

from ixia_config.rules.catalogue import Field, FieldType
from ixia_config.rules.classes import Axis, Path, cuts, subject
from ixia_config.rules.nodes import (
    All,
    Any,
    Compare,
    Constant,
    FieldValue,
    In,
    Not,
    Order,
    Test,
    Truth,
    within,
)
from ixia_config.rules.tree import Span
from ixia_config.rules.typed import Typed

_HERE = Span(0, 0)
_LISTED = (FieldType.CHOICE, FieldType.BOOLEAN)
_NAMED = (FieldType.TEXT, FieldType.PERSON, FieldType.REFERENCE)


@dataclass(frozen=True, slots=True)
class Cut:
    """An ordered field in classes: the one behind the last start that a value has reached.

    ``starts`` are tests, lowest first. A missing value is of the lowest class where every condition
    takes it as one of those, else of a class of its own, the last.
    """

    field: FieldValue
    starts: tuple[Compare, ...]
    apart: bool

    @property
    def size(self) -> int:
        """How many classes there are."""
        return len(self.starts) + 1 + self.apart


@dataclass(frozen=True, slots=True)
class Fold:
    """What to group rows by.

    ``kept`` are fields with few values, as they are; ``named`` texts of which only these values
    count; ``cut`` ordered fields; ``asked`` tests that are answered row by row.
    """

    kept: Mapping[str, FieldValue]
    named: Mapping[str, tuple[FieldValue, tuple[str, ...]]]
    cut: tuple[Cut, ...]
    asked: tuple[Test, ...]
    answers: Mapping[Test, Test]

    @property
    def size(self) -> int:
        """The most combinations that there can be, fields kept for other reasons aside."""
        return prod(
            (
                *(len(each.declared.choices) + 3 for each in self.kept.values()),
                *(len(values) + 2 for _, values in self.named.values()),
                *(each.size for each in self.cut),
                *(2 for _ in self.asked),
            )
        )

    def over(self, typed: Typed) -> Typed:
        """A condition with the same answer, asked of a combination."""
        return Typed.of(typed.text, typed.record, self._over(typed.root))

    def _over(self, test: Test) -> Test:
        match test:
            case Not(operand=operand):
                return replace(test, operand=self._over(operand))
            case All(operands=operands) | Any(operands=operands):
                return replace(test, operands=tuple(map(self._over, operands)))
            case _:
                return self.answers.get(test, test)


NO_FOLD = Fold({}, {}, (), (), {})
"""Conditions that are asked of the rows themselves."""


@dataclass(slots=True)
class _Folding:
    """A fold in the making: the tests of conditions, by the way in which each is answered."""

    kept: dict[str, FieldValue] = field(default_factory=dict)
    named: dict[str, tuple[FieldValue, tuple[str, ...]]] = field(default_factory=dict)
    ordered: dict[Path, tuple[FieldValue, dict[Test, None]]] = field(default_factory=dict)
    asked: dict[Test, None] = field(default_factory=dict)

    def see(self, test: Test, raw: frozenset[str]) -> None:
        """One test; fields of ``raw`` are told as they are anyway."""
        if all(each.name in raw for each in _fields(test)):
            return
        path, known = subject(test), cuts(test)
        of = next(_fields(test), None)
        if path is None or of is None:
            self.asked[test] = None
        elif of.type in _LISTED:
            self.kept[of.name] = of
        elif known is None or (of.type in _NAMED and not all(isinstance(v, str) for v in known)):
            self.asked[test] = None
        elif of.type in _NAMED:
            before = self.named.get(of.name, (of, ()))[1]
            self.named[of.name] = of, tuple(dict.fromkeys((*before, *map(str, known))))
        elif of.type is FieldType.CHOICES:
            self.asked[test] = None
        else:
            self.ordered.setdefault(path, (of, {}))[1][test] = None


def fold(conditions: Iterable[Typed], raw: frozenset[str] = frozenset()) -> Fold:
    """What these conditions ask of a row; the values of ``raw`` fields stay as they are."""
    found = _Folding()
    for typed in conditions:
        for test in _leaves(typed.root):
            found.see(test, raw)
    answers: dict[Test, Test] = {}
    cut: list[Cut] = []
    for number, (path, (of, tests)) in enumerate(found.ordered.items()):
        made, meant = _cut(Axis(path, of, tuple(tests)), class_name(number))
        cut.append(made)
        answers |= meant
    for number, test in enumerate(found.asked):
        told = FieldValue(_HERE, (answer_name(number),), Field(FieldType.BOOLEAN))
        answers[test] = Truth(_HERE, told)
    return Fold(found.kept, found.named, tuple(cut), tuple(found.asked), answers)


def class_name(number: int) -> str:
    """The column with the class of an ordered field."""
    return f"ixia_class{number}"


def answer_name(number: int) -> str:
    """The column with the answer to a test."""
    return f"ixia_answer{number}"


def listed(of: FieldValue, values: Iterable[str]) -> Test:
    """Whether a field has one of these texts."""
    return In(of.span, of, tuple(Constant(of.span, each, of.type) for each in values))


def _leaves(test: Test) -> Iterator[Test]:
    match test:
        case Not(operand=operand):
            yield from _leaves(operand)
        case All(operands=operands) | Any(operands=operands):
            for each in operands:
                yield from _leaves(each)
        case _:
            yield test


def _fields(test: Test) -> Iterator[FieldValue]:
    return (node for node in within(test) if isinstance(node, FieldValue))


def _cut(axis: Axis, name: str) -> tuple[Cut, dict[Test, Test]]:
    """The classes of an ordered field, and each of its tests as a question about the class."""
    truths: list[tuple[bool, ...]] = []
    starts: list[Compare] = []
    for start, sample in _samples(axis):
        found = axis.truths(sample)
        if truths and found != truths[-1]:
            starts.append(start)
        if not truths or found != truths[-1]:
            truths.append(found)
    missing = axis.truths(None)
    apart = missing != truths[0]
    if apart:
        truths.append(missing)
    told = FieldValue(_HERE, (name,), Field(FieldType.INTEGER))
    answers = {
        test: _one_of(told, [place for place, each in enumerate(truths) if each[number]])
        for number, test in enumerate(axis.tests)
    }
    return Cut(axis.field, tuple(starts), apart), answers


def _samples(axis: Axis) -> Iterator[tuple[Compare, object]]:
    """A value of each interval and point, in order, with the test that holds from there on."""
    points = axis.points or (0,)  # without any, only whether there is a value is asked
    for place, sample in enumerate(axis.samples() if axis.points else points):
        if sample is not None:
            # The lowest interval has no start, and nobody asks for the one that it is given here.
            constant = Constant(_HERE, points[max(place - 1, 0) // 2], axis.field.type)
            order = Order.AT_LEAST if place % 2 else Order.GREATER
            yield Compare(_HERE, order, axis.field, constant), sample


def _one_of(told: FieldValue, classes: list[int]) -> Test:
    if not classes:
        return Truth(_HERE, Constant(_HERE, value=False, type=FieldType.BOOLEAN))
    return In(_HERE, told, tuple(Constant(_HERE, each, FieldType.INTEGER) for each in classes))

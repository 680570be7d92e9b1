"""Which conditions imply, exclude or overlap each other, field by field, without a solver.

Each field is cut into the classes that the conditions tell apart; a box is then a bitmask of
classes for each field. What is found is certain. What needs several rules together, arithmetic or
two fields at once is not looked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor

from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.classes import Axis, Box, Literal, Path, axes, boxes
from ixia_config.rules.evaluate import TIMELESS, closure
from ixia_config.rules.nodes import Clock, FieldValue, within
from ixia_config.rules.typed import Typed

_MOST = 2_000  # boxes; pairs of more would take seconds


@dataclass(frozen=True, slots=True)
class _Region:
    """A box as classes; ``loose`` are literals whose classes cannot be listed."""

    masks: Mapping[Path, int]
    loose: frozenset[Literal]

    @property
    def empty(self) -> bool:
        return not all(self.masks.values()) or _torn(self.loose)

    def inside(self, other: _Region) -> bool:
        """Whether every record here is certainly there, too."""
        return other.loose <= self.loose and all(
            path in self.masks and not self.masks[path] & ~mask
            for path, mask in other.masks.items()
        )

    def meets(self, other: _Region) -> bool:
        """Whether some record is certainly in both: nothing loose stands in the way."""
        if self.loose or other.loose:
            return False
        shared = self.masks.keys() & other.masks.keys()
        return all(self.masks[path] & other.masks[path] for path in shared)


def _torn(literals: Iterable[Literal]) -> bool:
    """Whether a test and its opposite are both asked for."""
    seen: dict[object, bool] = {}
    return any(seen.setdefault(each.test, each.holds) is not each.holds for each in literals)


@dataclass(frozen=True, slots=True)
class Relations:
    """Conditions by their position: those that never hold, and pairs of an earlier and a later."""

    never: tuple[int, ...]
    implied: tuple[tuple[int, int], ...]
    """Of each condition that implies an earlier one: itself and the first such"""
    overlapping: tuple[tuple[int, int], ...]
    """Of each condition that overlaps an earlier one: itself and the first such"""


def relations(conditions: Sequence[Typed]) -> Relations:
    """What holds between conditions on one type of record; nothing for too many."""
    every = [boxes(condition, number) for number, condition in enumerate(conditions)]
    if sum(map(len, every)) > _MOST:
        return Relations((), (), ())
    known = {axis.path: _Classes.of(axis) for axis in axes(box for each in every for box in each)}
    regions = [
        [region for box in each if not (region := _region(box, known)).empty] for each in every
    ]
    return Relations(
        never=tuple(number for number, each in enumerate(regions) if not each),
        implied=tuple(_pairs(regions, _inside)),
        overlapping=tuple(_pairs(regions, _meet)),
    )


_Regions = Sequence[_Region]


def _pairs(
    regions: Sequence[_Regions], related: Callable[[_Regions, _Regions], bool]
) -> Iterator[tuple[int, int]]:
    for later, here in enumerate(regions):
        if here:
            earlier = next((n for n in range(later) if related(here, regions[n])), None)
            if earlier is not None:
                yield later, earlier


def _inside(later: _Regions, earlier: _Regions) -> bool:
    return all(any(one.inside(other) for other in earlier) for one in later)


def _meet(later: _Regions, earlier: _Regions) -> bool:
    return any(one.meets(other) for one in later for other in earlier)


@dataclass(frozen=True, slots=True)
class _Classes:
    """The classes of one field; none where they cannot be listed."""

    axis: Axis
    truths: tuple[tuple[bool, ...], ...]

    @classmethod
    def of(cls, axis: Axis) -> _Classes:
        return cls(axis, tuple(axis.truths(value) for value in _values(axis)))

    def mask(self, literals: Iterable[Literal]) -> int:
        """The classes in which all these literals hold."""
        places = [(self.axis.tests.index(each.test), each.holds) for each in literals]
        return sum(
            1 << bit
            for bit, truths in enumerate(self.truths)
            if all(truths[place] is holds for place, holds in places)
        )


def _values(axis: Axis) -> Iterator[object]:
    """A value of each class of a field, the missing one first; nothing where there is no end."""
    if axis.field.type is FieldType.REFERENCE:
        yield from (None, {})
    elif axis.ordered:
        yield None
        yield from (each for each in _samples(axis) if each is not None)
    elif not axis.predicates and axis.field.type is not FieldType.CHOICES:
        yield from (None, *axis.named)
        if not axis.field.declared.choices and axis.field.type is not FieldType.BOOLEAN:
            yield "".join(map(str, axis.named)) + "x"


def _samples(axis: Axis) -> Iterator[object]:
    """A value of each class of an ordered field; of whole numbers only those that are whole."""
    if not axis.points:
        yield 0
    for sample in axis.samples():
        if isinstance(sample, Decimal) and axis.field.type is FieldType.INTEGER:
            yield _whole(axis, sample)
        else:
            yield sample


def _whole(axis: Axis, sample: Decimal) -> int | None:
    """The whole number below, where it lies between the same points."""
    whole = floor(sample)
    between = bisect_left(axis.points, whole) == bisect_left(axis.points, sample)
    return whole if whole == sample or (between and whole not in axis.points) else None


def _constant(literal: Literal) -> bool:
    """Whether a test asks nothing of the record."""
    return not any(isinstance(node, FieldValue | Clock) for node in within(literal.test))


def _region(box: Box, known: Mapping[Path, _Classes]) -> _Region:
    masks: dict[Path, int] = {}
    loose = {literal for literal in box.opaque if not _constant(literal)}
    for literal in box.opaque:
        if _constant(literal) and closure(literal.test)({}, TIMELESS) is not literal.holds:
            masks[()] = 0  # no record is here
    for path, literals in box.fields:
        classes = known[path]
        if classes.truths:
            masks[path] = classes.mask(literals)
        else:
            loose.update(literals)
    return _Region(masks, frozenset(loose))

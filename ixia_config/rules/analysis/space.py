"""The space of all records as one grid: conditions become boxes, each a single big integer.

A box has one bit for each class of each dimension, and a spare bit behind each dimension, so that
whether two boxes share a record is one AND, one addition and one comparison. Tests that are no
field's own are dimensions as if they were free: the grid has every record, and perhaps cells
without one. So what is empty in the grid is empty; a cell that is not is shown by a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import prod

from ixia_config.rules import nodes
from ixia_config.rules.analysis.atoms import PAIRED, compound, constant, dimensions
from ixia_config.rules.analysis.axis import Axis, listed
from ixia_config.rules.analysis.findings import Domain
from ixia_config.rules.catalogue import Field, FieldType
from ixia_config.rules.evaluate import TIMELESS, closure
from ixia_config.rules.nodes import Equal, Equality, FieldValue, Not, Test
from ixia_config.rules.tree import Span
from ixia_config.rules.typed import Typed

MOST_BOXES = 256

Boxes = tuple[int, ...]


class TooWide(Exception):  # noqa: N818  # a bound, not a fault
    """A condition that needs too many boxes; it is taken as one test."""


@dataclass(frozen=True)
class Space:
    """The dimensions and where each begins in a box; ``forbidden`` are boxes without a record."""

    axes: tuple[Axis, ...]
    wholes: tuple[int, ...]
    shifts: tuple[int, ...]
    whole: int
    guards: int
    literals: Mapping[Test, tuple[Boxes, Boxes]]
    compound: bool = False
    forbidden: Boxes = ()

    @classmethod
    def of(cls, axes: Sequence[Axis]) -> Space:
        """A grid of these dimensions."""
        *shifts, _ = accumulate((len(axis.cells) + 1 for axis in axes), initial=0)
        whole = sum(axis.whole << at for axis, at in zip(axes, shifts, strict=True))
        guards = sum((axis.whole + 1) << at for axis, at in zip(axes, shifts, strict=True))
        wholes = tuple(axis.whole for axis in axes)
        empty = cls(tuple(axes), wholes, tuple(shifts), whole, guards, {})
        literals = {
            test: (empty.literal(number, axis.whole & ~mask), empty.literal(number, mask))
            for number, axis in enumerate(axes)
            for test, mask in axis.masks.items()
        }
        return replace(empty, literals=literals, compound=any(map(compound, literals)))

    def literal(self, axis: int, mask: int) -> Boxes:
        """The box of some classes of one dimension; none for no class."""
        return (self.box({axis: mask}),) if mask else ()

    def real(self, box: int) -> bool:
        """Whether a box has a class on every dimension."""
        return (box + self.whole) & self.guards == self.guards

    def size(self, box: int) -> int:
        """How many cells a box has."""
        return prod(self.side(box, axis).bit_count() for axis in range(len(self.axes)))

    def side(self, box: int, axis: int) -> int:
        """The classes of a box on one dimension."""
        return box >> self.shifts[axis] & self.wholes[axis]

    def cut(self, box: int, axis: int, mask: int) -> int:
        """The part of a box whose class on a dimension is in a mask."""
        rest = self.wholes[axis] & ~mask
        return box & ~(rest << self.shifts[axis])

    def box(self, sides: Mapping[int, int]) -> int:
        """The box with these classes, free on all other dimensions."""
        found = self.whole
        for axis, mask in sides.items():
            found = self.cut(found, axis, mask)
        return found

    def sides(self, box: int) -> tuple[tuple[int, int], ...]:
        """The dimensions on which a box is not free, each with its classes."""
        odd, found = box ^ self.whole, []
        for axis, (at, whole) in enumerate(zip(self.shifts, self.wholes, strict=True)):
            if odd >> at & whole:
                found.append((axis, box >> at & whole))
        return tuple(found)

    def exact(self, box: int) -> bool:
        """Whether a box asks of fields only what their own values decide."""
        return all(self.axes[axis].path for axis, _ in self.sides(box))

    def boxes(self, test: Test, *, holds: bool = True) -> Boxes:
        """The boxes where a test holds, or where it does not; TooWide for too many."""
        if compound(test) and not (self.compound and test in self.literals):
            return self._joined(test, holds=holds)
        known = self.literals.get(test)
        if known is not None:
            return known[holds]
        if constant(test):
            return (self.whole,) if bool(closure(test)({}, TIMELESS)) is holds else ()
        raise AssertionError("a test without a dimension")

    def _joined(self, test: Test, *, holds: bool) -> Boxes:
        match test:
            case Not(operand=operand):
                return self.boxes(operand, holds=not holds)
            case nodes.All(operands=operands) | nodes.Any(operands=operands):
                each = [self.boxes(operand, holds=holds) for operand in operands]
                both = isinstance(test, nodes.All) is holds
                return self._product(each) if both else self._sum(each)
            case Equal() if isinstance(test.left, Test) and isinstance(test.right, Test):
                same = (test.relation is Equality.SAME) is holds
                one = [self.boxes(test.left), self.boxes(test.right, holds=same)]
                other = [self.boxes(test.left, holds=False), self.boxes(test.right, holds=not same)]
                return self._sum([self._product(one), self._product(other)])
            case _:
                raise AssertionError("nothing is joined")

    def _sum(self, each: Iterable[Boxes]) -> Boxes:
        found: list[int] = []
        for boxes in each:
            for box in boxes:
                self._add(found, box)
            if len(found) > MOST_BOXES:
                raise TooWide
        return tuple(found)

    def _product(self, each: Sequence[Boxes]) -> Boxes:
        found: Boxes = (self.whole,)
        for boxes in each:
            made: list[int] = []
            for one in found:
                for other in boxes:
                    if self.real(one & other):
                        self._add(made, one & other)
                if len(made) > MOST_BOXES:
                    raise TooWide
            found = tuple(made)
        return found

    def _add(self, found: list[int], box: int) -> None:
        """Keep a box unless another has it all; two that differ in one dimension become one."""
        for place, other in enumerate(found):
            if box | other == other:
                return
            if box | other == box or self.one_apart(box, other):
                del found[place]
                self._add(found, box | other)
                return
        found.append(box)

    def one_apart(self, one: int, other: int) -> bool:
        """Whether two boxes differ in one dimension only."""
        odd = one ^ other
        if not odd:
            return False
        below = self.guards & ((odd & -odd) - 1)
        start = below.bit_length()
        rest = odd >> start
        end = self.guards >> start
        return rest < (end & -end)


def space(conditions: Sequence[Typed], domain: Domain) -> tuple[Space, tuple[Boxes, ...]]:
    """The grid of these conditions and the boxes of each."""
    apart: frozenset[Test] = frozenset()
    every = (*conditions, *domain.given)
    while True:
        grid = Space.of(_with_records(dimensions(every, domain, apart), domain))
        found: list[Boxes] = []
        wide: set[Test] = set()
        for typed in every:
            try:
                found.append(grid.boxes(typed.root))
            except TooWide:
                wide.add(typed.root)
        if not wide:
            break
        apart |= wide
    forbidden = (*_linked(grid, domain), *_excluded(grid, domain))
    return replace(grid, forbidden=forbidden), tuple(found[: len(conditions)])


def _excluded(grid: Space, domain: Domain) -> Iterator[int]:
    """Where something that is given does not hold."""
    for typed in domain.given:
        try:
            yield from grid.boxes(typed.root, holds=False)
        except TooWide:
            continue  # less is known: nothing wrong is claimed


def _with_records(axes: Sequence[Axis], domain: Domain) -> tuple[Axis, ...]:
    """The dimensions, and whether a related record is there at all where a field needs it."""
    paths = {axis.path for axis in axes}
    needed = {
        axis.path[:length]
        for axis in axes
        for length in range(1, len(axis.path))
        if axis.name in domain.required
    }
    made = []
    for path in sorted(needed - paths):
        reference = FieldValue(Span(0, 0), path, Field(FieldType.REFERENCE))
        optional = ".".join(path) not in domain.required
        made.append(listed(reference, reference.name, (), (({}, "known"),), optional=optional))
    return (*axes, *made)


def _linked(grid: Space, domain: Domain) -> Iterator[int]:
    """Cells that contradict themselves: a field of a missing record, a sum of a missing field."""
    by_path = {axis.path: number for number, axis in enumerate(grid.axes) if axis.path}
    for number, axis in enumerate(grid.axes):
        for length in range(1, len(axis.path)):
            above = by_path.get(axis.path[:length])
            if above is not None:
                yield from _related(grid, above, number, domain)
        if not axis.path:
            yield from _calculated(grid, number, by_path)


def _related(grid: Space, above: int, number: int, domain: Domain) -> Iterator[int]:
    record, axis = grid.axes[above], grid.axes[number]
    if record.missing and axis.whole & ~axis.missing:
        yield grid.box({above: record.missing, number: axis.whole & ~axis.missing})
    known = record.whole & ~record.missing
    if axis.name in domain.required and axis.missing and known:
        yield grid.box({above: known, number: axis.missing})


def _calculated(grid: Space, number: int, by_path: Mapping[tuple[str, ...], int]) -> Iterator[int]:
    """A calculated value is there only where every field it reads is."""
    axis = grid.axes[number]
    there = _there(axis)
    for path in axis.reads:
        field = by_path.get(path)
        if there and field is not None and grid.axes[field].missing:
            yield grid.box({number: there, field: grid.axes[field].missing})


def _there(axis: Axis) -> int:
    """The classes in which what is calculated has a value."""
    if tuple(cell.value for cell in axis.cells) == PAIRED:
        return 0b11100
    return axis.whole & ~axis.missing if axis.missing else 0

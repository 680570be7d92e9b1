"""One dimension of the space of records: a field's values, cut into the classes that tests tell.

Class by class there is a value to show and words for it. What is no field (a sum, two fields side
by side, a test that nothing is known of) is a dimension, too, without values to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ixia_config.rules.analysis.findings import Bound, Domain
from ixia_config.rules.analysis.interval import (
    Interval,
    outside,
    pieces,
    readable,
    realised,
    words,
)
from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.classes import cuts
from ixia_config.rules.evaluate import TIMELESS, closure
from ixia_config.rules.nodes import Compare, Constant, Equal, Equality, FieldValue, In, Order, Test

MISSING = "missing"
OTHER = "anything else"


@dataclass(frozen=True, slots=True)
class Cell:
    """One class of values: one of them, what to call them, and their stretch where ordered."""

    value: Any
    words: str
    interval: Interval | None = None

    @property
    def missing(self) -> bool:
        """Whether this is the absence of a value."""
        return self.value is None


@dataclass(frozen=True)
class Axis:
    """A dimension; bit n of a mask is its class n. ``masks`` has the classes of each test.

    ``path`` is empty where the dimension is no field; ``reads`` are the fields that decide it.
    """

    name: str
    path: tuple[str, ...]
    type: FieldType
    cells: tuple[Cell, ...]
    masks: Mapping[Test, int]
    reads: frozenset[tuple[str, ...]]
    declared: FieldValue | None = None

    @property
    def whole(self) -> int:
        """Every class."""
        return (1 << len(self.cells)) - 1

    @property
    def missing(self) -> int:
        """The class of no value; 0 where there is none."""
        return sum(1 << place for place, cell in enumerate(self.cells) if cell.missing)

    def of(self, mask: int) -> tuple[Cell, ...]:
        """The classes of a mask, in order."""
        return tuple(cell for place, cell in enumerate(self.cells) if mask >> place & 1)

    def said(self, mask: int) -> str:
        """The values of a mask in words."""
        chosen = self.of(mask)
        if any(cell.interval for cell in self.cells):
            return _either([*_stretches(self, mask), *(c.words for c in chosen if c.missing)])
        rest = self.of(self.whole & ~mask)
        if (
            len(rest) < len(chosen)
            and len(self.cells) > 3
            and not any(c.words == OTHER for c in rest)
        ):
            return f"not {_either([cell.words for cell in rest])}"
        return _either(
            [c.words for c in chosen if not c.missing] + [MISSING] * bool(mask & self.missing)
        )


def _either(options: Sequence[str]) -> str:
    *first, last = options
    return f"{', '.join(first)} or {last}" if first else last


def _stretches(axis: Axis, mask: int) -> Iterator[str]:
    """Neighbouring classes of an ordered dimension as one stretch."""
    current: Interval | None = None
    for place, cell in enumerate(axis.cells):
        if cell.interval and mask >> place & 1:
            current = current.joined(cell.interval) if current else cell.interval
        elif current:
            yield words(current, axis.type)
            current = None
    if current:
        yield words(current, axis.type)


def ordered(
    name: str,
    path: tuple[str, ...],
    of: FieldType,
    tests: Iterable[Test],
    reads: frozenset[tuple[str, ...]],
    domain: Domain,
    declared: FieldValue | None = None,
) -> Axis:
    """A dimension of numbers, dates or durations: each test compares it with constants."""
    every = tuple(tests)
    least, most = domain.minimum.get(name), domain.maximum.get(name)
    values: Any = {value for test in every for value in cut_points(test)}
    values |= {bound for bound in (least, most) if bound is not None}
    points: tuple[Bound, ...] = tuple(sorted(values))
    raw = [None, *pieces(points)]
    kept = _kept(
        raw, of, domain.scales.get(name), least, most, optional=name not in domain.required
    )
    masks = {test: _ordered_mask(test, points, len(raw)) for test in every}
    groups = _groups(kept, tuple(masks.values()))
    cells = tuple(_ordered_cell([kept[place] for place in each], of) for each in groups)
    packed = {test: _packed(mask, groups) for test, mask in masks.items()}
    return Axis(name, path, of, cells, packed, reads, declared)


def cut_points(test: Test) -> tuple[Any, ...]:
    """The constants that a test compares its one ordered side with."""
    match test:
        case Equal(left=Constant(value=value)) | Compare(left=Constant(value=value)):
            return (value,)
        case Equal(right=Constant(value=value)) | Compare(right=Constant(value=value)):
            return (value,)
        case In(source=tuple() as options):
            return tuple(each.value for each in options if isinstance(each, Constant))
        case _:
            return cuts(test) or ()


_Kept = dict[int, Interval | None]


def _kept(
    raw: Sequence[Interval | None],
    of: FieldType,
    scale: int | None,
    least: Bound | None,
    most: Bound | None,
    *,
    optional: bool,
) -> _Kept:
    """The pieces in which a value can lie, by their place; the missing value is at 0."""
    found: _Kept = {0: None} if optional else {}
    for place, piece in enumerate(raw):
        if piece is not None and not outside(piece, least, most):
            real = realised(piece, of, scale)
            if real is not None:
                found[place] = real
    return found


def _ordered_mask(test: Test, points: Sequence[Bound], size: int) -> int:
    """The pieces where a test holds: 0 is the missing value, then intervals and points in turn."""
    place: dict[Any, int] = {point: 2 + 2 * number for number, point in enumerate(points)}
    whole = (1 << size) - 1
    match test:
        case Compare(order=order, left=Constant(value=value)):
            return _from(_MIRRORED[order], place[value], whole)
        case Compare(order=order, right=Constant(value=value)):
            return _from(order, place[value], whole)
        case Equal(relation=relation):
            bit = 1 << place[cut_points(test)[0]]
            return bit if relation is Equality.SAME else whole & ~bit
        case In():
            return sum(1 << at for at in {place[value] for value in cut_points(test)})
        case _:  # known
            return whole & ~1


_MIRRORED = {
    Order.LESS: Order.GREATER,
    Order.AT_MOST: Order.AT_LEAST,
    Order.GREATER: Order.LESS,
    Order.AT_LEAST: Order.AT_MOST,
}


def _from(order: Order, place: int, whole: int) -> int:
    below = ((1 << place) - 1) & ~1
    match order:
        case Order.LESS:
            return below
        case Order.AT_MOST:
            return below | 1 << place
        case Order.GREATER:
            return whole & ~below & ~(1 << place) & ~1
        case Order.AT_LEAST:
            return whole & ~below & ~1


def _groups(kept: _Kept, masks: Sequence[int]) -> list[list[int]]:
    """Neighbouring pieces that no test tells apart, together."""
    borders = 0  # bit n: some test tells piece n from piece n + 1
    for mask in masks:
        borders |= mask ^ mask >> 1
    groups: list[list[int]] = []
    for place in kept:
        last = groups[-1][-1] if groups else 0
        if last and not _parted(borders, masks, last, place):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _parted(borders: int, masks: Sequence[int], one: int, other: int) -> bool:
    if other == one + 1:
        return bool(borders >> one & 1)
    return any((mask >> one ^ mask >> other) & 1 for mask in masks)


def _packed(mask: int, groups: Sequence[Sequence[int]]) -> int:
    return sum(1 << number for number, group in enumerate(groups) if mask >> group[0] & 1)


def _ordered_cell(group: Sequence[Interval | None], of: FieldType) -> Cell:
    first, last = group[0], group[-1]
    if first is None or last is None:
        return Cell(None, MISSING)
    whole = first.joined(last)
    return Cell(readable(whole, of), words(whole, of), whole)


def listed(
    declared: FieldValue,
    name: str,
    tests: Iterable[Test],
    values: Iterable[tuple[Any, str]],
    *,
    optional: bool,
) -> Axis:
    """A dimension whose values are given with their words; those that no test tells are one."""
    every = tuple(tests)
    runs = [closure(test) for test in every]
    found: dict[tuple[bool, ...], list[tuple[Any, str]]] = {}
    for value, said in [*([(None, MISSING)] if optional else []), *values]:
        record = nested(declared.path, value)
        vector = (value is None, *(bool(run(record, TIMELESS)) for run in runs))
        found.setdefault(vector, []).append((value, said))
    cells = tuple(_listed_cell(members) for members in found.values())
    masks = {
        test: sum(1 << place for place, vector in enumerate(found) if vector[number + 1])
        for number, test in enumerate(every)
    }
    reads = frozenset({declared.path})
    return Axis(name, declared.path, declared.type, cells, masks, reads, declared)


def _listed_cell(members: Sequence[tuple[Any, str]]) -> Cell:
    """Its first value; the words name some, or say that it is the rest."""
    value = members[0][0]
    said = [words for _, words in members]
    return Cell(value, OTHER if OTHER in said else _some(said))


def _some(said: Sequence[str]) -> str:
    rest = len(said) - _MOST_NAMED
    return f"{', '.join(said[:_MOST_NAMED])} or {rest} others" if rest > 1 else _either(said)


_MOST_NAMED = 6


def nested(path: Sequence[str], value: object) -> dict[str, Any]:
    """A record that has only this field."""
    for step in reversed(path[1:]):
        value = {step: value}
    return {path[0]: value}

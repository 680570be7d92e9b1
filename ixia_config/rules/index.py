"""The rule index: which of many rules a record meets, by one table lookup for each field.

Every box of every rule is one bit of a big integer. For each field the value's class gives the
boxes that it leaves possible; what is left after all fields are boxes that match, up to their
opaque literals. The lowest bit belongs to the first rule.
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.classes import Axis, Box, Literal, Ordered, Path, axes, boxes
from ixia_config.rules.evaluate import TIMELESS, Closure, Moment, closure
from ixia_config.rules.typed import Typed

_REMEMBERED = 100_000
Lookup = Callable[[Mapping[str, Any]], int]


@dataclass(frozen=True)
class RuleIndex:
    """Rules in order, ready to be asked; answers are positions in that order."""

    size: int
    owners: tuple[int, ...]
    possible: Lookup
    opaque: Mapping[int, tuple[tuple[Closure, bool], ...]]
    clocked: bool

    def first(self, record: Mapping[str, Any], now: datetime | None = None) -> int | None:
        """The first rule that the record meets."""
        mask = self.possible(record)
        if not mask:
            return None
        if not self.opaque:
            return self.owners[(mask & -mask).bit_length() - 1]
        return next(self.matches(record, mask, self.moment(now)), None)

    def all(self, record: Mapping[str, Any], now: datetime | None = None) -> tuple[int, ...]:
        """Every rule that the record meets, in order."""
        found = self.matches(record, self.possible(record), self.moment(now))
        return tuple(dict.fromkeys(found))

    def matches(self, record: Mapping[str, Any], mask: int, moment: Moment) -> Iterator[int]:
        """The rules of the boxes in a mask whose opaque literals hold, too."""
        while mask:
            lowest = mask & -mask
            box = lowest.bit_length() - 1
            if all(run(record, moment) is holds for run, holds in self.opaque.get(box, ())):
                yield self.owners[box]
            mask ^= lowest

    def moment(self, now: datetime | None) -> Moment:
        """The clock for rules that read it."""
        if not self.clocked:
            return TIMELESS
        if now is None:
            raise ValueError("these rules read the clock: pass now")
        return Moment.of(now)


def index(rules: Sequence[Typed]) -> RuleIndex:
    """An index of rules; the work grows with the rules and their cut points, not with records."""
    found = [box for number, typed in enumerate(rules) for box in boxes(typed, number)]
    lookups = [(axis.path, _lookup(axis, Masks(axis, found))) for axis in axes(found)]
    return RuleIndex(
        size=len(rules),
        owners=tuple(box.rule for box in found),
        possible=_possible(lookups, (1 << len(found)) - 1),
        opaque={number: _runs(box.opaque) for number, box in enumerate(found) if box.opaque},
        clocked=any(typed.clocked for typed in rules),
    )


def _possible(lookups: Sequence[tuple[Path, _Lookup]], everything: int) -> Lookup:
    """The boxes that no field rules out, as one generated function: a loop takes twice as long.

    As in ``compile``, the source is this module's own words and field names through ``repr``.
    """
    tables = [place for place, (_, lookup) in enumerate(lookups) if isinstance(lookup, _Table)]
    others = [place for place in range(len(lookups)) if place not in tables]
    namespace: dict[str, Any] = {"everything": everything, "bisect": bisect}
    lines = ["def possible(record):", "    get, mask = record.get, everything"]
    for place in (*tables, *others):
        path, lookup = lookups[place]
        lines += lookup.lines(_getter(path), place)
        namespace |= lookup.names(place)
    lines.append("    return mask")
    exec(compile("\n".join(lines), "<index>", "exec"), namespace)  # noqa: S102  # only our words
    possible: Lookup = namespace["possible"]
    return possible


def _getter(path: Path) -> str:
    first, *rest = path
    text = f"get({first!r})"
    for step in rest:
        text = f"(None if (far := {text}) is None else far.get({step!r}))"
    return text


def _runs(literals: Iterable[Literal]) -> tuple[tuple[Closure, bool], ...]:
    return tuple((closure(literal.test), literal.holds) for literal in literals)


class Masks:
    """The boxes that a value of one field leaves possible."""

    def __init__(self, axis: Axis, found: Sequence[Box]) -> None:
        self.axis = axis
        self.free = 0
        self.asked: list[tuple[int, tuple[tuple[int, bool], ...]]] = []
        places = {test: place for place, test in enumerate(axis.tests)}
        for number, box in enumerate(found):
            literals = dict(box.fields).get(axis.path)
            if literals is None:
                self.free |= 1 << number
            else:
                wanted = tuple((places[each.test], each.holds) for each in literals)
                self.asked.append((1 << number, wanted))

    def of(self, value: object) -> int:
        """One bit for each box that this value leaves possible, the first box lowest."""
        truths = self.axis.truths(value)
        mask = self.free
        for bit, wanted in self.asked:
            if all(truths[place] is holds for place, holds in wanted):
                mask |= bit
        return mask


def _lookup(axis: Axis, masks: Masks) -> _Lookup:
    """The quickest way from a value to its mask."""
    if axis.field.type is FieldType.REFERENCE or (axis.ordered and not axis.points):
        return _Presence(masks.of(None), masks.of(0))
    if not axis.ordered:
        return _Table(axis, masks)
    # An interval without a value is asked by nobody: any mask will do.
    table = tuple(None if sample is None else masks.of(sample) for sample in axis.samples())
    known = tuple(mask or 0 for mask in table)
    points = _Points(axis.points, known, masks.of(None))
    return points.as_steps() if _even(table) else points


def _even(table: tuple[int | None, ...]) -> bool:
    """Whether each point answers as the interval above it: only >= and < are used."""
    return all(
        upper in (None, point) for point, upper in zip(table[1::2], table[2::2], strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Presence:
    """Only whether there is a value is asked."""

    missing: int
    present: int

    def lines(self, value: str, place: int) -> list[str]:
        """Source that narrows the mask by this field."""
        return [f"    mask &= absent{place} if {value} is None else present{place}"]

    def names(self, place: int) -> dict[str, object]:
        """What the source refers to."""
        return {f"absent{place}": self.missing, f"present{place}": self.present}


@dataclass(frozen=True, slots=True)
class _Steps:
    """A mask from each point up to the next."""

    points: tuple[Ordered, ...]
    masks: tuple[int, ...]
    missing: int

    def lines(self, value: str, place: int) -> list[str]:
        """Source that narrows the mask by this field."""
        found = f"masks{place}[bisect(points{place}, value)]"
        return [f"    value = {value}", f"    mask &= absent{place} if value is None else {found}"]

    def names(self, place: int) -> dict[str, object]:
        """What the source refers to."""
        own = {f"points{place}": self.points, f"masks{place}": self.masks}
        return {**own, f"absent{place}": self.missing}


@dataclass(frozen=True, slots=True)
class _Points:
    """Even places are the intervals between the points, odd ones the points themselves."""

    points: tuple[Ordered, ...]
    masks: tuple[int, ...]
    missing: int

    def lines(self, value: str, place: int) -> list[str]:
        """Source that narrows the mask by this field."""
        return [f"    mask &= lookup{place}({value})"]

    def names(self, place: int) -> dict[str, object]:
        """What the source refers to."""
        return {f"lookup{place}": self.of}

    def of(self, value: Any) -> int:  # whatever the field holds
        """The mask of a value."""
        if value is None:
            return self.missing
        place = bisect_left(self.points, value)
        met = place < len(self.points) and self.points[place] == value
        return self.masks[2 * place + met]

    def as_steps(self) -> _Steps:
        """Where points answer as the intervals above them."""
        # An interval that holds no value has no mask of its own; its point speaks for both.
        return _Steps(self.points, (self.masks[0], *self.masks[1::2]), self.missing)


class _Table(dict[Any, int]):
    """Masks of the values that are named; others share a mask by their truth vector."""

    def __init__(self, axis: Axis, masks: Masks) -> None:
        super().__init__((value, masks.of(value)) for value in (None, *axis.named))
        self.axis, self.masks = axis, masks
        self.vectors: dict[tuple[bool, ...], int] = {}

    def __missing__(self, value: object) -> int:
        vector = self.axis.signature(value)
        if vector not in self.vectors:
            self.vectors[vector] = self.masks.of(value)
        if len(self) < _REMEMBERED:
            self[value] = self.vectors[vector]
        return self.vectors[vector]

    def lines(self, value: str, place: int) -> list[str]:
        """Source that narrows the mask by this field, and stops where nothing is left."""
        return [f"    mask &= table{place}[{value}]", "    if not mask: return 0"]

    def names(self, place: int) -> dict[str, object]:
        """What the source refers to."""
        return {f"table{place}": self}


_Lookup = _Presence | _Steps | _Points | _Table

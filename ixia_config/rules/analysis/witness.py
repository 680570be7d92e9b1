"""Records that show a finding: short, readable, and asked before anyone is told of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import islice, product
from types import MappingProxyType
from typing import Any

from ixia_config.rules.analysis.axis import MISSING, Axis, Cell
from ixia_config.rules.analysis.cover import Budget, Cover, Spent
from ixia_config.rules.analysis.findings import Domain, Witness
from ixia_config.rules.analysis.interval import Interval
from ixia_config.rules.analysis.space import Space
from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.describe import family
from ixia_config.rules.explain import shown
from ixia_config.rules.nodes import FieldValue, within
from ixia_config.rules.typed import Typed

Path = tuple[str, ...]
Values = Mapping[Path, Any]
Ask = Callable[[Mapping[str, Any]], bool]

_TRIES = 400
_STEPS = 10_000
_SIMPLE: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "number": (1, 2, 10, 100, 1000, 0, -1),
        "money": tuple(map(Decimal, (100, 1000, 50_000, 1, 1_000_000, 0))),
        "percent": tuple(map(Decimal, ("0.1", "0.5", "0.01", "1", "0"))),
        "date": tuple(date(*day) for day in ((2026, 1, 1), (2026, 6, 30), (2020, 1, 1))),
        "datetime": tuple(datetime(year, 1, 1, tzinfo=UTC) for year in (2026, 2020)),
        "duration": (timedelta(1), timedelta(30), timedelta(hours=1)),
        "boolean": (True, False),
    }
)


@dataclass(frozen=True)
class Records:
    """Makes records for boxes of a space."""

    space: Space
    domain: Domain
    declared: Mapping[Path, FieldValue]
    clocked: bool
    now: datetime | None

    @classmethod
    def of(
        cls, space: Space, domain: Domain, conditions: Sequence[Typed], now: datetime | None
    ) -> Records:
        """For the fields that these conditions read."""
        every = (*conditions, *domain.given)
        declared: dict[Path, FieldValue] = {}
        read: set[str] = set()
        for typed in every:
            if not typed.reads <= read:
                read |= typed.reads
                fields = (node for node in within(typed.root) if isinstance(node, FieldValue))
                declared |= {node.path: node for node in fields}
        return cls(space, domain, declared, any(typed.clocked for typed in every), now)

    def witness(self, box: int, ask: Ask, *, keep: int = 0) -> Witness | None:
        """A record of a box that answers yes; None where none is found.

        Fields that the box leaves free are missing, and so are others that may be: except on
        the dimensions in ``keep``, which get a value where the box has one.
        """
        if self.clocked and self.now is None:
            return None
        inner = self._possible(box)
        if inner is None:
            return None
        for number, values in enumerate(islice(self._tries(inner, keep), _TRIES)):
            if self._right(values, ask):
                if not number:  # nothing is there but what the box asks for
                    return self._told(values, inner)
                return self._told(self._shortened(values, inner, ask, keep), inner)
        return None

    def _possible(self, box: int) -> int | None:
        """The part of a box where records can be."""
        if not self.space.forbidden:
            return box
        try:
            return self._nowhere.hole(box, self._nowhere.all, Budget(_STEPS))
        except Spent:
            return None

    @cached_property
    def _nowhere(self) -> Cover:
        """The boxes where no record is."""
        return Cover(self.space, self.space.forbidden)

    def _tries(self, box: int, keep: int) -> Iterator[dict[Path, Any]]:
        sides = dict(self.space.sides(box))
        plain: dict[Path, Any] = {}
        full: dict[Path, Any] = {}
        for number, axis in enumerate(self.space.axes):
            if axis.path:
                cells = axis.of(self.space.side(box, number))
                wanted = bool(keep >> number & 1)
                full[axis.path] = _first(cells, wanted=True).value
                if number in sides or not axis.missing:
                    plain[axis.path] = _first(cells, wanted=wanted).value
        yield plain
        yield full
        loose = {path for number in sides for path in self._loose(self.space.axes[number])}
        if loose:
            yield from self._mixed(full, box, sorted(loose))

    def _loose(self, axis: Axis) -> frozenset[Path]:
        """The fields behind a dimension that is no field's own."""
        return frozenset() if axis.path else axis.reads

    def _mixed(self, base: Values, box: int, loose: Sequence[Path]) -> Iterator[dict[Path, Any]]:
        """Combinations of values for the fields that calculations read."""
        pools = [self._pool(path, box) for path in loose]
        for chosen in product(*pools):
            yield {**base, **dict(zip(loose, chosen, strict=True))}

    def _pool(self, path: Path, box: int) -> tuple[Any, ...]:
        of = self.declared[path].type
        cuts = self._cuts(path, of)
        for number, axis in enumerate(self.space.axes):
            if axis.path == path:
                cells = axis.of(self.space.side(box, number))
                own = [cell.value for cell in cells]
                near = [v for v in (*cuts, *_simple(of)) if any(_inside(cell, v) for cell in cells)]
                return tuple(dict.fromkeys((*own[:6], *near[:8])))
        values = (*self._chosen(path, of), *cuts, *_simple(of))[:10]
        return (*values, None)

    def _chosen(self, path: Path, of: FieldType) -> tuple[Any, ...]:
        """Values of fields that have no order."""
        choices = self.declared[path].declared.choices[:4]
        if of is FieldType.CHOICES:
            return tuple((each,) for each in choices or ("a", "b")) + (choices,) * bool(choices)
        if of is FieldType.REFERENCE:
            return ({},)
        return choices or ("a", "b") if family(of) == "text" else ()

    def _cuts(self, path: Path, of: FieldType) -> tuple[Any, ...]:
        """The bounds that calculations with this field are compared with, where they fit it."""
        found: dict[Any, None] = {}
        for axis in self.space.axes:
            if not axis.path and path in axis.reads:
                values = [cell.value for cell in axis.cells if cell.interval]
                found.update((value, None) for each in values for value in _fitting(each, axis, of))
        return tuple(found)[:8]

    def _right(self, values: Values, ask: Ask) -> bool:
        record = self.record(values)
        if not self._bounded(values):
            return False
        return all(each.evaluate(record, self.now) for each in self.domain.given) and ask(record)

    def _bounded(self, values: Values) -> bool:
        for path, value in values.items():
            name = ".".join(path)
            low, high = self.domain.minimum.get(name), self.domain.maximum.get(name)
            if value is None:
                if name in self.domain.required and self._there(values, path):
                    return False
            elif (low is not None and value < low) or (high is not None and value > high):
                return False
        return True

    def _there(self, values: Values, path: Path) -> bool:
        """Whether the record that a field belongs to is there."""
        if len(path) == 1:
            return True
        above = path[:-1]
        return any(
            each[: len(above)] == above and value is not None for each, value in values.items()
        )

    def record(self, values: Values) -> dict[str, Any]:
        """A record as conditions read it: every field that they read, missing ones as None."""
        found: dict[str, Any] = {}
        for path in sorted({*self.declared, *values}):
            _put(found, path, values.get(path))
        return found

    def _shortened(self, values: dict[Path, Any], box: int, ask: Ask, keep: int) -> dict[Path, Any]:
        """Without the fields that the answer does not need."""
        kept = {
            self.space.axes[number].path
            for number, _ in self.space.sides(box)
            if keep >> number & 1
        }
        for path in sorted(values):
            if values[path] is not None and path not in kept:
                less = {**values, path: None}
                if self._right(less, ask):
                    values = less
        return values

    def _told(self, values: Values, box: int) -> Witness:
        told = [
            (".".join(path), shown(value, self.declared[path].type))
            for path, value in self._in_order(values)
            if value is not None
        ]
        empty = [
            (axis.name, MISSING)
            for number, mask in self.space.sides(box)
            if (axis := self.space.axes[number]).path and mask == axis.missing
            if not any(name.startswith(axis.name + ".") for name, _ in told)
        ]
        return Witness(
            _known(self.record(values)), (*told, *empty), self.now if self.clocked else None
        )

    def _in_order(self, values: Values) -> Iterator[tuple[Path, Any]]:
        for path in dict.fromkeys((*(axis.path for axis in self.space.axes), *sorted(values))):
            if path in values and path in self.declared:
                yield path, values[path]


def _fitting(value: Any, axis: Axis, of: FieldType) -> tuple[Any, ...]:
    """Values like one that a calculation is compared with: itself, and what a share of it makes."""
    if family(axis.type) == family(of):
        return (value, value * 10) if of is not FieldType.PERCENT and _number(of) else (value,)
    return (Decimal(value) * 10,) if of is FieldType.MONEY and _number(axis.type) else ()


def _number(of: FieldType) -> bool:
    return family(of) in ("number", "money", "percent")


def _first(cells: Sequence[Cell], *, wanted: bool) -> Cell:
    """The missing value where there may be one, unless a value is wanted."""
    there = [cell for cell in cells if not cell.missing]
    none = [cell for cell in cells if cell.missing]
    return (there + none if wanted else none + there)[0]


def _simple(of: FieldType) -> tuple[Any, ...]:
    return _SIMPLE.get(family(of), ())


def _inside(cell: Cell, value: Any) -> bool:
    interval = cell.interval
    return interval is not None and _holds(interval, value)


def _holds(interval: Interval, value: Any) -> bool:
    low, high = interval.low, interval.high
    if low is not None and (value < low or (value == low and not interval.closed[0])):
        return False
    return high is None or value < high or (value == high and interval.closed[1])


def _put(record: dict[str, Any], path: Path, value: Any) -> None:
    """Set a field, making the related records on the way where there is a value."""
    *above, last = path
    for step in above:
        if record.get(step) is None:
            if value is None:
                record.setdefault(step, None)
                return
            record[step] = {}
        record = record[step]
    if value is not None or record.get(last) is None:
        record[last] = {**(record.get(last) or {})} if value == {} else value


def _known(record: Mapping[str, Any]) -> dict[str, Any]:
    """Only what has a value."""
    return {
        name: _known(value) if isinstance(value, Mapping) else value
        for name, value in record.items()
        if value is not None
    }

"""Whether any record can meet a condition: looked for among the classes of each field's values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ixia_config.rules import FieldType, Typed
from ixia_config.rules.classes import Axis, Box, axes, boxes
from ixia_config.rules.describe import family
from ixia_config.rules.evaluate import TIMELESS, closure
from ixia_config.rules.explain import shown

_OTHER = "anything else"
_SOME: Mapping[str, object] = {
    "number": 1,
    "money": Decimal(1),
    "percent": Decimal(1),
    "date": date(2026, 1, 1),
    "datetime": datetime(2026, 1, 1, tzinfo=UTC),
    "duration": timedelta(1),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A record that meets a condition, or whether it is certain that there is none."""

    record: Mapping[str, Any] | None
    impossible: bool = False
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """The record in words: ``priority p3``."""
        return " and ".join(f"{name} {value}" for name, value in self.fields)


UNKNOWN = Answer(None)
NONE = Answer(None, impossible=True)


def witness(typed: Typed, required: frozenset[str] = frozenset()) -> Answer:
    """A record that meets this condition; ``required`` fields are never empty.

    What compares two fields, calculates or reads the clock is not looked into: the answer is then
    that nobody knows. A record that is shown was asked the condition itself.
    """
    if typed.clocked:
        return UNKNOWN
    answer = NONE
    for box in boxes(typed):
        found = _meets(typed, box, required)
        if found.record is not None:
            return found
        answer = answer if found.impossible else UNKNOWN
    return answer


def _meets(typed: Typed, box: Box, required: frozenset[str]) -> Answer:
    record: dict[str, Any] = {}
    told: list[tuple[str, str]] = []
    for axis in axes([box]):
        literals = dict(box.fields)[axis.path]
        runs = [(closure(each.test), each.holds) for each in literals]
        values = [
            value
            for value in _values(axis, required)
            if all(bool(run(axis.record(value), TIMELESS)) is holds for run, holds in runs)
        ]
        if not values:
            return UNKNOWN if axis.predicates or _open(axis) else NONE
        _put(record, axis.path, values[0])
        told.append((".".join(axis.path), _said(values[0], axis.field.type)))
    left = sorted(typed.reads - {name for name, _ in told})
    if required.intersection(left) or not typed.evaluate(record):
        return UNKNOWN
    return Answer(record, fields=(*told, *((name, "empty") for name in left)))


def _open(axis: Axis) -> bool:
    """Fields whose values cannot be listed."""
    return axis.field.type in (FieldType.CHOICES, FieldType.REFERENCE)


def _values(axis: Axis, required: frozenset[str]) -> Iterator[object]:
    """A value of every class that tests tell apart, the empty one last."""
    if axis.ordered:
        if not axis.points:
            yield _SOME[family(axis.field.type)]
        for value in axis.samples():
            if value is not None and _fits(value, axis.field.type):
                yield value
        if axis.field.type is FieldType.INTEGER:
            yield from (int(point) + step for point in axis.points for step in (-1, 1))  # type: ignore[arg-type]  # numbers, by the field's type
    else:
        yield from axis.named
        if not axis.field.declared.choices and axis.field.type is not FieldType.BOOLEAN:
            yield _OTHER
    if ".".join(axis.path) not in required:
        yield None


def _fits(value: object, of: FieldType) -> bool:
    if of is not FieldType.INTEGER:
        return True
    return isinstance(value, int | Decimal) and value == int(value)


def _said(value: object, of: FieldType) -> str:
    return "empty" if value is None else shown(value, of)


def _put(record: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    for step in path[:-1]:
        record = record.setdefault(step, {})
    record[path[-1]] = value

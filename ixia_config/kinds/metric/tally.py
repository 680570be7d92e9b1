"""Tallies: what is kept of the records of one group until its figure is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from ixia_config.kinds.metric.formula import Undefined

Way = Literal["sum", "mean", "median", "smallest", "largest", "distinct"]


@dataclass(frozen=True, slots=True)
class Many:
    """A record that stands for many, which no input tells apart except by an amount it adds up.

    ``sums`` has the sum of each such amount over all of them, by ``inputs.amount_name``.
    """

    record: Mapping[str, Any]
    count: int = 1
    sums: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """What has been seen; ``values`` is filled only for a median or distinct values."""

    count: int = 0
    total: Fraction = Fraction(0)
    edge: Fraction | None = None
    values: Counter[Fraction] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)
    parts: dict[str, Tally] = field(default_factory=dict)


def add(
    way: Way, tally: Tally, value: Fraction, count: int = 1, total: Decimal | None = None
) -> None:
    """So many more of a value; ``total`` is their sum, where they are not all the same."""
    tally.count += count
    match way:
        case "sum" | "mean":
            tally.total += value * count if total is None else Fraction(total)
        case "median":
            tally.values[value] += count
        case "smallest" | "largest":
            best: Callable[[Fraction, Fraction], Fraction] = min if way == "smallest" else max
            tally.edge = value if tally.edge is None else best(tally.edge, value)
        case "distinct":
            raise TypeError("distinct values are no amounts")


def result(way: Way, tally: Tally, what: str) -> Fraction:
    """The figure; a sum of nothing is 0, a mean of nothing is Undefined."""
    match way:
        case "sum":
            return tally.total
        case "distinct":
            return Fraction(len(tally.seen))
        case "mean" if tally.count:
            return tally.total / tally.count
        case "median" if tally.count:
            return _middle(tally.values)
        case _ if tally.edge is not None:
            return tally.edge
    raise Undefined(f"no record has {what}")


def _middle(values: Counter[Fraction]) -> Fraction:
    """The value in the middle, or half-way between the two that are there."""
    size, seen, low = values.total(), 0, None
    for value in sorted(values):
        seen += values[value]
        if low is None and seen >= (size + 1) // 2:
            low = value
        if low is not None and seen >= size // 2 + 1:
            return (low + value) / 2
    raise AssertionError("the middle of nothing")

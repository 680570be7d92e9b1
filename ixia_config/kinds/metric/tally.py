"""Tallies: what is kept of the records of one group until its figure is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from ixia_config.kinds.metric.formula import Undefined

Way = Literal["sum", "mean", "median", "smallest", "largest", "distinct"]


@dataclass(slots=True)
class Tally:
    """What has been seen; ``values`` is filled only for a median or distinct values."""

    count: int = 0
    total: Fraction = Fraction(0)
    edge: Fraction | None = None
    values: list[Fraction] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    parts: dict[str, Tally] = field(default_factory=dict)


def add(way: Way, tally: Tally, value: Fraction) -> None:
    """One more value."""
    tally.count += 1
    match way:
        case "sum" | "mean":
            tally.total += value
        case "median":
            tally.values.append(value)
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
            return _middle(sorted(tally.values))
        case _ if tally.edge is not None:
            return tally.edge
    raise Undefined(f"no record has {what}")


def _middle(ordered: list[Fraction]) -> Fraction:
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2

"""How days count: calendar days, working days, or twelve months of thirty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from ixia_config.kinds.calendar.clocks import BusinessClock
from ixia_config.kinds.comp_plan.periods import months_later
from ixia_config.kinds.comp_plan.spec import Proration
from ixia_config.kinds.scalars import Duration, Unit

Span = tuple[date, date]
"""From the first day to before the last."""
FRIDAY = 4


def between(start: date, end: date, proration: Proration, clock: BusinessClock | None) -> int:
    """The days from ``start`` to before ``end``; 0 where there are none."""
    if end <= start:
        return 0
    match proration.days:
        case "calendar":
            return (end - start).days
        case "30/360":
            months = (end.year - start.year) * 12 + end.month - start.month
            return max(30 * months + min(end.day, 30) - min(start.day, 30), 0)
        case "working":
            return sum(_works(day, clock) for day in _days(start, end))


def share(
    whole: Span,
    worked: Iterable[Span],
    proration: Proration,
    clock: BusinessClock | None,
) -> Fraction:
    """The share of a period that the worked spans are."""
    total = between(*whole, proration, clock)
    part = sum(between(*span, proration, clock) for span in worked)
    return Fraction(part, total) if total else Fraction(0)


def without(span: Span, gaps: Iterable[Span]) -> Iterator[Span]:
    """What is left of a span without the gaps."""
    start, end = span
    for first, last in sorted(gaps):
        if first >= end or last <= start:
            continue
        if start < first:
            yield (start, first)
        start = max(start, last)
    if start < end:
        yield (start, end)


def cut(one: Span, other: Span) -> Span:
    """The days in both spans; empty where the end is not after the start."""
    return max(one[0], other[0]), min(one[1], other[1])


def _works(day: date, clock: BusinessClock | None) -> bool:
    return day.weekday() <= FRIDAY if clock is None else bool(clock.on(day))


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range((end - start).days))


def after(day: date, duration: Duration) -> date:
    """The day so long after another; business days count as days. The last day ends time."""
    months = {Unit.MONTHS: duration.amount, Unit.YEARS: duration.amount * 12}.get(duration.unit)
    try:
        if months is None:
            return day + timedelta(days=-(-duration.minutes // (24 * 60)))
        first = months_later(day, months)
        return min(first + timedelta(days=day.day - 1), months_later(first, 1) - timedelta(days=1))
    except (OverflowError, ValueError):
        return date.max

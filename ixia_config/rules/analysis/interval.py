"""Stretches of an ordered field: whether a value lies there, a readable one, and words for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from ixia_config.rules.analysis.findings import Bound
from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.explain import shown

_STEPS = tuple(
    timedelta(**{unit: 1}) for unit in ("days", "hours", "minutes", "seconds", "microseconds")
)
_FINEST = 60  # decimal places; bounds have at most 38 digits


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``; None is without an end, ``closed`` says which bounds belong."""

    low: Bound | None
    high: Bound | None
    closed: tuple[bool, bool] = (False, False)

    def joined(self, above: Interval) -> Interval:
        """This and the one that begins where it ends."""
        return Interval(self.low, above.high, (self.closed[0], above.closed[1]))


def realised(interval: Interval, of: FieldType, scale: int | None) -> Interval | None:
    """The same values between bounds that the type can hold; None where no value is there."""
    found: Interval | None = interval
    places = 0 if of is FieldType.INTEGER else scale
    if of is FieldType.DATE:
        found = _on_days(interval)
    elif of is FieldType.DATETIME and _beyond(interval):
        found = None
    elif places is not None and of in _NUMBERS:
        found = _on_grid(interval, Decimal(1).scaleb(-places))
    return None if found is None or _empty(found) else found


def _empty(interval: Interval) -> bool:
    low, high = interval.low, interval.high
    if low is None or high is None:
        return False
    return low > high or (low == high and interval.closed != (True, True))  # type: ignore[operator]  # one type


_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.PERCENT})


def _on_grid(interval: Interval, step: Decimal) -> Interval:
    """Both bounds on multiples of a step, and included."""
    low, high = interval.low, interval.high
    if isinstance(low, int | Decimal):
        rounded = _multiple(low, step, ROUND_CEILING)
        low = rounded + step if rounded == low and not interval.closed[0] else rounded
    if isinstance(high, int | Decimal):
        rounded = _multiple(high, step, ROUND_FLOOR)
        high = rounded - step if rounded == high and not interval.closed[1] else rounded
    return Interval(low, high, (low is not None, high is not None))


def _multiple(value: int | Decimal, step: Decimal, rounding: str) -> Decimal:
    return (Decimal(value) / step).to_integral_value(rounding) * step


def _on_days(interval: Interval) -> Interval | None:
    """Both bounds on a day that is included; None outside the years 1 to 9999."""
    days = [None if end is None else Decimal(end.toordinal()) for end in _dates(interval)]
    grid = _on_grid(Interval(days[0], days[1], interval.closed), Decimal(1))
    low, high = (None if end is None else int(end) for end in (grid.low, grid.high))  # type: ignore[arg-type]  # ordinals
    if (low or 1) > date.max.toordinal() or (high or 1) < 1 or high == 0:
        return None
    ends = [None if day is None else date.fromordinal(day) for day in (low, high)]
    return Interval(ends[0], ends[1], grid.closed)


def _dates(interval: Interval) -> tuple[date | None, date | None]:
    return interval.low, interval.high  # type: ignore[return-value]  # a date field


def _beyond(interval: Interval) -> bool:
    """Whether an instant would lie before the first or behind the last that there is."""
    low, high = interval.low, interval.high
    return (low is None and high == _FIRST and not interval.closed[1]) or (
        high is None and low == _LAST and not interval.closed[0]
    )


_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)


def readable(interval: Interval, of: FieldType) -> Bound:
    """A value of the interval that is easy to read: a bound that belongs to it, or a round one."""
    low, high = interval.low, interval.high
    if low is not None and interval.closed[0]:
        return _typed(low, of)
    if high is not None and interval.closed[1]:
        return _typed(high, of)
    return _typed(_inside(low, high, of), of)


def _typed(value: Bound, of: FieldType) -> Bound:
    """Whole numbers as int, other numbers as Decimal, as records hold them."""
    if of is FieldType.INTEGER and isinstance(value, Decimal):
        return int(value)
    if of in _NUMBERS and of is not FieldType.INTEGER and isinstance(value, int):
        return Decimal(value)
    return value


_DEFAULTS: dict[FieldType, Bound] = {
    FieldType.DATE: date(2026, 1, 1),
    FieldType.DATETIME: datetime(2026, 1, 1, tzinfo=UTC),
    FieldType.DURATION: timedelta(1),
    FieldType.PERCENT: Decimal("0.1"),
}


def _inside(low: Any, high: Any, of: FieldType) -> Bound:
    if low is None and high is None:
        return _DEFAULTS.get(of, 1)
    if of in _NUMBERS:
        return _round(low, high)
    found: Bound = next(each for each in _moments(low, high) if _strictly(low, each, high))
    return found


def _strictly(low: Any, value: Any, high: Any) -> bool:
    return (low is None or low < value) and (high is None or value < high)


def _moments(low: Any, high: Any) -> Iterator[Any]:
    """Moments or lengths near a bound, the roundest distance first."""
    for step in _STEPS:
        try:
            yield low + step if low is not None else high - step
        except OverflowError:
            continue
    if low is not None and high is not None:
        yield low + (high - low) / 2
    yield low if low is not None else high


def _round(low: Any, high: Any) -> Decimal:
    """The number with the fewest digits strictly between; the nearest one where there is no end."""
    if low is None:
        return _below(Decimal(high))
    if high is None:
        return -_below(-Decimal(low)) if low < 0 else _above(Decimal(low))
    low, high = Decimal(low), Decimal(high)
    if low < 0 < high:
        return Decimal(0)
    place = (high - low).adjusted() + 1
    while place > -_FINEST:
        for factor in (10, 5, 2, 1):
            found = _nearest(low, high, Decimal(factor).scaleb(place - 1))
            if found is not None:
                return found
        place -= 1
    return Decimal(low + high) / 2


def _nearest(low: Decimal, high: Decimal, step: Decimal) -> Decimal | None:
    middle = ((low + high) / 2 / step).to_integral_value() * step
    for value in (middle, middle - step, middle + step):
        if low < value < high:
            return value
    return None


def _above(low: Decimal) -> Decimal:
    return low + (Decimal(1).scaleb(low.adjusted()) if low else 1)


def _below(high: Decimal) -> Decimal:
    """Of what is below a positive number, the greatest power of ten."""
    if high <= 0:
        return high - (Decimal(1).scaleb(high.adjusted()) if high else 1)
    power = Decimal(1).scaleb(high.adjusted())
    return power if power < high else power / 10


def words(interval: Interval, of: FieldType) -> str:
    """``500 to 999``, ``from 10 % to under 20 %``, ``over 20 %``, ``any value``."""
    low, high = interval.low, interval.high
    if low is not None and low == high:
        return shown(_typed(low, of), of)
    least = "" if low is None else shown(_typed(low, of), of)
    most = "" if high is None else shown(_typed(high, of), of)
    if not least:
        return (f"up to {most}" if interval.closed[1] else f"under {most}") if most else "any value"
    if not most:
        return f"{least} or {_MORE.get(of, 'more')}" if interval.closed[0] else f"over {least}"
    if interval.closed == (True, True) and of is FieldType.INTEGER:
        return f"{least} to {most}"
    start = f"from {least}" if interval.closed[0] else f"over {least}"
    return f"{start} to {most}" if interval.closed[1] else f"{start} to under {most}"


_MORE = {FieldType.DATE: "later", FieldType.DATETIME: "later"}


def pieces(points: tuple[Bound, ...]) -> Iterator[Interval]:
    """Every interval and point of a line with these cut points, from the left."""
    before: Bound | None = None
    for point in points:
        yield Interval(before, point)
        yield Interval(point, point, (True, True))
        before = point
    yield Interval(before, None)


def outside(interval: Interval, minimum: Bound | None, maximum: Bound | None) -> bool:
    """Whether a piece lies outside bounds that are cut points themselves."""
    low, high = interval.low, interval.high
    early: Any = minimum is not None and high is not None and (high, interval.closed[1])
    late: Any = maximum is not None and low is not None and (low, interval.closed[0])
    below = early and (early[0] < minimum or (early[0] == minimum and not early[1]))
    above = late and (late[0] > maximum or (late[0] == maximum and not late[1]))
    return bool(below or above)


__all__ = ["Interval", "outside", "pieces", "readable", "realised", "words"]

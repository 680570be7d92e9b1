"""Exact, total arithmetic on values that may be missing; closures and compiled code share it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, Inexact
from types import MappingProxyType

from ixia_config.rules.nodes import Rounding, Sign

Numeric = int | Decimal
Temporal = date | datetime | timedelta

# Wide enough that no condition within the bounds of the language ever rounds; Inexact is trapped.
_WIDE = Context(prec=100_000, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])
_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_DAY = timedelta(days=1)


def plus(left: Numeric | None, right: Numeric | None) -> Numeric | None:
    """The exact sum; missing where a side is."""
    return None if left is None or right is None else _WIDE.add(left, right)


def minus(left: Numeric | None, right: Numeric | None) -> Numeric | None:
    """The exact difference; missing where a side is."""
    return None if left is None or right is None else _WIDE.subtract(left, right)


def times(left: Numeric | None, right: Numeric | None) -> Numeric | None:
    """The exact product; missing where a side is."""
    return None if left is None or right is None else _WIDE.multiply(left, right)


def later(left: Temporal | None, right: timedelta | None) -> Temporal | None:
    """A date, instant or duration plus a duration; missing outside the years 1 to 9999."""
    if left is None or right is None:
        return None
    try:
        return left + right
    except OverflowError:
        return None


def apart(left: Temporal | None, right: Temporal | None) -> Temporal | None:
    """The duration between two, or one moved back by a duration; missing where that overflows."""
    if left is None or right is None:
        return None
    try:
        return left - right  # type: ignore[operator]  # the checker let only matching types pass
    except OverflowError:
        return None


def divide(
    left: Numeric | None, right: Numeric | None, scale: int, rounding: Rounding
) -> Decimal | None:
    """The quotient rounded once; missing where a side is missing or the divisor is 0."""
    if left is None or right is None or right == 0:
        return None
    top, below = Decimal(left).as_integer_ratio()
    right_top, right_below = Decimal(right).as_integer_ratio()
    numerator, denominator = top * right_below * 10**scale, below * right_top
    negative = (numerator < 0) != (denominator < 0)
    whole, rest = divmod(abs(numerator), abs(denominator))
    whole += _ROUND[rounding](whole, rest * 2, abs(denominator))
    return _WIDE.scaleb(Decimal(-whole if negative else whole), -scale)


_ROUND: Mapping[Rounding, Callable[[int, int, int], bool]] = MappingProxyType(
    {
        Rounding.HALF_UP: lambda _, twice, unit: twice >= unit,
        Rounding.HALF_EVEN: lambda whole, twice, unit: (twice, whole % 2) > (unit, 0),
        Rounding.UP: lambda _, twice, __: twice > 0,
        Rounding.DOWN: lambda _, __, ___: False,
    }
)


def lower(text: str | None) -> str | None:
    """A to Z made small, nothing else."""
    return None if text is None else text.translate(_SMALL)


def size(subject: str | tuple[str, ...] | None) -> int | None:
    """Code points, or chosen values."""
    return None if subject is None else len(subject)


def days(start: Temporal | None, end: Temporal | None) -> int | None:
    """Whole days from one to the other, rounded down."""
    if start is None or end is None:
        return None
    gap: timedelta = end - start  # type: ignore[operator, assignment]  # as above
    return gap // _DAY


NUMERIC = MappingProxyType({Sign.PLUS: plus, Sign.MINUS: minus, Sign.TIMES: times})
TEMPORAL = MappingProxyType({Sign.PLUS: later, Sign.MINUS: apart})

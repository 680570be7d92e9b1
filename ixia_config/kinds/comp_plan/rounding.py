"""Exact fractions become money: one rounding, or parts that add up to a rounded whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import Literal

Mode = Literal["half_up", "half_even", "up", "down"]
Residue = Literal["listed_order", "largest_remainder"]

PLACES = 12  # of what is shown exactly, such as a part of a line
_WIDE = Context(prec=100_000, Emax=MAX_EMAX, Emin=MIN_EMIN)


def rounded(value: Fraction, scale: int, mode: Mode = "half_up") -> Decimal:
    """The nearest amount with so many places; halves go away from zero, or to the even digit.

    up is away from zero, down towards it.
    """
    return _decimal(_whole(value * 10**scale, mode), scale)


def shown(value: Fraction) -> Decimal:
    """An exact value to read: all its digits, or twelve places where they do not end."""
    exact = rounded(value, PLACES)
    return exact.normalize(_WIDE) if exact != exact.to_integral_value() else exact.quantize(1)


def apportion(
    values: Sequence[Fraction], scale: int, mode: Mode, residue: Residue
) -> tuple[Decimal, ...]:
    """The values rounded so that they add up to their rounded sum.

    listed_order: each takes the rounded sum up to it, less that before it, so no later value
    changes an earlier one. largest_remainder: all are rounded down, the odd cents go to the
    largest rests, ties in listed order.
    """
    if residue == "largest_remainder":
        return _by_remainder([value * 10**scale for value in values], scale, mode)
    found: list[Decimal] = []
    exact, paid = Fraction(0), 0
    for value in values:
        exact += value
        reached = _whole(exact * 10**scale, mode)
        found.append(_decimal(reached - paid, scale))
        paid = reached
    return tuple(found)


def _by_remainder(values: Sequence[Fraction], scale: int, mode: Mode) -> tuple[Decimal, ...]:
    wholes = [value.numerator // value.denominator for value in values]
    odd = _whole(sum(values, Fraction(0)), mode) - sum(wholes)
    order = sorted(range(len(values)), key=lambda n: (wholes[n] - values[n], n))
    for step in range(abs(odd)):
        wholes[order[step % len(order)]] += 1 if odd > 0 else -1
    return tuple(_decimal(whole, scale) for whole in wholes)


def _whole(value: Fraction, mode: Mode) -> int:
    below, rest = divmod(abs(value.numerator), value.denominator)
    match mode:
        case "half_up":
            more = rest * 2 >= value.denominator
        case "half_even":
            more = (rest * 2, below % 2) > (value.denominator, 0)
        case "up":
            more = rest > 0
        case "down":
            more = False
    return (below + more) * (-1 if value < 0 else 1)


def _decimal(whole: int, scale: int) -> Decimal:
    return _WIDE.scaleb(Decimal(whole), -scale)

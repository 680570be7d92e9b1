"""Accounts dealt out to territories by their weight, and which territories are out of balance."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal


def dealt(
    weights: Sequence[Decimal], territories: int, order: Literal["straight", "snake"]
) -> tuple[tuple[int, ...], ...]:
    """Which accounts (by their place in ``weights``) each territory gets.

    Accounts go out from the heaviest to the lightest; equal ones in listed order. ``straight``
    begins every round with the first territory, ``snake`` turns round after each.
    """
    heaviest_first = sorted(range(len(weights)), key=lambda place: -weights[place])
    hands: list[list[int]] = [[] for _ in range(territories)]
    for turn, place in enumerate(heaviest_first):
        round_, seat = divmod(turn, territories)
        back = order == "snake" and round_ % 2 == 1
        hands[territories - 1 - seat if back else seat].append(place)
    return tuple(map(tuple, hands))


def out_of_balance(totals: Sequence[Decimal], tolerance: Decimal) -> tuple[bool, ...]:
    """Whether each total is further from the mean than this share of it."""
    mean = Fraction(sum(map(Fraction, totals))) / max(len(totals), 1)
    return tuple(abs(Fraction(total) - mean) > mean * Fraction(tolerance) for total in totals)

"""What a discount gives away: exact prices after a share, and by tiers of volume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Price:
    """What is paid, and what was given up."""

    net: Decimal
    given_up: Decimal


@dataclass(frozen=True, slots=True)
class Tier:
    """Units from the first to the last, both counted; without a last: all further ones."""

    first: int
    last: int | None
    discount: Decimal


class Schedule(StrEnum):
    """Range: the tier of the whole quantity prices every unit. Slab: each unit its own tier."""

    RANGE = "range"
    SLAB = "slab"


def discounted(list_price: Decimal, discount: Decimal) -> Price:
    """A price after one discount."""
    given_up = list_price * discount
    return Price(list_price - given_up, given_up)


def by_volume(
    list_price: Decimal, quantity: int, tiers: Sequence[Tier], schedule: Schedule
) -> Price:
    """The price of a quantity; units that no tier names have no discount."""
    match schedule:
        case Schedule.RANGE:
            reached = (t for t in tiers if _units(t, quantity) and _top(t, quantity) >= quantity)
            discount = next((tier.discount for tier in reached), Decimal(0))
            return discounted(list_price * quantity, discount)
        case Schedule.SLAB:
            given_up = sum(
                (list_price * tier.discount * _units(tier, quantity) for tier in tiers), Decimal(0)
            )
            return Price(list_price * quantity - given_up, given_up)


def _top(tier: Tier, quantity: int) -> int:
    return quantity if tier.last is None else tier.last


def _units(tier: Tier, quantity: int) -> int:
    """How many units of a quantity lie in a tier."""
    return max(0, min(_top(tier, quantity), quantity) - tier.first + 1)

"""Amounts of other currencies in the currency of the plan, at the rate of their day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ixia_config.kinds.comp_plan.spec import Fx, FxRate


def rate_on(fx: Fx, currency: str, day: date) -> FxRate | None:
    """The rate that holds on a day: the latest that starts on it or before."""
    known = [each for each in fx.rates if each.currency == currency and each.from_ <= day]
    return max(known, key=lambda each: each.from_, default=None)


def convert(fx: Fx, rate: FxRate, amount: Fraction) -> Fraction | None:
    """The amount in the currency of the plan, unrounded; None at a rate of 0."""
    match fx.quote:
        case "per_plan_unit":
            return amount / Fraction(rate.rate) if rate.rate else None
        case "per_foreign_unit":
            return amount * Fraction(rate.rate)

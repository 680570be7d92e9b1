"""What a component pays in a year at exactly 100 % of quota, computed by the curve that pays."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import cast

from ixia_config.kinds.comp_plan.amounts import Measure, PeriodName
from ixia_config.kinds.comp_plan.component import Component, Rates
from ixia_config.kinds.comp_plan.periods import a_year
from ixia_config.kinds.comp_plan.spec import CompPlanSpec, Quota
from ixia_config.kinds.comp_plan.tiers import Curve, curve

_ONE = Fraction(1)


def quota_of(spec: CompPlanSpec, component: Component) -> Quota | None:
    """The quota whose measure a component uses; the main one where it names none."""
    if component.measure is None:
        return spec.quota
    return next((each for each in spec.every_quota if each.measure == component.measure), None)


def weight_of(spec: CompPlanSpec, component: Component) -> Fraction:
    """The share of the target variable that a component has.

    Components without a weight share equally what the others leave.
    """
    if component.weight is not None:
        return Fraction(component.weight)
    given = [Fraction(each.weight) for each in spec.components if each.weight is not None]
    return max(1 - sum(given, Fraction(0)), Fraction(0)) / (len(spec.components) - len(given))


def stretch_of(component: Component, quota: Quota | None) -> PeriodName | None:
    """The period in which credit adds up on the table; None where it does in no period."""
    accumulate = component.rates.accumulate if component.rates is not None else None
    if accumulate in ("transaction", "plan"):
        return None
    period = accumulate or component.period or (quota.period if quota is not None else None)
    return cast("PeriodName | None", period)


def curve_of(component: Component, rates: Rates, quota: Fraction | None) -> Curve:
    """The curve of a stretch with this quota, at 100 % of every other measure."""
    threshold = component.threshold
    above = None
    if threshold is not None and threshold.pays == "above" and quota is not None:
        above = Fraction(threshold.at) * quota
    return curve(rates, quota, row=_row(rates), factor=_factor(rates), above=above)


def _row(rates: Rates) -> tuple[Measure, ...]:
    rows = rates.matrix.rows if rates.matrix is not None else ()
    return next((each.rates for each in reversed(rows) if each.from_ <= 1), ())


def _factor(rates: Rates) -> Fraction:
    reached = [each for each in rates.multipliers if each.from_ <= 1]
    inside = [each for each in reached if each.to is None or each.to > 1]
    return Fraction(inside[-1].factor) if inside else _ONE


def paid_in_a_year(spec: CompPlanSpec, component: Component, amount: Decimal) -> Fraction | None:
    """What a year at 100 % of a quota of this amount pays; None where the plan does not tell."""
    quota = quota_of(spec, component)
    if component.pay is not None:
        period = component.period or (quota.period if quota is not None else None)
        return Fraction(component.pay) * a_year(period) if period else None
    stretch = stretch_of(component, quota)
    if component.rates is None or quota is None or stretch is None or not amount:
        return None
    if len(component.rates.tiers) > 1 and component.rates.accumulate == "transaction":
        return None
    return sum(
        (
            curve_of(component, component.rates, part).pay(part)
            for part in _parts(quota, amount, stretch)
        ),
        Fraction(0),
    )


def _parts(quota: Quota, amount: Decimal, stretch: PeriodName) -> Iterator[Fraction]:
    """The quota of each stretch of a year; seasons count where the stretch is the period."""
    year = Fraction(amount) * a_year(quota.period)
    count = a_year(stretch)
    if stretch == quota.period and len(quota.seasonality) == count:
        yield from (year * Fraction(each) for each in quota.seasonality)
    else:
        yield from [year / count] * count

"""What a component of a comp plan pays, as exact points of a curve over attainment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ixia_config.kinds.comp_plan import tiers
from ixia_config.kinds.comp_plan.component import Component
from ixia_config.kinds.comp_plan.periods import a_year
from ixia_config.kinds.comp_plan.spec import CompPlanSpec

_ONE = Fraction(1)
_SHORT = Fraction(1, 10**9)  # how far before a bound the pay below it is taken


@dataclass(frozen=True, slots=True)
class Line:
    """Points of attainment and money, by attainment; ``bounds`` are where rates change."""

    points: tuple[tuple[Fraction, Fraction], ...]
    bounds: tuple[Fraction, ...]
    at_quota: Fraction


def quota_of(spec: CompPlanSpec, component: Component) -> Fraction | None:
    """What 100 % is, over the stretch in which credit adds up; None without a quota."""
    wanted = component.measure
    found = spec.quota if wanted is None else None
    for each in spec.every_quota:
        if each.measure == wanted:
            found = each
    if found is None or not found.amount:
        return None
    stretch = component.rates.accumulate if component.rates else None
    amount = Fraction(found.amount)
    match stretch:
        case None | "transaction" | "plan":
            return amount
        case _:
            return amount * Fraction(a_year(found.period), a_year(stretch))


def payline(spec: CompPlanSpec, component: Component, far: Fraction) -> Line | None:
    """What is paid from nothing up to this attainment; None where no curve says it.

    Caps of a deal, holdbacks and gates are left out: they do not depend on attainment alone.
    """
    quota = quota_of(spec, component)
    if quota is None or (component.rates is None and component.pay is None):
        return None
    found = _Pay(component, quota)
    spots = sorted({spot for spot in found.spots(far) if 0 <= spot <= far})
    points = [(spot, found.at(spot)) for spot in spots]
    return Line(tuple(_bent(points)), found.bounds, found.at(_ONE))


def bounds(spec: CompPlanSpec, component: Component) -> tuple[Fraction, ...]:
    """The attainments at which the rates change."""
    quota = quota_of(spec, component)
    return () if quota is None else _Pay(component, quota).bounds


@dataclass(frozen=True, slots=True)
class _Pay:
    component: Component
    quota: Fraction

    @property
    def bounds(self) -> tuple[Fraction, ...]:
        rates = self.component.rates
        if rates is None:
            return ()
        scale = _ONE if rates.basis == "attainment" else self.quota
        return tuple(sorted({Fraction(each.from_.value) / scale for each in rates.tiers}))

    def spots(self, far: Fraction) -> Iterator[Fraction]:
        """Where the pay may bend or leap, and a grid for where a cap cuts it."""
        rates, threshold = self.component.rates, self.component.threshold
        yield from (far * step / 60 for step in range(61))
        places = [*self.bounds]
        if rates is not None:
            scale = _ONE if rates.basis == "attainment" else self.quota
            places += [Fraction(each.to.value) / scale for each in rates.tiers if each.to]
            places += [Fraction(each.from_) for each in rates.multipliers]
        places += [Fraction(threshold.at)] if threshold else []
        for place in places:
            yield from (place - _SHORT, place)

    def at(self, attained: Fraction) -> Fraction:
        component = self.component
        threshold = component.threshold
        if threshold and attained < threshold.at and threshold.pays == "from_first":
            return Fraction(0)
        if component.rates is None:
            return Fraction(component.pay or 0)
        above = (
            Fraction(threshold.at) * self.quota if threshold and threshold.pays == "above" else None
        )
        curve = tiers.curve(component.rates, self.quota, factor=self._factor(attained), above=above)
        return self._bounded(curve.pay(attained * self.quota))

    def _factor(self, attained: Fraction) -> Fraction:
        rates = self.component.rates
        for each in rates.multipliers if rates else ():
            if each.from_ <= attained and (each.to is None or attained < each.to):
                return Fraction(each.factor)
        return _ONE

    def _bounded(self, pay: Fraction) -> Fraction:
        cap = self.component.cap
        if cap is not None and cap.per == "period" and cap.amount is not None:
            pay = min(pay, Fraction(cap.amount))
        floor = self.component.floor
        return max(pay, Fraction(floor.amount)) if floor else pay


def _bent(points: Sequence[tuple[Fraction, Fraction]]) -> Iterator[tuple[Fraction, Fraction]]:
    """The points without those that lie on the straight line between their neighbours."""
    for number, (x, y) in enumerate(points):
        if 0 < number < len(points) - 1:
            (x0, y0), (x1, y1) = points[number - 1], points[number + 1]
            if (y - y0) * (x1 - x) == (y1 - y) * (x - x0):
                continue
        yield x, y


def reach(lines: Sequence[Sequence[Fraction]]) -> Fraction:
    """How far to the right a chart goes: past the last bound, to a round share."""
    last = max((each for bounds_ in lines for each in bounds_), default=_ONE)
    wanted = max(last * Fraction(4, 3), last + Fraction(1, 4), Fraction(3, 2))
    return min(Fraction(-(-wanted * 2 // 1), 2), Fraction(20))


def share(value: Fraction) -> str:
    """``112.5 %``: at most one decimal."""
    rounded = Decimal(round(value * 1000)) / 10
    return f"{rounded.normalize():,f} %"

"""Quotas and targets of one person: what a stretch of time asks for, and what it would pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ixia_config.kinds.comp_assignments.spec import Assignment
from ixia_config.kinds.comp_plan import days
from ixia_config.kinds.comp_plan.days import Span
from ixia_config.kinds.comp_plan.periods import (
    A_YEAR,
    Period,
    a_year,
    months_between,
    months_later,
    period_of,
    periods,
)
from ixia_config.kinds.comp_plan.ready import Version
from ixia_config.kinds.comp_plan.rounding import rounded
from ixia_config.kinds.comp_plan.spec import CompPlanSpec, Quota, RampMonth

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Ote:
    """What a plan pays at 100 %: ``rate`` is the target variable for each unit of quota.

    ``ratio`` is the quota of a year for each unit of on-target earnings. Both are None without a
    quota.
    """

    total: Decimal
    variable: Decimal
    rate: Fraction | None
    ratio: Fraction | None


def on_target(spec: CompPlanSpec) -> Ote | None:
    """On-target earnings, target rate and quota to OTE of a plan; None where it declares none."""
    if spec.ote is None:
        return None
    total = spec.ote.base + spec.ote.variable
    yearly = Fraction(spec.quota.amount) * a_year(spec.quota.period) if spec.quota else None
    rate = Fraction(spec.ote.variable) / yearly if yearly else None
    ratio = yearly / Fraction(total) if yearly and total else None
    return Ote(total, spec.ote.variable, rate, ratio)


@dataclass(frozen=True, slots=True)
class Contract:
    """One person's assignment under one version of its plan."""

    assignment: Assignment
    version: Version

    @property
    def span(self) -> Span:
        """The days of the assignment; an open end is that of time."""
        return self.assignment.from_, self.assignment.to or date.max

    @property
    def yearly(self) -> Fraction:
        """The target variable of a year, the person's own before the plan's."""
        ote, override = self.version.spec.ote, self.assignment.override
        own = None if override is None else override.variable
        return Fraction(own if own is not None else (ote.variable if ote else 0))

    @property
    def ramp(self) -> tuple[RampMonth, ...]:
        """The months of settling in, the person's own before the plan's."""
        override = self.assignment.override
        own = None if override is None else override.ramp
        return self.version.spec.ramp if own is None else own

    def full(self, quota: Quota, period: Period) -> Fraction:
        """The quota of a whole period, without ramp and proration."""
        own = {each.measure: each.amount for each in self.assignment.quotas}
        amount = own.get(quota.measure)
        main = self.version.spec.quota
        if amount is None and main is not None and main.measure == quota.measure:
            amount = self.assignment.quota
        whole = Fraction(quota.amount if amount is None else amount) * Fraction(
            self.assignment.share
        )
        if not quota.seasonality:
            return whole
        year = period_of(period.start, "year", self.version.year_starts)
        every = list(periods(year.start, year.end, quota.period, self.version.year_starts))
        place = every.index(period) if period in every else 0
        share = quota.seasonality[place] if place < len(quota.seasonality) else Decimal(0)
        return whole * a_year(quota.period) * Fraction(share)

    def quota(self, quota: Quota, stretch: Period) -> Decimal:
        """What a stretch asks for, after ramp and proration, rounded as money.

        A period without ramp months shrinks with its days. With ramp months, each month has an
        equal part of it, its share of the ramp, and its days.
        """
        starts = self.version.year_starts
        exact = Fraction(0)
        for period in periods(stretch.start, stretch.end, quota.period, starts):
            inside = stretch.start <= period.start and period.end <= stretch.end
            if inside and not self._ramps(period):
                exact += self.full(quota, period) * self._worked(period.start, period.end)
            else:
                exact += self.full(quota, period) * self._by_month(period, stretch)
        rounding = self.version.spec.rounding
        return rounded(exact, rounding.scale, rounding.mode)

    def _by_month(self, period: Period, stretch: Period) -> Fraction:
        """The share of a period's quota that its months inside the stretch have."""
        cells = list(_cells(period))
        found = Fraction(0)
        for start, end in cells:
            if stretch.start <= start < stretch.end:
                found += self._ramped(start) * self._worked(start, end) / len(cells)
        return found

    def _ramps(self, period: Period) -> bool:
        return any(self._ramped(start) != 1 for start, _ in _cells(period))

    def _ramped(self, day: date) -> Fraction:
        """The share of the ramp in the month of a day; the first before it has begun."""
        first = self.assignment.ramp_from or self.assignment.from_
        number = max(months_between(first, day) + 1, 1)
        return next((Fraction(each.quota) for each in self.ramp if each.month == number), ONE)

    def worked(self, start: date, end: date) -> Fraction:
        """The share of the days from ``start`` to before ``end`` that are days of work."""
        spec = self.version.spec
        first, last = self.span
        if spec.proration.start_day == "not_counted" and start < first:
            first = min(first.fromordinal(first.toordinal() + 1), date.max)
        spans: list[Span] = [days.cut((start, end), (first, last))]
        if spec.versions == "separate":
            spans = [days.cut(spans[0], self.version.span)]
        if spec.leave.quota == "reduced":
            gaps = [(each.from_, each.to) for each in self.assignment.leave]
            spans = list(days.without(spans[0], gaps))
        return days.share((start, end), spans, spec.proration, self.version.clock)

    def _worked(self, start: date, end: date) -> Fraction:
        return self.worked(start, end) if self.version.spec.proration.quota else ONE

    def variable(self, weight: Fraction, stretch: Period) -> Fraction:
        """The target variable of a stretch, for a part of the plan with this weight."""
        share = Fraction(self.assignment.share) * weight
        return self.yearly * share * years(stretch) * self._worked(stretch.start, stretch.end)

    def target_rate(self, weight: Fraction, quota: Quota) -> Fraction:
        """Target variable of a year by the full quota of a year; 0 without a quota."""
        year = Period(date(2001, 1, 1), date(2002, 1, 1), "")
        whole = self.full(quota.model_copy(update={"seasonality": ()}), year) * a_year(quota.period)
        part = self.yearly * weight * Fraction(self.assignment.share)
        return part / whole if whole else whole


def years(stretch: Period) -> Fraction:
    """The length of a stretch in years; by months where it starts and ends with one."""
    if stretch.start.day == 1 and stretch.end.day == 1:
        return Fraction(months_between(stretch.start, stretch.end), A_YEAR)
    return Fraction((stretch.end - stretch.start).days, 7 * a_year("week"))


def weight_of(spec: CompPlanSpec, index: int) -> Fraction:
    """The share of the target variable that a component has.

    Components without a weight share equally what the others leave.
    """
    weights = [each.weight for each in spec.components]
    if (own := weights[index]) is not None:
        return Fraction(own)
    left = 1 - sum((Fraction(each) for each in weights if each is not None), Fraction(0))
    return max(left, Fraction(0)) / sum(each is None for each in weights)


def _cells(period: Period) -> Iterator[Span]:
    """The months of a period; a week is one cell."""
    if (period.end - period.start).days <= 7:  # a week
        yield period.start, period.end
        return
    start = period.start
    while start < period.end:
        following = min(months_later(start, 1), period.end)
        yield start, following
        start = following

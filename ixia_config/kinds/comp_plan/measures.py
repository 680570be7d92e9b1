"""How far a measure has come: what counts towards a quota, to date, and as a share of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from ixia_config.kinds.comp_plan.credits import Claim
from ixia_config.kinds.comp_plan.periods import Period
from ixia_config.kinds.comp_plan.quotas import Contract

Key = tuple[str, str]
"""A record: its type and its id."""


@dataclass(frozen=True, slots=True)
class Series:
    """Amounts by their date, in order, with running sums; each record once."""

    days: tuple[date, ...]
    sums: tuple[Fraction, ...]
    before: dict[Key, Fraction]
    after: dict[Key, Fraction]

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Series:
        """The series of claims that are in order; the first of a record counts."""
        once: dict[Key, Claim] = {}
        for claim in claims:
            once.setdefault(key_of(claim), claim)
        amounts = [Fraction(claim.credit.amount) for claim in once.values()]
        sums = tuple(accumulate(amounts, initial=Fraction(0)))
        return cls(
            tuple(claim.credit.on for claim in once.values()),
            sums,
            dict(zip(once, sums, strict=False)),
            dict(zip(once, sums[1:], strict=True)),
        )

    def to(self, day: date) -> Fraction:
        """The sum of all before a day."""
        return self.sums[bisect_left(self.days, day)]

    def moved(self, claim: Claim) -> tuple[Fraction, Fraction]:
        """The sum before a record and after it; twice the same where the record does not count."""
        key = key_of(claim)
        if key in self.before:
            return self.before[key], self.after[key]
        place = self.to(claim.credit.on)
        return place, place


def key_of(claim: Claim) -> Key:
    """The record of a claim."""
    return claim.sale.record, claim.sale.id


@dataclass(frozen=True)
class Measures:
    """The measures of one person under one version of a plan."""

    contract: Contract
    claims: tuple[Claim, ...]
    _kept: dict[tuple[str, Period], Series] = field(default_factory=dict, init=False, repr=False)
    _quotas: dict[tuple[str, Period], Decimal] = field(default_factory=dict, init=False, repr=False)

    def series(self, measure: str, stretch: Period) -> Series:
        """What counts towards a measure in a stretch."""
        key = (measure, stretch)
        if key not in self._kept:
            self._kept[key] = Series.of(
                claim
                for claim in self.claims
                if stretch.holds(claim.credit.on) and self._counts(claim, measure)
            )
        return self._kept[key]

    def quota(self, measure: str, stretch: Period) -> Decimal:
        """The quota of a stretch; 0 where the plan has none for the measure."""
        key = (measure, stretch)
        if key not in self._quotas:
            quota = self.contract.version.quota(measure)
            amount = Decimal(0) if quota is None else self.contract.quota(quota, stretch)
            self._quotas[key] = amount
        return self._quotas[key]

    def attained(self, measure: str, stretch: Period, credited: Fraction) -> Fraction | None:
        """Credit as a share of the quota of a stretch; None while that is 0."""
        quota = self.quota(measure, stretch)
        return credited / Fraction(quota) if quota else None

    def by(self, measure: str, stretch: Period, day: date) -> Fraction | None:
        """The attainment of a measure by everything before a day."""
        return self.attained(measure, stretch, self.series(measure, stretch).to(day))

    def _counts(self, claim: Claim, measure: str) -> bool:
        """Whether a claim counts: by the quota's own rule, or else as a component's credit."""
        if claim.measure != measure:
            return False
        quota = claim.version.quota(measure)
        if claim.component is None or (quota is not None and quota.counts is not None):
            return claim.component is None
        component = claim.version.spec.components[claim.component]
        money = component.rates is None or component.rates.basis != "units"
        return component.measure is not None or (component.type != "mbo" and money)

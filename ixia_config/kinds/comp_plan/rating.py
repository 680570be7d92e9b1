"""Rating: the exact pay of every credit in one stretch of one component, by a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from ixia_config.kinds.comp_plan.component import Component, Factor, Rates
from ixia_config.kinds.comp_plan.credits import Claim
from ixia_config.kinds.comp_plan.measures import Measures, Series, key_of
from ixia_config.kinds.comp_plan.periods import Period, period_of
from ixia_config.kinds.comp_plan.quotas import Contract, weight_of
from ixia_config.kinds.comp_plan.result import Part, Reasons
from ixia_config.kinds.comp_plan.rounding import rounded, shown
from ixia_config.kinds.comp_plan.tiers import ZERO, Curve, curve
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.kinds.scalars import percentage

Located = tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """What one claim earns, or, without a claim, what the stretch pays as a fixed amount."""

    claim: Claim | None
    exact: Fraction
    parts: tuple[Part, ...] = ()
    reasons: Reasons = ()


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is reached on a curve on a day; ``table`` is the row and factor that made the curve."""

    curve: Curve
    table: tuple[int, Fraction]
    reached: int
    position: Fraction
    reasons: Reasons


@dataclass(frozen=True)
class Stretch:
    """One component of one person in one stretch in which credit adds up.

    ``each`` says that every record is rated by itself; the stretch is then that of the quota.
    """

    contract: Contract
    index: int
    period: Period
    claims: tuple[Claim, ...]
    measures: Measures
    each: bool = False
    _curves: dict[tuple[int, Fraction], Curve] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _standings: dict[date, _Standing] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _paid: dict[tuple[object, ...], Rated] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _series: list[Series] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def component(self) -> Component:
        """The declaration."""
        return self.contract.version.spec.components[self.index]

    @property
    def measure(self) -> str:
        """The measure whose quota gives the attainment; empty where the plan has no quota."""
        quota = self.contract.version.quota(self.component.measure)
        return quota.measure if quota else ""

    @property
    def weight(self) -> Fraction:
        """Share of the target variable."""
        return weight_of(self.contract.version.spec, self.index)

    @property
    def target(self) -> Fraction:
        """The target variable of the stretch."""
        return self.contract.variable(self.weight, self.period)

    @property
    def worked(self) -> Fraction:
        """The share of the stretch that fixed amounts are paid for."""
        if not self.contract.version.spec.proration.quota:
            return Fraction(1)
        return self.contract.worked(self.period.start, self.period.end)

    @property
    def target_rate(self) -> Fraction:
        """What 100 % pays for each unit of credit."""
        quota = self.contract.version.quota(self.component.measure)
        return self.contract.target_rate(self.weight, quota) if quota else ZERO

    def attained(self, day: date) -> Fraction | None:
        """The attainment of the measure by everything before a day."""
        return self.measures.by(self.measure, self.period, day) if self.measure else None

    def series(self) -> Series:
        """What moves a credit up the table: the measure, or the component's own credits."""
        rates = self.component.rates
        if rates is not None and rates.basis == "attainment":
            return self.measures.series(self.measure, self.period)
        if not self._series:
            self._series.append(Series.of(self._own()))
        return self._series[0]

    def _own(self) -> Iterator[Claim]:
        """The credits of the component; of all its versions where attainment is carried."""
        for claim in self.measures.claims:
            if claim.credit.component == self.component.key and self.period.holds(claim.credit.on):
                yield claim

    def rated(self, by: date) -> Iterator[Rated]:
        """What every credit before a day earns by then, exactly; gates are not yet looked at."""
        known = [claim for claim in self.claims if claim.credit.on < by]
        claims = [claim for claim in known if claim.pays]
        component = self.component
        yield from (_unpaid(claim) for claim in known if not claim.pays)
        if component.type == "mbo":
            yield from (self._objective(claim) for claim in claims)
        elif component.rates is None:
            yield from (Rated(claim, ZERO) for claim in claims)
        elif component.rates.basis == "attainment" and not self._quota():
            yield from (self._without_quota(claim) for claim in claims)
        else:
            yield from (self._claim(component.rates, claim, by) for claim in claims)
            yield from self._fixed(component.rates, by)
        if component.pay is not None and (self._conditional() or self.period.end <= by):
            exact = Fraction(component.pay) * self.worked * self._override()[0]
            yield Rated(None, exact, (), (*self._override()[1], *self._prorated()))

    def closed(self, by: date) -> Reasons:
        """Why nothing pays yet: gates and the threshold that are not reached by a day."""
        return tuple(self._shut(by))

    def _quota(self) -> Fraction:
        return Fraction(self.measures.quota(self.measure, self.period)) if self.measure else ZERO

    def _conditional(self) -> bool:
        return bool(self.component.gates or self.component.threshold)

    def _shut(self, by: date) -> Iterator[Reason]:
        for gate in self.component.gates:
            share = self.measures.by(gate.measure, self.period, by)
            if share is None or share < Fraction(gate.at):
                yield _below("gate", gate.measure, share, Fraction(gate.at))
        threshold = self.component.threshold
        if threshold is not None and self._quota():
            share = self.attained(by) or ZERO
            if share < Fraction(threshold.at):
                yield _below("threshold", self.measure, share, Fraction(threshold.at))

    def _objective(self, claim: Claim) -> Rated:
        """A part of the target variable: weight of the objective times its score."""
        score = Fraction(claim.credit.amount)
        exact = self.target * claim.weight * score
        rate = shown(self.target * claim.weight)
        return Rated(claim, exact, (Part(0, None, None, shown(score), rate, shown(exact)),))

    def _without_quota(self, claim: Claim) -> Rated:
        """While the quota is 0 there is no attainment, and the plan says what pays."""
        quota = self.contract.version.quota(self.component.measure)
        if quota is None or quota.zero != "target_rate":
            why = Reason("quota", Verdict.NOTE, "the quota is 0: attainment is undefined")
            return Rated(claim, ZERO, (), (why,))
        credit = Fraction(claim.credit.amount)
        exact = credit * self.target_rate
        part = Part(0, None, None, shown(credit), shown(self.target_rate), shown(exact))
        why = Reason("quota", Verdict.NOTE, "the quota is 0: the target rate pays")
        return Rated(claim, exact, (part,), (why,))

    def _claim(self, rates: Rates, claim: Claim, by: date) -> Rated:
        if self.each:
            standing = self._alone(rates, claim)
        else:
            standing = self._standing(rates, self._when(claim, by))
        key = (*key_of(claim), standing.reached, *standing.table)
        if key not in self._paid:
            self._paid[key] = self._pay(claim, standing)
        paid = self._paid[key]
        return Rated(claim, paid.exact, paid.parts, standing.reasons)

    def _pay(self, claim: Claim, standing: _Standing) -> Rated:
        """What a credit earns where it lies, at the rates of what is reached."""
        table, reached, credit = standing.curve, standing.reached, Fraction(claim.credit.amount)
        low, high = (ZERO, credit) if self.each else self.series().moved(claim)
        located = table.located(low, high)
        exact = sum((credit * share * table.rate(n, reached) for n, share in located), ZERO)
        parts = _parts(table, located, credit, reached)
        fixed = table.fixed(standing.position, reached) if self.each else ZERO
        if fixed:
            parts = (*parts, _amount(table, reached, fixed))
        return Rated(claim, exact + fixed, parts)

    def _fixed(self, rates: Rates, by: date) -> Iterator[Rated]:
        """The fixed amounts of the tiers; those of single transactions are with them."""
        if self.each or not any(tier.amount for tier in rates.tiers):
            return
        standing = self._standing(rates, min(by, self.period.end))
        exact = standing.curve.fixed(standing.position, standing.reached) * self.worked
        if exact:
            part = _amount(standing.curve, standing.reached, exact)
            yield Rated(None, exact, (part,), (*standing.reasons, *self._prorated()))

    def _standing(self, rates: Rates, day: date) -> _Standing:
        """What is reached by everything before a day; worked out once."""
        if day not in self._standings:
            position = self.series().to(day)
            self._standings[day] = self._reached(rates, day, position, self.attained(day))
        return self._standings[day]

    def _alone(self, rates: Rates, claim: Claim) -> _Standing:
        """What a record reaches by itself; factors go by the attainment with it."""
        credit = Fraction(claim.credit.amount)
        return self._reached(rates, claim.credit.on, credit, self._through(claim))

    def _reached(
        self, rates: Rates, day: date, position: Fraction, attained: Fraction | None
    ) -> _Standing:
        """The curve that holds on a day, what is reached on it, and which switches chose it."""
        factor, reasons = _factor(rates.multipliers, attained)
        own, agreed = self._override()
        factor, reasons = factor * own, (*reasons, *agreed)
        row, why = self._row(rates, day)
        if (row, factor) not in self._curves:
            self._curves[row, factor] = self._curve(rates, row, factor)
        table = self._curves[row, factor]
        reached = table.at(position)
        return _Standing(table, (row, factor), reached, position, (*reasons, *why))

    def _override(self) -> tuple[Fraction, tuple[Reason, ...]]:
        """The person's own factor, and who agreed to it."""
        override = self.contract.assignment.override
        if override is None or override.rate_factor is None:
            return Fraction(1), ()
        said = f"rates x {override.rate_factor}, approved by {override.approved_by}"
        reason = Reason("override", Verdict.NOTE, f"{said} ({override.ticket})")
        return Fraction(override.rate_factor), (reason,)

    def _curve(self, rates: Rates, row: int, factor: Fraction) -> Curve:
        quota, threshold = self._quota(), self.component.threshold
        above = threshold is not None and threshold.pays == "above" and quota
        return curve(
            rates,
            quota,
            row=rates.matrix.rows[row].rates if rates.matrix and row >= 0 else (),
            factor=factor,
            above=Fraction(threshold.at) * quota if threshold and above else None,
        )

    def _row(self, rates: Rates, day: date) -> tuple[int, tuple[Reason, ...]]:
        """The row of the matrix that the second measure has reached; the first below it."""
        if rates.matrix is None:
            return -1, ()
        share = self.measures.by(rates.matrix.measure, self.period, day) or ZERO
        starts = [Fraction(row.from_) for row in rates.matrix.rows]
        row = max((n for n, start in enumerate(starts) if start <= share), default=0)
        why = f"{_percent(share)} of the quota: row {row + 1}"
        return row, (Reason(rates.matrix.measure, Verdict.CHOSEN, why),)

    def _through(self, claim: Claim) -> Fraction | None:
        """The attainment with a record."""
        if not self.measure:
            return None
        after = self.measures.series(self.measure, self.period).moved(claim)[1]
        return self.measures.attained(self.measure, self.period, after)

    def _when(self, claim: Claim, by: date) -> date:
        """The day by which what is reached decides the rate of a record."""
        payout = self.contract.version.spec.payout
        day = min(by, self.period.end)
        if payout.method == "at_to_date_rate":
            own = period_of(claim.credit.on, payout.period, self.contract.version.year_starts)
            day = min(day, own.end)
        return day

    def _prorated(self) -> Reasons:
        if self.worked == 1:
            return ()
        return (Reason("proration", Verdict.NOTE, f"{_percent(self.worked)} of the period"),)


def _unpaid(claim: Claim) -> Rated:
    return Rated(claim, ZERO, (), (Reason("not paid", Verdict.SKIPPED, claim.unpaid),))


def _amount(table: Curve, reached: int, fixed: Fraction) -> Part:
    return Part(table.bands[reached].tier, None, None, None, None, shown(fixed))


def _parts(table: Curve, located: Located, credit: Fraction, reached: int) -> tuple[Part, ...]:
    found: list[Part] = []
    for index, share in located:
        band, rate = table.bands[index], table.rate(index, reached)
        found.append(
            Part(
                band.tier,
                None if band.start is None else shown(band.start),
                None if band.end is None else shown(band.end),
                shown(credit * share),
                shown(rate),
                shown(credit * share * rate),
            )
        )
    return tuple(found)


def _factor(
    factors: tuple[Factor, ...], attained: Fraction | None
) -> tuple[Fraction, tuple[Reason, ...]]:
    """The factor in whose range an attainment lies; 1 where there is none."""
    if attained is None or not factors:
        return Fraction(1), ()
    for each in factors:
        inside = each.to is None or attained < Fraction(each.to)
        if Fraction(each.from_) <= attained and inside:
            why = f"rates x {each.factor} at {_percent(attained)}"
            return Fraction(each.factor), (Reason("multiplier", Verdict.CHOSEN, why),)
    return Fraction(1), ()


def _below(what: str, measure: str, share: Fraction | None, at: Fraction) -> Reason:
    stands = "has no quota" if share is None else f"is at {_percent(share)}"
    return Reason(what, Verdict.NO, f"{measure} {stands}, {_percent(at)} is needed")


def _percent(share: Fraction) -> str:
    return percentage(rounded(share, 4))


__all__ = ["Rated", "Stretch"]

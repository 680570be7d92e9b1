"""Contests: what a SPIFF pays on top of the plan, within its budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ixia_config.kinds.calendar.hours import holds
from ixia_config.kinds.comp_plan.credits import on_plan
from ixia_config.kinds.comp_plan.entries import Source
from ixia_config.kinds.comp_plan.periods import Period
from ixia_config.kinds.comp_plan.ready import Version, version_on, versions
from ixia_config.kinds.comp_plan.result import Reasons, What
from ixia_config.kinds.comp_plan.rounding import apportion, rounded
from ixia_config.kinds.comp_plan.sales import Sale
from ixia_config.kinds.comp_plan.spec import Spiff
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.reasons import Reason, Verdict


@dataclass(frozen=True, slots=True)
class Prize:
    """What somebody wins on a day, for a record or for their part in a pool."""

    person: str
    on: date
    source: Source
    amount: Decimal
    title: str = ""
    reasons: Reasons = ()


def prizes(
    configuration: Configuration, sales: Iterable[Sale]
) -> Mapping[tuple[str, str], tuple[Prize, ...]]:
    """Every prize by person and plan; the records are those of all people, for budget and pool."""
    ordered = tuple(sales)
    found: dict[tuple[str, str], list[Prize]] = {}
    for plan, known in versions(configuration).items():
        for version in known:
            for index, spiff in enumerate(version.spec.spiffs):
                contest = _Contest(configuration, plan, version, index, spiff)
                for prize in contest.prizes(ordered):
                    found.setdefault((prize.person, plan), []).append(prize)
    return {key: tuple(each) for key, each in found.items()}


@dataclass(frozen=True, slots=True)
class _Entrant:
    """A record that takes part, with its owner, its day and what it counts for."""

    sale: Sale
    person: str
    on: date
    amount: Fraction


@dataclass(frozen=True, slots=True)
class _Contest:
    configuration: Configuration
    plan: str
    version: Version
    index: int
    spiff: Spiff

    def prizes(self, sales: Iterable[Sale]) -> Iterator[Prize]:
        """The prizes in the order of their days."""
        entrants = sorted(self._entrants(sales), key=lambda each: (each.on, each.sale.id))
        if self.spiff.pool is not None:
            yield from self._pool(entrants)
        else:
            yield from self._each(entrants)

    def _entrants(self, sales: Iterable[Sale]) -> Iterator[_Entrant]:
        spiff, spec = self.spiff, self.version.spec
        for sale in sales:
            governed = sale.day(spec.governed_by)
            on = sale.day(spiff.date or spec.governed_by)
            if sale.record != spiff.object or on is None or governed is None:
                continue
            mine = version_on(self.configuration, self.plan, governed) is self.version
            if not mine or not holds(spiff.effective, on):
                continue
            person = sale.person(spiff.person)
            amount = sale.number(spiff.amount) if spiff.amount else Fraction(1)
            takes_part = on_plan(self.configuration, person, self.plan, on)
            if takes_part and amount is not None and self._holds(sale, on):
                yield _Entrant(sale, person, on, amount)

    def _holds(self, sale: Sale, on: date) -> bool:
        return self.version.holds(("spiffs", self.index, "when"), sale, on)

    def _each(self, entrants: Iterable[_Entrant]) -> Iterator[Prize]:
        """A prize for each record, until the budget is used up."""
        left = None if self.spiff.budget is None else self.spiff.budget
        for entrant in entrants:
            amount = self._money(entrant)
            reasons: Reasons = ()
            if left is not None and amount > left:
                said = (
                    f"the budget of {self.spiff.budget:,f} is used up: {amount:,f} became {left:,f}"
                )
                amount, reasons = left, (Reason("budget", Verdict.NOTE, said),)
            left = None if left is None else left - amount
            source = self._source(entrant.sale)
            yield Prize(entrant.person, entrant.on, source, amount, entrant.sale.title, reasons)

    def _money(self, entrant: _Entrant) -> Decimal:
        spiff = self.spiff
        if spiff.rate is not None:
            exact = Fraction(spiff.rate) * entrant.amount
        else:
            units = entrant.amount if spiff.per == "unit" else Fraction(1)
            exact = Fraction(spiff.pay or 0) * units
        return rounded(exact, self.version.spec.rounding.scale, self.version.spec.rounding.mode)

    def _pool(self, entrants: Iterable[_Entrant]) -> Iterator[Prize]:
        """The pool in the share of the goal that all reach, due when the contest has ended."""
        by_person: dict[str, Fraction] = {}
        for entrant in entrants:
            by_person[entrant.person] = by_person.get(entrant.person, Fraction(0)) + entrant.amount
        total, end = sum(by_person.values(), Fraction(0)), self.spiff.effective.to
        if not total or end is None:
            return
        reached = (
            min(total / Fraction(self.spiff.goal), Fraction(1)) if self.spiff.goal else Fraction(1)
        )
        pool = min(Fraction(self.spiff.pool or 0) * reached, Fraction(self.spiff.budget or 10**18))
        equal = self.spiff.shared == "equally"
        parts = [
            Fraction(1, len(by_person)) if equal else each / total for each in by_person.values()
        ]
        rounding = self.version.spec.rounding
        amounts = apportion(
            [pool * part for part in parts], rounding.scale, rounding.mode, rounding.residue
        )
        last = date.fromordinal(end.toordinal() - 1)
        for person, amount in zip(by_person, amounts, strict=True):
            said = f"{self.spiff.pool:,f} in all, {_share(reached)} of the goal is reached"
            why = Reason("pool", Verdict.NOTE, said)
            yield Prize(person, last, self._source(None), amount, "", (why,))

    def _source(self, sale: Sale | None) -> Source:
        effective = self.spiff.effective
        stretch = Period(effective.from_ or date.min, effective.to or date.max, "")
        record, id_ = (sale.record, sale.id) if sale else ("", "")
        return Source(
            self.spiff.key, self.version.name, stretch.start, stretch.end, record, id_, What.SPIFF
        )


def _share(share: Fraction) -> str:
    return f"{rounded(share * 100, 2):f}%"


__all__ = ["Prize", "prizes"]

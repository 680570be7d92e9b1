"""What SQL is told of people and the calendar: stretches, payouts, quotas, as constant rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import cast

from ixia_config.kinds.comp_assignments.spec import Assignment
from ixia_config.kinds.comp_plan.amounts import PeriodName
from ixia_config.kinds.comp_plan.days import cut
from ixia_config.kinds.comp_plan.measures import Measures
from ixia_config.kinds.comp_plan.periods import Period, months_later, period_of, periods
from ixia_config.kinds.comp_plan.quotas import Contract
from ixia_config.kinds.comp_plan.rating import Stretch
from ixia_config.kinds.comp_plan.ready import Version
from ixia_config.kinds.comp_plan.sql_words import day, number, rows, text
from ixia_config.kinds.comp_plan.stretches import A_YEAR, TRANSACTION, addition
from ixia_config.rules.dialects import Dialect

Amounts = Callable[[Stretch], Fraction]
"""An amount of a stretch that no record changes."""


@dataclass(frozen=True)
class Desk:
    """The people of one version of a plan, by number, up to the end of a period."""

    version: Version
    people: Sequence[tuple[int, Assignment]]
    until: date

    @property
    def contracts(self) -> Iterator[tuple[int, Contract]]:
        """Everybody under the version."""
        for place, assignment in self.people:
            yield place, Contract(assignment, self.version)

    @property
    def first(self) -> date:
        """The first day on which anybody is on the plan."""
        return min((each.from_ for _, each in self.people), default=self.until)

    def length(self, index: int) -> str:
        """How long the credit of a component adds up, or how long the stretch of its quota is."""
        component = self.version.spec.components[index]
        quota = self.version.quota(component.measure)
        for _, contract in self.contracts:
            found = addition(contract, component)
            if found != TRANSACTION:
                return found
            return quota.period if quota else self.version.spec.payout.period
        return "plan"

    def single(self, index: int) -> bool:
        """Whether every record is rated by itself."""
        component = self.version.spec.components[index]
        return any(addition(each, component) == TRANSACTION for _, each in self.contracts)

    def stretches(self, index: int) -> Iterator[tuple[int, Stretch]]:
        """Every stretch of a component that somebody has a day in."""
        length, single = self.length(index), self.single(index)
        for place, contract in self.contracts:
            first, last = cut(contract.span, self.version.span)
            measures = Measures(contract, ())
            for period in self._periods(length, contract, first, min(last, self.until)):
                yield place, Stretch(contract, index, period, (), measures, single)

    def _periods(
        self, length: str, contract: Contract, first: date, last: date
    ) -> Iterator[Period]:
        if first >= last:
            return
        if length != "plan":
            kind = cast("PeriodName", length)
            yield from periods(first, last, kind, self.version.year_starts)
            return
        start, close = self.version.span
        start = contract.span[0] if start == date.min else start
        if close == date.max:
            close = months_later(start, A_YEAR * (1 + max(self.until.year - start.year, 0)))
        yield Period(start, max(close, last), "plan")

    def unit(self, length: str) -> str:
        """The longest unit that never crosses a stretch or a payout: month, week or day."""
        both = {length, self.version.spec.payout.period} - {"plan"}
        return "month" if "week" not in both else "week" if both == {"week"} else "day"

    def calendar(self, length: str, dialect: Dialect) -> str:
        """Each unit of time with its stretch and its payout, as far as payouts are complete."""
        word = "STRING" if dialect.name == "spark" else "VARCHAR"
        columns = [
            ("unit", "DATE"),
            ("stretch", "DATE"),
            ("payout", word),
            ("payout_start", "DATE"),
            ("payout_end", "DATE"),
        ]
        return rows(columns, self._units(length, dialect))

    def _units(self, length: str, dialect: Dialect) -> Iterator[tuple[str, ...]]:
        unit, starts = self.unit(length), self.version.year_starts
        here = self.first if unit == "day" else period_of(self.first, _named(unit), starts).start
        while here < self.until:
            payout = period_of(here, self.version.spec.payout.period, starts)
            if payout.end <= self.until:
                stretch = self.mark(length, here)
                name = text(payout.name, dialect)
                yield day(here), day(stretch), name, day(payout.start), day(payout.end)
            end = here + timedelta(1)
            here = end if unit == "day" else period_of(here, _named(unit), starts).end

    def mark(self, length: str, on: date) -> date:
        """The day that stands for a stretch; all of a plan has one."""
        if length == "plan":
            return self.first
        return period_of(on, cast("PeriodName", length), self.version.year_starts).start

    def terms(
        self, index: int, dialect: Dialect, amounts: Mapping[str, tuple[str, Amounts]]
    ) -> str:
        """One row for each person and stretch, with these amounts."""
        word = "STRING" if dialect.name == "spark" else "VARCHAR"
        columns = [
            ("assignment", "INTEGER"),
            ("person", word),
            ("first_day", "DATE"),
            ("day_after", "DATE"),
            ("stretch", "DATE"),
            ("stretch_end", "DATE"),
            *((name, kind) for name, (kind, _) in amounts.items()),
        ]
        length = self.length(index)
        found = (
            (
                str(place),
                text(each.contract.assignment.person.lower(), dialect),
                day(each.contract.assignment.from_),
                day(each.contract.assignment.to or date.max),
                day(self.mark(length, each.period.start)),
                day(each.period.end),
                *(number(amount(each)) for _, amount in amounts.values()),
            )
            for place, each in self.stretches(index)
        )
        return rows(columns, found)


def _named(unit: str) -> PeriodName:
    return "week" if unit == "week" else "month"

"""The run of one assignment: payout after payout, each carrying on what the one before left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ixia_config.kinds.comp_assignments.spec import Assignment
from ixia_config.kinds.comp_plan.contests import Prize
from ixia_config.kinds.comp_plan.credits import Book, Claim, Note
from ixia_config.kinds.comp_plan.draws import settle
from ixia_config.kinds.comp_plan.earning import Kept, earned
from ixia_config.kinds.comp_plan.entries import Entries, Entry
from ixia_config.kinds.comp_plan.lines import adjustments, differences, paid_by, sum_of
from ixia_config.kinds.comp_plan.measures import Measures
from ixia_config.kinds.comp_plan.periods import Period, period_of
from ixia_config.kinds.comp_plan.quotas import Contract
from ixia_config.kinds.comp_plan.rating import Stretch
from ixia_config.kinds.comp_plan.ready import Version, versions
from ixia_config.kinds.comp_plan.result import Attained, Balance, Line, Payout, What
from ixia_config.kinds.comp_plan.rounding import rounded, shown
from ixia_config.kinds.comp_plan.stretches import stretches
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.reasons import Reason, Verdict

TAKING = (What.CLAWBACK, What.CORRECTION)


@dataclass(frozen=True)
class Run:
    """One assignment with its contracts, one for each version of the plan, and its credits."""

    assignment: Assignment
    contracts: tuple[Contract, ...]
    claims: tuple[Claim, ...]
    notes: tuple[Note, ...]
    prizes: tuple[Prize, ...]
    _kept: dict[date, Entries] = field(default_factory=dict, init=False, repr=False)
    _final: Kept = field(default_factory=dict, init=False, repr=False)
    _stretches: list[tuple[date, tuple[Stretch, ...]]] = field(
        default_factory=list, init=False, repr=False
    )

    @classmethod
    def of(
        cls,
        configuration: Configuration,
        assignment: Assignment,
        book: Book,
        prizes: Mapping[tuple[str, str], tuple[Prize, ...]],
    ) -> Run:
        """The run of an assignment over the credits that are dated within it."""
        known = versions(configuration)[assignment.plan]
        person, plan = assignment.person.lower(), assignment.plan
        return cls(
            assignment,
            tuple(Contract(assignment, version) for version in known),
            tuple(_working(assignment, book.of(person, plan))),
            tuple(n for n in book.notes.get((person, plan), ()) if within(assignment, n.on)),
            tuple(p for p in prizes.get((person, plan), ()) if within(assignment, p.on)),
        )

    def payouts(self, until: Period, history: Sequence[Payout] = ()) -> Iterator[Payout]:
        """The payouts up to the end of a period, those after the last day as well.

        A payout of ``history`` that is closed, or that lies in what the plan closed, is returned
        as it is.
        """
        known = {(each.period, each.start): each for each in history if self._mine(each)}
        balance, paid = Balance(), dict[tuple[str, str], tuple[Decimal, str]]()
        for period in self._periods(until):
            stored = known.get((period.name, period.start))
            if stored is not None and (stored.closed or self._closed(period)):
                payout = stored
            else:
                payout = self._payout(period, balance, paid, until)
            balance = payout.balance
            paid = paid_by(payout, paid)
            yield payout

    def tells(self, payout: Payout) -> bool:
        """Whether a payout is worth a statement: after the last day only one with lines is."""
        ended = self.assignment.to is not None and self.assignment.to <= payout.start
        return bool(payout.lines) or not ended

    def earned(self, by: date, until: date) -> Entries:
        """Everything earned before a day, of components and contests."""
        if by not in self._kept:
            won = {
                p.source: Entry(p.source, Fraction(p.amount), p.amount, reasons=p.reasons)
                for p in self.prizes
                if p.on < by
            }
            self._kept[by] = {**earned(self._all(until), by, self._final), **won}
        return self._kept[by]

    def _all(self, until: date) -> tuple[Stretch, ...]:
        if not self._stretches or self._stretches[0][0] != until:
            self._kept.clear()
            self._final.clear()
            self._stretches[:] = [(until, tuple(stretches(self.contracts, self.claims, until)))]
        return self._stretches[0][1]

    def _payout(
        self,
        period: Period,
        balance: Balance,
        paid: Mapping[tuple[str, str], tuple[Decimal, str]],
        until: Period,
    ) -> Payout:
        """A payout that is not stored: what is earned by its end, less what was by its start."""
        contract = self._contract(period)
        before, now = self.earned(period.start, until.end), self.earned(period.end, until.end)
        titles = {p.source: p.title for p in self.prizes}
        lines = list(differences(before, now, period, titles))
        if contract.version.spec.corrections == "adjust":
            lines.extend(adjustments(before, paid))
        lines.extend(_cap(contract, period, lines))
        taken = -sum_of(line for line in lines if line.what in TAKING)
        earns = sum_of(line for line in lines if line.what not in TAKING)
        settled = settle(contract, period, earns, taken, balance)
        held = -sum_of(e for s, e in now.items() if s.what is What.HOLDBACK and not e.lost)
        return Payout(
            person=self.assignment.person.lower(),
            plan=self.assignment.plan,
            period=period.name,
            start=period.start,
            end=period.end,
            currency=contract.version.spec.currency,
            lines=(*lines, *settled.lines),
            credits=tuple(
                claim.credit
                for claim in self.claims
                if claim.component is not None and period.holds(claim.credit.on)
            ),
            attained=tuple(self._attained(contract, period)),
            balance=replace(settled.balance, held=held),
            versions=tuple(dict.fromkeys(line.version for line in lines if line.version)),
            closed=self._closed(period),
            reasons=tuple(self._reasons(contract, period, balance, settled.balance)),
            since=self.assignment.from_,
        )

    def _periods(self, until: Period) -> Iterator[Period]:
        """The payout periods from the first day of the assignment to the end of a period."""
        version = self._version(self.assignment.from_)
        period = period_of(self.assignment.from_, version.spec.payout.period, version.year_starts)
        while period.end <= until.end:
            yield period
            version = self._version(period.end)
            following = period_of(period.end, version.spec.payout.period, version.year_starts)
            start = max(following.start, period.end)
            period = replace(following, start=start)

    def _version(self, day: date) -> Version:
        """The version that holds on a day; the nearest one where none does."""
        known = [each.version for each in self.contracts]
        for version in known:
            if version.span[0] <= day < version.span[1]:
                return version
        before = [version for version in known if version.span[1] <= day]
        return before[-1] if before else known[0]

    def _contract(self, period: Period) -> Contract:
        last = date.fromordinal(period.end.toordinal() - 1)
        if self.assignment.to is not None:
            last = min(last, date.fromordinal(self.assignment.to.toordinal() - 1))
        return Contract(self.assignment, self._version(max(last, self.assignment.from_)))

    def _closed(self, period: Period) -> bool:
        """Whether a payout lies in what is closed, by any version of the plan."""
        days = (each.version.spec.closed_until for each in self.contracts)
        return any(
            day is not None and period.end.toordinal() - 1 <= day.toordinal() for day in days
        )

    def _mine(self, payout: Payout) -> bool:
        start = self.assignment.from_
        same = (
            payout.person == self.assignment.person.lower() and payout.plan == self.assignment.plan
        )
        return same and payout.end > start and payout.since in (None, start)

    def _attained(self, contract: Contract, period: Period) -> Iterator[Attained]:
        """How the measures of the plan stand at the end of a payout."""
        claims = tuple(c for c in self.claims if c.version.name == contract.version.name)
        carried = contract.version.spec.versions == "carried"
        measures = Measures(contract, self.claims if carried else claims)
        last = date.fromordinal(period.end.toordinal() - 1)
        for quota in contract.version.spec.every_quota:
            stretch = period_of(last, quota.period, contract.version.year_starts)
            credited = measures.series(quota.measure, stretch).to(period.end)
            amount = measures.quota(quota.measure, stretch)
            share = measures.attained(quota.measure, stretch, credited)
            yield Attained(
                quota.measure,
                stretch.name,
                amount,
                shown(credited),
                None if share is None else rounded(share, 4),
                tuple(_less(contract.full(quota, stretch), amount)),
            )

    def _reasons(
        self, contract: Contract, period: Period, before: Balance, after: Balance
    ) -> Iterator[Reason]:
        if len(self.contracts) > 1 and contract.version.name:
            yield Reason("version", Verdict.CHOSEN, f"the plan of {contract.version.name}")
        if self._closed(period):
            said = "closed, and no stored payout was given: worked out from the records of today"
            yield Reason("closed", Verdict.NOTE, said)
        if after.draw < before.draw and contract.version.spec.draw is not None:
            yield Reason("draw", Verdict.NOTE, f"owed {before.draw:,f}, now {after.draw:,f}")
        yield from (note.reason for note in self.notes if period.holds(note.on))


def within(assignment: Assignment, day: date) -> bool:
    """Whether a day lies in an assignment."""
    return assignment.from_ <= day and (assignment.to is None or day < assignment.to)


def _working(assignment: Assignment, claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims within an assignment; those of a leave may pay nothing."""
    for claim in claims:
        if within(assignment, claim.credit.on):
            away = any(each.from_ <= claim.credit.on < each.to for each in assignment.leave)
            stopped = away and claim.version.spec.leave.credits == "stopped"
            yield replace(claim, unpaid="dated within a leave") if stopped else claim


def _cap(contract: Contract, period: Period, lines: Sequence[Line]) -> Iterator[Line]:
    """What the cap of the whole payout withholds."""
    cap = contract.version.spec.cap
    if cap is None:
        return
    rounding = contract.version.spec.rounding
    share = contract.variable(Fraction(1), period) if cap.share else Fraction(1)
    limit = rounded(Fraction(cap.value) * share, rounding.scale, rounding.mode)
    total = sum_of(lines)
    if total > limit:
        said = f"{total:,f} is above the cap of {limit:,f} for a payout"
        yield Line(What.CAP, "", limit - total, reasons=(Reason("cap", Verdict.NOTE, said),))


def _less(full: Fraction, quota: Decimal) -> Iterator[Reason]:
    if full and Fraction(quota) != full:
        share = rounded(Fraction(quota) / full * 100, 2)
        yield Reason("quota", Verdict.NOTE, f"{share:f}% of {shown(full):,f} after ramp and days")

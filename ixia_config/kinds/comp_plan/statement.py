"""Statements: what a person is paid in a period, with a line for every cent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ixia_config.kinds.comp_plan.contests import Prize, prizes
from ixia_config.kinds.comp_plan.credits import Book, book
from ixia_config.kinds.comp_plan.periods import Period, read_period
from ixia_config.kinds.comp_plan.ready import assigned, versions
from ixia_config.kinds.comp_plan.result import Payout, Statement
from ixia_config.kinds.comp_plan.running import Run
from ixia_config.kinds.comp_plan.sales import Sale
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.project.spec import Project


@dataclass(frozen=True)
class Records:
    """The records of everybody, credited once, and what contests make of them."""

    configuration: Configuration
    book: Book
    prizes: dict[tuple[str, str], tuple[Prize, ...]]


def records(configuration: Configuration, sales: Iterable[Sale]) -> Records:
    """The records, read for all people at once; statements in bulk start here."""
    known = tuple(sales)
    return Records(configuration, book(configuration, known), dict(prizes(configuration, known)))


def statement(
    configuration: Configuration,
    person: str,
    period: str,
    sales: Iterable[Sale] | Records,
    history: Sequence[Payout] = (),
) -> Statement:
    """Everything that is paid to a person in a period such as 2027-01, 2027-Q1 or 2027.

    ``sales`` are the records of all people from the first day of the assignments on (or
    ``records``, read once for many). ``history`` are payouts as they were paid: a closed one is
    returned as it is, and what its records say now is an adjustment in the first open payout.
    The same arguments give the same statement. ValueError where the period has no such name.
    """
    known = sales if isinstance(sales, Records) else records(configuration, sales)
    asked = read_period(period, _year_starts(configuration))
    found = payouts(known, person, asked, history)
    inside = tuple(each for each in found if asked.start < each.end <= asked.end)
    return Statement(person.lower(), asked.name, asked.start, asked.end, inside)


def payouts(
    known: Records, person: str, until: Period, history: Sequence[Payout] = ()
) -> tuple[Payout, ...]:
    """Every payout of a person up to the end of a period, in order."""
    every = (
        payout
        for run in _runs(known, person, until)
        for payout in run.payouts(until, history)
        if run.tells(payout)
    )
    return tuple(sorted(every, key=_in_time))


def every_payout(
    known: Records, person: str, until: Period, history: Sequence[Payout] = ()
) -> tuple[Payout, ...]:
    """The same with those after the last day of an assignment that have no line."""
    runs = _runs(known, person, until)
    every = (payout for run in runs for payout in run.payouts(until, history))
    return tuple(sorted(every, key=_in_time))


def _in_time(payout: Payout) -> tuple[date, date, str, date]:
    return payout.end, payout.start, payout.plan, payout.since or date.min


def _runs(known: Records, person: str, until: Period) -> Iterator[Run]:
    for assignment in assigned(known.configuration).get(person.lower(), ()):
        if assignment.from_ < until.end and versions(known.configuration).get(assignment.plan):
            yield Run.of(known.configuration, assignment, known.book, known.prizes)


def statements(
    configuration: Configuration,
    period: str,
    sales: Iterable[Sale] | Records,
    history: Sequence[Payout] = (),
) -> tuple[Statement, ...]:
    """The statement of everybody who is paid in a period, by address."""
    known = sales if isinstance(sales, Records) else records(configuration, sales)
    found = (
        statement(configuration, person, period, known, history)
        for person in assigned(configuration)
    )
    return tuple(each for each in found if each.payouts)


def _year_starts(configuration: Configuration) -> int:
    """The month in which the year of the asked period starts: the plans' own, or the Project's."""
    own = {each[-1].year_starts for each in versions(configuration).values() if each}
    if len(own) == 1:
        return own.pop()
    projects = configuration.of(Project)
    return projects[0].body.spec.fiscal_year_start if projects else 1

"""Periods of the calendar by name: weeks, months, quarters, halves and years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ixia_config.kinds.comp_plan.amounts import PeriodName

MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
WEEKS_A_YEAR = 52
A_YEAR = 12  # months
_TEXT = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])|W(0[1-9]|[1-4]\d|5[0-3])))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first day to before the first day of the next period."""

    start: date
    end: date
    name: str

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.start <= day < self.end


def period_of(day: date, length: PeriodName, year_starts: int = 1) -> Period:
    """The period of a length that a day lies in; a fiscal year bears the year it ends in."""
    if length == "week":
        first = day - timedelta(days=day.weekday())
        year, week, _ = first.isocalendar()
        return Period(first, first + timedelta(days=7), f"{year}-W{week:02}")
    months = MONTHS[length]
    passed = (day.month - year_starts) % 12
    first = months_later(day, -(passed % months))
    began = months_later(day, -passed)
    year = began.year if year_starts == 1 else began.year + 1
    number = passed // months + 1
    names = {1: f"{first:%Y-%m}", 3: f"{year}-Q{number}", 6: f"{year}-H{number}", 12: f"{year}"}
    return Period(first, months_later(first, months), names[months])


def read_period(text: str, year_starts: int = 1) -> Period:
    """The period of a name such as 2027, 2027-H1, 2027-Q1, 2027-01 or 2027-W05; or ValueError."""
    match = _TEXT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no period: write 2027, 2027-H1, 2027-Q1, 2027-01, 2027-W05")
    year = int(match[1]) - (0 if year_starts == 1 else 1)
    first = date(year, year_starts, 1)
    if match[2]:
        return period_of(date(int(match[1]), int(match[2]), 1), "month", year_starts)
    if match[3]:
        return period_of(months_later(first, 3 * int(match[3]) - 3), "quarter", year_starts)
    if match[4]:
        return period_of(months_later(first, 6 * int(match[4]) - 6), "half", year_starts)
    if match[5]:
        return period_of(date.fromisocalendar(int(match[1]), int(match[5]), 1), "week")
    return period_of(first, "year", year_starts)


def periods(start: date, end: date, length: PeriodName, year_starts: int = 1) -> Iterator[Period]:
    """Every period that has a day from ``start`` to before ``end``."""
    period = period_of(start, length, year_starts)
    while period.start < end:
        yield period
        period = period_of(period.end, length, year_starts)


def months_later(day: date, months: int) -> date:
    """The first day of the month so many months after that of ``day``."""
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def months_between(first: date, later: date) -> int:
    """How many calendar months lie between the months of two days."""
    return (later.year - first.year) * 12 + later.month - first.month


def a_year(length: PeriodName) -> int:
    """How many periods of a length a year has; weeks count 52."""
    return WEEKS_A_YEAR if length == "week" else A_YEAR // MONTHS[length]

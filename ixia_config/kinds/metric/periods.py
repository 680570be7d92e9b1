"""Fiscal periods: the month, quarter, half or year that a date lies in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

_MONTHS = MappingProxyType({"month": 1, "quarter": 3, "half": 6, "year": 12})


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first day to before the first day of the next one."""

    start: date
    end: date
    name: str

    def __str__(self) -> str:
        return self.name


def period_of(day: date, length: str, year_starts: int) -> Period:
    """The period of this length that a day lies in; a fiscal year bears the year it ends in."""
    months = _MONTHS[length]
    passed = (day.month - year_starts) % 12
    first = _months_later(date(day.year, day.month, 1), -(passed % months))
    began = _months_later(date(day.year, day.month, 1), -passed)
    fiscal = began.year if year_starts == 1 else began.year + 1
    return Period(first, _months_later(first, months), _name(first, length, fiscal, passed))


def _name(first: date, length: str, fiscal: int, passed: int) -> str:
    match length:
        case "month":
            return f"{first.year}-{first.month:02}"
        case "quarter":
            return f"{fiscal}-Q{passed // 3 + 1}"
        case "half":
            return f"{fiscal}-H{passed // 6 + 1}"
    return f"{fiscal}"


def _months_later(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)

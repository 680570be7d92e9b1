"""Clocks that measure time by the hours that a graph has as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from ixia_config.flows.graph import Hours
from ixia_config.flows.hours import shifts_on
from ixia_config.kinds.calendar.clocks import RealClock
from ixia_config.kinds.calendar.instants import instant, length, moment, ticks
from ixia_config.kinds.calendar.timetable import Interval, Timetable
from ixia_config.kinds.scalars import Duration, Unit


@dataclass(frozen=True, slots=True)
class HoursClock:
    """The open time of one calendar; ValueError for a year whose holidays are not known."""

    name: str
    hours: Hours

    def opening(self, at: datetime) -> datetime | None:
        """The instant itself while open, else the next opening."""
        return self.due(at, timedelta())

    def due(self, start: datetime, amount: timedelta) -> datetime | None:
        """When this much open time has passed; ValueError where that is after the known years."""
        for table in self._tables(start):
            found = table.due(ticks(start), length(amount))
            if found is not None:
                return moment(found)
        raise self._unknown()

    def start(self, due: datetime, amount: timedelta) -> datetime | None:
        """The open instant after which this much open time leads to a due time."""
        found = _table(self.hours, max(due.year - 1, self.hours.first), due.year).start(
            ticks(due), length(amount)
        )
        return None if found is None else moment(found)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The open time between two instants."""
        first, last = sorted((start.year, end.year))
        table = _table(self.hours, first, last)
        return timedelta(microseconds=table.elapsed(ticks(start), ticks(end)))

    def amount(self, start: datetime, duration: Duration) -> timedelta:
        """The open time of a duration from a start on; a day is a working day."""
        if duration.unit is not Unit.DAYS:
            return timedelta(minutes=duration.minutes)
        for table in self._tables(start):
            found = table.working_days(ticks(start), duration.amount)
            if found is not None:
                return timedelta(microseconds=found)
        raise self._unknown()

    def days_before(self, due: datetime, days: int) -> timedelta | None:
        """The open time before an instant, from the same time of an earlier working day."""
        table, end = self._before(due, days), ticks(due)
        same = table.same_time(end, -days)
        return None if same is None else timedelta(microseconds=table.elapsed(same, end))

    def by(self, start: datetime, days: int, minutes: int) -> timedelta:
        """The open time until a time of day, so many working days after the date of the start."""
        after = start.astimezone(ZoneInfo(self.hours.zone)).date()
        for table in self._tables(start):
            found = table.by(ticks(start), after, days, minutes)
            if found is not None:
                return timedelta(microseconds=found)
        raise self._unknown()

    def _before(self, due: datetime, days: int) -> Timetable:
        """The open time before an instant, for so many working days and some more."""
        first = max(due.year - 1 - days // 200, self.hours.first)
        return _table(self.hours, first, due.year)

    def zone(self, _at: datetime, /) -> str:
        """The zone of the calendar."""
        return self.hours.zone

    def _unknown(self) -> ValueError:
        return ValueError(f"the holidays after {self.hours.last} are not in the graph")

    def _tables(self, start: datetime) -> Iterator[Timetable]:
        """The open time around a start: of the next year, then of all known ones."""
        yield _table(self.hours, start.year, start.year + 1)
        yield _table(self.hours, start.year, self.hours.last)


@lru_cache(maxsize=32)
def _table(known: Hours, first: int, last: int) -> Timetable:
    return Timetable.of(_intervals(known, first, last))


def _intervals(known: Hours, first: int, last: int) -> Iterator[Interval]:
    """The shifts of these years and of the days around them."""
    if first < known.first or last > known.last + 1:
        raise ValueError(f"the holidays of {first} to {last} are not in the graph")
    zone = ZoneInfo(known.zone)
    begins = max(date(first, 1, 1) - timedelta(days=366), date(known.first, 1, 1))
    ends = min(date(last, 12, 31) + timedelta(days=31), date(known.last, 12, 31))
    for step in range((ends - begins).days + 1):
        day = begins + timedelta(days=step)
        for opens, closes in shifts_on(known, day):
            yield Interval(instant(day, opens, zone), instant(day, closes, zone), day, zone)


def real(duration: Duration, at: datetime) -> timedelta:
    """A duration in real time, from an instant on; ValueError where it has no fixed length."""
    found = None if duration.unit in (Unit.MONTHS, Unit.YEARS) else RealClock().amount(at, duration)
    if found is None:
        raise ValueError(f"{duration} has no fixed length")
    return found

"""Clocks that measure time: business time of a calendar, and real time that never stops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from ixia_config.kinds.calendar.holidays import Pins
from ixia_config.kinds.calendar.hours import holds, hours_on, intervals, week_of
from ixia_config.kinds.calendar.instants import length, moment, ticks
from ixia_config.kinds.calendar.spec import CalendarSpec
from ixia_config.kinds.calendar.timetable import Interval, Timetable
from ixia_config.kinds.scalars import Duration, Hours, Unit

FIRST, LAST = 1970, 2199
"""The years in which due times can lie; a date outside is a mistake."""

_REACH = (1, 4, 20, LAST)


class OutsideTime(ValueError):  # noqa: N818  # a mistake in the data, not in the program
    """A time that no clock can measure."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"{at.date()} lies outside the years {FIRST} to {LAST}")
        self.at = at


class Clock(Protocol):
    """Measures the time between two instants, and finds the instant after some time."""

    @property
    def name(self) -> str:
        """The calendar; empty for real time."""

    def opening(self, at: datetime) -> datetime | None:
        """The instant itself while the clock runs, else when it next does."""

    def due(self, start: datetime, amount: timedelta) -> datetime | None:
        """The first instant at which the amount is used up; None where it never is."""

    def start(self, due: datetime, amount: timedelta) -> datetime | None:
        """The instant at which a clock must start to be due then."""

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The time that this clock counts between two instants."""

    def amount(self, start: datetime, duration: Duration) -> timedelta | None:
        """How much time of this clock a duration is, from a start on."""

    def zone(self, at: datetime, /) -> str:
        """The time zone in which people read this clock."""


@dataclass(frozen=True, slots=True)
class RealClock:
    """Real time: every hour of every day, the same in summer and winter."""

    shown_in: str = "UTC"

    @property
    def name(self) -> str:
        """No calendar."""
        return ""

    def opening(self, at: datetime) -> datetime | None:
        """Real time never stops."""
        return at

    def due(self, start: datetime, amount: timedelta) -> datetime | None:
        """The start plus the amount."""
        return _moved(start, amount)

    def start(self, due: datetime, amount: timedelta) -> datetime | None:
        """The due time less the amount."""
        return _moved(due, -amount)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The difference."""
        return end - start

    def amount(self, start: datetime, duration: Duration) -> timedelta | None:
        """Real time has fixed units; a day is 24 hours. Months and years follow the calendar."""
        match duration.unit:
            case Unit.MINUTES | Unit.HOURS | Unit.DAYS | Unit.WEEKS:
                return timedelta(minutes=duration.minutes)
            case Unit.MONTHS:
                return _months(start.astimezone(ZoneInfo(self.shown_in)), duration.amount)
            case Unit.YEARS:
                return _months(start.astimezone(ZoneInfo(self.shown_in)), duration.amount * 12)

    def zone(self, _at: datetime, /) -> str:
        """The zone that was asked for."""
        return self.shown_in


def _known(at: datetime) -> datetime:
    if not FIRST <= at.year <= LAST:
        raise OutsideTime(at)
    return at


def _moved(start: datetime, amount: timedelta) -> datetime | None:
    """A time later or earlier; None outside the years that clocks know."""
    try:
        moved = _known(start) + amount
    except OverflowError:
        return None
    return moved if FIRST <= moved.year <= LAST else None


def _months(start: datetime, count: int) -> timedelta | None:
    """The real time to the same day of a later month, or to the last day of a shorter one."""
    years, month = divmod(start.month - 1 + count, 12)
    year = start.year + years
    if year > LAST:
        return None
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    end = start.replace(year=year, month=month + 1, day=min(start.day, last))
    return moment(ticks(end)) - moment(ticks(start))


@dataclass(frozen=True)
class BusinessClock:
    """The open time of one calendar in all its versions.

    Timetables are compiled for the years that are asked for and kept; what was kept never changes
    an answer.
    """

    name: str
    versions: tuple[CalendarSpec, ...]
    pins: Pins = field(default_factory=dict)
    _kept: dict[str, tuple[int, int, Timetable]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def timetable(self, first: int, last: int) -> Timetable:
        """The open time of these years, or of more."""
        kept = self._kept.get("")
        if kept is not None:
            if kept[0] <= first and last <= kept[1]:
                return kept[2]
            first, last = min(first, kept[0]), max(last, kept[1])
        table = Timetable.of(self._intervals(first, last))
        self._kept[""] = (first, last, table)
        return table

    def opening(self, at: datetime) -> datetime | None:
        """The instant itself while open, else the next opening."""
        return self.due(at, timedelta())

    def due(self, start: datetime, amount: timedelta) -> datetime | None:
        """When this much open time has passed; None where the calendar ends before."""
        begun, much = ticks(start), length(amount)
        for table in self._tables(start):
            due = table.due(begun, much)
            if due is not None:
                return moment(due)
        return None

    def start(self, due: datetime, amount: timedelta) -> datetime | None:
        """The open instant after which this much open time leads to a due time."""
        end, much = ticks(due), length(amount)
        years = _known(due).year
        for reach in _REACH:
            table = self.timetable(max(FIRST - 1, years - reach), min(LAST + 1, years + 1))
            start = table.start(end, much)
            if start is not None:
                return moment(start)
        return None

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The open time between two instants."""
        first, last = sorted((_known(start).year, _known(end).year))
        table = self.timetable(first - 1, last + 1)
        return timedelta(microseconds=table.elapsed(ticks(start), ticks(end)))

    def amount(self, start: datetime, duration: Duration) -> timedelta | None:
        """The open time of a duration: a day is a working day, an hour is an hour of open time."""
        if duration.unit in (Unit.MINUTES, Unit.HOURS):
            return timedelta(minutes=duration.minutes)
        if duration.unit is not Unit.DAYS:
            raise ValueError(f"{duration} has no length: business time has days, hours and minutes")
        for table in self._tables(start):
            amount = table.working_days(ticks(start), duration.amount)
            if amount is not None:
                return timedelta(microseconds=amount)
        return None

    def days_before(self, due: datetime, days: int) -> timedelta | None:
        """The open time before an instant, from the same time of an earlier working day."""
        end, year = ticks(due), _known(due).year
        table = self.timetable(max(FIRST - 1, year - 1 - days // 200), year + 1)
        same = table.same_time(end, -days)
        return None if same is None else timedelta(microseconds=table.elapsed(same, end))

    def by(self, start: datetime, days: int, minutes: int) -> timedelta | None:
        """The open time until a time of day, so many working days after the date of the start."""
        after = start.astimezone(ZoneInfo(self.zone(start))).date()
        for table in self._tables(start):
            amount = table.by(ticks(start), after, days, minutes)
            if amount is not None:
                return timedelta(microseconds=amount)
        return None

    def segments(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The open time between two instants, as intervals in UTC."""
        table = self.timetable(_known(start).year - 1, _known(end).year + 1)
        first, last = ticks(start), ticks(end)
        for opens, closes in zip(table.opens, table.closes, strict=True):
            if first < closes and opens < last:
                yield moment(max(opens, first)), moment(min(closes, last))

    def zone(self, at: datetime, /) -> str:
        """The zone of the version that holds then."""
        spec = self._version(at.date()) or self.versions[-1]
        return spec.zone

    def on(self, day: date) -> tuple[Hours, ...]:
        """The hours that begin on a day."""
        spec = self._version(day)
        return () if spec is None else hours_on(spec, day, self.pins)

    def usual(self, day: date) -> tuple[Hours, ...]:
        """The hours of this day of the week, holidays and overrides left aside."""
        spec = self._version(day)
        return () if spec is None else week_of(spec).get(day.weekday(), ())

    def _version(self, day: date) -> CalendarSpec | None:
        return next((spec for spec in self.versions if holds(spec.effective, day)), None)

    def _tables(self, start: datetime) -> Iterator[Timetable]:
        """Timetables around a start, each longer than the one before."""
        year = _known(start).year
        for reach in _REACH:
            yield self.timetable(year - 1, min(year + reach, LAST + 1))

    def _intervals(self, first: int, last: int) -> Iterator[Interval]:
        for spec in self.versions:
            for year in range(first, last + 1):
                yield from intervals(spec, year, self.pins)

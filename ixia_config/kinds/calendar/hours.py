"""The local hours of each day of a calendar: of its week, its holidays and its overrides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from ixia_config.kinds.calendar.holidays import Pins, resolved
from ixia_config.kinds.calendar.instants import instant
from ixia_config.kinds.calendar.spec import DAYS, CalendarSpec, Effective, days_of
from ixia_config.kinds.calendar.timetable import Interval
from ixia_config.kinds.scalars import Hours


def week_of(spec: CalendarSpec) -> Mapping[int, tuple[Hours, ...]]:
    """The hours of each weekday, Monday being 0; a day without hours is closed."""
    week: dict[int, tuple[Hours, ...]] = {}
    for days, hours in spec.week.items():
        for day in days_of(days):
            week[DAYS.index(day)] = (*week.get(DAYS.index(day), ()), *hours)
    return week


def holidays_of(spec: CalendarSpec, year: int, pins: Pins) -> frozenset[date]:
    """The days of a year on which this calendar is closed for a holiday."""
    region = spec.holidays.region
    public = resolved(region, year, pins) if region else frozenset[date]()
    return (public | frozenset(spec.holidays.also)) - frozenset(spec.holidays.except_)


def hours_on(spec: CalendarSpec, day: date, pins: Pins) -> tuple[Hours, ...]:
    """The hours that begin on a day: of its override, none on a holiday, else of the week."""
    return _hours(spec, week_of(spec), day, holidays_of(spec, day.year, pins))


def holds(effective: Effective, day: date) -> bool:
    """Whether a day lies inside effective dates."""
    start, end = effective.from_, effective.to
    return (start is None or start <= day) and (end is None or day < end)


def intervals(spec: CalendarSpec, year: int, pins: Pins) -> Iterator[Interval]:
    """The open time that begins in a year; a shift past midnight belongs to the day it begins."""
    start, end = spec.effective.from_, spec.effective.to
    if (start is not None and year < start.year) or (end is not None and end.year < year):
        return
    zone, week = ZoneInfo(spec.zone), week_of(spec)
    closed = holidays_of(spec, year, pins)
    for day in _dates(year):
        for hours in _hours(spec, week, day, closed) if holds(spec.effective, day) else ():
            opens = instant(day, hours.start, zone)
            yield Interval(opens, instant(day, hours.end, zone), day, zone)


def _hours(
    spec: CalendarSpec,
    week: Mapping[int, tuple[Hours, ...]],
    day: date,
    closed: frozenset[date],
) -> tuple[Hours, ...]:
    override = spec.overrides.get(day)
    if override is not None:
        return override
    return () if day in closed else week.get(day.weekday(), ())


def _dates(year: int) -> Iterator[date]:
    first = date(year, 1, 1).toordinal()
    return map(date.fromordinal, range(first, date(year + 1, 1, 1).toordinal()))

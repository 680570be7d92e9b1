"""The hours of a calendar as plain data, for tools that have no calendar of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ixia_config.flows.graph import Hours, Shift
from ixia_config.kinds.calendar.clocks import BusinessClock
from ixia_config.kinds.calendar.decide import calendar_names, clock
from ixia_config.kinds.calendar.hours import holidays_of
from ixia_config.kinds.calendar.instants import instant, moment
from ixia_config.kinds.calendar.spec import Effective
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.scalars import Hours as Clocked

FIRST, LAST = 2015, 2035
"""The years whose holidays a graph knows."""


def hours(configuration: Configuration) -> Mapping[str, Hours | None]:
    """The hours of every calendar; None for one whose versions have more than one zone."""
    return configuration.derive(_every)


def _every(configuration: Configuration) -> Mapping[str, Hours | None]:
    clocks = {name: clock(configuration, name) for name in calendar_names(configuration)}
    return {name: _of(each) for name, each in clocks.items() if each is not None}


def _of(found: BusinessClock) -> Hours | None:
    zones = {spec.zone for spec in found.versions}
    if len(zones) > 1:
        return None
    monday = date(LAST, 1, 1) - timedelta(days=date(LAST, 1, 1).weekday())
    week = tuple(_shifts(found.usual(monday + timedelta(days=day))) for day in range(7))
    exceptions = {
        day: held for day in _days(found) if (held := _shifts(found.on(day))) != week[day.weekday()]
    }
    return Hours(zones.pop(), week, exceptions, FIRST, LAST)


def _days(found: BusinessClock) -> Iterator[date]:
    """Every day that may differ from the usual week."""
    if len(found.versions) > 1 or found.versions[0].effective != Effective():
        days = (date(LAST, 12, 31) - date(FIRST, 1, 1)).days
        yield from (date(FIRST, 1, 1) + timedelta(days=step) for step in range(days + 1))
        return
    (spec,) = found.versions
    closed = (holidays_of(spec, year, found.pins) for year in range(FIRST, LAST + 1))
    known = {day for day in spec.overrides if FIRST <= day.year <= LAST}
    yield from sorted(known.union(*closed))


def _shifts(found: tuple[Clocked, ...]) -> tuple[Shift, ...]:
    return tuple((each.start, each.end) for each in found)


def shifts_on(found: Hours, day: date) -> tuple[Shift, ...]:
    """The shifts that begin on a day; ValueError for a year whose holidays are not known."""
    if not found.first <= day.year <= found.last:
        raise ValueError(f"the holidays of {day.year} are not in the graph")
    return found.exceptions.get(day, found.week[day.weekday()])


def is_open(found: Hours, now: datetime) -> bool:
    """Whether an instant lies inside a shift."""
    zone = ZoneInfo(found.zone)
    today = now.astimezone(zone).date()
    for day in (today, today - timedelta(days=1), today - timedelta(days=2)):
        for start, end in shifts_on(found, day):
            if moment(instant(day, start, zone)) <= now < moment(instant(day, end, zone)):
                return True
    return False

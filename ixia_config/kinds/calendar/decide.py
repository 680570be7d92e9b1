"""What a Calendar means: the hours of each day of the week, in local time and in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from ixia_config.kinds.calendar.spec import DAYS, Calendar, CalendarSpec, days_of
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.scalars import Hours

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})


@cache
def zones() -> frozenset[str]:
    """Every time zone of the IANA database."""
    return frozenset(available_timezones()) - _NO_PLACES


def calendar_names(configuration: Configuration) -> tuple[str, ...]:
    """The names of all calendars."""
    return tuple(sorted({policy.name for policy in configuration.of(Calendar)}))


def week_of(spec: CalendarSpec) -> Mapping[int, tuple[Hours, ...]]:
    """The hours of each weekday, Monday being 0; a day without hours is closed."""
    week: dict[int, tuple[Hours, ...]] = {}
    for days, hours in spec.week.items():
        for day in days_of(days):
            week[DAYS.index(day)] = (*week.get(DAYS.index(day), ()), *hours)
    return week


def opening(spec: CalendarSpec, monday: date, *, days: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The hours of one week's days, in minutes of UTC after the midnight of that Monday.

    Holidays and overrides are not looked at. An unknown zone has no hours.
    """
    if spec.zone not in zones():
        return
    zone, start = ZoneInfo(spec.zone), datetime.combine(monday, time(), UTC)
    week = week_of(spec)
    for day in days:
        midnight = datetime.combine(monday + timedelta(days=day), time())
        for hours in week.get(day, ()):
            opens, closes = (
                (midnight + timedelta(minutes=minutes)).replace(tzinfo=zone).astimezone(UTC)
                for minutes in (hours.start, hours.end)
            )
            yield _minutes(opens - start), _minutes(closes - start)


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)

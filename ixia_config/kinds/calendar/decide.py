"""What a Calendar means: its business time, and the hours of a week in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from ixia_config.kinds.calendar.clocks import BusinessClock
from ixia_config.kinds.calendar.holidays import NO_PINS, Pins, pin
from ixia_config.kinds.calendar.hours import week_of
from ixia_config.kinds.calendar.spec import Calendar, CalendarSpec
from ixia_config.kinds.policy import Configuration

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})


@cache
def zones() -> frozenset[str]:
    """Every time zone of the IANA database."""
    return frozenset(available_timezones()) - _NO_PLACES


def calendar_names(configuration: Configuration) -> tuple[str, ...]:
    """The names of all calendars."""
    return tuple(sorted({policy.name for policy in configuration.of(Calendar)}))


def clock(configuration: Configuration, name: str) -> BusinessClock | None:
    """The business time of a calendar, by the holidays that are known today."""
    return configuration.derive(_clocks).get(name)


def clocks(configuration: Configuration, pins: Pins = NO_PINS) -> Mapping[str, BusinessClock]:
    """The business time of every calendar whose zones exist, all its versions together."""
    versions: dict[str, list[CalendarSpec]] = {}
    for policy in configuration.every:
        if isinstance(policy.body, Calendar) and policy.body.spec.zone in zones():
            versions.setdefault(policy.name, []).append(policy.body.spec)
    return {name: BusinessClock(name, tuple(each), pins) for name, each in versions.items()}


def _clocks(configuration: Configuration) -> Mapping[str, BusinessClock]:
    return clocks(configuration)


def pinned(configuration: Configuration, years: Iterable[int]) -> dict[str, dict[str, list[str]]]:
    """The holidays of every region in use, as text for a lock; ``read_pins`` reads it back."""
    declared = (p.body.spec for p in configuration.every if isinstance(p.body, Calendar))
    return pin((spec.holidays.region for spec in declared if spec.holidays.region), years)


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

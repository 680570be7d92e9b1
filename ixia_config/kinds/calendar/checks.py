"""What can be wrong with a Calendar: zone, hours, holidays and exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ixia_config.codes import Diagnostic
from ixia_config.kinds.calendar import holidays as public
from ixia_config.kinds.calendar.codes.holidays import (
    HolidaysEnd,
    HolidayWithHours,
    NoHolidays,
    NoHolidayToExcept,
    OverrideWithoutEffect,
)
from ixia_config.kinds.calendar.codes.structure import (
    DayTwice,
    InvertedHours,
    NoHours,
    OutsideEffective,
    OverlappingHours,
    UnknownRegion,
    UnknownZone,
    ZoneWithoutSummerTime,
)
from ixia_config.kinds.calendar.decide import DAY_NAMES, zones
from ixia_config.kinds.calendar.hours import week_of
from ixia_config.kinds.calendar.spec import DAYS, Calendar, days_of
from ixia_config.kinds.codes import InvertedDates
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.scalars import Hours
from ixia_config.model import Path

_DAY = 24 * 60
_OFFSETS = re.compile(r"EST|MST|HST|Etc/GMT[+-]?[0-9]+|GMT[+-]?0")


def check(policy: Policy[Calendar], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with a Calendar."""
    yield from _zone(policy)
    yield from _hours(policy)
    yield from _twice(policy)
    yield from _overlaps(policy)
    yield from _effective(policy)
    yield from _region(policy)
    yield from _holidays(policy, context)
    yield from _overrides(policy)


def _zone(policy: Policy[Calendar]) -> Iterator[Diagnostic]:
    zone = policy.body.spec.zone
    if zone not in zones():
        yield UnknownZone(mark=policy.mark("spec", "zone"), zone=zone, known=tuple(zones()))
    elif _OFFSETS.fullmatch(zone):
        yield ZoneWithoutSummerTime(mark=policy.mark("spec", "zone"), zone=zone)


@dataclass(frozen=True, slots=True)
class _Interval:
    """Hours with the place where they stand."""

    hours: Hours
    path: Path

    def shifted(self, minutes: int) -> Hours:
        """The same hours, seen from a day before or after."""
        return Hours(self.hours.start + minutes, self.hours.end + minutes)


def _all_hours(policy: Policy[Calendar]) -> Iterator[_Interval]:
    for key, week_hours in policy.body.spec.week.items():
        for index, hours in enumerate(week_hours):
            yield _Interval(hours, ("spec", "week", key, index))
    for day, date_hours in policy.body.spec.overrides.items():
        for index, hours in enumerate(date_hours):
            yield _Interval(hours, ("spec", "overrides", str(day), index))


def _hours(policy: Policy[Calendar]) -> Iterator[Diagnostic]:
    if not any(policy.body.spec.week.values()):
        yield NoHours(mark=policy.mark("spec", "week"))
    for interval in _all_hours(policy):
        hours = interval.hours
        if not hours.start < hours.end <= 2 * _DAY or hours.start >= _DAY:
            mark = policy.mark(*interval.path)
            yield InvertedHours(mark=mark, hours=str(hours), remedy=_remedy(hours))


def _remedy(hours: Hours) -> str:
    """The hours that were meant, where they go past midnight."""
    if hours.start < _DAY and hours.end < hours.start:
        return f"past midnight, write {Hours(hours.start, hours.end + _DAY)}"
    return "write hours from 00:00 to at most 48:00, the end after the start"


def _twice(policy: Policy[Calendar]) -> Iterator[Diagnostic]:
    """Every day of the week stands in one place."""
    seen: dict[str, str] = {}
    for key in policy.body.spec.week:
        for day in days_of(key):
            if day in seen:
                mark = policy.mark("spec", "week", key, key=True)
                name = DAY_NAMES[DAYS.index(day)]
                yield DayTwice(mark=mark, day=name, key=key, other=seen[day])
                break
            seen[day] = key


def _overlaps(policy: Policy[Calendar]) -> Iterator[Diagnostic]:
    """Hours overlap on one day, or past midnight with those of the next day."""
    told: set[Path] = set()
    for key, each in policy.body.spec.week.items():
        own = [_Interval(hours, ("spec", "week", key, index)) for index, hours in enumerate(each)]
        for index, interval in enumerate(own):
            other = next((o for o in own[:index] if _overlap(o.hours, interval.hours)), None)
            if other is not None:
                yield _overlapping(policy, interval, other)
                told.add(interval.path)
        for day in days_of(key):
            for interval in own:
                yield from _into_next_day(policy, interval, DAYS.index(day), told)


def _into_next_day(
    policy: Policy[Calendar], interval: _Interval, day: int, told: set[Path]
) -> Iterator[Diagnostic]:
    for hours in week_of(policy.body.spec).get((day + 1) % 7, ()):
        if interval.path not in told and _overlap(interval.hours, _next_day(hours)):
            told.add(interval.path)
            name = DAY_NAMES[(day + 1) % 7]
            yield OverlappingHours(
                mark=policy.mark(*interval.path),
                hours=str(interval.hours),
                other=f"{hours} of {name}",
            )


def _next_day(hours: Hours) -> Hours:
    return Hours(hours.start + _DAY, hours.end + _DAY)


def _overlapping(policy: Policy[Calendar], one: _Interval, other: _Interval) -> Diagnostic:
    mark = policy.mark(*one.path)
    return OverlappingHours(mark=mark, hours=str(one.hours), other=str(other.hours))


def _overlap(one: Hours, other: Hours) -> bool:
    """Whether they share time; hours that are inverted share nothing."""
    return max(one.start, other.start) < min(one.end, other.end)


def _effective(policy: Policy[Calendar]) -> Iterator[Diagnostic]:
    """Dates lie inside the effective dates."""
    spec = policy.body.spec
    start, end = spec.effective.from_, spec.effective.to
    if start is not None and end is not None and end <= start:
        mark = policy.mark("spec", "effective", "to")
        yield InvertedDates(mark=mark, start=str(start), end=str(end))
        return
    span = f"{start or 'the beginning'} to {end or 'the end'}"
    for path, day in _dates(policy):
        if (start is not None and day < start) or (end is not None and day >= end):
            mark = policy.mark(*path, key=path[1] == "overrides")
            yield OutsideEffective(mark=mark, date=str(day), span=span)


def _dates(policy: Policy[Calendar]) -> Iterator[tuple[Path, date]]:
    spec = policy.body.spec
    for index, day in enumerate(spec.holidays.also):
        yield ("spec", "holidays", "also", index), day
    for index, day in enumerate(spec.holidays.except_):
        yield ("spec", "holidays", "except", index), day
    for day in spec.overrides:
        yield ("spec", "overrides", str(day)), day


def _region(policy: Policy[Calendar]) -> Iterator[Diagnostic]:
    region = policy.body.spec.holidays.region
    if region is not None and region not in public.regions():
        mark = policy.mark("spec", "holidays", "region")
        country = region.partition("-")[0]
        parts = {name for name in public.regions() if name.startswith(f"{country}-")}
        known = tuple(parts or {name for name in public.regions() if "-" not in name})
        yield UnknownRegion(mark=mark, region=region, known=known)


def _holidays(policy: Policy[Calendar], context: Context) -> Iterator[Diagnostic]:
    holidays = policy.body.spec.holidays
    if holidays.region is None and not holidays.also:
        yield NoHolidays(mark=policy.mark("spec", "holidays", key=True))
    elif holidays.region is None and _ends(policy.body, context.today):
        mark = policy.mark("spec", "holidays", "also", holidays.also.index(max(holidays.also)))
        yield HolidaysEnd(mark=mark, last=str(max(holidays.also)))
    for index, day in enumerate(holidays.except_):
        if not _is_holiday(policy.body, day):
            mark = policy.mark("spec", "holidays", "except", index)
            yield NoHolidayToExcept(mark=mark, date=str(day), region=holidays.region or "")


def _ends(calendar: Calendar, today: date) -> bool:
    """Whether a list of holidays has none for next year, though the calendar then still holds."""
    last, end = max(calendar.spec.holidays.also), calendar.spec.effective.to
    return last.year <= today.year and (end is None or end > date(today.year + 1, 1, 1))


def _is_holiday(calendar: Calendar, day: date) -> bool:
    """Whether a date is a holiday before exceptions; in an unknown region, nobody can tell."""
    holidays = calendar.spec.holidays
    if holidays.region is not None and holidays.region not in public.regions():
        return True
    listed = day in holidays.also
    return listed or (
        holidays.region is not None and day in public.days(holidays.region, [day.year])
    )


def _overrides(policy: Policy[Calendar]) -> Iterator[Diagnostic]:
    spec = policy.body.spec
    week = week_of(spec)
    for day, hours in spec.overrides.items():
        path = ("spec", "overrides", str(day))
        if hours and day in spec.holidays.also:
            yield HolidayWithHours(mark=policy.mark(*path, key=True), date=str(day))
        elif not hours and not week.get(day.weekday()):
            mark, name = policy.mark(*path, key=True), DAY_NAMES[day.weekday()]
            yield OverrideWithoutEffect(mark=mark, date=str(day), day=name)

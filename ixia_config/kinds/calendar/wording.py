"""Times and hours in the words of an explanation: Mon 23 Nov 14:00, New York."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK = timedelta(days=6)
_YEAR = timedelta(days=300)


def place(zone: str) -> str:
    """The city that a zone is named after."""
    return zone.rpartition("/")[2].replace("_", " ")


def on(day: date) -> str:
    """``Mon 23 Nov``."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def at(moment: datetime, zone: str, near: datetime | None = None) -> str:
    """``Mon 23 Nov 14:00``, with the year where it is far from another time."""
    local = moment.astimezone(ZoneInfo(zone))
    year = f" {local.year}" if near is None or abs(moment - near) > _YEAR else ""
    return f"{on(local.date())}{year} {clock(local)}"


def close(moment: datetime, near: datetime, zone: str) -> str:
    """``Mon 14:00``, where that is clear next to a time nearby."""
    if abs(moment - near) >= _WEEK:
        return at(moment, zone, near)
    local = moment.astimezone(ZoneInfo(zone))
    return f"{_DAYS[local.weekday()]} {clock(local)}"


def clock(local: datetime) -> str:
    """``14:00``, with seconds where there are some."""
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def long(span: timedelta, *, business: bool) -> str:
    """A length of time in hours and minutes: ``4 business hours 30 minutes``."""
    minutes, seconds = divmod(span // timedelta(seconds=1), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
    told = [(count, unit if count == 1 else f"{unit}s") for count, unit in parts if count]
    first, *rest = told or [(0, "minutes")]
    kind = "business " if business else ""
    return " ".join([f"{first[0]:,} {kind}{first[1]}", *(f"{n} {unit}" for n, unit in rest)])

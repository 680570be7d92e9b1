"""Times as people read them: ``Thu 19 Nov 16:02 New York``."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ixia_config.render.wording import clean

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment(
    iso: str, *, zone: str | None = None, year: int | None = None, named: bool = True
) -> str:
    """Day and time in this zone; the year is left out where it is the one that is meant anyway."""
    at = _parsed(iso, zone)
    if at is None:
        return clean(iso)
    return f"{_day(at, year)} {at:%H:%M}{_zone(at, zone) if named else ''}"


def day(iso: str, *, zone: str | None = None, year: int | None = None) -> str:
    """The day alone."""
    at = _parsed(iso, zone)
    return clean(iso) if at is None else _day(at, year)


def year_of(iso: str) -> int | None:
    """The year of a moment, None where it is none."""
    at = _parsed(iso, None)
    return None if at is None else at.year


def _parsed(iso: str, zone: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(iso)
        found = _zone_info(zone)
        return at if found is None or at.tzinfo is None else at.astimezone(found)
    except (ValueError, OverflowError):
        return None


def _zone_info(zone: str | None) -> tzinfo | None:
    try:
        return ZoneInfo(zone) if zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _day(at: datetime, year: int | None) -> str:
    shown = f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]}"
    return shown if year in (None, at.year) else f"{shown} {at.year}"


def _zone(at: datetime, zone: str | None) -> str:
    """The city of the zone, else UTC or the offset; nothing for a time without a zone."""
    if isinstance(at.tzinfo, ZoneInfo) and zone:
        return " " + zone.rsplit("/", 1)[-1].replace("_", " ")
    offset = at.utcoffset()
    if offset is None:
        return ""
    return " UTC" if offset == timedelta(0) else f" UTC{at:%z}"

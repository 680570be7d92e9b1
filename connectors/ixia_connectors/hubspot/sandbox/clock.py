"""Times as the vendor writes them; inside they are milliseconds since the epoch."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def iso(milliseconds: int) -> str:
    """``2026-11-21T09:00:00.000Z``."""
    moment = _EPOCH + timedelta(milliseconds=milliseconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{milliseconds % 1000:03d}Z"


def parse_moment(text: str) -> int | None:
    """Milliseconds from what clients send: epoch milliseconds, a date or ISO 8601."""
    if text.removeprefix("-").isdigit():
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(milliseconds=1)


def parse_date(text: str) -> str | None:
    """An ISO date from a date or from epoch milliseconds at midnight UTC."""
    if text.removeprefix("-").isdigit():
        moment = _EPOCH + timedelta(milliseconds=int(text))
        at_midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
        return moment.date().isoformat() if at_midnight else None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def local_day(milliseconds: int, zone: str) -> date:
    """The calendar day in a zone: daily limits reset at its midnight."""
    return (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(ZoneInfo(zone)).date()


def next_midnight(milliseconds: int, zone: str) -> int:
    """When the next day begins in a zone."""
    tomorrow = local_day(milliseconds, zone) + timedelta(days=1)
    start = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=ZoneInfo(zone))
    return (start - _EPOCH) // timedelta(milliseconds=1)


def utc_offset(milliseconds: int, zone: str) -> timedelta:
    """How far a zone's clock is ahead of UTC at a moment."""
    moment = (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(ZoneInfo(zone))
    return moment.utcoffset() or timedelta()

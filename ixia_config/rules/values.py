"""Reading exact values from text: numbers, percentages, dates, instants and durations."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

DIGITS = 38
"""What DECIMAL holds in every database that conditions are emitted for."""

LONGEST = timedelta(days=365_250)
"""A thousand years: what may be added to any date in every database."""

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})",
    re.ASCII,
)
_LONG = re.compile(r"([0-9]{1,6}) (second|minute|hour|day|week)s?", re.ASCII)
_SHORT = re.compile(r"(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?")


def number(text: str) -> Decimal | None:
    """An exact number, or None for anything else and for more than 38 digits."""
    plain = _NUMBER.fullmatch(text)
    if plain is None or sum(map(str.isdigit, text)) > DIGITS:
        return None
    return Decimal(text)


def percent(text: str) -> Decimal | None:
    """``20%`` as exactly 0.20; None for a text without the sign."""
    if not text.endswith("%") or number(text[:-1].rstrip()) is None:
        return None
    return Decimal(text[:-1].rstrip() + "E-2")


def day(text: str) -> date | None:
    """An ISO date such as 2026-01-31."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def instant(text: str) -> datetime | None:
    """An ISO date and time with its zone, in UTC; None without a zone."""
    if not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def duration(text: str) -> timedelta | None:
    """``21 days``, ``90 minutes``, ``1h30m``; business time needs a calendar and is not read."""
    long = _long(text)
    found = _short(text) if long is None else long
    return found if found is not None and found <= LONGEST else None


def _long(text: str) -> timedelta | None:
    long = _LONG.fullmatch(text)
    return timedelta(**{f"{long[2]}s": int(long[1])}) if long else None


def _short(text: str) -> timedelta | None:
    short = _SHORT.fullmatch(text)
    if not text or short is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in short.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)

"""Dates and times as Odoo stores and reads them: text in UTC, and words relative to now."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from ixia_connectors.odoo.sandbox.errors import Refused, wrong

_DAY, _TIME = "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"
_TERM = re.compile(r"([+-]\d+)([dwmyHMS])")
_SPANS = {
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "H": timedelta(hours=1),
    "M": timedelta(minutes=1),
    "S": timedelta(seconds=1),
}


def stamp(now: float) -> str:
    """Seconds since the epoch as Odoo's text."""
    return datetime.fromtimestamp(now, UTC).strftime(_TIME)


def moment(text: str) -> datetime:
    """A stored date or time."""
    return datetime.strptime(text, _TIME if " " in text else _DAY).replace(tzinfo=UTC)


def shown(when: datetime) -> str:
    """A time as it is stored."""
    return when.strftime(_TIME)


def stored(kind: str, text: str) -> str:
    """What a date or datetime column keeps of a text that a client sent."""
    try:
        when = moment(text.strip()[:19].replace("T", " "))
    except ValueError as error:
        raise wrong(str(error)) from None
    return when.strftime(_DAY if kind == "date" else _TIME)


def wanted(text: str, now: float) -> tuple[datetime, bool]:
    """The moment that a domain names, and whether it names a whole day."""
    if re.match(r"\d+-", text):
        try:
            return moment(text.replace("T", " ")), len(text) <= len("2026-01-01")
        except ValueError as error:
            raise wrong(str(error)) from None
    terms = text.split()
    if not terms:
        raise wrong("Empty date value")
    today = terms[0] == "today"
    start = datetime.fromtimestamp(now, UTC).replace(microsecond=0)
    if today:
        start = start.replace(hour=0, minute=0, second=0)
    for term in terms[1:] if terms[0] in ("today", "now") else terms:
        start = _moved(start, term, text)
    return start, today


def _moved(when: datetime, term: str, whole: str) -> datetime:
    match = _TERM.fullmatch(term)
    if match is None:
        raise _odd(term, whole)
    count, unit = int(match[1]), match[2]
    try:
        if unit in _SPANS:
            return when + count * _SPANS[unit]
        return months_on(when, count * (12 if unit == "y" else 1))
    except (OverflowError, ValueError):
        raise _odd(term, whole) from None


def _odd(term: str, whole: str) -> Refused:
    return wrong(f"Invalid term '{term}' in expression date: '{whole}'")


def months_on(when: datetime, months: int) -> datetime:
    """The same day so many months later, or the last day of a month that is too short."""
    index = when.year * 12 + when.month - 1 + months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return when.replace(year=year, month=month + 1, day=min(when.day, last))

"""Writing working hours: lists are emptied and filled in one call, since Odoo only adds to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ixia_config.sdk import Change, Flow, Outcome, Value
from ixia_config.sdk.service import DAYS
from ixia_connectors.odoo import look
from ixia_connectors.odoo.calls import again
from ixia_connectors.odoo.write.outcome import Ids, done, own_id, put, removed

_EMPTY = [5, 0, 0]
_NOON = 12


def write(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Do one change of a calendar."""
    if change.verb.removes:
        return (yield from removed(change, archive=True))
    own, after = own_id(change, ids), change.after
    names = (("title", "name"), ("zone", "tz"))
    cells = {name: str(after[path]) for path, name in names if path in after}
    number = yield from put(
        "resource.calendar", own, {"name": change.title, "active": "1", **cells}
    )
    there = yield from look.at([("calendar", own)])
    seen = there.get(("calendar", own))
    live = seen.fields if seen else {}
    vals: dict[str, Any] = {}
    if "week" in after or live.get("week") != after.get("week"):
        week = after["week"] if "week" in after else live.get("week")
        vals["attendance_ids"] = [_EMPTY, *_attendances(_texts(week))]
    if "closed" in after or "zone" in after:
        closed = after["closed"] if "closed" in after else live.get("closed")
        zone = str(after.get("zone") or live.get("zone") or "UTC")
        vals["global_leave_ids"] = [_EMPTY, *_leaves(_texts(closed), zone)]
    if vals:
        yield again("resource.calendar", "write", ids=[number], vals=vals)
    seen_now = yield from look.at([("calendar", own)])
    return [done(change, seen_now.get(("calendar", own)), ids)]


def _texts(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _attendances(week: Iterable[str]) -> list[Any]:
    return [[0, 0, _attendance(each)] for each in week]


def _attendance(written: str) -> dict[str, Any]:
    """One span of opening hours: ``mon 09:00-17:30``."""
    day, hours = written.split(" ", 1)
    start, end = (_hour(each) for each in hours.split("-"))
    return {
        "name": written,
        "dayofweek": str(DAYS.index(day)),
        "hour_from": start,
        "hour_to": end,
        "day_period": "morning" if start < _NOON else "afternoon",
    }


def _hour(clock: str) -> float:
    hours, minutes = clock.split(":")
    return int(hours) + int(minutes) / 60


def _leaves(days: Iterable[str], zone: str) -> list[Any]:
    """Whole days in the zone of the calendar, as times in UTC."""
    found = []
    for written in days:
        day, known = date.fromisoformat(written), ZoneInfo(zone)
        start = datetime.combine(day, time(), known).astimezone(UTC)
        end = datetime.combine(day + timedelta(days=1), time(), known).astimezone(UTC)
        until = end - timedelta(seconds=1)
        found.append([0, 0, {"name": written, "date_from": _told(start), "date_to": _told(until)}])
    return found


def _told(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%d %H:%M:%S")

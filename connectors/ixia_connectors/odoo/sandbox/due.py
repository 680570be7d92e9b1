"""When a timed automation is due: by the clock, or, for days, in its calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ixia_connectors.odoo.sandbox import times
from ixia_connectors.odoo.sandbox.store import Row

if TYPE_CHECKING:
    from ixia_connectors.odoo.sandbox.orm import Odoo

_STEPS = {
    "minutes": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
_FAR = 366 * 5
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = {"days": timedelta(days=1), "weeks": timedelta(weeks=1)}


def rows(odoo: Odoo, rule: Row, model: str, name: str, found: Iterable[int]) -> list[int]:
    """Those rows whose due time lies between the rule's last run and now."""
    now = times.moment(times.stamp(odoo.now))
    last = times.moment(rule["last_run"]) if rule["last_run"] else _LONG_AGO
    since, until = _moved(odoo, rule, last), _moved(odoo, rule, now)
    dates = odoo.field(model, name)
    whole_days = dates is not None and dates.kind == "date"
    due: list[int] = []
    for row in found:
        text = odoo.value(model, row, name)
        if text is None:
            continue
        when = times.moment(text)
        day = since.date() < when.date() <= until.date()
        if day if whole_days else since <= when < until:
            due.append(row)
    return due


def _moved(odoo: Odoo, rule: Row, when: datetime) -> datetime:
    """The moment whose due time is ``when``."""
    sign = 1 if rule["trg_date_range_mode"] == "before" else -1
    count = sign * (rule["trg_date_range"] or 0)
    kind = rule["trg_date_range_type"]
    if rule["trg_date_calendar_id"] and kind == "day":
        return plan_days(odoo, rule["trg_date_calendar_id"], count, when)
    if when == _LONG_AGO:
        return when
    if kind == "month":
        return times.months_on(when, count)
    return when + count * _STEPS.get(kind or "", timedelta(0))


def plan_days(odoo: Odoo, calendar: int, count: int, when: datetime) -> datetime:
    """So many working days on, or back where the count is negative; holidays do not count."""
    if not count or when == _LONG_AGO:
        return when
    left = abs(count)
    last: date | None = None
    for start, stop in _intervals(odoo, calendar, when, forward=count > 0):
        if start.date() != last:
            last, left = start.date(), left - 1
        if not left:
            return stop if count > 0 else start
    return when


def _intervals(
    odoo: Odoo, calendar: int, when: datetime, *, forward: bool
) -> Iterator[tuple[datetime, datetime]]:
    zone = _zone(odoo, calendar)
    hours = _hours(odoo, calendar)
    off = _off(odoo, calendar)
    local = when.astimezone(zone)
    for number in range(_FAR):
        day = local.date() + timedelta(days=number if forward else -number)
        spans = hours.get(day.weekday(), [])
        for begin, end in spans if forward else reversed(spans):
            start = max(_at(day, begin, zone), local) if forward else _at(day, begin, zone)
            stop = _at(day, end, zone) if forward else min(_at(day, end, zone), local)
            if start < stop and not any(a <= start and stop <= b for a, b in off):
                yield start.astimezone(UTC), stop.astimezone(UTC)


def _at(day: date, hour: float, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone) + timedelta(hours=hour)


def _hours(odoo: Odoo, calendar: int) -> dict[int, list[tuple[float, float]]]:
    found: dict[int, list[tuple[float, float]]] = {}
    for line in odoo.store.rows("resource.calendar.attendance").values():
        if line["calendar_id"] == calendar and line["day_period"] != "lunch":
            spans = found.setdefault(int(line["dayofweek"]), [])
            spans.append((line["hour_from"], line["hour_to"]))
    return {day: sorted(spans) for day, spans in found.items()}


def _off(odoo: Odoo, calendar: int) -> list[tuple[datetime, datetime]]:
    return [
        (times.moment(line["date_from"]), times.moment(line["date_to"]))
        for line in odoo.store.rows("resource.calendar.leaves").values()
        if line["calendar_id"] in (calendar, None) and not line["resource_id"]
    ]


def _zone(odoo: Odoo, calendar: int) -> ZoneInfo:
    try:
        return ZoneInfo((odoo.store.get("resource.calendar", calendar) or {}).get("tz") or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def deadline(odoo: Odoo, action: Row) -> str:
    """The day until which an activity is to be done."""
    today = times.moment(times.stamp(odoo.now))
    count = action["activity_date_deadline_range"] or 0
    kind = action["activity_date_deadline_range_type"] or "days"
    due = times.months_on(today, count) if kind == "months" else today + count * _UNITS[kind]
    return due.strftime("%Y-%m-%d")

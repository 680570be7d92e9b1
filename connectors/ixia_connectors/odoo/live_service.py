"""Rows of Odoo's fields, settings, members, working hours and timers as resources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ixia_config.sdk import LiveResource, Value
from ixia_config.sdk.service import DAYS
from ixia_connectors.odoo.bodies import message_in
from ixia_connectors.odoo.live import Ours, Row, remote_id, text
from ixia_connectors.odoo.names import joined
from ixia_connectors.odoo.resources import live_type


def field(ours: Ours, row: Row, options: Iterable[Row]) -> LiveResource:
    """A field of Odoo's leads; what Odoo has itself is reserved."""
    name = str(row["name"])
    fields: dict[str, Value] = {
        "title": row["field_description"],
        "description": text(row["help"]),
        "type": live_type(str(row["ttype"]), text(row["relation"])),
    }
    own = row["state"] == "manual"
    if own and row["ttype"] == "selection":
        ordered = sorted(options, key=lambda each: (each["sequence"], each["id"]))
        fields["order"] = tuple(str(each["value"]) for each in ordered)
        fields |= {f"choices.{each['value']}": each["name"] for each in ordered}
    number = remote_id(ours, "field", row["id"])
    title = str(row["field_description"])
    return LiveResource("field", number, name, title, fields, reserved=not own, raw=row)


def setting(row: Row) -> LiveResource:
    """A system parameter; it is known by its key."""
    key = str(row["key"])
    fields: dict[str, Value] = {"value": str(row["value"] or "")}
    return LiveResource("setting", key, key, key, fields, reserved=True, raw=row)


def member(ours: Ours, row: Row, logins: Mapping[int, str]) -> LiveResource:
    """Somebody's place in a sales team."""
    user, team = row["user_id"][0], remote_id(ours, "team", row["crm_team_id"][0])
    login = logins.get(user, f"user {user}")
    fields: dict[str, Value] = {"person": login, "accepts": text(row["assignment_domain"])}
    own = remote_id(ours, "member", row["id"])
    return LiveResource("member", own, joined(team, login), login, fields, parent=team, raw=row)


def calendar(
    ours: Ours, row: Row, attendances: Iterable[Row], leaves: Iterable[Row]
) -> LiveResource:
    """Working hours: opening hours of a usual week, and days on which nobody works."""
    zone = str(row["tz"] or "UTC")
    fields: dict[str, Value] = {
        "title": row["name"],
        "zone": zone,
        "week": tuple(sorted({_hours(each) for each in attendances})),
        "closed": tuple(sorted({day for each in leaves for day in _days(each, zone)})),
    }
    own = remote_id(ours, "calendar", row["id"])
    return LiveResource("calendar", own, row["name"], row["name"], fields, raw=row)


def _hours(row: Row) -> str:
    start, end = (round(float(row[name]) * 60) for name in ("hour_from", "hour_to"))
    day = DAYS[int(row["dayofweek"]) % 7]
    told = f"{day} {start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"
    odd = row["day_period"] == "lunch" or row.get("week_type")
    return f"{told} ({row['day_period']})" if odd else told


def _days(row: Row, zone: str) -> Iterator[str]:
    """The whole days that a leave covers; another length is told as it stands."""
    start, end = (_local(str(row[name]), zone) for name in ("date_from", "date_to"))
    first, last = start.date(), (end + timedelta(seconds=1)).date()
    midnight = start.time() == datetime.min.time() and (end + timedelta(seconds=1)).hour == 0
    if not midnight or not 0 < (last - first).days < 366:
        yield f"{row['date_from']} to {row['date_to']} UTC"
        return
    for number in range((last - first).days):
        yield (first + timedelta(days=number)).isoformat()


def _local(written: str, zone: str) -> datetime:
    try:
        known = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        known = ZoneInfo("UTC")
    return datetime.fromisoformat(written).replace(tzinfo=UTC).astimezone(known)


def timer(
    ours: Ours,
    row: Row,
    actions: Sequence[Row],
    fields: Mapping[int, str],
    logins: Mapping[int, str],
) -> LiveResource:
    """A timed automation of ours with its action."""
    own = remote_id(ours, "timer", row["id"])
    action = actions[0] if len(actions) == 1 else None
    calendar_id = row["trg_date_calendar_id"]
    since = row["trg_date_id"]
    found: dict[str, Value] = {
        "title": row["name"],
        "since": fields.get(since[0], str(since)) if since else None,
        "after": _after(row),
        "applies": text(row["filter_domain"]),
        "calendar": remote_id(ours, "calendar", calendar_id[0]) if calendar_id else None,
        "task": _task(action),
        "person": _person(action, logins),
        "active": bool(row["active"]),
    }
    return LiveResource("timer", own, own, row["name"], found, raw=row)


def _after(row: Row) -> str:
    told = f"{row['trg_date_range']} {row['trg_date_range_type']}"
    if row["trg_date_range_mode"] == "before":
        return f"{told} before"
    return told if row["trigger"] in ("on_time", "on_time_created") else f"{row['trigger']}: {told}"


def _task(action: Row | None) -> str | None:
    if action is None:
        return None
    told = str(action["activity_summary"] or "")
    return told if action["state"] == "next_activity" else message_in(f"{action['state']}: {told}")


def _person(action: Row | None, logins: Mapping[int, str]) -> str | None:
    if action is None:
        return None
    if action["activity_user_type"] == "generic":
        name = str(action["activity_user_field_name"] or "")
        return "owner" if name == "user_id" else f"field {name}"
    user = action["activity_user_id"]
    return logins.get(user[0], f"user {user[0]}") if user else None

"""Working days: which leads a rule with a calendar finds due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.live.odoo.probes import EVERY, At, field, model, read, step

_DAYS = ("0", "1", "2", "4")  # no Thursday
_NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


def _before(**span):
    return (_NOON - timedelta(**span)).strftime("%Y-%m-%d %H:%M:%S")


def _rule(name, days, mode, calendar):
    given = {"name": f"W {name}", "model_id": At("model"), "trigger": "on_time",
             "trg_date_id": At("field"), "trg_date_range": days, "trg_date_range_type": "day",
             "trg_date_range_mode": mode, "filter_domain": "[('name','=like','W-%')]"}  # fmt: skip
    if calendar:
        given["trg_date_calendar_id"] = At(calendar)
    return [
        step(f"rule {name}", "base.automation", "create", vals_list=[given]),
        step(f"act {name}", "ir.actions.server", "create", vals_list=[
            {"name": "warn", "model_id": At("model"), "state": "next_activity",
             "activity_type_id": At("type"), "activity_summary": f"W {name}",
             "activity_user_type": "specific", "activity_user_id": 2,
             "base_automation_id": At(f"rule {name}")}]),
    ]  # fmt: skip


def _told(name):
    return read(f"told {name}", "mail.activity", ["res_name"], [["summary", "=", f"W {name}"]],
                order="res_name")  # fmt: skip


WORKING_DAYS = [
    model(),
    step("made", "ir.model.fields", "create", vals_list=[
        {"name": "x_w_time", "model_id": At("model"), "ttype": "datetime",
         "field_description": "Time"}]),
    field("x_w_time"),
    step("type", "mail.activity.type", "search", domain=[["name", "=", "To-Do"]]),
    step("cron", "ir.cron", "search", context=EVERY,
         domain=[["code", "like", "_cron_process_time_based_actions"]]),
    step("hours", "resource.calendar", "create", vals_list=[
        {"name": "W", "tz": "Europe/Berlin", "attendance_ids": [[5, 0, 0], *(
            [0, 0, {"name": f"{day} {start}", "dayofweek": day, "hour_from": start,
                    "hour_to": end, "day_period": period}]
            for day in _DAYS
            for start, end, period in ((8, 12, "morning"), (13, 17.5, "afternoon")))]}]),
    step("holiday", "resource.calendar.leaves", "create", vals_list=[
        {"name": "W", "calendar_id": At("hours"), "date_from": _before(days=6, hours=13),
         "date_to": _before(days=4, hours=11)}]),
    step("leads", "crm.lead", "create", vals_list=[
        {"name": f"W-{hours:04}", "x_w_time": _before(hours=hours, minutes=30)}
        for hours in range(-240, 480, 37)]),
    *_rule("3 days", 3, "after", "hours"),
    *_rule("1 day", 1, "after", "hours"),
    *_rule("0 days", 0, "after", "hours"),
    *_rule("ahead", 2, "before", "hours"),
    *_rule("plain", 3, "after", None),
    *(
        step(f"fire {turn}", "ir.cron", "method_direct_trigger", ids=[At("cron")])
        for turn in range(4)  # Odoo ends a turn after ten seconds, rules may be left for the next
    ),
    *(_told(name) for name in ("3 days", "1 day", "0 days", "ahead", "plain")),
]  # fmt: skip

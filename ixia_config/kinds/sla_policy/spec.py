"""The declaration of an SlaPolicy: what starts and stops the clock, targets, and alarms."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainValidator, TypeAdapter, WithJsonSchema

from ixia_config.kinds.calendar.spec import Effective
from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import (
    Condition,
    Duration,
    DurationText,
    FieldName,
    FieldPath,
    Key,
    Name,
    Text,
    Written,
    matching,
)

_SHARE = r"([0-9]{1,6}(?:\.[0-9]{1,6})?) ?%"
_LEFT = r"[0-9]{1,6} +(?:business +)?(?:minute|hour|day|week|month|year)s?"
_share = matching(_SHARE, "a share of the target such as 75%")
_threshold = matching(
    f"{_SHARE}|{_LEFT}", "a share of the target such as 75%, or time left such as 15 minutes"
)
_duration: TypeAdapter[Duration] = TypeAdapter(DurationText)


def _read_threshold(value: object) -> Decimal | Duration:
    match = _threshold(value)
    return Decimal(match[1]) / 100 if match[1] else _duration.validate_python(match[0])


Share = Annotated[
    Decimal,
    PlainValidator(lambda value: Decimal(_share(value)[1]) / 100),
    WithJsonSchema({"type": "string", "pattern": f"^{_SHARE}$"}),
]
"""A share of the target; above 100% it is after the due time."""

Threshold = Annotated[
    Decimal | Duration,
    PlainValidator(_read_threshold),
    WithJsonSchema({"type": "string", "pattern": f"^(?:{_SHARE}|{_LEFT})$"}),
]
"""A share of the target that is used up, or the time that is left of it."""

TimeOfDay = Annotated[
    str, Written("a time of day such as 16:00", "(?:[01][0-9]|2[0-3]):[0-5][0-9]")
]


class Trigger(Frozen):
    """An event that happens, or a condition that becomes true."""

    on: FieldName | None = None
    """An event, such as created or assigned; the field assigned_at tells when it happened"""
    when: Condition | None = None
    """A condition; the clock acts when it becomes true"""
    since: FieldName | None = None
    """The date-and-time field that tells since when the condition is true"""


def _condition(value: object) -> object:
    return {"when": value} if isinstance(value, str) else value


TriggerOrCondition = Annotated[
    Trigger, BeforeValidator(_condition, json_schema_input_type=Condition | Trigger)
]


class Target(Frozen):
    """How much time there is; the first target whose condition is true counts."""

    key: Key | None = None
    when: Condition | None = None
    """Left out, it holds for every record that no earlier target took"""
    within: DurationText
    by: TimeOfDay | None = None
    """Due at this time of the working day, with `within` in business days"""


class CalendarChoice(Frozen):
    """Whose calendar counts."""

    of: Text
    """A Calendar, or owner, team or customer of the record"""
    field: FieldPath | None = None
    """The field that names the customer's calendar; account.calendar when left out"""
    otherwise: Name | None = None
    """The Calendar of records without owner, or of owners without a calendar"""


def _calendar(value: object) -> object:
    return {"of": value} if isinstance(value, str) else value


CalendarOrName = Annotated[
    CalendarChoice, BeforeValidator(_calendar, json_schema_input_type=Text | CalendarChoice)
]


class Escalation(Frozen):
    """Who hears of a clock that is running out, and what happens then."""

    at: Share | None = None
    """Share of the target that is used up; 100% is the due time"""
    after: DurationText | None = None
    """Time after the due time"""
    to: Text
    """owner, manager, team_lead, a role, a team or a person"""
    action: Literal["notify", "reroute", "raise_priority", "task"] = "notify"


class SlaSpec(Frozen):
    """One clock for each record."""

    object: Name
    """Record type: lead, deal, ticket"""
    metric: Key
    """What is measured, such as first_touch, first_response or resolution"""
    when: Condition | None = None
    """Records that it holds for; all when left out"""
    start: TriggerOrCondition = Trigger(on="created")
    pause: TriggerOrCondition | None = None
    """The clock stands still while this holds"""
    stop: TriggerOrCondition
    reset: TriggerOrCondition | None = None
    """The clock begins anew when this happens"""
    cancel: TriggerOrCondition | None = None
    """The clock ends without a result"""
    targets: tuple[Target, ...] = Field(min_length=1)
    calendar: CalendarOrName | None = None
    """A Calendar, or owner, team or customer; real time needs none"""
    warn_at: tuple[Threshold, ...] = ()
    """Shares of the target, or time left, at which the owner is warned"""
    escalate: tuple[Escalation, ...] = ()
    effective: Effective = Effective()


class SlaPolicy(Envelope):
    """How fast something must happen, in business time, and who hears of it."""

    kind: Literal["SlaPolicy"]
    spec: SlaSpec

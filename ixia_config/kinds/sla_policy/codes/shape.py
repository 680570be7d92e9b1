"""Codes IX150 to IX153 and IX225: an SlaPolicy that cannot be read as a clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class OneOf(Diagnostic):
    """A place that needs exactly one of two keys.

    With both, or with neither, nobody can tell what is meant.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            assigned_at: {type: datetime}
            first_touch_at: {type: datetime}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned, when: known(assigned_at)}
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            assigned_at: {type: datetime}
            first_touch_at: {type: datetime}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned}
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
    """

    place: str
    one: str
    other: str

    code: ClassVar[str] = "IX150"

    def message(self) -> str:
        keys = f"{quoted(self.one)} or {quoted(self.other)}"
        return f"{self.place} takes {keys}, and exactly one of them"

    def hint(self) -> str:
        return "keep the one that you mean"


@dataclass(frozen=True, kw_only=True)
class WithoutLength(Diagnostic):
    """A business week, month or year.

    Business time is counted on the working days of a calendar. A week, month or year has no fixed
    number of them.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            assigned_at: {type: datetime}
            first_touch_at: {type: datetime}
        ---
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: us-business}
        spec:
          zone: America/New_York
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: US}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned}
          stop: known(first_touch_at)
          targets: [{within: 1 business week}]
          calendar: us-business

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            assigned_at: {type: datetime}
            first_touch_at: {type: datetime}
        ---
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: us-business}
        spec:
          zone: America/New_York
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: US}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned}
          stop: known(first_touch_at)
          targets: [{within: 5 business days}]
          calendar: us-business
    """

    duration: str

    code: ClassVar[str] = "IX151"

    def message(self) -> str:
        return f"{quoted(self.duration)} has no length in business time"

    def hint(self) -> str:
        return "write business days, hours or minutes"


@dataclass(frozen=True, kw_only=True)
class NotATime(Diagnostic):
    """A field that cannot tell when something happened.

    The clock needs date and time; a date alone, or any other field, does not say when.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            assigned_at: {type: datetime}
            first_touch_at: {type: datetime}
            status: {type: choice, choices: [new, waiting, done]}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned}
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
          pause: {when: status == "waiting", since: status}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            assigned_at: {type: datetime}
            first_touch_at: {type: datetime}
            waiting_since: {type: datetime}
            status: {type: choice, choices: [new, waiting, done]}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned}
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
          pause: {when: status == "waiting", since: waiting_since}
    """

    field: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX152"

    def message(self) -> str:
        return f"{quoted(self.field)} holds no date and time"

    def hint(self) -> str:
        return suggestion(self.field, self.known) or "name a field of type datetime"


@dataclass(frozen=True, kw_only=True)
class TimeOfDayAlone(Diagnostic):
    """A time of day without business days.

    `by` sets the time on the last of so many working days, so the target has to count them.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            assigned_at: {type: datetime}
            first_touch_at: {type: datetime}
        ---
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: us-business}
        spec:
          zone: America/New_York
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: US}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned}
          stop: known(first_touch_at)
          targets: [{within: 4 business hours, by: "16:00"}]
          calendar: us-business

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            assigned_at: {type: datetime}
            first_touch_at: {type: datetime}
        ---
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: us-business}
        spec:
          zone: America/New_York
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: US}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned}
          stop: known(first_touch_at)
          targets: [{within: 1 business day, by: "16:00"}]
          calendar: us-business
    """

    by: str
    target: str

    code: ClassVar[str] = "IX153"

    def message(self) -> str:
        return f"by {quoted(self.by)} needs a target in business days, not {quoted(self.target)}"

    def hint(self) -> str:
        return f'write within: 1 business day, by: "{self.by}"'


@dataclass(frozen=True, kw_only=True)
class UnknownEvent(Diagnostic):
    """An event that nothing records.

    An event is told by a date-and-time field: assigned by assigned_at, or by a field of that very
    name. Without one the clock would never start.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            assigned_at: {type: datetime}
            first_touch_at: {type: datetime}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          start: {on: asigned}
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            assigned_at: {type: datetime}
            first_touch_at: {type: datetime}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned}
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
    """

    event: str
    record: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX225"

    def message(self) -> str:
        return f"no date-and-time field of {self.record} tells when {quoted(self.event)} happens"

    def hint(self) -> str:
        return suggestion(self.event, self.known) or f"declare {self.event}_at with type datetime"

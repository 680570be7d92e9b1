"""Codes IX384 to IX390: clocks that cannot work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class StartIsStop(Diagnostic):
    """A clock that stops as it starts.

    Whatever starts it also stops it, so every record is in time, at once.

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
          start: {on: assigned}
          stop: known(assigned_at)
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

    code: ClassVar[str] = "IX384"

    def message(self) -> str:
        return "whatever starts this clock also stops it, so every record is in time at once"

    def hint(self) -> str:
        return "write under stop what the customer gets, such as known(first_touch_at)"


@dataclass(frozen=True, kw_only=True)
class PauseNeverEnds(Diagnostic):
    """A clock that always stands still.

    Every record that has not stopped the clock holds it, so nothing is ever late.

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
          stop: status == "done"
          targets: [{within: 4 hours}]
          pause: status != "done"

    Good:
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
          stop: status == "done"
          targets: [{within: 4 hours}]
          pause: status == "waiting"
    """

    code: ClassVar[str] = "IX385"

    def message(self) -> str:
        return "this pause holds for every record until the clock stops, so nothing is ever late"

    def hint(self) -> str:
        return "pause only while somebody else has to act"


@dataclass(frozen=True, kw_only=True)
class NeverStops(Diagnostic):
    """A clock that no record can stop.

    No record meets the condition, so every one of them is late in the end.

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
          stop: status == "new" && status == "done"
          targets: [{within: 4 hours}]

    Good:
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
          stop: status == "done"
          targets: [{within: 4 hours}]
    """

    code: ClassVar[str] = "IX386"

    def message(self) -> str:
        return "no record can meet this condition, so the clock never stops"

    def hint(self) -> str:
        return "check the values that it compares"


@dataclass(frozen=True, kw_only=True)
class TargetOfNothing(Diagnostic):
    """A target of no time.

    It is used up as the clock starts, so every record is late.

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
          start: {on: assigned}
          stop: known(first_touch_at)
          targets: [{within: 0 hours}]

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

    target: str

    code: ClassVar[str] = "IX387"

    def message(self) -> str:
        return f"a target of {self.target} is used up as the clock starts"

    def hint(self) -> str:
        return "write a length of time, such as 15 business minutes"


@dataclass(frozen=True, kw_only=True)
class NoTarget(Diagnostic):
    """A record without a target.

    The policy holds for it, but no target does: it would never be due, and nobody would notice.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            assigned_at: {type: datetime}
            first_touch_at: {type: datetime}
            priority: {type: choice, choices: [p1, p2, p3], required: true}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned}
          stop: known(first_touch_at)
          targets:
            - {when: priority == "p1", within: 1 hour}
            - {when: priority == "p2", within: 4 hours}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            assigned_at: {type: datetime}
            first_touch_at: {type: datetime}
            priority: {type: choice, choices: [p1, p2, p3], required: true}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned}
          stop: known(first_touch_at)
          targets:
            - {when: priority == "p1", within: 1 hour}
            - {when: priority == "p2", within: 4 hours}
            - {within: 8 hours}
    """

    record: str
    example: str

    code: ClassVar[str] = "IX388"

    def message(self) -> str:
        return f"a {self.record} with {self.example} has no target"

    def hint(self) -> str:
        return "add a last target without when"


@dataclass(frozen=True, kw_only=True)
class TimeOfDayWithPause(Diagnostic):
    """A time of day for a clock that can pause.

    A time of day does not move when the clock stands still, so the pause would have no clear
    effect.

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
          pause: status == "waiting"

    Good:
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
          targets: [{within: 1 business day}]
          calendar: us-business
          pause: status == "waiting"
    """

    by: str

    code: ClassVar[str] = "IX389"

    def message(self) -> str:
        return f"due by {self.by} and a pause contradict each other"

    def hint(self) -> str:
        return "leave out by, or the pause"


@dataclass(frozen=True, kw_only=True)
class NoCalendar(Diagnostic):
    """Business time without a calendar.

    Nobody can tell when business hours are.

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
          targets: [{within: 4 business hours}]

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
          targets: [{within: 4 business hours}]
          calendar: us-business
    """

    duration: str

    code: ClassVar[str] = "IX390"

    def message(self) -> str:
        return f"{quoted(self.duration)} needs a calendar"

    def hint(self) -> str:
        return "write calendar: and the name of a Calendar, or owner, team or customer"

"""Codes IX391 and IX396 to IX399: clocks that work, but not as anybody would want."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity


@dataclass(frozen=True, kw_only=True)
class RealDays(Diagnostic):
    """Days around the clock on a calendar of shorter days.

    A day is 24 hours, nights and weekends included. Most people who write it mean a working day.

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
          targets: [{within: 2 days}]
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
          targets: [{within: 2 business days}]
          calendar: us-business
    """

    target: str
    calendar: str

    code: ClassVar[str] = "IX391"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"{self.target} run day and night, though {self.calendar} has shorter days"

    def hint(self) -> str:
        return "write business days, or the hours that you mean"


@dataclass(frozen=True, kw_only=True)
class ResponseAfterResolution(Diagnostic):
    """A first response that may take longer than the resolution.

    Then the response is due when all is done; most often the two are mixed up.

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
          targets: [{within: 8 hours}]
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: solved}
        spec:
          object: lead
          metric: resolution
          start: {on: assigned}
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
          targets: [{within: 1 hour}]
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: solved}
        spec:
          object: lead
          metric: resolution
          start: {on: assigned}
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
    """

    response: str
    resolution: str
    other: str

    code: ClassVar[str] = "IX396"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return (
            f"a first response within {self.response} is later than the resolution"
            f" within {self.resolution} of {self.other}"
        )

    def hint(self) -> str:
        return "check both targets"


@dataclass(frozen=True, kw_only=True)
class SlowerWhenUrgent(Diagnostic):
    """A target that is slower than the next one.

    The first target that holds counts, so the urgent ones stand first and are the fastest.

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
            - {when: priority == "p1", within: 4 hours}
            - {within: 1 hour}

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
            - {within: 4 hours}
    """

    target: str
    following: str

    code: ClassVar[str] = "IX397"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"this target of {self.target} is slower than the next one, {self.following}"

    def hint(self) -> str:
        return "exchange them, or put the urgent records first"


@dataclass(frozen=True, kw_only=True)
class TwoApply(Diagnostic):
    """Two policies of one metric for the same record.

    The record then has two due times for one thing, and nobody knows which one counts.

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
        metadata: {name: all-leads}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned}
          stop: known(first_touch_at)
          targets: [{within: 8 hours}]
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
          when: priority == "p1"

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
        metadata: {name: all-leads}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned}
          stop: known(first_touch_at)
          targets: [{within: 8 hours}]
          when: priority != "p1"
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
          when: priority == "p1"
    """

    other: str
    metric: str
    record: str
    example: str

    @property
    def whose(self) -> str:
        """The record that both measure."""
        return f"a {self.record} with {self.example}" if self.example else f"every {self.record}"

    code: ClassVar[str] = "IX398"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"{self.metric} of {self.whose} is measured by {self.other}, too"

    def hint(self) -> str:
        return "write conditions under when of which only one can hold"


@dataclass(frozen=True, kw_only=True)
class NoFallback(Diagnostic):
    """Whose calendar it is may have none.

    Such a record would never be due. A calendar under `otherwise` takes its place.

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
          calendar: owner
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: sdr}

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
          calendar: {of: owner, otherwise: us-business}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: sdr}
    """

    whose: str
    example: str

    @property
    def among(self) -> str:
        """An example, where there is one."""
        return f": {self.example} has none" if self.example else ""

    code: ClassVar[str] = "IX399"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"not every {self.whose} has a calendar{self.among}"

    def hint(self) -> str:
        return f"name a calendar for them: calendar: {{of: {self.whose}, otherwise: us-business}}"

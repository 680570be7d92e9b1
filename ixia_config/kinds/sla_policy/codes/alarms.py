"""Codes IX392 to IX395: warnings and escalations that help nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity


@dataclass(frozen=True, kw_only=True)
class ReroutedEarly(Diagnostic):
    """A record that is taken away before it is due.

    Somebody may still be working on it, in time.

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
          targets: [{within: 4 hours}]
          escalate: [{at: 80%, to: lee@acme.example, action: reroute}]

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
          escalate: [{at: 100%, to: lee@acme.example, action: reroute}]
    """

    share: str

    code: ClassVar[str] = "IX392"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"this takes the record away at {self.share} of the target, before it is due"

    def hint(self) -> str:
        return "reroute at 100% or later, and notify before"


@dataclass(frozen=True, kw_only=True)
class WarningOutsideTarget(Diagnostic):
    """A warning that comes too late or too early.

    A warning at the due time or after it helps nobody; nor does one at the start.

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
          targets: [{within: 4 hours}]
          warn_at: [50%, 100%]

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
          warn_at: [50%, 80%]
    """

    threshold: str
    when: str

    code: ClassVar[str] = "IX393"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"a warning at {self.threshold} comes {self.when}"

    def hint(self) -> str:
        return "warn while there is time to act, such as at 75%"


@dataclass(frozen=True, kw_only=True)
class EscalationToNobody(Diagnostic):
    """An escalation that reaches nobody who can help.

    It goes to the person who is late, or to a place where nobody is.

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
          targets: [{within: 4 hours}]
          escalate: [{at: 100%, to: manager}]
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
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          start: {on: assigned}
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
          escalate: [{at: 100%, to: manager}]
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: sdr, manager: lee@acme.example}
            - {email: lee@acme.example, role: lead}
    """

    why: str

    code: ClassVar[str] = "IX394"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"nobody else hears of this: {self.why}"

    def hint(self) -> str:
        return "write manager, team_lead, a role, a team or a person"


@dataclass(frozen=True, kw_only=True)
class EscalationOrder(Diagnostic):
    """Steps of an escalation out of order.

    A later step comes before an earlier one; most often a number is wrong.

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
          targets: [{within: 4 hours}]
          escalate:
            - {at: 150%, to: lee@acme.example}
            - {at: 120%, to: ana@acme.example}

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
          escalate:
            - {at: 120%, to: ana@acme.example}
            - {at: 150%, to: lee@acme.example}
    """

    step: str
    previous: str

    code: ClassVar[str] = "IX395"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"this step comes at {self.step}, before the one above it at {self.previous}"

    def hint(self) -> str:
        return "write the steps in the order in which they come"

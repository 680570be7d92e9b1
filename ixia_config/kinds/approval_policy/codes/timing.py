"""Codes of approval policies: due times, escalations and fields that cannot work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class AutoOnTimeout(Diagnostic):
    """Approval by silence.

    When nobody answers in time, nobody has agreed. Remind, escalate or reject instead.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          due: {within: 24 hours, on_timeout: approve}
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          due: {within: 24 hours, on_timeout: escalate}
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}
    """

    code: ClassVar[str] = "IX450"

    def message(self) -> str:
        return "on_timeout: approve would approve what nobody has looked at"

    def hint(self) -> str:
        return "write remind, escalate or reject"


@dataclass(frozen=True, kw_only=True)
class DueUnclear(Diagnostic):
    """A due time that no clock can measure.

    Business time has minutes, hours and days of a calendar. Other time never stops and needs
    none. Nobody can answer within nothing.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: us}
        spec:
          zone: America/New_York
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: US}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          due: {within: 1 business day}
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: us}
        spec:
          zone: America/New_York
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: US}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          due: {within: 1 business day, calendar: us}
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}
    """

    within: str
    problem: Literal["no calendar", "unit", "nothing", "calendar"]

    code: ClassVar[str] = "IX451"

    def message(self) -> str:
        match self.problem:
            case "no calendar":
                return f"{self.within} needs a calendar"
            case "unit":
                return f"{self.within} is no business time: it has minutes, hours and days"
            case "nothing":
                return f"nobody can answer within {self.within}"
            case "calendar":
                return "the calendar has no effect, since no business time is given"

    def hint(self) -> str:
        return "write a time such as 1 business day with its calendar, or 24 hours without one"


@dataclass(frozen=True, kw_only=True)
class EscalationOrder(Diagnostic):
    """Escalations that are out of order, or have no effect.

    Each escalation comes later than the one before, and the first not before the request is due.
    They need on_timeout: escalate.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          due: {within: 24 hours, on_timeout: escalate, escalate: [{after: 12 hours}]}
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          due:
            within: 24 hours
            on_timeout: escalate
            escalate: [{after: 24 hours}, {after: 48 hours}]
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}
    """

    after: str
    before: str

    code: ClassVar[str] = "IX452"

    def message(self) -> str:
        if not self.before:
            return "these escalations have no effect without on_timeout: escalate"
        return f"an escalation after {self.after} comes no later than {self.before}"

    def hint(self) -> str:
        return "write on_timeout: escalate, and put escalations in the order of time"


@dataclass(frozen=True, kw_only=True)
class EscalatesToSame(Diagnostic):
    """An escalation to the one who does not answer.

    Asking the same people again is a reminder. Such a request waits for itself.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          due:
            within: 24 hours
            on_timeout: escalate
            escalate: [{after: 24 hours, to: {role: manager}}]
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          due:
            within: 24 hours
            on_timeout: escalate
            escalate: [{after: 24 hours, to: {role: cro}}]
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}
    """

    approver: str

    code: ClassVar[str] = "IX453"

    def message(self) -> str:
        return f"{self.approver} is asked already, and is asked again when there is no answer"

    def hint(self) -> str:
        return "escalate to somebody else, or write on_timeout: remind"


@dataclass(frozen=True, kw_only=True)
class FieldDoesNotFit(Diagnostic):
    """A field that cannot be used in this place.

    What rises or falls is a number, a date or a duration; an approver is a person; authority is
    about money, a percentage or a number.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
            region: {type: text}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          reapprove_when: {raises: [region]}
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
            region: {type: text}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          reapprove_when: {raises: [discount], changes: [region]}
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}
    """

    field: str
    type: str
    wanted: str

    code: ClassVar[str] = "IX454"

    def message(self) -> str:
        return f"{self.field} is {self.type}, and {self.wanted} is needed here"

    def hint(self) -> str:
        return "name another field"

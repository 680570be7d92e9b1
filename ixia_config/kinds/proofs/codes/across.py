"""Codes IX820 to IX822: policies that do not fit together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class StageNotThere(Diagnostic):
    """A condition asks for a stage that no pipeline has.

    The stage was renamed or retired, or is misspelt, so the condition holds for no record.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            stage: {type: text}
            amount: {type: integer}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - {key: open, title: Open}
            - {key: won, title: Won, type: won}
            - {key: lost, title: Lost, type: lost, reasons: [price]}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: deals-won, owner: revops}
        spec:
          of: deal
          unit: count
          inputs: {won: {count: records, when: stage == "closed_won"}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            stage: {type: text}
            amount: {type: integer}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - {key: open, title: Open}
            - {key: won, title: Won, type: won}
            - {key: lost, title: Lost, type: lost, reasons: [price]}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: deals-won, owner: revops}
        spec:
          of: deal
          unit: count
          inputs: {won: {count: records, when: stage == "won"}}
    """

    stage: str
    record: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX820"

    def message(self) -> str:
        return f"no pipeline of {self.record} has a stage {quoted(self.stage)}"

    def hint(self) -> str:
        return suggestion(self.stage, self.known)


@dataclass(frozen=True, kw_only=True)
class NobodySends(Diagnostic):
    """A pool or queue to which nothing is sent.

    No rule of routing and no approval names it, so those in it wait for nothing. Only
    `ixia analyse` tells this.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            queue: {type: text}
            created_at: {type: datetime}
            first_touch_at: {type: datetime}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example, role: sdr}]
          queues: {triage: {owner: ana@acme.example}, vip: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          otherwise: {queue: triage}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            queue: {type: text}
            created_at: {type: datetime}
            first_touch_at: {type: datetime}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example, role: sdr}]
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          otherwise: {queue: triage}
    """

    what: str
    name: str

    code: ClassVar[str] = "IX821"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"nothing is sent to {self.what} {self.name}"

    def hint(self) -> str:
        return "name it in a rule, or take it out of the Directory"


@dataclass(frozen=True, kw_only=True)
class QueueNotRouted(Diagnostic):
    """A clock for a queue that routing never uses.

    The condition asks for records in a pool or queue to which no RoutingPolicy of this record type
    sends anything.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            queue: {type: text}
            created_at: {type: datetime}
            first_touch_at: {type: datetime}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example, role: sdr}]
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          otherwise: {queue: triage}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: first-touch}
        spec:
          object: lead
          metric: first_touch
          when: queue == "vip"
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            queue: {type: text}
            created_at: {type: datetime}
            first_touch_at: {type: datetime}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example, role: sdr}]
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          otherwise: {queue: triage}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: first-touch}
        spec:
          object: lead
          metric: first_touch
          when: queue == "triage"
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
    """

    name: str
    record: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX822"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"no routing sends a {self.record} to {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known)

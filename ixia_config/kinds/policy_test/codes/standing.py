"""Codes IX466 and IX467: records that stand nowhere, and surroundings that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class NoStage(Diagnostic):
    """A record is to move, and nobody says in which stage it stands.

    What a move needs depends on the stage that the record leaves.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {pain: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          create_in: [qualify]
          moves: {skip: false, back: false}
          stages:
            - key: qualify
              title: Qualify
              probability: 10%
              exit: [{key: pain, title: Pain told, when: known(pain), evidence: buyer}]
            - {key: evaluate, title: Evaluate, probability: 40%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: new-business}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a deal without pain stays
              given: {deal: {pain: null}}
              expect: {stage: {policy: new-business, to: evaluate, allowed: false}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {pain: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          create_in: [qualify]
          moves: {skip: false, back: false}
          stages:
            - key: qualify
              title: Qualify
              probability: 10%
              exit: [{key: pain, title: Pain told, when: known(pain), evidence: buyer}]
            - {key: evaluate, title: Evaluate, probability: 40%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: new-business}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a deal without pain stays
              given: {deal: {pain: null}, stage: qualify}
              expect: {stage: {policy: new-business, to: evaluate, allowed: false}}
    """

    policy: str

    code: ClassVar[str] = "IX466"

    def message(self) -> str:
        return f"nothing says in which stage of {self.policy} the record stands"

    def hint(self) -> str:
        return "add stage: with the key of a stage beside the record"


@dataclass(frozen=True, kw_only=True)
class WrongSurroundings(Diagnostic):
    """Something that surrounds a record is written wrong.

    A submitter is an e-mail address, stage a key, stage_entered and last_activity are dates with
    time and zone, confirmed and approved_by are lists.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {first_touch_at: {type: datetime}, created_at: {type: datetime}}}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: speed-to-lead}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a new lead is running
              given: {lead: {created_at: 2026-11-23T09:00:00-05:00, stage_entered: yesterday}}
              expect: {sla: {policy: speed-to-lead, state: running}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {first_touch_at: {type: datetime}, created_at: {type: datetime}}}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: speed-to-lead}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a new lead is running
              given: {lead: {created_at: 2026-11-23T09:00:00-05:00}, stage: new}
              expect: {sla: {policy: speed-to-lead, state: running}}
    """

    key: str
    what: str

    code: ClassVar[str] = "IX467"

    def message(self) -> str:
        return f"{self.key} must be {self.what}"

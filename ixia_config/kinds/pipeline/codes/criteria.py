"""Codes IX358 and IX359: criteria that cannot be met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class FieldSetLater(Diagnostic):
    """An exit criterion on a field that is only set later.

    The field is required from a later stage on, so it is empty here and records are stuck.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
            champion: {type: text}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - key: qualify
              title: Qualify
              exit: [{key: who, title: Champion, when: known(champion)}]
            - {key: evaluate, title: Evaluate}
            - {key: negotiate, title: Negotiate, required: [champion]}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
            champion: {type: text}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - key: qualify
              title: Qualify
              required: [champion]
              exit: [{key: who, title: Champion, when: known(champion)}]
            - {key: evaluate, title: Evaluate}
            - {key: negotiate, title: Negotiate}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    field: str
    stage: str
    later: str

    code: ClassVar[str] = "IX358"

    def message(self) -> str:
        asked = f"{quoted(self.field)} is asked for on leaving {quoted(self.stage)}"
        return f"{asked}, but only filled from {quoted(self.later)} on"

    def hint(self) -> str:
        return f"require {self.field} here, or move the criterion to the later stage"


@dataclass(frozen=True, kw_only=True)
class Unverifiable(Diagnostic):
    """A criterion that nothing and nobody can verify.

    A system can verify a condition. Without one, a person has to.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
            champion: {type: text}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - key: qualify
              title: Qualify
              exit: [{key: pain, title: Pain confirmed}]
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
            champion: {type: text}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - key: qualify
              title: Qualify
              exit: [{key: pain, title: Pain confirmed, verified_by: rep}]
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    criterion: str

    code: ClassVar[str] = "IX359"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return (
            f"the criterion {quoted(self.criterion)} has no condition, and no person to verify it"
        )

    def hint(self) -> str:
        return "add when: with a condition, or verified_by: rep or manager"

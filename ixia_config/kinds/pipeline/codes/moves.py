"""Codes IX352 to IX357: moves between stages that lead nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class DeadEnd(Diagnostic):
    """A stage from which no closed stage can be reached.

    Records that come here never end.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          moves: {allowed: {qualify: [evaluate, won, lost], evaluate: []}}
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: evaluate, title: Evaluate, probability: 40%}
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
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          moves: {allowed: {qualify: [evaluate, lost], evaluate: [won, lost]}}
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: evaluate, title: Evaluate, probability: 40%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    stage: str

    code: ClassVar[str] = "IX352"

    def message(self) -> str:
        return f"no closed stage can be reached from {quoted(self.stage)}"

    def hint(self) -> str:
        return "allow a move to a won or lost stage, or to a stage that has one"


@dataclass(frozen=True, kw_only=True)
class Unreachable(Diagnostic):
    """A stage that no record can reach.

    No chain of allowed moves leads here from the stages in which records start.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          create_in: [qualify]
          moves: {allowed: {qualify: [won, lost], evaluate: [won, lost]}}
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: evaluate, title: Evaluate, probability: 40%}
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
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          create_in: [qualify]
          moves: {allowed: {qualify: [evaluate, lost], evaluate: [won, lost]}}
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: evaluate, title: Evaluate, probability: 40%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    stage: str

    code: ClassVar[str] = "IX353"

    def message(self) -> str:
        return f"no record can reach {quoted(self.stage)}"

    def hint(self) -> str:
        return "allow a move to it, or name it under create_in"


@dataclass(frozen=True, kw_only=True)
class NotOpen(Diagnostic):
    """A closed stage where only an open one makes sense.

    Records are lost from open stages, and a record that is reopened goes to an open stage.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          moves: {reopen_to: won}
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: evaluate, title: Evaluate, probability: 40%}
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
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          moves: {reopen_to: evaluate}
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: evaluate, title: Evaluate, probability: 40%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    stage: str
    place: str

    code: ClassVar[str] = "IX354"

    def message(self) -> str:
        return f"{self.place} names {quoted(self.stage)}, which is closed"

    def hint(self) -> str:
        return "name an open stage"


@dataclass(frozen=True, kw_only=True)
class MovesWithoutEffect(Diagnostic):
    """A rule about moves that nothing follows.

    Where `allowed` lists the moves of every open stage, it says everything: skip, back and
    lost_from have no effect.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          moves: {skip: false, allowed: {qualify: [won, lost]}}
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
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
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          moves: {allowed: {qualify: [won, lost]}}
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    key: str

    code: ClassVar[str] = "IX355"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return (
            f"{quoted(self.key)} has no effect, because allowed lists the moves of every open stage"
        )

    def hint(self) -> str:
        return "remove one of the two"


@dataclass(frozen=True, kw_only=True)
class GoneStageStays(Diagnostic):
    """A stage that is retired or renamed and still there.

    What stands under retired or moved is a key that the pipeline no longer has.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          retired: [{key: evaluate, migrate_to: qualify}]
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: evaluate, title: Evaluate, probability: 40%}
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
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          retired: [{key: verbal, migrate_to: evaluate}]
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: evaluate, title: Evaluate, probability: 40%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    stage: str
    place: str

    code: ClassVar[str] = "IX356"

    def message(self) -> str:
        return f"{quoted(self.stage)} is under {self.place}, and still a stage"

    def hint(self) -> str:
        return "remove it from one of the two"


@dataclass(frozen=True, kw_only=True)
class GoneTwice(Diagnostic):
    """A stage that goes away twice.

    A key has one fate: it is renamed, or it is retired. Two stages cannot become one by
    renaming: retire one of them.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          moved: [{from: discovery, to: qualify}, {from: discovery, to: evaluate}]
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: evaluate, title: Evaluate, probability: 40%}
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
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          moved: [{from: discovery, to: qualify}]
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: evaluate, title: Evaluate, probability: 40%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    stage: str

    code: ClassVar[str] = "IX357"

    def message(self) -> str:
        return f"{quoted(self.stage)} stands here a second time"

    def hint(self) -> str:
        return "keep one; to merge two stages, retire one with migrate_to"

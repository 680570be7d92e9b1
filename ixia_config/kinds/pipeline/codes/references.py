"""Codes IX203 and IX210: names of stages and reasons that lead nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class UnknownStage(Diagnostic):
    """A stage that the pipeline does not have.

    Stages are named by their key. A stage that goes away stays under retired, with the stage
    that takes over its records.

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
          create_in: [qualified]
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
          create_in: [qualify]
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX203"

    def message(self) -> str:
        return f"there is no stage {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "declare it under stages"


@dataclass(frozen=True, kw_only=True)
class UnknownReason(Diagnostic):
    """A close reason below a reason that does not exist.

    Reasons may be grouped: a reason names its parent by key, in the list of the same stage.

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
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [{key: offer, parent: prize}]}

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
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Lost, type: lost, reasons: [price, {key: offer, parent: price}]}
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX210"

    def message(self) -> str:
        return f"there is no reason {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "declare it in the same list"

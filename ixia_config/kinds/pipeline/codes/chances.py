"""Codes IX341 to IX345: probabilities and forecast categories that contradict their stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class ProbabilityOutOfRange(Diagnostic):
    """A probability outside 0% to 100%.

    A probability is the chance to win.

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
            - {key: qualify, title: Qualify, probability: 110%}
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
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    probability: str

    code: ClassVar[str] = "IX341"

    def message(self) -> str:
        return f"a probability of {self.probability} is outside 0% to 100%"

    def hint(self) -> str:
        return "write the chance to win, from 0% to 100%"


@dataclass(frozen=True, kw_only=True)
class OpenStageDecided(Diagnostic):
    """An open stage at 0% or 100%.

    While a record is open, nothing is certain. Forecasts would count it as won or lost.

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
            - {key: qualify, title: Qualify, probability: 0%}
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
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: evaluate, title: Evaluate, probability: 40%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    stage: str
    probability: str

    code: ClassVar[str] = "IX342"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"the open stage {quoted(self.stage)} has a probability of {self.probability}"

    def hint(self) -> str:
        return "write a chance between 0% and 100%, or give the stage type: won or lost"


@dataclass(frozen=True, kw_only=True)
class ProbabilityFalls(Diagnostic):
    """A probability that falls along the order of stages.

    A record that moves on is not less likely to be won. Equal neighbours are fine.

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
            - {key: qualify, title: Qualify, probability: 40%}
            - {key: evaluate, title: Evaluate, probability: 30%}
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
          stages:
            - {key: qualify, title: Qualify, probability: 30%}
            - {key: evaluate, title: Evaluate, probability: 30%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    stage: str
    probability: str
    before: str
    earlier: str

    code: ClassVar[str] = "IX343"

    def message(self) -> str:
        before = f"{self.before} in {quoted(self.earlier)}"
        return f"the probability falls from {before} to {self.probability} in {quoted(self.stage)}"

    def hint(self) -> str:
        return "put the stages in the order of their chances, or correct the figure"


@dataclass(frozen=True, kw_only=True)
class ClosedProbability(Diagnostic):
    """A won stage that is not 100%, or a lost stage that is not 0%.

    A closed record is decided.

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
            - {key: won, title: Closed won, type: won, probability: 90%}
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
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: won, title: Closed won, type: won, probability: 100%}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    type: str
    probability: str
    right: str

    code: ClassVar[str] = "IX344"

    def message(self) -> str:
        return f"a {self.type} stage has a probability of {self.right}, not {self.probability}"

    def hint(self) -> str:
        return "remove the probability: it follows from the type"


@dataclass(frozen=True, kw_only=True)
class ForecastContradicts(Diagnostic):
    """A forecast category that contradicts the type of the stage.

    An open stage is not closed yet. A closed stage is closed or omitted, and no longer part of
    the pipeline.

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
            - {key: qualify, title: Qualify, probability: 10%, forecast: closed}
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
          stages:
            - {key: qualify, title: Qualify, probability: 10%, forecast: commit}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    type: str
    forecast: str

    code: ClassVar[str] = "IX345"

    def message(self) -> str:
        return f"a stage of type {self.type} cannot have the forecast category {self.forecast}"

    def hint(self) -> str:
        if self.type == "open":
            return "write pipeline, best_case, commit or omitted"
        return "remove the forecast category: it follows from the type"

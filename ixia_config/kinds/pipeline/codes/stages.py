"""Codes IX340 and IX346 to IX351: stages that contradict themselves or each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class NoClosedStage(Diagnostic):
    """A pipeline without a won or a lost stage.

    Records need an end. A pipeline for tickets needs one closed stage; every other needs one
    that is won and one that is lost.

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

    types: tuple[str, ...]

    code: ClassVar[str] = "IX340"

    def message(self) -> str:
        return f"the pipeline has no {' and no '.join(self.types)} stage"

    def hint(self) -> str:
        return "add a stage with type: won or type: lost"


@dataclass(frozen=True, kw_only=True)
class DuplicateInPipeline(Diagnostic):
    """A key or title stands twice.

    Keys are identity, and people tell stages, criteria and reasons apart by their titles.

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
            - {key: qualify, title: Evaluate, probability: 40%}
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

    what: str
    word: str

    code: ClassVar[str] = "IX346"

    def message(self) -> str:
        return f"the {self.what} {quoted(self.word)} is here a second time"

    def hint(self) -> str:
        return "give each its own"


@dataclass(frozen=True, kw_only=True)
class NoReasons(Diagnostic):
    """A lost stage without close reasons.

    Without reasons nobody learns why records are lost. A required field whose name ends in
    reason will do as well.

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
            - {key: lost, title: Closed lost, type: lost}

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

    stage: str

    code: ClassVar[str] = "IX347"

    def message(self) -> str:
        return f"the lost stage {quoted(self.stage)} has no close reasons"

    def hint(self) -> str:
        return "add reasons: [price, no_decision, competitor]"


@dataclass(frozen=True, kw_only=True)
class WarnAfterBreach(Diagnostic):
    """A warning that comes after the breach.

    The warning is there to prevent the breach.

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
            - {key: qualify, title: Qualify, age: {warn: 35 days, breach: 21 days}}
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
            - {key: qualify, title: Qualify, age: {warn: 21 days, breach: 35 days}}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    warn: str
    breach: str

    code: ClassVar[str] = "IX348"

    def message(self) -> str:
        return f"the warning after {self.warn} comes later than the breach after {self.breach}"

    def hint(self) -> str:
        return "warn earlier"


@dataclass(frozen=True, kw_only=True)
class TooManyStages(Diagnostic):
    """More than eight stages.

    Five to seven are usual. With more, people put records anywhere, and no stage has enough
    records to learn from.

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
            - {key: stage-1, title: Stage 1, probability: 10%}
            - {key: stage-2, title: Stage 2, probability: 20%}
            - {key: stage-3, title: Stage 3, probability: 30%}
            - {key: stage-4, title: Stage 4, probability: 40%}
            - {key: stage-5, title: Stage 5, probability: 50%}
            - {key: stage-6, title: Stage 6, probability: 60%}
            - {key: stage-7, title: Stage 7, probability: 70%}
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

    count: int

    code: ClassVar[str] = "IX349"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"the pipeline has {self.count} stages"

    def hint(self) -> str:
        return "merge stages that nobody tells apart; tasks and criteria fit inside one stage"


@dataclass(frozen=True, kw_only=True)
class SellerActivityOnly(Diagnostic):
    """A stage that is left by what the seller did.

    Exit criteria predict best where they show what the buyer did.

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
            - key: qualify
              title: Qualify
              exit: [{key: demo, title: Demo given, verified_by: rep, evidence: seller}]
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
            - key: qualify
              title: Qualify
              exit: [{key: demo, title: Demo given, verified_by: rep, evidence: buyer}]
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    stage: str

    code: ClassVar[str] = "IX350"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"all exit criteria of {quoted(self.stage)} are activities of the seller"

    def hint(self) -> str:
        return "add one that shows what the buyer did"


@dataclass(frozen=True, kw_only=True)
class SameStages(Diagnostic):
    """Two pipelines that share all stages.

    Two processes that are the same in every step can be one pipeline, with a field that tells
    them apart.

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
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: renewal}
        spec:
          object: deal
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
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: renewal}
        spec:
          object: deal
          stages:
            - {key: evaluate, title: Evaluate, probability: 40%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    other: str

    code: ClassVar[str] = "IX351"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"this pipeline has the same stages as {quoted(self.other)}"

    def hint(self) -> str:
        return "use one pipeline, and a field that tells the records apart"

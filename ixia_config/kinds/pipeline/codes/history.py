"""Codes IX380 to IX383: what records and their history say against a pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class RequiredButEmpty(Diagnostic):
    """A required field that most open records lack.

    Those records could not be saved any more. Fill them first, or ask for the field later in
    the process.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA]}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - {key: qualify, title: Qualify, required: [amount]}
            - {key: evaluate, title: Evaluate}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        # records.csv
        # stage,amount
        # qualify,
        # qualify,
        # qualify,100

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA]}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - {key: qualify, title: Qualify, required: [amount]}
            - {key: evaluate, title: Evaluate}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        # records.csv
        # stage,amount
        # qualify,50
        # qualify,
        # qualify,100
    """

    field: str
    stage: str
    missing: int
    records: int

    code: ClassVar[str] = "IX380"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        share = f"{self.missing} of {self.records} open records in {quoted(self.stage)}"
        return f"{quoted(self.field)} is required, but empty in {share}"

    def hint(self) -> str:
        return "fill it first, or require it from a later stage on"


@dataclass(frozen=True, kw_only=True)
class MovesBrokenOften(Diagnostic):
    """A rule about moves that history breaks often.

    People had reasons for these moves. They will look for ways around the rule.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA]}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          moves: {back: false}
          stages:
            - {key: qualify, title: Qualify}
            - {key: evaluate, title: Evaluate}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        # history.csv
        # record,at,stage
        # 1,2026-01-01,qualify
        # 1,2026-01-02,evaluate
        # 1,2026-01-03,qualify

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA]}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          moves: {back: false}
          stages:
            - {key: qualify, title: Qualify}
            - {key: evaluate, title: Evaluate}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        # history.csv
        # record,at,stage
        # 1,2026-01-01,qualify
        # 1,2026-01-02,evaluate
        # 1,2026-01-03,won
    """

    manner: str
    count: int
    moves: int

    code: ClassVar[str] = "IX381"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        moves = f"{self.count} of {self.moves} moves"
        return f"{moves} in the records {self.manner}, which the rules do not allow"

    def hint(self) -> str:
        return "allow it, or find out why it happens before you forbid it"


@dataclass(frozen=True, kw_only=True)
class ChoiceInUse(Diagnostic):
    """Records have a choice that is not declared.

    The target keeps such a value or refuses it; reports show it as an odd one. A value that
    goes away needs a replacement.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA]}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - {key: qualify, title: Qualify}
            - {key: evaluate, title: Evaluate}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        # records.csv
        # stage,region
        # qualify,APAC

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA], retired_choices: {APAC: EMEA}}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - {key: qualify, title: Qualify}
            - {key: evaluate, title: Evaluate}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        # records.csv
        # stage,region
        # qualify,APAC
    """

    field: str
    choice: str
    records: int
    known: tuple[str, ...]

    code: ClassVar[str] = "IX382"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        value = f"{self.field} {quoted(self.choice)}"
        have = "1 record has" if self.records == 1 else f"{self.records:,} records have"
        return f"{have} the {value}, which is no choice"

    def hint(self) -> str:
        near = suggestion(self.choice, self.known)
        return f"{near}; " * bool(near) + "add it, or name its replacement under retired_choices"


@dataclass(frozen=True, kw_only=True)
class StageInUse(Diagnostic):
    """Records stand in a stage that the pipeline does not have.

    A stage with records cannot go away. Under retired it names the stage that takes them over.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA]}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - {key: qualify, title: Qualify}
            - {key: evaluate, title: Evaluate}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        # records.csv
        # stage,amount
        # verbal,100

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA]}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          retired: [{key: verbal, migrate_to: evaluate}]
          stages:
            - {key: qualify, title: Qualify}
            - {key: evaluate, title: Evaluate}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        # records.csv
        # stage,amount
        # verbal,100
    """

    stage: str
    records: int

    code: ClassVar[str] = "IX383"

    def message(self) -> str:
        are = "1 record is" if self.records == 1 else f"{self.records:,} records are"
        return f"{are} in the stage {quoted(self.stage)}, which is not declared"

    def hint(self) -> str:
        return "add it, or write retired: with its key and migrate_to"

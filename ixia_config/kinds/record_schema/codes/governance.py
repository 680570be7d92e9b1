"""Codes IX360 to IX369: fields that lead to bad data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class LookalikeChoices(Diagnostic):
    """Two choices that differ only in case, spaces or punctuation.

    People pick either, and every report splits in two.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            product: {type: choice, choices: [GTX Pro, GTXPro]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            product: {type: choice, choices: [GTX Pro, GTX Basic]}
    """

    choice: str
    other: str

    code: ClassVar[str] = "IX360"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"{quoted(self.choice)} looks like {quoted(self.other)}"

    def hint(self) -> str:
        return "keep one, and list the other under retired_choices"


@dataclass(frozen=True, kw_only=True)
class InactiveChoice(Diagnostic):
    """A condition asks for a choice that is offered no more.

    Only old records have this value, so the condition is hardly ever true.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            region: {type: choice, choices: [EMEA, {value: APAC, active: false}]}
            notes: {type: text, validate: region == "APAC"}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            region: {type: choice, choices: [EMEA, {value: APAC, active: false}]}
            notes: {type: text, validate: region == "EMEA"}
    """

    choice: str

    code: ClassVar[str] = "IX361"

    def message(self) -> str:
        return f"the choice {quoted(self.choice)} is inactive or retired"

    def hint(self) -> str:
        return "ask for an active choice"


@dataclass(frozen=True, kw_only=True)
class NobodyFills(Diagnostic):
    """A required field that nobody fills.

    Records could not be saved: no person, form or sync writes the field.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            segment: {type: text, required: true, filled_by: [enrichment]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            segment: {type: text, required: true, filled_by: [form, enrichment]}
    """

    name: str

    code: ClassVar[str] = "IX362"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"{quoted(self.name)} is required, but no person, form or sync fills it"

    def hint(self) -> str:
        return "add to filled_by, or do not require it"


@dataclass(frozen=True, kw_only=True)
class IntegrationFails(Diagnostic):
    """A required field that an integration leaves empty.

    The integration writes other fields of this record, but not this one; the records that it
    creates are refused.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            email: {type: text, filled_by: [rep, sync]}
            segment: {type: text, required: true, filled_by: [rep]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            email: {type: text, filled_by: [rep, sync]}
            segment: {type: text, required: true, filled_by: [rep, sync]}
    """

    name: str
    writers: tuple[str, ...]

    code: ClassVar[str] = "IX363"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        writers = " and ".join(self.writers)
        return f"{quoted(self.name)} is required, but records also come from {writers}, without it"

    def hint(self) -> str:
        return "let it fill the field, or require the field from a stage on"


@dataclass(frozen=True, kw_only=True)
class TwoSourcesOfTruth(Diagnostic):
    """A field with two sources of truth.

    When systems disagree, one of them has to be right.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            phone: {type: text, source_of_truth: [crm, billing]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            phone: {type: text, source_of_truth: [crm]}
    """

    name: str
    targets: tuple[str, ...]

    code: ClassVar[str] = "IX364"

    def message(self) -> str:
        targets = ", ".join(self.targets)
        return f"{quoted(self.name)} has {len(self.targets)} sources of truth: {targets}"

    def hint(self) -> str:
        return "keep the one that is right when they disagree"


@dataclass(frozen=True, kw_only=True)
class TargetWithoutBase(Diagnostic):
    """A completeness target without the measured start.

    Without the share from which it started, nobody can tell whether the target is far or near.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            phone: {type: text, completeness: {target: 90%}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            phone: {type: text, completeness: {target: 90%, measured: 61%}}
    """

    name: str

    code: ClassVar[str] = "IX365"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"the completeness target of {quoted(self.name)} has no measured base"

    def hint(self) -> str:
        return "add measured: with the share that is filled today"


@dataclass(frozen=True, kw_only=True)
class ImpossibleShare(Diagnostic):
    """A completeness outside 0% to 100%, or a target that is already met.

    A target asks for more than there is today, and for no more than everything.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            phone: {type: text, completeness: {target: 120%, measured: 61%}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            phone: {type: text, completeness: {target: 95%, measured: 61%}}
    """

    problem: str

    code: ClassVar[str] = "IX366"

    def message(self) -> str:
        return self.problem

    def hint(self) -> str:
        return "write shares from 0% to 100%, the target above the measured base"


@dataclass(frozen=True, kw_only=True)
class PlaceholderChoice(Diagnostic):
    """A choice that only means that nothing was chosen.

    Values such as Select or n/a make a field look filled.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            source: {type: choice, choices: [Select, Web, Partner]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            source: {type: choice, choices: [Select, Web, Partner], placeholders: [Select]}
    """

    choice: str

    code: ClassVar[str] = "IX367"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"the choice {quoted(self.choice)} looks like a placeholder"

    def hint(self) -> str:
        return "remove it, or list it under placeholders, so that it counts as missing"


@dataclass(frozen=True, kw_only=True)
class MoneyWithoutCurrency(Diagnostic):
    """A money field without a currency.

    An amount says nothing without its currency.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            amount: {type: money}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
    """

    name: str

    code: ClassVar[str] = "IX368"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"{quoted(self.name)} has no currency"

    def hint(self) -> str:
        return "write currency: USD, on the field or for the whole record type"


@dataclass(frozen=True, kw_only=True)
class SharedTitle(Diagnostic):
    """Two fields that people see under one title.

    Nobody can tell them apart in a form or a report.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money, title: Amount}
            arr: {type: money, title: Amount}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money, title: Amount}
            arr: {type: money, title: ARR}
    """

    title: str
    field: str
    other: str

    code: ClassVar[str] = "IX369"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"{quoted(self.field)} and {quoted(self.other)} are both titled {quoted(self.title)}"

    def hint(self) -> str:
        return "give each its own title"

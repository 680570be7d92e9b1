"""Codes IX120 to IX126, IX201 and IX202: fields that contradict themselves or are not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class UnknownRecord(Diagnostic):
    """A record type that no RecordSchema declares.

    A pipeline names the records that go through it, and a reference field the records that it
    leads to. Their fields stand in a RecordSchema of that name.

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
          object: opportunity
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
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX201"

    def message(self) -> str:
        return f"there is no RecordSchema {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "declare it as a document of kind RecordSchema"


@dataclass(frozen=True, kw_only=True)
class UnknownField(Diagnostic):
    """A field that the record type does not have.

    A required field must be declared in the RecordSchema of the pipeline's object, under the
    same key.

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
            - {key: qualify, title: Qualify, probability: 10%, required: [ammount]}
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
            - {key: qualify, title: Qualify, probability: 10%, required: [amount]}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
    """

    name: str
    record: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX202"

    def message(self) -> str:
        return f"{self.record} has no field {quoted(self.name)}"

    def hint(self) -> str:
        if "." in self.name:
            return (
                f"only fields of {self.record} itself can stand here, not those of a related record"
            )
        return suggestion(self.name, self.known) or "declare it in the RecordSchema"


@dataclass(frozen=True, kw_only=True)
class SettingDoesNotFit(Diagnostic):
    """A setting that this type of field does not have.

    Choices belong to choice fields, a record type to references, a currency to money, a length
    to text.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            region: {type: text, choices: [EMEA, APAC]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            region: {type: choice, choices: [EMEA, APAC]}
    """

    setting: str
    type: str
    fits: tuple[str, ...]

    code: ClassVar[str] = "IX120"

    def message(self) -> str:
        return f"{quoted(self.setting)} has no meaning for a field of type {self.type}"

    def hint(self) -> str:
        return f"remove it, or write type: {' or '.join(self.fits)}"


@dataclass(frozen=True, kw_only=True)
class SettingMissing(Diagnostic):
    """A field that lacks what its type needs.

    A choice needs its choices, a reference the record type that it leads to.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            region: {type: choice}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            region: {type: choice, choices: [EMEA, APAC]}
    """

    setting: str
    type: str

    code: ClassVar[str] = "IX121"

    def message(self) -> str:
        return f"a field of type {self.type} needs {quoted(self.setting)}"

    def hint(self) -> str:
        return f"add {self.setting}:"


@dataclass(frozen=True, kw_only=True)
class DuplicateChoice(Diagnostic):
    """One choice stands twice.

    Values and titles tell choices apart, so each is there once.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            region: {type: choice, choices: [EMEA, APAC, EMEA]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            region: {type: choice, choices: [EMEA, APAC, AMER]}
    """

    choice: str

    code: ClassVar[str] = "IX122"

    def message(self) -> str:
        return f"the choice {quoted(self.choice)} is here a second time"

    def hint(self) -> str:
        return "keep one of the two"


@dataclass(frozen=True, kw_only=True)
class RetiredChoiceStays(Diagnostic):
    """A retired choice that contradicts the choices.

    A retired value is no longer a choice, and the value that replaces it is one.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            region: {type: choice, choices: [EMEA, APAC], retired_choices: {APAC: EMEA}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            region: {type: choice, choices: [EMEA], retired_choices: {APAC: EMEA}}
    """

    choice: str
    stays: bool
    known: tuple[str, ...] = ()

    code: ClassVar[str] = "IX123"

    def message(self) -> str:
        if self.stays:
            return f"the choice {quoted(self.choice)} is retired and still among the choices"
        return f"the replacement {quoted(self.choice)} is not among the choices"

    def hint(self) -> str:
        if self.stays:
            return "remove it from choices"
        return suggestion(self.choice, self.known)


@dataclass(frozen=True, kw_only=True)
class ReservedName(Diagnostic):
    """A field name that conditions keep for themselves.

    Words such as true, null or now have a meaning of their own in conditions, so no condition
    could name this field.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            now: {type: date}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            signed_on: {type: date}
    """

    name: str

    code: ClassVar[str] = "IX124"

    def message(self) -> str:
        return f"{quoted(self.name)} cannot name a field, because conditions use the word"

    def hint(self) -> str:
        return "choose another key; the name in a target stands under external"


@dataclass(frozen=True, kw_only=True)
class WrongBound(Diagnostic):
    """A minimum or maximum that does not fit its field.

    Bounds are written as the field's values are, and the minimum is not above the maximum.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 50%, maximum: 10%}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 0%, maximum: 50%}
    """

    problem: str
    remedy: str = ""

    code: ClassVar[str] = "IX125"

    def message(self) -> str:
        return self.problem

    def hint(self) -> str:
        return self.remedy


@dataclass(frozen=True, kw_only=True)
class SharedExternalName(Diagnostic):
    """Two fields have one name in a target.

    The one would overwrite the other.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            close_date: {type: date}
            signed_on: {type: date}
          external:
            crm: {fields: {close_date: closedate, signed_on: closedate}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            close_date: {type: date}
            signed_on: {type: date}
          external:
            crm: {fields: {close_date: closedate, signed_on: signature_date}}
    """

    name: str
    field: str
    other: str

    code: ClassVar[str] = "IX126"

    def message(self) -> str:
        return f"{quoted(self.field)} and {quoted(self.other)} are both {quoted(self.name)}"

    def hint(self) -> str:
        return "give each its own name"

"""What can be wrong with the names in a condition: fields, choices, functions and lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion


@dataclass(frozen=True, kw_only=True)
class UnknownField(Diagnostic):
    """A field that the record does not have.

    Conditions name the fields of the RecordSchema by their key, and those of a related record
    through its reference: account.segment.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount:
              type: money
              validate: amuont >= 50000
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount:
              type: money
              validate: amount >= 50000
    """

    code: ClassVar[str] = "IX320"

    name: str
    record: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"{self.record} has no field {self.name!r}"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "declare it in the RecordSchema"


@dataclass(frozen=True, kw_only=True)
class UnknownChoice(Diagnostic):
    """A value that is not among the choices of a field.

    A comparison with a choice that does not exist is never true.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region:
              type: choice
              choices: [AMER, EMEA, APAC]
              validate: region == "APC"
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region:
              type: choice
              choices: [AMER, EMEA, APAC]
              validate: region == "APAC"
    """

    code: ClassVar[str] = "IX321"

    value: str
    field: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"{self.value!r} is not a value of {self.field}"

    def hint(self) -> str:
        return suggestion(self.value, self.known) or "add it to the choices of the field"


@dataclass(frozen=True, kw_only=True)
class UnknownFunction(Diagnostic):
    """A function that conditions do not have.

    docs/conditions.md lists the functions. Text functions stand behind the field:
    name.startsWith("A").

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            domain:
              type: text
              validate: domain.startswith("acme")
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            domain:
              type: text
              validate: domain.startsWith("acme")
    """

    code: ClassVar[str] = "IX322"

    name: str
    advice: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"there is no function {self.name!r}"

    def hint(self) -> str:
        return (
            self.advice
            or suggestion(self.name, self.known)
            or "docs/conditions.md lists the functions"
        )


@dataclass(frozen=True, kw_only=True)
class UnquotedText(Diagnostic):
    """Text without quotes.

    A word without quotes names a field; the value of a choice needs quotes.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region:
              type: choice
              choices: [EMEA, APAC]
              validate: region == EMEA
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region:
              type: choice
              choices: [EMEA, APAC]
              validate: region == "EMEA"
    """

    code: ClassVar[str] = "IX323"

    word: str
    field: str

    def message(self) -> str:
        return f"{self.word} is a value of {self.field}, not a field"

    def hint(self) -> str:
        return f'put it in quotes: "{self.word}"'


@dataclass(frozen=True, kw_only=True)
class NotARecord(Diagnostic):
    """A dot behind a field that is not a related record.

    Only a reference leads to the fields of another record.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            domain:
              type: text
              validate: domain.name == "acme.com"
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            domain:
              type: text
              validate: domain == "acme.com"
    """

    code: ClassVar[str] = "IX324"

    field: str
    kind: str
    to: str

    def message(self) -> str:
        if self.to:
            return f"{self.field} leads to {self.to!r}, which no RecordSchema describes"
        return f"{self.field} is {self.kind} and has no fields of its own"

    def hint(self) -> str:
        return (
            f"declare a RecordSchema named {self.to!r}"
            if self.to
            else "only a reference leads to fields"
        )


@dataclass(frozen=True, kw_only=True)
class UnknownList(Diagnostic):
    """A list file or a column that is not there.

    list(file, column) reads a column of a CSV file of the repository. The path starts at the
    root of the repository.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            domain:
              type: text
              validate: domain in list("lists/no-such-file.csv", "domain")
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            domain:
              type: text
              validate: domain == "acme.com"
    """

    code: ClassVar[str] = "IX325"

    file: str
    column: str
    known: tuple[str, ...]

    def message(self) -> str:
        if self.column:
            return f"{self.file} has no column {self.column!r}"
        return f"there is no file {self.file!r}"

    def hint(self) -> str:
        wanted = self.column or self.file
        return suggestion(wanted, self.known) or "give the path from the root of the repository"


@dataclass(frozen=True, kw_only=True)
class EmptyText(Diagnostic):
    """A comparison with empty text.

    A field is never empty text: a field that was left empty has no value. known(field) asks for
    a value.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            domain:
              type: text
              validate: domain != ""
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            domain:
              type: text
              validate: known(domain)
    """

    code: ClassVar[str] = "IX326"

    field: str

    def message(self) -> str:
        return "a field is never empty text; an empty field has no value"

    def hint(self) -> str:
        return f"write known({self.field}) or !known({self.field})"

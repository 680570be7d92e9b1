"""What can be wrong with the words of a condition: characters, numbers and operators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class UnexpectedCharacter(Diagnostic):
    """A character that a condition cannot contain.

    Conditions are made of field names, numbers, quoted text and the operators that
    docs/conditions.md lists. An amount has no currency sign: the record schema names the
    currency.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount:
              type: money
              validate: amount >= $500
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount:
              type: money
              validate: amount >= 500
    """

    code: ClassVar[str] = "IX300"

    character: str

    def message(self) -> str:
        return f"a condition cannot contain {self.character!r}"

    def hint(self) -> str:
        if self.character in "$€£¥":
            return "write the amount as a plain number; the record schema names its currency"
        if self.character.isalpha():
            return "field names are made of the letters a to z, digits and _; text needs quotes"
        return "remove it, or put text in quotes"


@dataclass(frozen=True, kw_only=True)
class TypographicCharacter(Diagnostic):
    """A character that a word processor put in place of a plain one.

    Curly quotes, long dashes and signs such as a one-character greater-or-equal come along when
    a condition is pasted from a document or a chat. Type the plain characters.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region:
              type: choice
              choices: [EMEA, APAC]
              validate: region == “EMEA”
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

    code: ClassVar[str] = "IX301"

    character: str
    meant: str

    def message(self) -> str:
        name = f"U+{ord(self.character):04X}"
        shown = f"{self.character} ({name})" if self.character.isprintable() else name
        return f"{shown} is a typographic character"

    def hint(self) -> str:
        if not self.meant.strip():
            return "type an ordinary space" if self.meant else "delete this invisible character"
        return f"type {self.meant} instead"


@dataclass(frozen=True, kw_only=True)
class UnclosedText(Diagnostic):
    """Quoted text without its closing quote.

    Text starts and ends with the same quote and stays on one line.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region:
              type: choice
              choices: [EMEA, APAC]
              validate: region == "EMEA
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

    code: ClassVar[str] = "IX302"

    quote: str

    def message(self) -> str:
        return f"text that starts with {self.quote} is not closed"

    def hint(self) -> str:
        return f"add the closing {self.quote}"


@dataclass(frozen=True, kw_only=True)
class MalformedNumber(Diagnostic):
    """A number that is not written as plain digits.

    Write numbers without thousands separators, without k or m, and with a digit before the
    point: 50000, 0.5, 20%. A number has at most 38 digits.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: employees >= 50k
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: employees >= 50000
    """

    code: ClassVar[str] = "IX303"

    written: str
    meant: str

    def message(self) -> str:
        return f"{self.written} is not a number"

    def hint(self) -> str:
        if self.meant:
            return f"write {self.meant}"
        return "write plain digits, such as 50000 or 0.5, at most 38 of them"


@dataclass(frozen=True, kw_only=True)
class BadEscape(Diagnostic):
    r"""A backslash in quoted text that means nothing.

    Inside quotes a backslash may stand before a quote, another backslash, n, r, t or u and four
    hexadecimal digits. To write one backslash, write two.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            domain:
              type: text
              validate: domain == "acme\.com"
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

    code: ClassVar[str] = "IX304"

    written: str

    def message(self) -> str:
        return f"{self.written} has no meaning in quoted text"

    def hint(self) -> str:
        return "write two backslashes for one, or remove it"


@dataclass(frozen=True, kw_only=True)
class WordOperator(Diagnostic):
    """A word where an operator belongs.

    Conditions use the operators of CEL: && for and, || for or, ! for not, == for equals;
    known(field) asks whether a field has a value.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees: {type: integer}
            seats:
              type: integer
              validate: seats > 0 and employees > 0
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees: {type: integer}
            seats:
              type: integer
              validate: seats > 0 && employees > 0
    """

    code: ClassVar[str] = "IX305"

    written: str
    meant: str

    def message(self) -> str:
        return f"unexpected {self.written!r}"

    def hint(self) -> str:
        match self.meant:
            case "known":
                return "did you mean known(field), or !known(field) for a field without a value?"
            case "between":
                return "write both ends: field >= 10 && field < 20"
            case "contains":
                return 'write field.contains("text")'
            case _:
                return f"did you mean {self.meant!r}?"


@dataclass(frozen=True, kw_only=True)
class ForeignOperator(Diagnostic):
    """An operator of another language.

    Spreadsheets, SQL and programming languages have operators that conditions do not have. The
    message names the one to use.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region:
              type: choice
              choices: [EMEA, APAC]
              validate: region = "EMEA"
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

    code: ClassVar[str] = "IX306"

    written: str
    meant: str

    def message(self) -> str:
        return f"{self.written!r} is not an operator of conditions"

    def hint(self) -> str:
        match self.meant:
            case "":
                return "remove it; docs/conditions.md lists the operators"
            case "contains":
                return 'write field.contains("text")'
            case "div":
                return 'write div(total, count, 2, "half_up"): places and rounding are yours'
            case "%":
                return "write a percentage without a space, as in 20%; there is no remainder"
            case "rules":
                return "a condition is true or false; write one rule for each case"
            case _:
                return f"did you mean {self.meant!r}?"


@dataclass(frozen=True, kw_only=True)
class SingleOperator(Diagnostic):
    """One & or | where two belong.

    And is written && and or is written ||.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees: {type: integer}
            seats:
              type: integer
              validate: seats > 0 & employees > 0
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees: {type: integer}
            seats:
              type: integer
              validate: seats > 0 && employees > 0
    """

    code: ClassVar[str] = "IX307"

    written: str

    def message(self) -> str:
        return f"a single {self.written!r} means nothing here"

    def hint(self) -> str:
        return f"did you mean {self.written * 2!r}?"


@dataclass(frozen=True, kw_only=True)
class TooLong(Diagnostic):
    """A condition that is too long to be reviewed.

    A condition has at most 500 terms and 65,536 characters. A long list of values belongs in
    a CSV file, read with list(file, column); several reasons belong in several rules.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            seats:
              type: integer
              validate: >-
                seats in [
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
                ]
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            seats:
              type: integer
              validate: seats in [1, 2, 3]
    """

    code: ClassVar[str] = "IX308"

    unit: str
    limit: int

    def message(self) -> str:
        return f"the condition has more than {self.limit:,} {self.unit}"

    def hint(self) -> str:
        return (
            'split it into several rules, or keep the values in a file: list("names.csv", "name")'
        )

"""What can be wrong with the grammar of a condition: brackets, gaps, order and traps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity


@dataclass(frozen=True, kw_only=True)
class UnclosedBracket(Diagnostic):
    """A bracket that is never closed.

    Every ( needs its ) and every [ its ]. The place shown is the bracket that was opened.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees: {type: integer}
            seats:
              type: integer
              validate: (seats > 0 || employees > 0
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees: {type: integer}
            seats:
              type: integer
              validate: (seats > 0 || employees > 0)
    """

    code: ClassVar[str] = "IX309"

    opened: str
    meant: str

    def message(self) -> str:
        return f"this {self.opened} is never closed"

    def hint(self) -> str:
        return f"add the matching {self.meant}"


@dataclass(frozen=True, kw_only=True)
class UnmatchedBracket(Diagnostic):
    """A closing bracket that nothing opened.

    Either the opening bracket is missing, or another kind of bracket was opened.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees: {type: integer}
            seats:
              type: integer
              validate: seats > 0 || employees > 0)
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees: {type: integer}
            seats:
              type: integer
              validate: seats > 0 || employees > 0
    """

    code: ClassVar[str] = "IX310"

    closed: str
    opened: str

    def message(self) -> str:
        if self.opened:
            return f"this {self.closed} closes a bracket that was opened with {self.opened}"
        return f"nothing opened this {self.closed}"

    def hint(self) -> str:
        return (
            "use the same kind of bracket"
            if self.opened
            else "remove it, or add the opening bracket"
        )


@dataclass(frozen=True, kw_only=True)
class Incomplete(Diagnostic):
    """A condition that stops too early.

    Something is missing: an operator without its right side, an empty pair of brackets, or
    nothing at all.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: employees >=
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: employees >= 1000
    """

    code: ClassVar[str] = "IX311"

    after: str

    def message(self) -> str:
        return (
            f"something is missing after {self.after!r}" if self.after else "the condition is empty"
        )

    def hint(self) -> str:
        return "a condition looks like amount >= 50000"


@dataclass(frozen=True, kw_only=True)
class UnexpectedWord(Diagnostic):
    """Two things in a row that do not belong together.

    Between two values stands an operator; text with spaces needs quotes.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: employees >= 1000 2000
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: employees >= 1000 && employees < 2000
    """

    code: ClassVar[str] = "IX312"

    word: str
    before: str

    def message(self) -> str:
        after = f" after {self.before!r}" if self.before else ""
        return f"unexpected {self.word!r}{after}"

    def hint(self) -> str:
        return "put an operator such as && or == between two values; text needs quotes"


@dataclass(frozen=True, kw_only=True)
class ReservedWord(Diagnostic):
    """A word that the language keeps for itself.

    null, if, var and the like cannot name a field. Whether a field has a value is asked with
    known(field).

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: employees != null
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: known(employees)
    """

    code: ClassVar[str] = "IX313"

    word: str

    def message(self) -> str:
        return f"{self.word!r} is a reserved word"

    def hint(self) -> str:
        if self.word == "null":
            return "write known(field), or !known(field) for a field without a value"
        return "use another name for the field"


@dataclass(frozen=True, kw_only=True)
class TooDeep(Diagnostic):
    """A condition with too many brackets inside each other.

    Conditions nest at most 50 deep. Take redundant brackets away, or split the condition into
    several rules.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: >-
                (((((((((((((((((((((((((((((((((((((((((((((((((((
                employees > 0
                )))))))))))))))))))))))))))))))))))))))))))))))))))
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: employees > 0
    """

    code: ClassVar[str] = "IX314"

    limit: int

    def message(self) -> str:
        return f"the condition is nested more than {self.limit} deep"

    def hint(self) -> str:
        return "remove brackets, or split it into several rules"


@dataclass(frozen=True, kw_only=True)
class PrecedenceTrap(Diagnostic):
    """A ! that reaches only the field beside it.

    In !a == b the ! belongs to a alone, which is seldom what is meant. Brackets say what it
    reaches.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region:
              type: choice
              choices: [EMEA, APAC]
              validate: '!region == "EMEA"'
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region:
              type: choice
              choices: [EMEA, APAC]
              validate: region != "EMEA"
    """

    code: ClassVar[str] = "IX315"

    written: str
    meant: str

    def message(self) -> str:
        return f"! reaches only {self.written}, not the whole comparison"

    def hint(self) -> str:
        return f"write {self.meant}"


@dataclass(frozen=True, kw_only=True)
class ChainedComparison(Diagnostic):
    """A comparison of a comparison.

    A range needs two comparisons: 10 <= x && x < 20.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: 10 <= employees < 20
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: 10 <= employees && employees < 20
    """

    code: ClassVar[str] = "IX316"

    meant: str

    def message(self) -> str:
        return "comparisons cannot be chained"

    def hint(self) -> str:
        return f"write {self.meant}"


@dataclass(frozen=True, kw_only=True)
class MixedLogic(Diagnostic):
    """&& and || side by side without brackets.

    && binds before ||, so a || b && c means a || (b && c). Brackets make it plain to every
    reader.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region: {type: choice, choices: [EMEA, APAC]}
            vip: {type: boolean}
            seats:
              type: integer
              validate: region == "EMEA" || vip && seats > 10
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region: {type: choice, choices: [EMEA, APAC]}
            vip: {type: boolean}
            seats:
              type: integer
              validate: region == "EMEA" || (vip && seats > 10)
    """

    code: ClassVar[str] = "IX317"
    severity: ClassVar[Severity] = Severity.WARNING

    written: str

    def message(self) -> str:
        return "&& binds before ||, which is easy to misread here"

    def hint(self) -> str:
        return f"put brackets around {self.written}, or where you meant them"


@dataclass(frozen=True, kw_only=True)
class ConstantCondition(Diagnostic):
    """A condition that is the same for every record.

    It reads no field, or it compares something with itself. A rule without a condition matches
    every record.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: employees == employees
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: employees > 0
    """

    code: ClassVar[str] = "IX318"
    severity: ClassVar[Severity] = Severity.WARNING

    value: str

    def message(self) -> str:
        return f"this is {self.value} for every record"

    def hint(self) -> str:
        return "compare with the field that was meant, or leave the condition out"

"""What can be wrong with the types in a condition: comparisons, arithmetic and arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class CannotCompare(Diagnostic):
    """A comparison of two kinds of value that are never equal.

    Numbers compare with numbers, text with text, dates with dates. Money compares with money
    and with plain numbers, which are in the currency of the record.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount:
              type: money
              validate: amount >= "50000"
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

    code: ClassVar[str] = "IX330"

    left: str
    right: str
    advice: str

    def message(self) -> str:
        return f"{self.left} cannot be compared with {self.right}"

    def hint(self) -> str:
        return self.advice


@dataclass(frozen=True, kw_only=True)
class NoOrder(Diagnostic):
    """Less or greater between values that have no order.

    Numbers, money, percentages, dates, times and durations have an order. Text, choices and
    people have none: the order of text differs from system to system.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region:
              type: choice
              choices: [EMEA, APAC]
              validate: region > "EMEA"
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region:
              type: choice
              choices: [EMEA, APAC]
              validate: region in ["EMEA", "APAC"]
    """

    code: ClassVar[str] = "IX331"

    value: str
    operator: str

    def message(self) -> str:
        return f"{self.value} has no order, so {self.operator} has no meaning"

    def hint(self) -> str:
        return "use == or in"


@dataclass(frozen=True, kw_only=True)
class PercentWanted(Diagnostic):
    """A percentage compared with a plain number.

    It is not clear whether 10 means ten percent or a thousand. Write percentages with their
    sign.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            discount:
              type: percent
              validate: discount < 10
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            discount:
              type: percent
              validate: discount < 10%
    """

    code: ClassVar[str] = "IX332"

    field: str
    written: str
    meant: str

    def message(self) -> str:
        return f"{self.field} is a percentage and {self.written} is a plain number"

    def hint(self) -> str:
        return (
            f"did you mean {self.meant}?"
            if self.meant
            else "write percentages with their sign: 10%"
        )


@dataclass(frozen=True, kw_only=True)
class NotACondition(Diagnostic):
    """A value where something true or false belongs.

    A condition, and each side of && and ||, is a comparison, a yes/no field or a question such
    as known(field).

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            employees:
              type: integer
              validate: employees
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

    code: ClassVar[str] = "IX333"

    value: str
    advice: str

    def message(self) -> str:
        return f"{self.value} is not a condition"

    def hint(self) -> str:
        return self.advice


@dataclass(frozen=True, kw_only=True)
class CannotCalculate(Diagnostic):
    """Arithmetic between values that do not go together.

    Numbers add and multiply. Money multiplies with numbers and percentages and adds to money.
    Dates and times take a duration; two dates subtract.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            name: {type: text}
            seats:
              type: integer
              validate: seats + name > 10
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            name: {type: text}
            seats:
              type: integer
              validate: seats + 5 > 10
    """

    code: ClassVar[str] = "IX334"

    left: str
    operator: str
    right: str
    advice: str

    def message(self) -> str:
        verb = {"+": "added", "-": "subtracted", "*": "multiplied"}[self.operator]
        return f"{self.left} and {self.right} cannot be {verb}"

    def hint(self) -> str:
        return self.advice


@dataclass(frozen=True, kw_only=True)
class WrongArgument(Diagnostic):
    """A function with the wrong arguments.

    docs/conditions.md shows each function with its arguments.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            pain:
              type: text
              validate: size(pain, 20) > 0
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            pain:
              type: text
              validate: size(pain) > 20
    """

    code: ClassVar[str] = "IX335"

    function: str
    problem: str
    usage: str

    def message(self) -> str:
        return f"{self.function}: {self.problem}"

    def hint(self) -> str:
        return f"write it like {self.usage}"


@dataclass(frozen=True, kw_only=True)
class MalformedLiteral(Diagnostic):
    """A date, time or duration that cannot be read.

    Dates are written date("2026-01-31"), times datetime("2026-01-31T09:00:00Z") with their
    zone, durations duration("21 days").

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            close_date:
              type: date
              validate: close_date >= date("2026-02-30")
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            close_date:
              type: date
              validate: close_date >= date("2026-02-28")
    """

    code: ClassVar[str] = "IX336"

    written: str
    kind: str
    usage: str

    def message(self) -> str:
        return f"{self.written!r} is not {self.kind}"

    def hint(self) -> str:
        return f"write it like {self.usage}"


@dataclass(frozen=True, kw_only=True)
class ListMisused(Diagnostic):
    """A list in the wrong place, or no list where one belongs.

    Behind in stands a list in square brackets, a multiple-choice field or list(file, column). A
    list stands nowhere else.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region:
              type: choice
              choices: [EMEA, APAC]
              validate: region in "EMEA"
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            region:
              type: choice
              choices: [EMEA, APAC]
              validate: region in ["EMEA"]
    """

    code: ClassVar[str] = "IX337"

    problem: str
    advice: str

    def message(self) -> str:
        return self.problem

    def hint(self) -> str:
        return self.advice


@dataclass(frozen=True, kw_only=True)
class WrongValue(Diagnostic):
    """A record's value that does not fit its field.

    Money and numbers are plain digits, percentages have their sign, dates are ISO dates, times
    name their zone. An empty value means that the field has none.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: auto, when: discount < 10%, approve: auto}
            - {key: rest, approve: deny}
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: discounts}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a discount without its sign
              given: {deal: {discount: 25}}
              expect: {approval: {policy: discounts, outcome: denied}}
    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: auto, when: discount < 10%, approve: auto}
            - {key: rest, approve: deny}
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: discounts}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a discount with its sign
              given: {deal: {discount: 25%}}
              expect: {approval: {policy: discounts, outcome: denied}}
    """

    code: ClassVar[str] = "IX338"

    field: str
    value: str
    kind: str
    advice: str

    def message(self) -> str:
        return f"{self.field} is {self.kind}, and {self.value} is not"

    def hint(self) -> str:
        return self.advice

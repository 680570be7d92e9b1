"""Codes IX730 to IX734: who is credited, with what, and by which field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity
from ixia_config.kinds.comp_plan.codes.wording import spoken


@dataclass(frozen=True, kw_only=True)
class SplitsNot100(Diagnostic):
    """A split that does not make 100%.

    The shares of a deal are the whole deal. Below 100% some of it is credited to nobody, above it
    is credited twice; credit on top is overlay.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
            partner: {type: person}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit:
                amount: amount
                split:
                  roles:
                    - {role: hunter, field: owner, share: 70%}
                    - {role: farmer, field: partner, share: 40%}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
            partner: {type: person}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit:
                amount: amount
                split:
                  roles:
                    - {role: hunter, field: owner, share: 70%}
                    - {role: farmer, field: partner, share: 30%}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX730"
    total: str

    def message(self) -> str:
        return f"the shares of this split add up to {self.total}"

    def hint(self) -> str:
        return "let them add up to 100%; mark credit on top with overlay: true"


@dataclass(frozen=True, kw_only=True)
class NotAPerson(Diagnostic):
    """A role whose field names no person.

    Whoever has the role is found in a field of the record. A field that holds no person credits
    nobody.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount, person: close_date}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount, person: owner}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX731"
    field: str
    record: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"{self.field} of a {self.record} does not name a person"

    def hint(self) -> str:
        return (
            f"fields that do: {spoken(self.known)}"
            if self.known
            else "declare a field of type person"
        )


@dataclass(frozen=True, kw_only=True)
class NotAnAmount(Diagnostic):
    """A credit of something that is no number.

    Credit is money, a number or a count.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: owner}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX732"
    field: str
    record: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"{self.field} of a {self.record} is no amount"

    def hint(self) -> str:
        return (
            f"fields that are: {spoken(self.known)}"
            if self.known
            else "declare a field of type money"
        )


@dataclass(frozen=True, kw_only=True)
class NotADay(Diagnostic):
    """A day that is no date.

    The day decides the period, the version of the plan and the rate of exchange, so the field
    holds a date.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          governed_by: amount
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          governed_by: close_date
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX733"
    field: str
    record: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"{self.field} of a {self.record} is no date"

    def hint(self) -> str:
        return (
            f"fields that are: {spoken(self.known)}"
            if self.known
            else "declare a field of type date"
        )


@dataclass(frozen=True, kw_only=True)
class NoHistory(Diagnostic):
    """A field that decides pay and whose changes nobody can see.

    The plan corrects closed periods when a record changes afterwards. Without the history of the
    field nobody sees that it changed, or what it was when it was paid.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
            deal_type: {type: text, track_history: true}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2026-01-01, to: 2027-01-01}
          quota: {measure: acv, amount: 300000}
          closed_until: 2026-06-30
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person, track_history: true}
            amount: {type: money, currency: USD, track_history: true}
            close_date: {type: date, track_history: true}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2026-01-01, to: 2027-01-01}
          quota: {measure: acv, amount: 300000}
          closed_until: 2026-06-30
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX734"
    severity: ClassVar[Severity] = Severity.WARNING
    fields: tuple[str, ...]
    record: str

    def message(self) -> str:
        names = spoken(self.fields)
        have = "has" if len(self.fields) == 1 else "have"
        return f"{names} of a {self.record} {have} no history, so late changes stay unseen"

    def hint(self) -> str:
        return "write track_history: true in the RecordSchema, or corrections: freeze here"

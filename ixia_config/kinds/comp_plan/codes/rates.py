"""Codes IX705 to IX709: what stands in a tier, and keys that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity


@dataclass(frozen=True, kw_only=True)
class WrongUnit(Diagnostic):
    """A bound or rate in a unit that the table does not use.

    A basis of attainment has bounds such as 80%, a basis of amount or units has numbers. The rate
    of money is a share such as 8%, the rate of units is money for each of them.

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
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0, rate: 10%}, {from: 100000, rate: 12%}]

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

    code: ClassVar[str] = "IX705"
    found: str
    place: str
    expected: str

    def message(self) -> str:
        return f"{self.place} {self.found} is not {self.expected}"

    def hint(self) -> str:
        return "change it, or the basis of the table"


@dataclass(frozen=True, kw_only=True)
class RateOrAmount(Diagnostic):
    """A tier that does not say what it pays, or says it twice.

    A tier has a rate or a fixed amount, and never both.

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
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%, amount: 500}]

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

    code: ClassVar[str] = "IX706"
    start: str
    both: bool

    def message(self) -> str:
        return f"the tier from {self.start} has " + (
            "a rate and an amount" if self.both else "no rate"
        )

    def hint(self) -> str:
        return "write one of rate and amount"


@dataclass(frozen=True, kw_only=True)
class WithoutEffect(Diagnostic):
    """A key that does nothing here.

    It was written to change what is paid, and changes nothing.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
            cancelled_at: {type: date}
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
              clawback: {field: cancelled_at, steps: [{within: 90 days, share: 50%}]}
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
            cancelled_at: {type: date}
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
              clawback: {field: cancelled_at, within: 90 days, share: 50%}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX707"
    severity: ClassVar[Severity] = Severity.WARNING
    key: str
    why: str

    def message(self) -> str:
        return f"{self.key} does nothing here: {self.why}"

    def hint(self) -> str:
        return f"take {self.key} away"


@dataclass(frozen=True, kw_only=True)
class MatrixShape(Diagnostic):
    """A row of a matrix that does not fit the tiers.

    Each row has one rate for each tier, and rows are listed from the lowest to the highest.

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
          quotas: [{measure: margin, amount: 40}]
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                matrix: {measure: margin, rows: [{from: 0%, rates: [10%]}]}
                tiers: [{from: 0%}, {from: 100%}]

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
          quotas: [{measure: margin, amount: 40}]
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                matrix: {measure: margin, rows: [{from: 0%, rates: [10%, 12%]}]}
                tiers: [{from: 0%}, {from: 100%}]
    """

    code: ClassVar[str] = "IX708"
    problem: str
    remedy: str

    def message(self) -> str:
        return self.problem

    def hint(self) -> str:
        return self.remedy


@dataclass(frozen=True, kw_only=True)
class EmptyTier(Diagnostic):
    """A tier that ends before it starts.

    Nothing can lie in it.

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
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers:
                  - {from: 0%, to: 50%, rate: 8%}
                  - {from: 50%, to: 50%, rate: 12%}
                  - {from: 50%, rate: 15%}

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
                tiers:
                  - {from: 0%, to: 50%, rate: 8%}
                  - {from: 50%, to: 100%, rate: 12%}
                  - {from: 100%, rate: 15%}
    """

    code: ClassVar[str] = "IX709"
    start: str
    end: str

    def message(self) -> str:
        return f"a tier from {self.start} to {self.end} holds nothing"

    def hint(self) -> str:
        return "take it away, or let it end higher"

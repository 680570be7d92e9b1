"""Codes IX725 to IX729: versions, closed periods, rates of exchange, months and seasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class VersionGap(Diagnostic):
    """Days between two versions of a plan.

    What is sold on those days is paid by no version.

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
          effective: {from: 2026-01-01, to: 2027-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-02-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
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
          effective: {from: 2026-01-01, to: 2027-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
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

    code: ClassVar[str] = "IX725"
    start: date
    end: date

    def message(self) -> str:
        return f"no version of this plan is in force from {self.start} to {self.end}"

    def hint(self) -> str:
        return f"let this version start on {self.start}"


@dataclass(frozen=True, kw_only=True)
class ClosedChange(Diagnostic):
    """A change of a closed period.

    A closed period is paid and agreed on. A new version starts after the day on which the books
    were closed; a correction is an adjustment in the open period.

    Bad:
        # before.yaml
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        # before.yaml
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2026-01-01, to: 2027-01-01}
          quota: {measure: acv, amount: 300000}
          closed_until: 2026-06-30
          corrections: freeze
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
        ---
        # after.yaml
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        # after.yaml
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2026-01-01, to: 2027-01-01}
          quota: {measure: acv, amount: 300000}
          closed_until: 2026-06-30
          corrections: freeze
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 11%}, {from: 100%, rate: 12%}]

    Good:
        # before.yaml
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        # before.yaml
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2026-01-01, to: 2027-01-01}
          quota: {measure: acv, amount: 300000}
          closed_until: 2026-06-30
          corrections: freeze
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
        ---
        # after.yaml
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        # after.yaml
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2026-01-01, to: 2027-01-01}
          quota: {measure: acv, amount: 300000}
          closed_until: 2026-06-30
          corrections: freeze
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX726"
    plan: str
    what: str
    until: date

    def message(self) -> str:
        return f"{self.plan} is closed until {self.until}, and this changes {self.what} before"

    def hint(self) -> str:
        return "make a new version that starts after that day"


@dataclass(frozen=True, kw_only=True)
class NoRate(Diagnostic):
    """A currency without a rate for a date.

    A deal in that currency cannot be paid. Each currency has a rate from the first day of the
    plan.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
            currency: {type: choice, choices: [USD, EUR]}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          fx: {rates: [{currency: EUR, from: 2027-02-01, rate: 0.92}]}
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
            currency: {type: choice, choices: [USD, EUR]}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          fx: {rates: [{currency: EUR, from: 2027-01-01, rate: 0.92}]}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX727"
    currency: str
    start: str
    first: str

    def message(self) -> str:
        when = f" before {self.first}" if self.first else ""
        return f"there is no rate for {self.currency}{when}"

    def hint(self) -> str:
        return f"add {{currency: {self.currency}, from: {self.start}, rate: ...}} under fx"


@dataclass(frozen=True, kw_only=True)
class RampOutOfOrder(Diagnostic):
    """Months of a ramp that do not follow each other.

    Months count from 1 and rise, each once.

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
          ramp: [{month: 2, quota: 50%}, {month: 1, quota: 25%}]
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
          ramp: [{month: 1, quota: 25%}, {month: 2, quota: 50%}]
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX728"
    month: int

    def message(self) -> str:
        if self.month == 0:
            return "there is no month 0: the month of the start is month 1"
        return f"month {self.month} stands twice, or after a later one"

    def hint(self) -> str:
        return "list the months once each, from 1 upwards"


@dataclass(frozen=True, kw_only=True)
class Seasons(Diagnostic):
    """Seasons that do not make a year.

    Seasonality has one share for each period of the year, and all of them make 100%.

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
          quota: {measure: acv, amount: 300000, seasonality: [20%, 25%, 25%, 25%]}
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
          quota: {measure: acv, amount: 300000, seasonality: [20%, 25%, 25%, 30%]}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX729"
    problem: str

    def message(self) -> str:
        return self.problem

    def hint(self) -> str:
        return "write one share for each period of the year; they make 100%"

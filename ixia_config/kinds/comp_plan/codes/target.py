"""Codes IX710 to IX714: what a plan pays at target, and the bounds of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_plan.codes.wording import money, spoken


@dataclass(frozen=True, kw_only=True)
class TargetNotPaid(Diagnostic):
    """A plan that does not pay its target at 100% of quota.

    The target rate times the quota is what somebody gets for exactly the quota. Where that
    differs from the target variable in the contract, one of the two is wrong, and people find out
    by their payslip.

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
          ote: {base: 120000, variable: 130000}
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
          ote: {base: 120000, variable: 120000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX710"
    component: str
    pays: Decimal
    target: Decimal
    currency: str
    remedy: str

    def message(self) -> str:
        pays, target = money(self.pays, self.currency), money(self.target, self.currency)
        return (
            f"at 100% of quota {self.component} pays {pays} in a year, not its target of {target}"
        )

    def hint(self) -> str:
        return self.remedy


@dataclass(frozen=True, kw_only=True)
class WeightsNot100(Diagnostic):
    """Weights of components that do not add up to 100%.

    The target variable is divided among the components by weight. What is left over is promised
    and paid by nobody.

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
          ote: {base: 120000, variable: 120000}
          components:
            - key: new
              weight: 80%
              credit: {amount: amount}
              rates: {basis: attainment, tiers: [{from: 0%, rate: 8%}]}
            - key: goals
              type: mbo
              weight: 10%

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
          ote: {base: 120000, variable: 120000}
          components:
            - key: new
              weight: 80%
              credit: {amount: amount}
              rates: {basis: attainment, tiers: [{from: 0%, rate: 8%}]}
            - key: goals
              type: mbo
              weight: 20%
    """

    code: ClassVar[str] = "IX711"
    total: str
    weights: tuple[str, ...]

    def message(self) -> str:
        return f"the weights of the components add up to {self.total}: {spoken(self.weights)}"

    def hint(self) -> str:
        return "let them add up to 100%"


@dataclass(frozen=True, kw_only=True)
class CapBelowAccelerator(Diagnostic):
    """A cap that is reached before an accelerator starts.

    The higher rate of the tier is never paid, although the plan promises it.

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
              cap: {per: period, amount: 40000}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 150%, rate: 15%}]

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
              cap: {per: period, amount: 60000}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 150%, rate: 15%}]
    """

    code: ClassVar[str] = "IX712"
    cap: Decimal
    start: str
    pays: Decimal
    currency: str

    def message(self) -> str:
        cap, pays = money(self.cap, self.currency), money(self.pays, self.currency)
        return f"the cap of {cap} is reached before the tier from {self.start} starts at {pays}"

    def hint(self) -> str:
        return "raise the cap, or take the tier away"


@dataclass(frozen=True, kw_only=True)
class ThresholdAboveTier(Diagnostic):
    """A threshold at or above the first tier that pays.

    The table says already from where on credit is paid. A threshold that lies as high or higher
    contradicts it: one of the two is not meant.

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
              threshold: {at: 60%, pays: above}
              rates:
                basis: attainment
                tiers:
                  - {from: 0%, to: 50%, rate: 0%}
                  - {from: 50%, to: 100%, rate: 12%}
                  - {from: 100%, rate: 15%}

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
                  - {from: 0%, to: 50%, rate: 0%}
                  - {from: 50%, to: 100%, rate: 12%}
                  - {from: 100%, rate: 15%}
    """

    code: ClassVar[str] = "IX713"
    at: str
    start: str

    def message(self) -> str:
        return f"the threshold of {self.at} is not below the first tier that pays, at {self.start}"

    def hint(self) -> str:
        return "take the threshold away, or let the first tier pay from 0%"


@dataclass(frozen=True, kw_only=True)
class ExactlyOne(Diagnostic):
    """A place that needs exactly one of several keys.

    With none of them nothing is said, and with two they contradict each other.

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
              cap: {per: deal, amount: 50000, share: 200%}
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
              cap: {per: deal, amount: 50000}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX714"
    place: str
    keys: tuple[str, ...]
    given: tuple[str, ...]

    def message(self) -> str:
        return f"{self.place} has {spoken(self.given) or 'none of its keys'}"

    def hint(self) -> str:
        return f"write exactly one of {', '.join(self.keys)}"

"""Codes IX740 to IX742: the payout as a curve over what is sold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity
from ixia_config.kinds.comp_plan.codes.wording import money


@dataclass(frozen=True, kw_only=True)
class Cliff(Diagnostic):
    """A bound at which one deal moves a large sum.

    Just below the bound and just above it people earn very different amounts. They pull deals in
    and push them out around it, and argue about a single day.

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
                mode: retroactive
                tiers: [{from: 0%, rate: 0%}, {from: 70%, rate: 10%}]

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
                tiers: [{from: 0%, rate: 0%}, {from: 70%, rate: 10%}]
    """

    code: ClassVar[str] = "IX740"
    severity: ClassVar[Severity] = Severity.WARNING
    at: str
    below: Decimal
    above: Decimal
    currency: str

    def message(self) -> str:
        stake = money(self.above - self.below, self.currency)
        below, above = money(self.below, self.currency), money(self.above, self.currency)
        return f"at {self.at} the payout jumps by {stake}, from {below} to {above}"

    def hint(self) -> str:
        return "use mode: marginal, or accept this finding with a reason"


@dataclass(frozen=True, kw_only=True)
class UnreachableTier(Diagnostic):
    """A tier that nobody can reach or earn in.

    Whatever the tier promises is never paid.

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
              threshold: {at: 50%, pays: above}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 50%, rate: 12%}]

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
              threshold: {at: 40%, pays: above}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 50%, rate: 12%}]
    """

    code: ClassVar[str] = "IX741"
    severity: ClassVar[Severity] = Severity.WARNING
    start: str
    why: str

    def message(self) -> str:
        return f"nobody earns anything in the tier from {self.start}: {self.why}"

    def hint(self) -> str:
        return "take the tier away, or change what stands in its way"


@dataclass(frozen=True, kw_only=True)
class PayoutFalls(Diagnostic):
    """A payout that falls when more is sold.

    At the bound somebody earns less for more. They will hold the deal back.

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
                mode: retroactive
                tiers: [{from: 0%, rate: 10%}, {from: 50%, rate: 6%}]

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
                tiers: [{from: 0%, rate: 10%}, {from: 50%, rate: 6%}]
    """

    code: ClassVar[str] = "IX742"
    severity: ClassVar[Severity] = Severity.WARNING
    at: str
    below: Decimal
    above: Decimal
    currency: str

    def message(self) -> str:
        below, above = money(self.below, self.currency), money(self.above, self.currency)
        return f"at {self.at} the payout falls from {below} to {above}"

    def hint(self) -> str:
        return "raise the rate of the tier, or use mode: marginal"

"""Codes IX735 to IX738: what a deal and a measure are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class CreditMultiple(Diagnostic):
    """A deal that is credited more than twice.

    Overlays and roll-ups add credit on top of the deal. More than twice its amount, commission is
    paid on money that nobody received.

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
                    - {role: hunter, field: owner, share: 100%}
                    - {role: engineer, field: partner, share: 150%, overlay: true}
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
                    - {role: hunter, field: owner, share: 100%}
                    - {role: engineer, field: partner, share: 50%, overlay: true}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX735"
    severity: ClassVar[Severity] = Severity.WARNING
    total: str

    def message(self) -> str:
        return f"with its overlays a deal is credited {self.total} of its amount"

    def hint(self) -> str:
        return "lower the shares, or accept this finding with a reason"


@dataclass(frozen=True, kw_only=True)
class PaysNothing(Diagnostic):
    """A component that does not say what it pays.

    A commission has rates, and a bonus has rates or an amount under pay.

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

    code: ClassVar[str] = "IX736"
    key: str
    type: str

    def message(self) -> str:
        return f"the {self.type} {quoted(self.key)} pays nothing"

    def hint(self) -> str:
        return "write rates" if self.type == "commission" else "write rates, or pay: with an amount"


@dataclass(frozen=True, kw_only=True)
class RateAboveMargin(Diagnostic):
    """A rate without a cap that is higher than what a deal earns.

    Each further deal at this rate costs more than it brings. A cap per deal or period bounds
    that. The margin is the minimum of a percent field with margin in its name, else 100%.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
            margin: {type: percent, minimum: 40%}
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
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 45%}]

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
            margin: {type: percent, minimum: 40%}
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
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 45%}]
    """

    code: ClassVar[str] = "IX737"
    severity: ClassVar[Severity] = Severity.WARNING
    rate: str
    margin: str

    def message(self) -> str:
        return f"a rate of {self.rate} without a cap is above the margin of {self.margin}"

    def hint(self) -> str:
        return "write a cap, such as cap: {per: deal, amount: 50000}"


@dataclass(frozen=True, kw_only=True)
class MixedUnits(Diagnostic):
    """One measure that adds up money and units.

    A quota of money is not reached by a number of meetings.

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
              rates: {basis: attainment, tiers: [{from: 0%, rate: 8%}]}
            - key: meetings
              rates: {basis: attainment, tiers: [{from: 0%, rate: 50}]}

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
          quotas: [{measure: meetings, amount: 20}]
          components:
            - key: new
              credit: {amount: amount}
              rates: {basis: attainment, tiers: [{from: 0%, rate: 8%}]}
            - key: meetings
              measure: meetings
              rates: {basis: attainment, tiers: [{from: 0%, rate: 50}]}
    """

    code: ClassVar[str] = "IX738"
    measure: str
    one: str
    other: str

    def message(self) -> str:
        return f"the measure {self.measure} adds up {self.one} and {self.other}"

    def hint(self) -> str:
        return "give one of the components a measure and a quota of its own"

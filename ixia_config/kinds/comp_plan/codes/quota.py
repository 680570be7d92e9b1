"""Codes IX715 to IX719: quotas and their measures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity, suggestion
from ixia_config.kinds.comp_plan.codes.wording import money
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class UnknownMeasure(Diagnostic):
    """A measure that no quota of the plan has.

    Attainment is what is credited, divided by the quota of the measure. Without a quota it is
    undefined.

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
              measure: acw
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
              measure: acv
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX715"
    name: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"no quota has the measure {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "declare it under quota or quotas"


@dataclass(frozen=True, kw_only=True)
class NoQuota(Diagnostic):
    """Attainment without a quota.

    Shares of a quota need a quota to be shares of.

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
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX716"
    needed: str

    def message(self) -> str:
        return f"{self.needed} needs a quota, and the plan has none"

    def hint(self) -> str:
        return "write quota: {measure: acv, period: quarter, amount: 300000} with your figures"


@dataclass(frozen=True, kw_only=True)
class QuotaOfZero(Diagnostic):
    """A quota of 0.

    Attainment is undefined, and whoever sells nothing has reached it. In the first months
    somebody has a ramp.

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
          quota: {measure: acv, amount: 0}
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
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX717"
    measure: str

    def message(self) -> str:
        return f"the quota of {self.measure} is 0"

    def hint(self) -> str:
        return "write the full quota, and a ramp for the first months"


@dataclass(frozen=True, kw_only=True)
class OtherPeriod(Diagnostic):
    """Credit that adds up over another time than the quota.

    Attainment compares what is credited with the quota of the same time. A table that starts
    again each month never reaches the tiers of a quarter.

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
                accumulate: month
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
                accumulate: quarter
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX718"
    accumulate: str
    period: str

    def message(self) -> str:
        return f"credit adds up by the {self.accumulate}, and the quota is by the {self.period}"

    def hint(self) -> str:
        return f"write accumulate: {self.period}, or give the quota by the {self.accumulate}"


@dataclass(frozen=True, kw_only=True)
class QuotaToOte(Diagnostic):
    """A quota that is unusually small or large for the pay.

    Most plans ask for a quota of 4 to 8 times the on-target earnings. Below that the plan is
    dear, above it few people reach the quota.

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
          quota: {measure: acv, amount: 75000}
          ote: {base: 120000, variable: 120000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 40%}]

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

    code: ClassVar[str] = "IX719"
    severity: ClassVar[Severity] = Severity.WARNING
    quota: Decimal
    ote: Decimal
    currency: str

    def message(self) -> str:
        quota, ote = money(self.quota, self.currency), money(self.ote, self.currency)
        times = f"{self.quota / self.ote:.1f}"
        return f"the quota of a year, {quota}, is {times} times the on-target earnings of {ote}"

    def hint(self) -> str:
        return "4 to 8 times is usual"

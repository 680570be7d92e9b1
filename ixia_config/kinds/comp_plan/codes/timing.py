"""Codes IX720 to IX724: draws, clawbacks and contests in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class DrawAfterRamp(Diagnostic):
    """A draw that goes on after the ramp.

    A draw carries people while they settle in. When the ramp ends they have a full quota and
    should earn it; one month more is allowed, because pay follows the sale.

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
          draw: {amount: 5000, months: 6}
          ramp: [{month: 1, quota: 25%}, {month: 2, quota: 50%}]
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
          draw: {amount: 5000, months: 3}
          ramp: [{month: 1, quota: 25%}, {month: 2, quota: 50%}]
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX720"
    months: int
    ramp: int

    def message(self) -> str:
        return f"the draw lasts {self.months} months, and the ramp ends after month {self.ramp}"

    def hint(self) -> str:
        return f"write months: {self.ramp + 1}, or let the ramp go on"


@dataclass(frozen=True, kw_only=True)
class ClawbackTooShort(Diagnostic):
    """A clawback that ends before customers may cancel.

    A customer who cancels on the last day of the right to do so pays nothing back, and the
    commission stays paid.

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
              clawback: {field: cancelled_at, within: 60 days, cancellable: 90 days}
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
              clawback: {field: cancelled_at, within: 90 days, cancellable: 90 days}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX721"
    within: str
    cancellable: str

    def message(self) -> str:
        return f"the clawback ends after {self.within}; customers may cancel for {self.cancellable}"

    def hint(self) -> str:
        return f"write within: {self.cancellable}"


@dataclass(frozen=True, kw_only=True)
class StepsOutOfOrder(Diagnostic):
    """Steps of a clawback that do not follow each other.

    Steps are listed from the shortest time to the longest, and what is taken back never rises:
    the first step that fits counts.

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
              clawback:
                field: cancelled_at
                method: steps
                steps: [{within: 90 days, share: 50%}, {within: 30 days, share: 100%}]
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
              clawback:
                field: cancelled_at
                method: steps
                steps: [{within: 30 days, share: 100%}, {within: 90 days, share: 50%}]
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX722"
    problem: str

    def message(self) -> str:
        return self.problem

    def hint(self) -> str:
        return "list the steps from the shortest time and largest share on"


@dataclass(frozen=True, kw_only=True)
class SpiffWithoutEnd(Diagnostic):
    """A contest without first and last day.

    A contest is a short push. Without an end it becomes pay that nobody decided on.

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
          spiffs:
            - {key: sprint, effective: {from: 2027-01-01}, pay: 250, budget: 50000}
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
          spiffs:
            - {key: sprint, effective: {from: 2027-01-01, to: 2027-04-01}, pay: 250, budget: 50000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX723"
    key: str
    missing: str

    def message(self) -> str:
        return f"the contest {quoted(self.key)} has no {self.missing}"

    def hint(self) -> str:
        key = "to" if self.missing == "end" else "from"
        return f"write `{key}` under its effective"


@dataclass(frozen=True, kw_only=True)
class SpiffWithoutBudget(Diagnostic):
    """A contest without a budget.

    A contest that goes better than expected costs without limit.

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
          spiffs:
            - {key: sprint, effective: {from: 2027-01-01, to: 2027-04-01}, pay: 250}
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
          spiffs:
            - {key: sprint, effective: {from: 2027-01-01, to: 2027-04-01}, pay: 250, budget: 50000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX724"
    key: str

    def message(self) -> str:
        return f"the contest {quoted(self.key)} has no budget"

    def hint(self) -> str:
        return "write budget: with the most that it may cost in all"

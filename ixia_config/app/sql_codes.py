"""Code IX760: a plan that SQL does not pay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class PlanNotInSql(Diagnostic):
    """A plan that cannot be paid in SQL to the cent.

    Draws, clawbacks and contests depend on every payout before or on the order of everybody's
    deals; some amounts need a division, which databases do not do exactly. Such a plan is refused,
    never approximated.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            owner: {type: person}
            amount: {type: money}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          effective: {from: 2027-01-01, to: 2028-01-01}
          currency: USD
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates: {basis: attainment, tiers: [{from: 0%, rate: 10%}]}
          draw: {amount: 4000, months: 3}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            owner: {type: person}
            amount: {type: money}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          effective: {from: 2027-01-01, to: 2028-01-01}
          currency: USD
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates: {basis: attainment, tiers: [{from: 0%, rate: 10%}]}
    """

    plan: str
    why: str

    code: ClassVar[str] = "IX760"

    def message(self) -> str:
        return f"{self.plan} is not written as SQL: {self.why}"

    def hint(self) -> str:
        return "pay it with ixia comp statement"

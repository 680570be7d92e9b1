"""Codes IX755 to IX758: what somebody has of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity
from ixia_config.kinds.comp_plan.codes.wording import money


@dataclass(frozen=True, kw_only=True)
class PersonalTargetNotPaid(Diagnostic):
    """A quota of somebody's own that does not pay the target.

    The rates are those of the plan. With another quota, 100% of it pays another amount than the
    target variable in the contract.

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
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
        ---
        apiVersion: ixia/v1
        kind: CompAssignments
        metadata: {name: ae}
        spec:
          assignments:
            - {person: ana@acme.example, plan: ae-2027, from: 2027-01-01, quota: 400000}

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
        ---
        apiVersion: ixia/v1
        kind: CompAssignments
        metadata: {name: ae}
        spec:
          assignments:
            - {person: ana@acme.example, plan: ae-2027, from: 2027-01-01, quota: 300000}
    """

    code: ClassVar[str] = "IX755"
    person: str
    component: str
    pays: Decimal
    target: Decimal
    currency: str

    def message(self) -> str:
        pays, target = money(self.pays, self.currency), money(self.target, self.currency)
        return (
            f"at 100% of {self.person}'s quota {self.component} pays {pays} in a year, not {target}"
        )

    def hint(self) -> str:
        return "change the quota, or write an override with variable: or rate_factor:"


@dataclass(frozen=True, kw_only=True)
class ManagerQuota(Diagnostic):
    """A manager's quota below the sum of the team's.

    The manager reaches the quota while the team misses its own.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, manager: lee@acme.example}
            - {email: lee@acme.example}
        ---
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
        ---
        apiVersion: ixia/v1
        kind: CompAssignments
        metadata: {name: ae}
        spec:
          assignments:
            - {person: ana@acme.example, plan: ae-2027, from: 2027-01-01}
            - {person: lee@acme.example, plan: ae-2027, from: 2027-01-01, quota: 200000}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, manager: lee@acme.example}
            - {email: lee@acme.example}
        ---
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
        ---
        apiVersion: ixia/v1
        kind: CompAssignments
        metadata: {name: ae}
        spec:
          assignments:
            - {person: ana@acme.example, plan: ae-2027, from: 2027-01-01}
            - {person: lee@acme.example, plan: ae-2027, from: 2027-01-01}
    """

    code: ClassVar[str] = "IX756"
    severity: ClassVar[Severity] = Severity.WARNING
    person: str
    quota: Decimal
    team: Decimal
    currency: str

    def message(self) -> str:
        quota, team = money(self.quota, self.currency), money(self.team, self.currency)
        return f"the quota of {self.person}, {quota}, is below that of the team, {team}"

    def hint(self) -> str:
        return "managers usually carry the sum of the team, less a small allowance"


@dataclass(frozen=True, kw_only=True)
class OwnApproval(Diagnostic):
    """Somebody who approved their own exception.

    An override is extra pay for one person, so another person agrees to it.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, manager: lee@acme.example}
            - {email: lee@acme.example}
        ---
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
        ---
        apiVersion: ixia/v1
        kind: CompAssignments
        metadata: {name: ae}
        spec:
          assignments:
            - person: ana@acme.example
              plan: ae-2027
              from: 2027-01-01
              override: {approved_by: ana@acme.example, ticket: HR-12, rate_factor: 1.1}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, manager: lee@acme.example}
            - {email: lee@acme.example}
        ---
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
        ---
        apiVersion: ixia/v1
        kind: CompAssignments
        metadata: {name: ae}
        spec:
          assignments:
            - person: ana@acme.example
              plan: ae-2027
              from: 2027-01-01
              override: {approved_by: lee@acme.example, ticket: HR-12, rate_factor: 1.1}
    """

    code: ClassVar[str] = "IX757"
    person: str

    def message(self) -> str:
        return f"{self.person} approved their own override"

    def hint(self) -> str:
        return "write who agreed to it under approved_by"


@dataclass(frozen=True, kw_only=True)
class LeaveOutside(Diagnostic):
    """A leave of absence outside the assignment, or over another one.

    Days of leave change the quota, so each of them counts once, while somebody is on the plan.

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
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
        ---
        apiVersion: ixia/v1
        kind: CompAssignments
        metadata: {name: ae}
        spec:
          assignments:
            - person: ana@acme.example
              plan: ae-2027
              from: 2027-03-01
              leave: [{from: 2027-02-01, to: 2027-04-01}]

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
        ---
        apiVersion: ixia/v1
        kind: CompAssignments
        metadata: {name: ae}
        spec:
          assignments:
            - person: ana@acme.example
              plan: ae-2027
              from: 2027-03-01
              leave: [{from: 2027-03-01, to: 2027-04-01}]
    """

    code: ClassVar[str] = "IX758"
    start: date
    end: date
    why: str

    def message(self) -> str:
        return f"the leave from {self.start} to {self.end} {self.why}"

    def hint(self) -> str:
        return "change its dates"

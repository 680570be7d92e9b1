"""Codes IX750 to IX754: who is on which plan, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class UnknownPlan(Diagnostic):
    """A plan that is not declared.

    Somebody on a plan that does not exist is paid nothing.

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
            - {person: ana@acme.example, plan: ae-2026, from: 2027-01-01}

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
            - {person: ana@acme.example, plan: ae-2027, from: 2027-01-01}
    """

    code: ClassVar[str] = "IX750"
    name: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"there is no CompPlan {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "declare it as a CompPlan"


@dataclass(frozen=True, kw_only=True)
class AssignmentsOverlap(Diagnostic):
    """Somebody who is on one plan twice at a time.

    What is sold on those days is paid twice, or by a quota that nobody knows.

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
            - {person: ana@acme.example, plan: ae-2027, from: 2027-01-01, to: 2027-08-01}
            - {person: ana@acme.example, plan: ae-2027, from: 2027-07-01}

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
            - {person: ana@acme.example, plan: ae-2027, from: 2027-01-01, to: 2027-07-01}
            - {person: ana@acme.example, plan: ae-2027, from: 2027-07-01}
    """

    code: ClassVar[str] = "IX751"
    person: str
    plan: str
    start: date
    first: str

    def message(self) -> str:
        return (
            f"{self.person} is on {self.plan} twice from {self.start} on, here and at {self.first}"
        )

    def hint(self) -> str:
        return f"end the first with to: {self.start}"


@dataclass(frozen=True, kw_only=True)
class CreditedTwice(Diagnostic):
    """Somebody whose plans both pay one deal.

    Two plans at a time are fine while they pay for different records. Where both credit a deal it
    is paid twice.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
            kind: {type: choice, choices: [new, renewal]}
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
              credit: {amount: amount, when: 'kind == "new"'}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: am-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount, when: 'kind in ["new", "renewal"]'}
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
            - {person: ana@acme.example, plan: am-2027, from: 2027-01-01}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
            kind: {type: choice, choices: [new, renewal]}
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
              credit: {amount: amount, when: 'kind == "new"'}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: am-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount, when: 'kind == "renewal"'}
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
            - {person: ana@acme.example, plan: am-2027, from: 2027-01-01}
    """

    code: ClassVar[str] = "IX752"
    person: str
    plan: str
    other: str
    component: str
    record: str
    example: str

    def message(self) -> str:
        such = f" with {self.example}" if self.example else ""
        both = f"{self.plan} and {self.other}"
        return f"{both} both credit {self.person} for a {self.record}{such} ({self.component})"

    def hint(self) -> str:
        return "let one of the plans leave such records to the other, or end one assignment"


@dataclass(frozen=True, kw_only=True)
class AssignmentGap(Diagnostic):
    """Somebody who is between two plans for some days.

    What is sold on those days is paid by no plan.

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
            - {person: ana@acme.example, plan: ae-2027, from: 2027-01-01, to: 2027-06-01}
            - {person: ana@acme.example, plan: ae-2027, from: 2027-07-01}

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
            - {person: ana@acme.example, plan: ae-2027, from: 2027-01-01, to: 2027-07-01}
            - {person: ana@acme.example, plan: ae-2027, from: 2027-07-01}
    """

    code: ClassVar[str] = "IX753"
    person: str
    start: date
    end: date

    def message(self) -> str:
        return f"{self.person} is on no plan from {self.start} to {self.end}"

    def hint(self) -> str:
        return f"write from: {self.start} here, or accept this finding with a reason"


@dataclass(frozen=True, kw_only=True)
class OutsidePlan(Diagnostic):
    """Somebody who is on a plan when it is not in force.

    On those days there is no version of the plan that could pay.

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
            - {person: ana@acme.example, plan: ae-2027, from: 2026-11-01}

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
            - {person: ana@acme.example, plan: ae-2027, from: 2027-01-01}
    """

    code: ClassVar[str] = "IX754"
    person: str
    plan: str
    day: date
    bound: date
    late: bool

    def message(self) -> str:
        word = "after it ends" if self.late else "before it starts"
        return f"{self.person} is on {self.plan} on {self.day}, {word} on {self.bound}"

    def hint(self) -> str:
        return "change the dates here, or declare a version of the plan for that time"

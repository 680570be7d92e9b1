"""Codes of approval policies: delegations that contradict each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity


@dataclass(frozen=True, kw_only=True)
class DelegationCycle(Diagnostic):
    """A delegation that comes back to where it began.

    Each hands the answer to the next, and the last to the first: nobody answers.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: ae, manager: lee@acme.example}
            - {email: lee@acme.example, role: manager}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          delegation:
            - {from: lee@acme.example, to: ana@acme.example}
            - {from: ana@acme.example, to: lee@acme.example}
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: ae, manager: lee@acme.example}
            - {email: lee@acme.example, role: manager}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          delegation:
            - {from: lee@acme.example, to: ana@acme.example}
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}
    """

    chain: tuple[str, ...]

    code: ClassVar[str] = "IX444"

    def message(self) -> str:
        return f"this delegation goes in a circle: {' -> '.join((*self.chain, self.chain[0]))}"

    def hint(self) -> str:
        return "take one of them out, or give them dates that do not overlap"


@dataclass(frozen=True, kw_only=True)
class DelegationLimitUnclear(Diagnostic):
    """A limit of a delegation that is about no field.

    A percentage limits a percentage, an amount an amount of money. Where the rules read one field
    of that type, it is meant; otherwise field says which.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: ae, manager: lee@acme.example}
            - {email: lee@acme.example, role: manager}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          delegation:
            - {from: lee@acme.example, to: ana@acme.example, limit: 50000}
          rules:
            - {key: small, when: discount < 10%, approve: auto}
            - {key: rest, steps: [{approver: {role: manager}}]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: ae, manager: lee@acme.example}
            - {email: lee@acme.example, role: manager}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          delegation:
            - {from: lee@acme.example, to: ana@acme.example, limit: 30%}
          rules:
            - {key: small, when: discount < 10%, approve: auto}
            - {key: rest, steps: [{approver: {role: manager}}]}
    """

    limit: str
    field: str

    code: ClassVar[str] = "IX445"

    def message(self) -> str:
        if self.field:
            return f"{self.field} cannot be compared with the limit {self.limit}"
        return f"it is not clear what the limit {self.limit} is about"

    def hint(self) -> str:
        return "name it with field: the percentage or amount of money that the limit is about"


@dataclass(frozen=True, kw_only=True)
class LimitAboveAuthority(Diagnostic):
    """A delegate with more authority than the one who delegates.

    Nobody can hand on more than he has. The delegate's limit is lowered to it, so say so here.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: ae, manager: lee@acme.example}
            - {email: lee@acme.example, role: manager, manager: cro@acme.example}
            - {email: cro@acme.example, role: cro}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          authority:
            field: amount
            limits:
              - {role: manager, limit: 50000}
              - {role: cro}
          delegation:
            - {from: lee@acme.example, to: ana@acme.example, limit: 80000, field: amount}
          rules:
            - {key: all, steps: [{approver: {authority_of: submitter}}]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: ae, manager: lee@acme.example}
            - {email: lee@acme.example, role: manager, manager: cro@acme.example}
            - {email: cro@acme.example, role: cro}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          authority:
            field: amount
            limits:
              - {role: manager, limit: 50000}
              - {role: cro}
          delegation:
            - {from: lee@acme.example, to: ana@acme.example, limit: 50000, field: amount}
          rules:
            - {key: all, steps: [{approver: {authority_of: submitter}}]}
    """

    limit: str
    delegator: str
    own: str

    code: ClassVar[str] = "IX446"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"the limit {self.limit} is above that of {self.delegator}, which is {self.own}"

    def hint(self) -> str:
        return f"lower it to {self.own} or less"

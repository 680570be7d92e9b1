"""Codes of approval policies: limits of authority that contradict each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class AuthorityFalls(Diagnostic):
    """A manager with less authority than those below.

    Going up the managers, authority rises. Here a request that is too large for somebody skips
    the manager who should see it.

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
            - {email: lee@acme.example, role: manager, manager: cro@acme.example}
            - {email: cro@acme.example, role: cro, manager: ceo@acme.example}
            - {email: ceo@acme.example, role: ceo}
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
              - {role: cro, limit: 20000}
              - {person: ceo@acme.example}
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
            - {email: lee@acme.example, role: manager, manager: cro@acme.example}
            - {email: cro@acme.example, role: cro, manager: ceo@acme.example}
            - {email: ceo@acme.example, role: ceo}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          authority:
            field: amount
            limits:
              - {role: manager, limit: 20000}
              - {role: cro, limit: 50000}
              - {person: ceo@acme.example}
          rules:
            - {key: all, steps: [{approver: {authority_of: submitter}}]}
    """

    above: str
    limit: str
    below: str
    other: str

    code: ClassVar[str] = "IX447"

    def message(self) -> str:
        return (
            f"{self.above} may decide up to {self.limit},"
            f" and {self.below}, who reports to them, up to {self.other}"
        )

    def hint(self) -> str:
        return f"raise the limit of {self.above}, or lower the other"


@dataclass(frozen=True, kw_only=True)
class NobodyUnlimited(Diagnostic):
    """Authority without an open end.

    A request above the highest limit would find nobody. Somebody at the top decides without a
    limit.

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
          rules:
            - {key: all, steps: [{approver: {authority_of: submitter}}]}
    """

    highest: str

    code: ClassVar[str] = "IX448"

    def message(self) -> str:
        return f"nobody may decide more than {self.highest}"

    def hint(self) -> str:
        return "add somebody without a limit, such as {role: cro}"


@dataclass(frozen=True, kw_only=True)
class AuthorityUnclear(Diagnostic):
    """Authority that does not fit together.

    An approver with authority_of climbs the managers by the limits under authority. It stands
    alone in its step, since it may become several steps. Each limit is of one role or one person,
    in the type of the field.

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
              - {role: manager, limit: 50%}
              - {role: cro}
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
          rules:
            - {key: all, steps: [{approver: {authority_of: submitter}}]}
    """

    problem: Literal["undeclared", "unused", "beside others", "whose", "type"]
    limit: str = ""

    code: ClassVar[str] = "IX449"

    def message(self) -> str:
        match self.problem:
            case "undeclared":
                return "there is no authority that says how far managers may decide"
            case "unused":
                return "no approver is named by authority_of, so this has no effect"
            case "beside others":
                return "authority_of stands beside other approvers"
            case "whose":
                return "a limit belongs to exactly one of role and person"
            case "type":
                return f"the limit {self.limit} is not written like the values of its field"

    def hint(self) -> str:
        return "name the field and the limits under authority, and authority_of alone in a step"

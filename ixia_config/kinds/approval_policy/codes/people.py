"""Codes of approval policies: approvers who are nobody, or themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity


@dataclass(frozen=True, kw_only=True)
class QuorumTooLarge(Diagnostic):
    """A quorum that is larger than the group.

    More people must agree than there are, so nothing is ever approved. Of one approver, everybody
    counts; of several, each counts once, and nobody counts twice.

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
          rules:
            - {key: all, steps: [{approver: {role: manager}, mode: quorum, need: 2}]}

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
          rules:
            - {key: all, steps: [{approver: {role: manager}, mode: quorum, need: 1}]}
    """

    need: int
    people: int

    code: ClassVar[str] = "IX440"

    def message(self) -> str:
        return f"{self.need} people must agree, and only {self.people} can answer"

    def hint(self) -> str:
        return "ask for fewer, or name more approvers"


@dataclass(frozen=True, kw_only=True)
class SelfApproval(Diagnostic):
    """Somebody may approve what he asked for.

    Whoever may submit is also an approver, and nobody else can answer: duties are not separate,
    or there is no colleague and no manager to ask instead.

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
            - {email: ana@acme.example, role: ae}
            - {email: lee@acme.example, role: manager}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          submitters: [ae, manager]
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
            - {email: ana@acme.example, role: ae}
            - {email: lee@acme.example, role: manager, manager: cro@acme.example}
            - {email: cro@acme.example, role: cro}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          submitters: [ae, manager]
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}
    """

    approver: str
    who: str

    code: ClassVar[str] = "IX441"

    def message(self) -> str:
        if not self.who:
            return "whoever asks may approve it, too"
        return f"{self.who} may ask, and is the one who approves as {self.approver}"

    def hint(self) -> str:
        return "separate submitter and approver, and name somebody who can answer instead"


@dataclass(frozen=True, kw_only=True)
class NobodyToApprove(Diagnostic):
    """An approver whom nobody can be.

    No active person holds the role or is in the group, so every request would wait for ever.

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
          roles: [cro]
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: all, steps: [{approver: {role: cro}}]}

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
            - {email: cro@acme.example, role: cro}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: all, steps: [{approver: {role: cro}}]}
    """

    approver: str

    code: ClassVar[str] = "IX442"

    def message(self) -> str:
        return f"nobody active can approve as {self.approver}"

    def hint(self) -> str:
        return "give the role to somebody in the Directory, or name another approver"


@dataclass(frozen=True, kw_only=True)
class TopFirst(Diagnostic):
    """A manager is asked before those who report to him.

    People at the top answer last: what their people refuse never reaches them.

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
            - {email: lee@acme.example, role: manager, manager: cro@acme.example}
            - {email: cro@acme.example, role: cro}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: all, steps: [{approver: {role: cro}}, {approver: {role: manager}}]}

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
            - {email: lee@acme.example, role: manager, manager: cro@acme.example}
            - {email: cro@acme.example, role: cro}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: all, steps: [{approver: {role: manager}}, {approver: {role: cro}}]}
    """

    above: str
    below: str

    code: ClassVar[str] = "IX443"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"{self.above} is asked before {self.below}, who reports to them"

    def hint(self) -> str:
        return "turn the steps around"

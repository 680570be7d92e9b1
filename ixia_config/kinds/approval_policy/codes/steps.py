"""Codes of approval policies: quorums and duties that cannot work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class QuorumUnclear(Diagnostic):
    """A quorum without a number, or a number without a quorum.

    mode: quorum needs to say how many different people must agree; other modes do not count.

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
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: all, steps: [{approvers: [{role: finance}, {role: legal}], mode: quorum}]}

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
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - key: all
              steps: [{approvers: [{role: finance}, {role: legal}], mode: quorum, need: 1}]
    """

    mode: str
    need: int | None

    code: ClassVar[str] = "IX439"

    def message(self) -> str:
        if self.mode == "quorum":
            return "this quorum does not say how many people must agree"
        return f"need: {self.need} has no effect with mode: {self.mode}"

    def hint(self) -> str:
        return "write mode: quorum with need: 1 or more"


@dataclass(frozen=True, kw_only=True)
class SeparationUnclear(Diagnostic):
    """A separation of duties that separates nobody.

    It takes two: who asks (submitter, owner) and who answers (approver).

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
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          separation: [submitter]
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
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          separation: [submitter, approver]
          rules:
            - {key: all, steps: [{approver: {role: manager}}]}
    """

    given: tuple[str, ...]

    code: ClassVar[str] = "IX455"

    def message(self) -> str:
        return f"separation names {', '.join(self.given)} alone, which separates nobody"

    def hint(self) -> str:
        return "write separation: [submitter, approver]"

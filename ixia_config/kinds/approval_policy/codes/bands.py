"""Codes of approval policies: rules that are never asked, or ask the wrong people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity


@dataclass(frozen=True, kw_only=True)
class RuleNeverReached(Diagnostic):
    """A rule after one that matches everything.

    The first rule that matches counts. A rule without a condition matches every request, so none
    after it is ever asked.

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
            - {key: rest, steps: [{approver: {role: manager}}]}
            - {key: small, when: discount < 10%, approve: auto}
            - {key: large, steps: [{approver: {role: cro}}]}

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
            - {key: small, when: discount < 10%, approve: auto}
            - {key: large, steps: [{approver: {role: cro}}]}
    """

    rule: str
    earlier: str

    code: ClassVar[str] = "IX435"

    def message(self) -> str:
        return f"{self.rule} is never reached: {self.earlier} before it has no condition"

    def hint(self) -> str:
        return f"give {self.earlier} a condition, or move it to the end"


@dataclass(frozen=True, kw_only=True)
class EscalatesNowhere(Diagnostic):
    """The last rule goes one tier up, where there is none.

    With escalate_when, the next rule decides. The last rule has no next one.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
            amount: {type: money}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: small, when: discount < 10%, approve: auto}
            - {key: rest, escalate_when: amount > 500000, steps: [{approver: {role: cro}}]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent}
            amount: {type: money}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: small, when: discount < 10%, escalate_when: amount > 500000, approve: auto}
            - {key: rest, steps: [{approver: {role: cro}}]}
    """

    rule: str

    code: ClassVar[str] = "IX436"

    def message(self) -> str:
        return f"{self.rule} is the last rule, so there is no tier above it"

    def hint(self) -> str:
        return "add a rule after it, or add steps under also"


@dataclass(frozen=True, kw_only=True)
class ApprovesEverything(Diagnostic):
    """A rule without a condition that approves.

    Whatever reaches it goes ahead without anybody. As the last rule it turns every gap before it
    into a yes.

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
            - {key: large, when: discount >= 20%, steps: [{approver: {role: manager}}]}
            - {key: rest, approve: auto}

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
            - {key: small, when: discount < 20%, approve: auto}
            - {key: rest, steps: [{approver: {role: manager}}]}
    """

    rule: str

    code: ClassVar[str] = "IX437"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"{self.rule} approves every request that reaches it"

    def hint(self) -> str:
        return "say when it may, and let the last rule ask somebody"


@dataclass(frozen=True, kw_only=True)
class ChainShrinks(Diagnostic):
    """A higher band asks fewer people than a lower one.

    Authority rises with what is asked for. Here a higher band lets somebody out who is asked in
    the band below.

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
            - key: small
              when: discount < 20%
              steps: [{approver: {role: manager}}, {approver: {role: cro}}]
            - {key: large, steps: [{approver: {role: manager}}]}

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
            - {key: small, when: discount < 20%, steps: [{approver: {role: manager}}]}
            - {key: large, steps: [{approver: {role: manager}}, {approver: {role: cro}}]}
    """

    rule: str
    lower: str
    field: str
    missing: tuple[str, ...]

    code: ClassVar[str] = "IX438"

    def message(self) -> str:
        return (
            f"{self.rule} is for a higher {self.field} than {self.lower},"
            f" and does not ask {', '.join(self.missing)}"
        )

    def hint(self) -> str:
        return "ask them here, too, or move the condition"

"""Codes of approval policies: rules and steps that say too little or too much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class ApproverUnclear(Diagnostic):
    """An approver who is named in no way, or in several.

    An approver is exactly one of role, team, pool, person, field, manager_of and authority_of;
    level goes with manager_of. Several approvers of one step stand in a list under approvers.

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
            - {key: all, steps: [{approver: {role: manager, person: lee@acme.example}}]}

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
              steps: [{approvers: [{role: manager}, {person: lee@acme.example}]}]
    """

    given: tuple[str, ...]

    code: ClassVar[str] = "IX430"

    def message(self) -> str:
        if not self.given:
            return "this approver is nobody"
        if self.given == ("level",):
            return "level goes with manager_of only"
        return f"this approver is named in several ways: {', '.join(self.given)}"

    def hint(self) -> str:
        return "name each approver in exactly one way; several stand in a list under approvers"


@dataclass(frozen=True, kw_only=True)
class RuleWithoutOutcome(Diagnostic):
    """A rule that says nothing, or two things at once.

    A rule either approves, drafts or denies by itself, or it has steps with approvers.

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
            - {key: small, when: discount < 10%, approve: auto}
            - {key: rest}

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
            - {key: rest, steps: [{approver: {role: manager}}]}
    """

    rule: str
    both: bool

    code: ClassVar[str] = "IX431"

    def message(self) -> str:
        if self.both:
            return f"the rule {self.rule} has both approve and steps"
        return f"the rule {self.rule} has neither approve nor steps"

    def hint(self) -> str:
        return "keep one: approve, or steps with approvers"


@dataclass(frozen=True, kw_only=True)
class StepWithoutApprover(Diagnostic):
    """A step that asks nobody.

    A step without an approver would let every request pass, or none.

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
            - {key: all, steps: [{title: Deal desk}]}

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
            - {key: all, steps: [{title: Deal desk, approver: {team: deal-desk}}]}
    """

    rule: str

    code: ClassVar[str] = "IX432"

    def message(self) -> str:
        return f"a step of {self.rule} asks nobody"

    def hint(self) -> str:
        return "write approver: {role: ...}, or leave the step out"


@dataclass(frozen=True, kw_only=True)
class DuplicateRule(Diagnostic):
    """Two rules with one key.

    Reports, tests and explanations name a rule by its key.

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
            - {key: small, when: discount < 10%, approve: auto}
            - {key: small, steps: [{approver: {role: manager}}]}

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
            - {key: rest, steps: [{approver: {role: manager}}]}
    """

    key: str

    code: ClassVar[str] = "IX433"

    def message(self) -> str:
        return f"there is a second rule {quoted(self.key)}"

    def hint(self) -> str:
        return "give one of them another key"


@dataclass(frozen=True, kw_only=True)
class NoOpenEnd(Diagnostic):
    """Rules without an open end: some requests match none of them.

    A request that no rule matches is denied, which nobody expects of a discount of 31 %. The last
    rule has no condition; or on_no_match: deny is written out, where denying is meant.

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
            - {key: small, when: discount < 10%, approve: auto}
            - {key: large, when: discount < 30%, steps: [{approver: {role: manager}}]}

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
            - {key: large, steps: [{approver: {role: manager}}]}
    """

    rule: str
    example: str = ""

    code: ClassVar[str] = "IX434"

    def message(self) -> str:
        if self.example:
            return f"a request with {self.example} matches no rule; the last rule is {self.rule}"
        return f"the last rule, {self.rule}, has a condition, so requests can match no rule"

    def hint(self) -> str:
        return "leave when out of the last rule, or write on_no_match: deny"

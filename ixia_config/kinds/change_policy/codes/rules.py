"""Codes IX850 to IX855: rules for changes that say nothing, or name what is not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class UnknownEnvironment(Diagnostic):
    """An environment that the Project does not have.

    A change policy holds in the environments that it names, as ixia.yaml has them.

    Bad:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          environments: [prodution]
          rules: [{key: all, deny: by hand only}]
        ---
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments: {production: {account: "1001", token: {env: HUBSPOT_TOKEN}}}

    Good:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          environments: [production]
          rules: [{key: all, deny: by hand only}]
        ---
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments: {production: {account: "1001", token: {env: HUBSPOT_TOKEN}}}
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX850"

    def message(self) -> str:
        return f"there is no environment {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known)


@dataclass(frozen=True, kw_only=True)
class UnknownRole(Diagnostic):
    """A role that nobody can hold.

    Approvers are whoever holds a role in the Directory.

    Bad:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          rules: [{key: pay, when: {kinds: [CompPlan]}, approve: {roles: [finanse]}}]
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: kim@acme.example, role: finance}]

    Good:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          rules: [{key: pay, when: {kinds: [CompPlan]}, approve: {roles: [finance]}}]
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: kim@acme.example, role: finance}]
    """

    role: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX851"

    def message(self) -> str:
        return f"there is no role {quoted(self.role)}"

    def hint(self) -> str:
        return suggestion(self.role, self.known) or "add it to the Directory"


@dataclass(frozen=True, kw_only=True)
class RuleUnclear(Diagnostic):
    """A rule that approves and denies, or does neither.

    A rule asks for an approval, or it denies; one with labels only marks the pull request.

    Bad:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          rules:
            - {key: pay, when: {kinds: [CompPlan]}}

    Good:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          rules:
            - {key: pay, when: {kinds: [CompPlan]}, approve: {roles: [finance]}}
    """

    rule: str
    both: bool

    code: ClassVar[str] = "IX852"

    def message(self) -> str:
        return f"rule {quoted(self.rule)} {'approves and denies' if self.both else 'says nothing'}"

    def hint(self) -> str:
        return "write approve or deny, not both"


@dataclass(frozen=True, kw_only=True)
class DuplicateKey(Diagnostic):
    """Two rules or freezes with one key.

    Approvals and waivers name a rule or a freeze by its key.

    Bad:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          rules:
            - {key: all, approve: {roles: [revops]}}
          freeze:
            - {key: all, from: 2026-12-20, to: 2027-01-04}

    Good:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          rules:
            - {key: all, approve: {roles: [revops]}}
          freeze:
            - {key: holidays, from: 2026-12-20, to: 2027-01-04}
    """

    key: str

    code: ClassVar[str] = "IX853"

    def message(self) -> str:
        return f"the key {quoted(self.key)} stands twice"

    def hint(self) -> str:
        return "give one of them another key"


@dataclass(frozen=True, kw_only=True)
class TooFewApprovers(Diagnostic):
    """Fewer people than approvals.

    The rule could never be met: nothing that it is about could be applied.

    Bad:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          rules: [{key: pay, approve: {roles: [finance], need: 2}}]
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: kim@acme.example, role: finance}]

    Good:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          rules: [{key: pay, approve: {roles: [finance]}}]
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: kim@acme.example, role: finance}]
    """

    rule: str
    need: int
    there: int

    code: ClassVar[str] = "IX854"

    def message(self) -> str:
        return f"rule {quoted(self.rule)} needs {self.need} people, and {self.there} could approve"

    def hint(self) -> str:
        return "name another role, or ask for fewer"


@dataclass(frozen=True, kw_only=True)
class UnknownSelectedKind(Diagnostic):
    """A rule about a kind that does not exist.

    It would never hold, and nobody would notice.

    Bad:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          rules: [{key: pay, when: {kinds: [CompPlans]}, deny: not here}]

    Good:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          rules: [{key: pay, when: {kinds: [CompPlan]}, deny: not here}]
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX855"

    def message(self) -> str:
        return f"there is no kind {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known)

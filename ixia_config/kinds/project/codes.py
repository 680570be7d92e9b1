"""Codes IX180 to IX184, IX208 and IX209: a Project that is not safe to apply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class UnknownTarget(Diagnostic):
    """A target that the Project does not have.

    Targets are named as in ixia.yaml.

    Bad:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments: {production: {account: "1001", token: {env: HUBSPOT_TOKEN}}}
        ---
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
          external:
            crn: {object: deals}

    Good:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments: {production: {account: "1001", token: {env: HUBSPOT_TOKEN}}}
        ---
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            amount: {type: money}
          external:
            crm: {object: deals}
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX208"

    def message(self) -> str:
        return f"there is no target {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "add it under targets in the Project"


@dataclass(frozen=True, kw_only=True)
class UnknownOwnedKind(Diagnostic):
    """Ownership of a kind that does not exist.

    Ownership is declared for each kind of policy, and under default for all others.

    Bad:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments: {production: {account: "1001", token: {env: HUBSPOT_TOKEN}}}
              ownership: {Pipelines: exclusive}

    Good:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments: {production: {account: "1001", token: {env: HUBSPOT_TOKEN}}}
              ownership: {Pipeline: exclusive, default: additive}
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX209"

    def message(self) -> str:
        return f"there is no kind {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "write a kind of policy, or default"


@dataclass(frozen=True, kw_only=True)
class TokenSource(Diagnostic):
    """A token that comes from nowhere, or from two places.

    Write where the token is found: env, the name of an environment variable, or file, the path
    of a file that git does not hold.

    Bad:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments:
                production: {account: "1001", token: {env: HUBSPOT_TOKEN, file: token.txt}}

    Good:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments:
                production: {account: "1001", token: {env: HUBSPOT_TOKEN}}
    """

    environment: str
    given: int

    code: ClassVar[str] = "IX180"

    def message(self) -> str:
        if self.given:
            return f"the token of {quoted(self.environment)} has two sources"
        return f"the token of {quoted(self.environment)} has no source"

    def hint(self) -> str:
        return "write exactly one: {env: NAME_OF_THE_VARIABLE} or {file: path}"


@dataclass(frozen=True, kw_only=True)
class SharedAccount(Diagnostic):
    """Two environments are one account.

    A rehearsal in the one would change the other.

    Bad:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments:
                sandbox: {account: "1001", token: {env: HUBSPOT_SANDBOX_TOKEN}}
                production: {account: "1001", token: {env: HUBSPOT_TOKEN}}

    Good:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments:
                sandbox: {account: "4242", token: {env: HUBSPOT_SANDBOX_TOKEN}}
                production: {account: "1001", token: {env: HUBSPOT_TOKEN}}
    """

    environment: str
    account: str
    other: str

    code: ClassVar[str] = "IX181"

    def message(self) -> str:
        return (
            f"{quoted(self.environment)} is the account {self.account}, as is {quoted(self.other)}"
        )

    def hint(self) -> str:
        return "write the account id that each system shows for itself"


@dataclass(frozen=True, kw_only=True)
class UnsafeUrl(Diagnostic):
    """An address to which a token must not be sent.

    A token goes to the vendor over https, or to a sandbox on this machine.

    Bad:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments:
                sandbox: {account: "4242", token: {env: HUBSPOT_TOKEN}, base_url: "http://sandbox.acme.example"}

    Good:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments:
                sandbox: {account: "4242", token: {env: HUBSPOT_TOKEN}, base_url: "http://127.0.0.1:8700"}
    """

    url: str

    code: ClassVar[str] = "IX182"

    def message(self) -> str:
        return f"{quoted(self.url)} is neither https nor an address of this machine"

    def hint(self) -> str:
        return "write https://..., or http://127.0.0.1:<port> for a sandbox"


@dataclass(frozen=True, kw_only=True)
class ShareAboveWhole(Diagnostic):
    """A share above 100%.

    A guard that can never stop anything protects nothing.

    Bad:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          guards: {max_delete_share: 250%}

    Good:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          guards: {max_delete_share: 25%}
    """

    share: str

    code: ClassVar[str] = "IX183"

    def message(self) -> str:
        return f"a share of {self.share} is more than everything"

    def hint(self) -> str:
        return "write a share between 0% and 100%"


@dataclass(frozen=True, kw_only=True)
class StateWithoutEffect(Diagnostic):
    """A setting of the state that its backend does not use.

    The git backend has a branch, the file backend a path.

    Bad:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          state: {backend: file, branch: ixia-state}

    Good:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          state: {backend: git, branch: ixia-state}
    """

    key: str
    backend: str

    code: ClassVar[str] = "IX184"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"{quoted(self.key)} has no effect with backend {self.backend}"

    def hint(self) -> str:
        return "remove it, or choose the other backend"

"""Codes IX110 to IX113: documents that do not make one configuration together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion
from ixia_config.language.codes import quoted
from ixia_config.model import Address, Mark


@dataclass(frozen=True, kw_only=True)
class DuplicatePolicy(Diagnostic):
    """Two documents with one kind and name.

    Several documents are versions of one policy only where their `effective` dates do not
    overlap.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec: {roles: [ae]}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec: {roles: [sdr]}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec: {roles: [ae]}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: more-people}
        spec: {roles: [sdr]}
    """

    address: Address
    first: Mark

    code: ClassVar[str] = "IX110"

    def message(self) -> str:
        return f"{self.address} is declared a second time; the first is at {self.first}"

    def hint(self) -> str:
        return "give one of them another name, or remove it"


@dataclass(frozen=True, kw_only=True)
class SecondProject(Diagnostic):
    """A repository has one Project.

    The Project says where all policies of the repository go.

    Bad:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec: {}
        ---
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme-emea}
        spec: {}

    Good:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec: {}
    """

    name: str
    first: Mark

    code: ClassVar[str] = "IX111"

    def message(self) -> str:
        return f"a second Project, {quoted(self.name)}; the first is at {self.first}"

    def hint(self) -> str:
        return "keep one; a Project may hold several targets, each with several environments"


@dataclass(frozen=True, kw_only=True)
class PatchesNothing(Diagnostic):
    """A document in the folder of overlays that patches no policy.

    A file such as environments/production.yaml holds parts of policies that are declared
    elsewhere, with the same kind and name.

    Bad:
        # ixia.yaml
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec: {overlays: environments/}
        ---
        # environments/production.yaml
        kind: Project
        metadata: {name: amce}
        spec: {guards: {max_deletes: 0}}

    Good:
        # ixia.yaml
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec: {overlays: environments/}
        ---
        # environments/production.yaml
        kind: Project
        metadata: {name: acme}
        spec: {guards: {max_deletes: 0}}
    """

    address: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX112"

    def message(self) -> str:
        return f"this patches {self.address}, which does not exist"

    def hint(self) -> str:
        return suggestion(self.address, self.known)


@dataclass(frozen=True, kw_only=True)
class PatchesNoEnvironment(Diagnostic):
    """A file in the folder of overlays that is named after no environment.

    The file is only used for the environment that it is named after, so a misspelt name hides it.

    Bad:
        # ixia.yaml
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          overlays: environments/
          targets:
            crm:
              connector: hubspot
              environments: {production: {account: "1001", token: {env: HUBSPOT_TOKEN}}}
        ---
        # environments/prodcution.yaml
        kind: Project
        metadata: {name: acme}
        spec: {guards: {max_deletes: 0}}

    Good:
        # ixia.yaml
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          overlays: environments/
          targets:
            crm:
              connector: hubspot
              environments: {production: {account: "1001", token: {env: HUBSPOT_TOKEN}}}
        ---
        # environments/production.yaml
        kind: Project
        metadata: {name: acme}
        spec: {guards: {max_deletes: 0}}
    """

    environment: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX113"

    def message(self) -> str:
        return f"no target has an environment {quoted(self.environment)}, so this file is not used"

    def hint(self) -> str:
        return suggestion(self.environment, self.known)

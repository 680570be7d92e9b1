"""Codes IX160 to IX167: a Directory that contradicts itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic
from ixia_config.language.codes import quoted
from ixia_config.model import Mark


@dataclass(frozen=True, kw_only=True)
class DuplicatePerson(Diagnostic):
    """One e-mail address stands twice.

    The address is a person's identity in every target, in whatever case it is written.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
            - {email: Ana@acme.example}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
            - {email: sam@acme.example}
    """

    email: str
    first: Mark

    code: ClassVar[str] = "IX160"

    def message(self) -> str:
        return f"{quoted(self.email)} is here a second time; the first is at {self.first}"

    def hint(self) -> str:
        return "keep one of the two"


@dataclass(frozen=True, kw_only=True)
class DuplicateGroup(Diagnostic):
    """Two Directories declare a team, pool or queue of one name.

    Several Directory documents add up, so a name stands in one of them only.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
          teams:
            emea: {}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: more-people}
        spec:
          teams:
            emea: {lead: ana@acme.example}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
          teams:
            emea: {}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: more-people}
        spec:
          teams:
            apac: {lead: ana@acme.example}
    """

    what: str
    name: str
    first: Mark

    code: ClassVar[str] = "IX161"

    def message(self) -> str:
        again = "is declared a second time"
        return f"the {self.what} {quoted(self.name)} {again}; the first is at {self.first}"

    def hint(self) -> str:
        return "keep one of the two, or give one another name"


@dataclass(frozen=True, kw_only=True)
class MemberTwice(Diagnostic):
    """One person stands twice in a pool.

    The person would get a double share by accident. Use a weight to give more.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
            - {email: sam@acme.example}
          pools:
            emea:
              members: [{email: ana@acme.example}, {email: ana@acme.example}]

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
            - {email: sam@acme.example}
          pools:
            emea:
              members: [{email: ana@acme.example}, {email: sam@acme.example}]
    """

    email: str
    pool: str

    code: ClassVar[str] = "IX162"

    def message(self) -> str:
        return f"{quoted(self.email)} is in the pool {quoted(self.pool)} a second time"

    def hint(self) -> str:
        return "keep one; with method: weighted, a weight gives somebody a larger share"


@dataclass(frozen=True, kw_only=True)
class EmptyPool(Diagnostic):
    """A pool without anybody who could take a record.

    Records that are routed to an empty pool wait for ever. Members who have left do not count.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
          pools:
            emea:
              members: []

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
          pools:
            emea:
              members: [{email: ana@acme.example}]
    """

    pool: str
    members: int

    code: ClassVar[str] = "IX163"

    def message(self) -> str:
        if self.members:
            return f"nobody of the pool {quoted(self.pool)} works here any more"
        return f"the pool {quoted(self.pool)} has no members"

    def hint(self) -> str:
        return "add a person who works here"


@dataclass(frozen=True, kw_only=True)
class NoWeight(Diagnostic):
    """All weights of a pool are 0.

    A weight is a member's share of the records. Where all are 0, nobody gets one.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
            - {email: sam@acme.example}
          pools:
            emea:
              method: weighted
              members: [{email: ana@acme.example, weight: 0}, {email: sam@acme.example, weight: 0}]

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
            - {email: sam@acme.example}
          pools:
            emea:
              method: weighted
              members: [{email: ana@acme.example, weight: 2}, {email: sam@acme.example, weight: 1}]
    """

    pool: str

    code: ClassVar[str] = "IX164"

    def message(self) -> str:
        return f"all weights of the pool {quoted(self.pool)} are 0, so nobody gets a record"

    def hint(self) -> str:
        return "give at least one member a weight above 0"


@dataclass(frozen=True, kw_only=True)
class NegativeWeight(Diagnostic):
    """A weight below 0.

    A weight is a share; nobody can have less than nothing.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
            - {email: sam@acme.example}
          pools:
            emea:
              method: weighted
              members: [{email: ana@acme.example, weight: -1}, {email: sam@acme.example}]

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
            - {email: sam@acme.example}
          pools:
            emea:
              method: weighted
              members: [{email: ana@acme.example, weight: 0}, {email: sam@acme.example}]
    """

    weight: str

    code: ClassVar[str] = "IX165"

    def message(self) -> str:
        return f"the weight {self.weight} is below 0"

    def hint(self) -> str:
        return "write 0 for somebody who gets nothing for now"


@dataclass(frozen=True, kw_only=True)
class ManagerCycle(Diagnostic):
    """A chain of managers that leads back to its start.

    Approvals and escalations climb the chain of managers. In a circle they never arrive.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, manager: lee@acme.example}
            - {email: lee@acme.example, manager: ana@acme.example}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, manager: lee@acme.example}
            - {email: lee@acme.example}
    """

    chain: tuple[str, ...]

    code: ClassVar[str] = "IX166"

    def message(self) -> str:
        if len(self.chain) == 1:
            return f"{self.chain[0]} is their own manager"
        return "managers in a circle: " + " > ".join((*self.chain, self.chain[0]))

    def hint(self) -> str:
        return "remove the manager of whoever is at the top"


@dataclass(frozen=True, kw_only=True)
class TeamCycle(Diagnostic):
    """A team that lies inside itself.

    Teams may lie inside other teams. The chain of parents has to end.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
          teams:
            emea: {parent: dach}
            dach: {parent: emea}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
          teams:
            emea: {}
            dach: {parent: emea}
    """

    chain: tuple[str, ...]

    code: ClassVar[str] = "IX167"

    def message(self) -> str:
        if len(self.chain) == 1:
            return f"the team {self.chain[0]} is its own parent"
        return "teams in a circle: " + " > ".join((*self.chain, self.chain[0]))

    def hint(self) -> str:
        return "remove the parent of the largest team"

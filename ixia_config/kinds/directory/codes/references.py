"""Codes IX204 to IX221: people, teams and roles that are not there, or no longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class UnknownPerson(Diagnostic):
    """A person whom no Directory knows.

    People are found in each target by their e-mail address, so it is written exactly as in the
    Directory.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, manager: lea@acme.example}
            - {email: lee@acme.example}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, manager: lee@acme.example}
            - {email: lee@acme.example}
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX204"

    def message(self) -> str:
        return f"there is no person {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "add the person to a Directory"


@dataclass(frozen=True, kw_only=True)
class UnknownTeam(Diagnostic):
    """A team that no Directory knows.

    Somebody whose team is misspelt belongs to no team, and is left out wherever the team is
    meant.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, team: emae}
          teams:
            emea: {lead: ana@acme.example}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, team: emea}
          teams:
            emea: {lead: ana@acme.example}
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX205"

    def message(self) -> str:
        return f"there is no team {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "add it under teams in a Directory"


@dataclass(frozen=True, kw_only=True)
class UnknownOwner(Diagnostic):
    """An owner that is neither a team nor a role.

    The owner of a policy, and who empties a queue or takes over a record, is a team, a role or
    a person of the Directory.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: sales-ops}
          queues:
            triage: {owner: sale-ops}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: sales-ops}
          queues:
            triage: {owner: sales-ops}
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX206"

    def message(self) -> str:
        return f"there is no team or role {quoted(self.name)}"

    def hint(self) -> str:
        return (
            suggestion(self.name, self.known)
            or "add it to a Directory, as a team or as somebody's role"
        )


@dataclass(frozen=True, kw_only=True)
class PersonLeft(Diagnostic):
    """A person who has left still has a task.

    Work that is given to somebody who left waits for ever. The Directory keeps people who left,
    with the first day on which they are gone, so that this is found.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, to: 2026-07-01}
          teams:
            emea: {lead: ana@acme.example}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, to: 2026-07-01}
            - {email: lee@acme.example}
          teams:
            emea: {lead: lee@acme.example}
    """

    email: str
    since: date
    task: str

    code: ClassVar[str] = "IX220"

    def message(self) -> str:
        return f"{self.email} left on {self.since} and is still {self.task}"

    def hint(self) -> str:
        return "name somebody who works here"


@dataclass(frozen=True, kw_only=True)
class RoleWithoutPeople(Diagnostic):
    """A role that nobody holds has a task.

    A queue, hand-over or approval that goes to a role needs at least one person who holds the
    role today.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: ae}
          roles: [sales-ops]
          queues:
            triage: {owner: sales-ops}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: ae}
            - {email: lee@acme.example, role: sales-ops}
          queues:
            triage: {owner: sales-ops}
    """

    role: str
    task: str

    code: ClassVar[str] = "IX221"

    def message(self) -> str:
        return f"nobody holds the role {quoted(self.role)}, which is {self.task}"

    def hint(self) -> str:
        return "give the role to a person in the Directory, or name another role"

"""What all Directory documents say together: who works here, when, and in which role and team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ixia_config.kinds.directory.spec import Directory, Person, Pool, Queue, Team
from ixia_config.kinds.policy import Configuration, Policy


@dataclass(frozen=True, slots=True)
class Roster:
    """People by e-mail address in lower case, and groups by name, of all Directories."""

    declared: bool
    people: Mapping[str, Person]
    teams: Mapping[str, Team]
    pools: Mapping[str, Pool]
    queues: Mapping[str, Queue]
    roles: frozenset[str]
    owners: frozenset[str]
    """Every name that may own a policy: teams and roles"""
    managers: Mapping[str, str]
    """The address of each person's manager, in lower case; empty where there is none"""
    parents: Mapping[str, str]
    """The parent of each team; empty where there is none"""

    def person(self, email: str) -> Person | None:
        """The person with this address, in whatever case it is written."""
        return self.people.get(email.lower())

    def holding(self, role: str, day: date) -> tuple[Person, ...]:
        """Everyone who holds a role on a day."""
        return tuple(p for p in self.people.values() if p.role == role and employed(p, day))


def employed(person: Person, day: date) -> bool:
    """Whether somebody has not left by this day; who has still to start counts."""
    return person.to is None or day < person.to


def roster(configuration: Configuration) -> Roster:
    """The roster of a configuration; of two people with one address, the first."""
    return configuration.derive(_roster)


def _roster(configuration: Configuration) -> Roster:
    directories = configuration.of(Directory)
    people = {p.email.lower(): p for each in reversed(directories) for p in _people(each)}
    teams = {k: v for each in reversed(directories) for k, v in each.body.spec.teams.items()}
    held = {person.role for person in people.values() if person.role}
    roles = frozenset(held).union(*(each.body.spec.roles for each in directories))
    return Roster(
        declared=bool(directories),
        people=people,
        teams=teams,
        pools={k: v for each in reversed(directories) for k, v in each.body.spec.pools.items()},
        queues={k: v for each in reversed(directories) for k, v in each.body.spec.queues.items()},
        roles=roles,
        owners=roles.union(teams),
        managers={email: (each.manager or "").lower() for email, each in people.items()},
        parents={name: team.parent or "" for name, team in teams.items()},
    )


def _people(directory: Policy[Directory]) -> Iterator[Person]:
    yield from reversed(directory.body.spec.people)

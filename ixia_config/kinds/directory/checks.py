"""What can be wrong with a Directory: people, teams, pools and queues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ixia_config.codes import Diagnostic
from ixia_config.kinds.calendar.codes.structure import UnknownCalendar, UnknownZone
from ixia_config.kinds.calendar.decide import calendar_names, zones
from ixia_config.kinds.codes import InvertedDates
from ixia_config.kinds.directory.codes.references import UnknownTeam
from ixia_config.kinds.directory.codes.structure import (
    DuplicateGroup,
    DuplicatePerson,
    ManagerCycle,
    TeamCycle,
)
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.directory.pools import pools
from ixia_config.kinds.directory.references import owner, worker
from ixia_config.kinds.directory.spec import Directory, Person
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.policy import Configuration, Context, Policy
from ixia_config.model import Mark, Path


def check(policy: Policy[Directory], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with a Directory, seen together with all others."""
    yield from _people(policy, context)
    yield from _teams(policy, context)
    yield from pools(policy, context)
    for name, queue in policy.body.spec.queues.items():
        path = ("spec", "queues", name, "owner")
        yield from owner(policy, path, context, name=queue.owner, task=f"owner of the queue {name}")
    yield from _twice(policy, context)


def _people(policy: Policy[Directory], context: Context) -> Iterator[Diagnostic]:
    for index, person in enumerate(policy.body.spec.people):
        path: Path = ("spec", "people", index)
        yield from _dates(policy, path, person)
        yield from _places(policy, path, person, context)
        yield from _manager(policy, path, person, context)


def _dates(policy: Policy[Directory], path: Path, person: Person) -> Iterator[Diagnostic]:
    yield from inverted(policy, path, person.from_, person.to)
    for index, absence in enumerate(person.away):
        yield from inverted(policy, (*path, "away", index), absence.from_, absence.to)


def inverted(
    policy: Policy[Envelope], path: Path, start: date | None, end: date | None
) -> Iterator[Diagnostic]:
    """The error of a period that ends before it begins, at its end."""
    if start is not None and end is not None and end <= start:
        mark = policy.mark(*path, "to")
        yield InvertedDates(mark=mark, start=str(start), end=str(end))


def _places(
    policy: Policy[Directory], path: Path, person: Person, context: Context
) -> Iterator[Diagnostic]:
    """The team, calendar and zone of a person exist."""
    teams = roster(context.configuration).teams
    if person.team is not None and person.team not in teams:
        mark = policy.mark(*path, "team")
        yield UnknownTeam(mark=mark, name=person.team, known=tuple(teams))
    calendars = calendar_names(context.configuration)
    if person.calendar is not None and person.calendar not in calendars:
        mark = policy.mark(*path, "calendar")
        yield UnknownCalendar(mark=mark, name=person.calendar, known=calendars)
    if person.zone is not None and person.zone not in zones():
        mark = policy.mark(*path, "zone")
        yield UnknownZone(mark=mark, zone=person.zone, known=tuple(zones()))


def _manager(
    policy: Policy[Directory], path: Path, person: Person, context: Context
) -> Iterator[Diagnostic]:
    if person.manager is None:
        return
    task = f"manager of {person.email}"
    if person.to is None or context.today < person.to:
        yield from worker(policy, (*path, "manager"), context, email=person.manager, task=task)
    managers = roster(context.configuration).managers
    if chain := _circle(person.email.lower(), managers):
        yield ManagerCycle(mark=policy.mark(*path, "manager"), chain=chain)


def _teams(policy: Policy[Directory], context: Context) -> Iterator[Diagnostic]:
    teams, parents = roster(context.configuration).teams, roster(context.configuration).parents
    for name, team in policy.body.spec.teams.items():
        path: Path = ("spec", "teams", name)
        if team.lead is not None:
            task = f"lead of the team {name}"
            yield from worker(policy, (*path, "lead"), context, email=team.lead, task=task)
        if team.parent is not None and team.parent not in teams:
            mark = policy.mark(*path, "parent")
            yield UnknownTeam(mark=mark, name=team.parent, known=tuple(teams))
        if chain := _circle(name, parents):
            yield TeamCycle(mark=policy.mark(*path, "parent"), chain=chain)


def _circle(start: str, above: Mapping[str, str]) -> tuple[str, ...]:
    """The chain from a name back to it, told once: by the first name in it of the alphabet."""
    chain = [start]
    while (name := above.get(chain[-1])) and name not in chain:
        chain.append(name)
    return tuple(chain) if name == start == min(chain) else ()


def _twice(policy: Policy[Directory], context: Context) -> Iterator[Diagnostic]:
    """Names that stand here and before, in this Directory or another."""
    first = context.configuration.derive(_first_places)
    for what, name, path in _declared(policy):
        there = first[what, name.lower()]
        if there[0] is not policy or there[1] != path:
            mark, place = _name(policy, path), _name(*there)
            if what == "person":
                yield DuplicatePerson(mark=mark, email=name, first=place)
            else:
                yield DuplicateGroup(mark=mark, what=what, name=name, first=place)


def _name(policy: Policy[Directory], path: Path) -> Mark:
    return policy.mark(*path, key=path[-1] != "email")


def _declared(policy: Policy[Directory]) -> Iterator[tuple[str, str, Path]]:
    """Every person and group with its place."""
    spec = policy.body.spec
    for index, person in enumerate(spec.people):
        yield "person", person.email, ("spec", "people", index, "email")
    for what, declared in (("team", spec.teams), ("pool", spec.pools), ("queue", spec.queues)):
        for name in declared:
            yield what, name, ("spec", f"{what}s", name)


def _first_places(
    configuration: Configuration,
) -> Mapping[tuple[str, str], tuple[Policy[Directory], Path]]:
    """Where each person and group is declared first."""
    places: dict[tuple[str, str], tuple[Policy[Directory], Path]] = {}
    for policy in configuration.of(Directory):
        for what, name, path in _declared(policy):
            places.setdefault((what, name.lower()), (policy, path))
    return places

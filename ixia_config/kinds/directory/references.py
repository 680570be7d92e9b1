"""Checks of names of people, teams and roles, wherever policies name them."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.directory.codes.references import (
    PersonLeft,
    RoleWithoutPeople,
    UnknownOwner,
    UnknownPerson,
)
from ixia_config.kinds.directory.decide import employed, roster
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.policy import Context, Policy
from ixia_config.model import Path


def worker(
    policy: Policy[Envelope], path: Path, context: Context, *, email: str, task: str
) -> Iterator[Diagnostic]:
    """Somebody with a task is known, and works here today."""
    known = roster(context.configuration)
    person = known.person(email)
    if person is None:
        people = tuple(each.email for each in known.people.values())
        yield UnknownPerson(mark=policy.mark(*path), name=email, known=people)
    elif person.to is not None and not employed(person, context.today):
        yield PersonLeft(mark=policy.mark(*path), email=email, since=person.to, task=task)


def owner(
    policy: Policy[Envelope], path: Path, context: Context, *, name: str, task: str
) -> Iterator[Diagnostic]:
    """A team, role or person with a task exists, and somebody is there to do it."""
    known = roster(context.configuration)
    if "@" in name:
        yield from worker(policy, path, context, email=name, task=task)
    elif name not in known.owners:
        yield UnknownOwner(mark=policy.mark(*path), name=name, known=tuple(known.owners))
    elif name not in known.teams and not known.holding(name, context.today):
        yield RoleWithoutPeople(mark=policy.mark(*path), role=name, task=task)

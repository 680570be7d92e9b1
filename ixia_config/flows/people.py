"""The people of a graph, from the Directory, with all that a tool may have to know of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ixia_config.flows.graph import Member, Person, Pool
from ixia_config.flows.hours import hours
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.directory.spec import Member as Declared
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.routing_policy.staff import Desk, desks
from ixia_config.kinds.routing_policy.turns import weight


def person(configuration: Configuration, desk: Desk) -> Person:
    """Somebody with zone, absences and working hours."""
    own = desk.person
    held = hours(configuration).get(own.calendar) if own.calendar else None
    return Person(
        email=own.email,
        name=desk.name,
        zone=desk.zone.key,
        start=own.from_,
        end=own.to,
        away=tuple((absence.from_, absence.to) for absence in own.away),
        hours=held,
        role=own.role or "",
        team=own.team or "",
        manager=own.manager or "",
        calendar=own.calendar or "",
    )


def staff(configuration: Configuration) -> Mapping[str, Person]:
    """Everybody, by address in lower case and in the order of the Directory.

    Working hours are left out: the graph has the calendars by name.
    """
    known = desks(configuration)
    return {
        email: replace(person(configuration, known[email]), hours=None)
        for email in roster(configuration).people
    }


def leads(configuration: Configuration) -> Mapping[str, str]:
    """The address of the lead of each team; empty where it has none."""
    return {name: team.lead or "" for name, team in roster(configuration).teams.items()}


def pools(configuration: Configuration) -> Mapping[str, Pool]:
    """Every pool by name."""
    return {
        name: Pool(name, each.method, tuple(map(member, each.members)))
        for name, each in sorted(roster(configuration).pools.items())
    }


def member(declared: Declared) -> Member:
    """A place in a pool."""
    return Member(
        email=declared.email,
        weight=weight(declared),
        daily_cap=declared.daily_cap,
        weekly_cap=declared.weekly_cap,
        open_cap=declared.open_cap,
        skills=frozenset(declared.skills),
        start=declared.from_,
        end=declared.to,
    )

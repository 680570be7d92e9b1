"""The declaration of a Directory: who works here, when, and in which team, pool or queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import Count, Date, Email, Key, Name, Number, Text


class Absence(Frozen):
    """Days away, from the first to before the last."""

    from_: Date = Field(alias="from")
    to: Date


class Person(Frozen):
    """Someone who sells, approves or is paid."""

    email: Email
    name: Text | None = None
    id: Text | None = None
    role: Key | None = None
    team: Name | None = None
    manager: Email | None = None
    region: Text | None = None
    zone: Text | None = None
    """IANA time zone, e.g. Europe/Madrid"""
    calendar: Name | None = None
    from_: Date | None = Field(default=None, alias="from")
    """First day of work"""
    to: Date | None = None
    """First day after the last day of work"""
    away: tuple[Absence, ...] = ()


class Team(Frozen):
    """People who work together."""

    title: Text | None = None
    lead: Email | None = None
    parent: Name | None = None


class Member(Frozen):
    """A person's place in a pool."""

    email: Email
    weight: Number | None = None
    daily_cap: Count | None = None
    weekly_cap: Count | None = None
    open_cap: Count | None = None
    skills: tuple[Text, ...] = ()
    from_: Date | None = Field(default=None, alias="from")
    to: Date | None = None


class Pool(Frozen):
    """People who take turns."""

    title: Text | None = None
    members: tuple[Member, ...]
    method: Literal["round_robin", "weighted", "least_loaded", "first_available"] = "round_robin"
    covers: Literal["24x5", "24x7"] | None = None
    """Somebody works at every hour, of the working week or of the whole week"""


class Queue(Frozen):
    """A place where records wait for a person."""

    title: Text | None = None
    owner: Text
    """Team, role or person that empties it"""


class DirectorySpec(Frozen):
    """People, teams, pools and queues."""

    people: tuple[Person, ...] = ()
    teams: Mapping[Name, Team] = {}
    pools: Mapping[Name, Pool] = {}
    queues: Mapping[Name, Queue] = {}
    roles: tuple[Key, ...] = ()
    """Roles that exist besides those that people hold"""


class Directory(Envelope):
    """Who works here; several Directory documents add up."""

    supporting: ClassVar[bool] = True

    kind: Literal["Directory"]
    spec: DirectorySpec

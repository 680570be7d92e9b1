"""The decision graph: what stands between a policy and every tool that carries it out.

A graph is data and complete: it has the people, pools and hours that its nodes speak of, so that
a tool needs nothing else. ``run`` says what it means; every back end must agree with that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ixia_config.flows.waits import (
    Fork,
    Notify,
    NotYet,
    SetField,
    Stand,
    Timer,
    WaitApproval,
    Watch,
)
from ixia_config.model import Address
from ixia_config.rules import Fields, Typed

Method = Literal["round_robin", "weighted", "least_loaded", "first_available"]
Shift = tuple[int, int]
"""Minutes after midnight; past 24 hours it ends on the next day."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody works: a usual week (Monday first), and the days that differ.

    ``exceptions`` covers the years ``first`` to ``last``; nothing is known of other years.
    """

    zone: str
    week: tuple[tuple[Shift, ...], ...]
    exceptions: Mapping[date, tuple[Shift, ...]] = field(hash=False)
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the Directory; they work from ``start`` to before ``end``."""

    email: str
    name: str
    zone: str
    start: date | None = None
    end: date | None = None
    away: tuple[tuple[date, date], ...] = ()
    hours: Hours | None = None
    role: str = ""
    team: str = ""
    manager: str = ""
    """The address as the Directory has it"""
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A place in a pool; ``weight`` counts billionths, so that turns are whole numbers."""

    email: str
    weight: int
    daily_cap: int | None = None
    weekly_cap: int | None = None
    open_cap: int | None = None
    skills: frozenset[str] = frozenset()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """People who take turns."""

    name: str
    method: Method
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class ToPerson:
    """A person whom the policy names."""

    email: str


@dataclass(frozen=True, slots=True)
class ToOwner:
    """The person in a field, or the owner of the related record in it."""

    path: str


@dataclass(frozen=True, slots=True)
class ToPool:
    """The next in turn of a pool who has these skills."""

    pool: str
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ToQueue:
    """A queue, where it waits."""

    queue: str


Goal = ToPerson | ToOwner | ToPool | ToQueue


@dataclass(frozen=True, slots=True)
class Start:
    """A record of this type comes in."""

    key: str
    record: str
    next: str


@dataclass(frozen=True, slots=True)
class Case:
    """One way out of a branch: of this rule, where the condition holds."""

    rule: str
    title: str
    test: Typed
    next: str


@dataclass(frozen=True, slots=True)
class Branch:
    """The first case that holds is taken, else ``otherwise``."""

    key: str
    cases: tuple[Case, ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class Assign:
    """Gives the record to somebody; ``nobody`` is the way on where nobody can take it."""

    key: str
    rule: str
    to: Goal
    found: str
    nobody: str


@dataclass(frozen=True, slots=True)
class End:
    """The decision is made; ``outcome`` names it where a graph has more than one."""

    key: str
    outcome: str = ""


Node = Start | Branch | Assign | Fork | Timer | Notify | SetField | WaitApproval | End


@dataclass(frozen=True)
class Graph:
    """One policy as nodes; ``version`` changes with every word of the policy."""

    policy: Address
    title: str
    version: str
    record: str
    fields: Fields
    related: Mapping[str, Fields]
    nodes: tuple[Node, ...]
    pools: Mapping[str, Pool] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    """By address in lower case"""
    watch: Watch | None = None
    """The clock of the timers"""
    calendars: Mapping[str, Hours] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)
    """The address of the lead of each team"""
    stands: tuple[Stand, ...] = ()
    """Who answers for whom, the first that holds"""
    barred: tuple[str, ...] = ()
    """Who may not approve a request: its submitter, or the owner of its record"""
    not_yet: tuple[NotYet, ...] = ()
    """What the policy says and this graph does not"""

    @property
    def start(self) -> Start:
        """Where records come in."""
        return next(node for node in self.nodes if isinstance(node, Start))

    def node(self, key: str) -> Node:
        """The node with this key; KeyError where there is none."""
        for node in self.nodes:
            if node.key == key:
                return node
        raise KeyError(key)


def ways(node: Node) -> tuple[str, ...]:
    """The keys of the nodes that may come next, in order."""
    match node:
        case Start():
            return (node.next,)
        case Branch():
            return (*(case.next for case in node.cases), node.otherwise)
        case Assign():
            return (node.found, node.nobody)
        case Fork():
            return node.ways
        case Timer():
            return (node.reached, node.ended)
        case Notify() | SetField():
            return (node.next,)
        case WaitApproval():
            return (node.approved, node.rejected)
        case End():
            return ()

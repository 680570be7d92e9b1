"""What a decision graph means: one record walks through it, and the rotation goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ixia_config.flows.graph import (
    Assign,
    Branch,
    End,
    Graph,
    Member,
    Person,
    Pool,
    Start,
    ToOwner,
    ToPerson,
    ToPool,
    ToQueue,
)
from ixia_config.flows.hours import is_open
from ixia_config.flows.waits import Fork, Notify, SetField, Timer, WaitApproval
from ixia_config.kinds.routing_policy.rotation import NOBODY_YET, Rotation, Seat, Turns
from ixia_config.rules import value_at

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a record came to, by which rule, and the nodes that it passed; nowhere where empty."""

    rule: str = ""
    person: str = ""
    pool: str = ""
    queue: str = ""
    path: tuple[str, ...] = ()


def run(
    graph: Graph,
    record: Record,
    rotation: Rotation = NOBODY_YET,
    *,
    now: datetime,
    absent: Iterable[str] = (),
    excluded: Iterable[str] = (),
) -> tuple[Reached, Rotation]:
    """Where a normalised record goes now, and the rotation after it."""
    walk = _Walk(graph, record, now, _lower(absent), _lower(excluded), rotation)
    return walk.reach(), walk.rotation


def _lower(addresses: Iterable[str]) -> frozenset[str]:
    return frozenset(each.lower() for each in addresses)


@dataclass
class _Walk:
    """One record on its way."""

    graph: Graph
    record: Record
    now: datetime
    absent: frozenset[str]
    excluded: frozenset[str]
    rotation: Rotation
    path: list[str] = field(default_factory=list)

    def reach(self) -> Reached:
        """From the start to the end."""
        found = Reached()
        key = self.graph.start.key
        while True:
            node = self.graph.node(key)
            self.path.append(key)
            match node:
                case Start():
                    key = node.next
                case Branch():
                    key = self.way(node)
                case Assign():
                    taken = self.assigned(node)
                    found, key = (taken, node.found) if taken else (found, node.nobody)
                case Fork() | Timer() | Notify() | SetField() | WaitApproval():
                    raise ValueError(f"{key} waits or tells: this graph is no routing")
                case End():
                    return replace(found, path=tuple(self.path))

    def way(self, branch: Branch) -> str:
        """The first case that holds."""
        for case in branch.cases:
            if case.test.evaluate(self.record, self.now):
                return case.next
        return branch.otherwise

    def assigned(self, node: Assign) -> Reached | None:
        """Who or what takes the record; None where nobody can."""
        match node.to:
            case ToQueue(queue=queue):
                return Reached(node.rule, queue=queue)
            case ToPerson(email=email):
                return self.named(node.rule, email)
            case ToOwner(path=path):
                owner = owner_in(self.record, path)
                return None if owner is None else self.named(node.rule, owner)
            case ToPool(pool=name, skills=skills):
                pool = self.graph.pools.get(name)
                return None if pool is None else self.turn(node.rule, pool, skills)

    def named(self, rule: str, email: str) -> Reached | None:
        person = self.graph.people.get(email.lower())
        if person is None or not self.employed(person):
            return None
        self.rotation = self.rotation.given(person.email.lower())
        return Reached(rule, person=person.email)

    def day(self, person: Person) -> date:
        return self.now.astimezone(ZoneInfo(person.zone)).date()

    def employed(self, person: Person) -> bool:
        inside = _inside(self.day(person), person.start, person.end)
        return inside and person.email.lower() not in self.excluded

    def able(self, member: Member, turns: Turns, skills: frozenset[str]) -> bool:
        """Whether nothing speaks against a member now."""
        email = member.email.lower()
        person = self.graph.people.get(email)
        if person is None or not self.employed(person):
            return False
        day = self.day(person)
        there = _inside(day, member.start, member.end) and skills <= member.skills
        away = email in self.absent or any(a <= day < b for a, b in person.away)
        until = self.rotation.resting.get(email)
        resting = until is not None and until > self.now
        if not there or away or resting or self.full(member, turns.seat(email).on(day)):
            return False
        return person.hours is None or is_open(person.hours, self.now)

    def full(self, member: Member, seat: Seat) -> bool:
        opened = self.rotation.open.get(member.email.lower(), 0)
        counts = (
            (seat.today, member.daily_cap),
            (seat.this_week, member.weekly_cap),
            (opened, member.open_cap),
        )
        return any(cap is not None and count >= cap for count, cap in counts)

    def turn(self, rule: str, pool: Pool, skills: frozenset[str]) -> Reached | None:
        """The next turn of a pool."""
        turns = self.rotation.turns(pool.name)
        able = [place for place, each in enumerate(pool.members) if self.able(each, turns, skills)]
        if pool.method == "weighted":
            able = [place for place in able if pool.members[place].weight > 0]
        if not able:
            return None
        place = self.chosen(pool, turns, able)
        email = pool.members[place].email.lower()
        seats = turns.seats if pool.method != "weighted" else _paid(pool, turns, able, place)
        turned = Turns(email, place, seats)
        seat = turned.seat(email).taking(self.day(self.graph.people[email]))
        turned = Turns(email, place, {**seats, email: seat})
        self.rotation = self.rotation.turned(pool.name, turned).given(email)
        return Reached(rule, person=pool.members[place].email, pool=pool.name)

    def chosen(self, pool: Pool, turns: Turns, able: list[int]) -> int:
        emails = [each.email.lower() for each in pool.members]
        first = emails.index(turns.last) + 1 if turns.last in emails else turns.place
        size = len(emails)

        def later(place: int) -> int:
            return (place - first) % size

        match pool.method:
            case "round_robin":
                return min(able, key=later)
            case "first_available":
                return able[0]
            case "least_loaded":
                opened = self.rotation.open
                return min(able, key=lambda place: (opened.get(emails[place], 0), later(place)))
            case "weighted":
                gained = {place: _credit(pool, turns, place) for place in able}
                return max(able, key=gained.__getitem__)


def _credit(pool: Pool, turns: Turns, place: int) -> int:
    member = pool.members[place]
    return turns.seat(member.email.lower()).credit + member.weight


def _paid(pool: Pool, turns: Turns, able: list[int], taker: int) -> Mapping[str, Seat]:
    """The seats after everyone able gained their weight and the taker paid what all gained."""
    total = sum(pool.members[place].weight for place in able)
    seats = dict(turns.seats)
    for place in able:
        email = pool.members[place].email.lower()
        credit = _credit(pool, turns, place) - (total if place == taker else 0)
        seats[email] = replace(turns.seat(email), credit=credit)
    return seats


def _inside(day: date, start: date | None, end: date | None) -> bool:
    return (start is None or start <= day) and (end is None or day < end)


def owner_in(record: Record, path: str) -> str | None:
    """The person in a field, or the owner of the related record in it."""
    value = value_at(record, path)
    if isinstance(value, Mapping):
        value = value.get("owner")
    return value if isinstance(value, str) else None

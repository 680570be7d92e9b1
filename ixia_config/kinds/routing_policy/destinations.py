"""Where an assignment leads: to an owner, a person, a member of a pool, or a queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ixia_config.kinds.directory.spec import Member
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.kinds.routing_policy.rotation import Rotation, Seat, Turns
from ixia_config.kinds.routing_policy.spec import Assign
from ixia_config.kinds.routing_policy.staff import Staff, counts, hindrance
from ixia_config.kinds.routing_policy.turns import Turn, turn
from ixia_config.rules import value_at

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Who or what takes a record, and the rotation after it; nobody where all are empty."""

    rotation: Rotation
    person: str = ""
    pool: str = ""
    queue: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def found(self) -> bool:
        """Whether somebody or something takes it."""
        return bool(self.person or self.queue)

    @property
    def words(self) -> str:
        """Where it goes, in words."""
        if self.person:
            return f"to {self.person}"
        return f"to the queue {self.queue}" if self.queue else "nobody"


def destination(
    assign: Assign, record: Record, staff: Staff, rotation: Rotation, *, explained: bool = True
) -> Place:
    """Who takes a record that is assigned so; of a pool with reasons only where they are wanted."""
    if assign.queue is not None:
        return Place(rotation, queue=assign.queue)
    if assign.pool is not None:
        return _from_pool(assign, assign.pool, staff, rotation, explained=explained)
    if assign.person is not None:
        return _person(assign.person, "named by the rule", staff, rotation)
    path = assign.owner_of or ""
    owner = owner_of(record, path)
    if owner is None:
        return Place(rotation, reasons=(Reason(path, Verdict.SKIPPED, "has no owner"),))
    return _person(owner, f"owns {path}", staff, rotation)


def owner_of(record: Record, path: str) -> str | None:
    """The person in a field, or the owner of the related record in it."""
    value = value_at(record, path)
    if isinstance(value, Mapping):
        value = value.get("owner")
    return value if isinstance(value, str) else None


def _person(email: str, why: str, staff: Staff, rotation: Rotation) -> Place:
    """A person who was named gets the record unless they do not work here; absences are told."""
    name, desk = staff.name(email), staff.desk(email)
    unable = staff.unable(email)
    if unable or desk is None:
        return Place(rotation, reasons=(Reason(name, Verdict.SKIPPED, unable),))
    told = "; ".join(filter(None, (why, staff.away(desk))))
    return Place(
        rotation.given(desk.email),
        person=desk.person.email,
        reasons=(Reason(name, Verdict.CHOSEN, told),),
    )


def _from_pool(
    assign: Assign, name: str, staff: Staff, rotation: Rotation, *, explained: bool
) -> Place:
    pool = staff.roster.pools.get(name)
    if pool is None:
        return Place(rotation, reasons=(Reason(name, Verdict.SKIPPED, "no such pool"),))
    skills = frozenset(assign.skills)

    def why_not(member: Member, seat: Seat) -> str:
        return hindrance(staff, member, seat, rotation, skills)

    found = turn(pool, name, rotation, why_not)
    reasons = tuple(_lines(found, staff, rotation, name)) if explained else ()
    if found.member is None:
        return Place(rotation, reasons=reasons)
    after = _after(found, found.member, name, staff, rotation)
    return Place(after, person=found.member.email, pool=name, reasons=reasons)


def _lines(found: Turn, staff: Staff, rotation: Rotation, pool: str) -> Iterator[Reason]:
    """Who was passed over, and who takes the record."""
    for each in found.skipped:
        yield Reason(staff.name(each.member.email), Verdict.SKIPPED, each.why)
    if found.member is not None:
        why = _why(found, found.member, staff, rotation, pool)
        yield Reason(staff.name(found.member.email), Verdict.CHOSEN, why)


def _after(found: Turn, member: Member, pool: str, staff: Staff, rotation: Rotation) -> Rotation:
    """The rotation when the member has taken the record."""
    email = member.email.lower()
    desk = staff.desk(email)
    turns = found.turns
    if desk is not None:
        seat = turns.seat(email).taking(staff.day(desk))
        turns = Turns(turns.last, turns.place, {**turns.seats, email: seat})
    return rotation.turned(pool, turns).given(email)


def _why(found: Turn, member: Member, staff: Staff, rotation: Rotation, pool: str) -> str:
    """``next in turn; 3 of 8 today; works until 18:00 Madrid``."""
    desk = staff.desk(member.email)
    if desk is None:
        return found.why
    seat = rotation.turns(pool).seat(desk.email).on(staff.day(desk))
    caps = counts(member, seat, rotation.open.get(desk.email, 0))
    told = [f"{count:,} of {cap:,} {words}" for count, cap, words in caps]
    return "; ".join(filter(None, (found.why, *told, staff.hours(desk))))

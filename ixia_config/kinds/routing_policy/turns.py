"""Whose turn it is in a pool: round robin, smooth weights, least loaded, first available."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from ixia_config.kinds.directory.spec import Member, Pool
from ixia_config.kinds.routing_policy.rotation import Rotation, Seat, Turns

_UNIT = 10**9  # weights have at most nine places, so that credits are whole numbers

Method = Literal["round_robin", "weighted", "least_loaded", "first_available"]
Hindrance = Callable[[Member, Seat], str]
"""Why a member cannot take the record; empty where nothing speaks against it."""


@dataclass(frozen=True, slots=True)
class Skip:
    """A member who was looked at and passed over."""

    member: Member
    why: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Who takes the record, the rotation after it, and who was passed over on the way."""

    member: Member | None
    turns: Turns
    skipped: tuple[Skip, ...] = ()
    why: str = ""


def turn(pool: Pool, name: str, rotation: Rotation, hindrance: Hindrance) -> Turn:
    """The next turn of a pool; nobody's where everybody is passed over.

    Only the one who takes the record moves: a member who is passed over keeps every later turn.
    """
    turns = rotation.turns(name)
    order = _order(pool, turns)
    match pool.method:
        case "round_robin":
            return _first(pool, turns, order, hindrance, "next in turn")
        case "first_available":
            return _first(pool, turns, range(len(pool.members)), hindrance, "first available")
        case "weighted":
            return _weighted(pool, turns, hindrance)
        case "least_loaded":
            loads = [rotation.open.get(each.email.lower(), 0) for each in pool.members]
            ranked = sorted(order, key=loads.__getitem__)
            found = _first(pool, turns, ranked, hindrance, "")
            opened = 0 if found.member is None else rotation.open.get(found.member.email.lower(), 0)
            return replace(found, why=f"fewest open records ({opened:,})")
        case _:
            assert_never(pool.method)


def _order(pool: Pool, turns: Turns) -> Sequence[int]:
    """Places in the order of turns, from the one after the last; a list that shrank goes on."""
    size = len(pool.members)
    if not size:
        return ()
    emails = [member.email.lower() for member in pool.members]
    start = emails.index(turns.last) + 1 if turns.last in emails else turns.place
    return [(start + step) % size for step in range(size)]


def _first(pool: Pool, turns: Turns, order: Sequence[int], hindrance: Hindrance, why: str) -> Turn:
    """The first who can, in this order."""
    skipped: list[Skip] = []
    for place in order:
        member = pool.members[place]
        reason = hindrance(member, turns.seat(member.email.lower()))
        if not reason:
            moved = replace(turns, last=member.email.lower(), place=place)
            return Turn(member, moved, tuple(skipped), why)
        skipped.append(Skip(member, reason))
    return Turn(None, turns, tuple(skipped))


def _weighted(pool: Pool, turns: Turns, hindrance: Hindrance) -> Turn:
    """Everyone who can gains their weight; the richest takes it and pays what all gained.

    Of equals the first in the list; a member who is passed over neither gains nor loses.
    """
    able, skipped = _able(pool, turns, hindrance)
    if not able:
        return Turn(None, turns, tuple(skipped))
    gained = {
        member.email.lower(): turns.seat(member.email.lower()).credit + weight(member)
        for member in able
    }
    taker = max(able, key=lambda member: gained[member.email.lower()])
    gained[taker.email.lower()] -= sum(map(weight, able))
    seats = {email: replace(turns.seat(email), credit=each) for email, each in gained.items()}
    place = pool.members.index(taker)
    moved = Turns(taker.email.lower(), place, {**turns.seats, **seats})
    share = f"{taker.weight:f}" if taker.weight is not None else "1"
    return Turn(taker, moved, tuple(skipped), f"next by weight ({share})")


def _able(pool: Pool, turns: Turns, hindrance: Hindrance) -> tuple[list[Member], list[Skip]]:
    able: list[Member] = []
    skipped: list[Skip] = []
    for member in pool.members:
        weightless = "" if weight(member) > 0 else "has no weight"
        why = weightless or hindrance(member, turns.seat(member.email.lower()))
        if why:
            skipped.append(Skip(member, why))
        else:
            able.append(member)
    return able, skipped


def weight(member: Member) -> int:
    """The weight as a whole number of billionths; 1 when left out."""
    return _UNIT if member.weight is None else int(member.weight * _UNIT)

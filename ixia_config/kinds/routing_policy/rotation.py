"""The state of rotations as a value: whose turn it is, who got how many, and who rests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Seat:
    """What is remembered of one member of one pool.

    ``credit`` is the balance of smooth weighted turns; counts belong to ``day`` and its week.
    """

    credit: int = 0
    day: date = date.min
    today: int = 0
    this_week: int = 0

    def on(self, day: date) -> Seat:
        """The same seat seen on a day: counts of another day or week are 0."""
        if day == self.day:
            return self
        same = _monday(day) == _monday(self.day)
        return replace(self, day=day, today=0, this_week=self.this_week if same else 0)

    def taking(self, day: date) -> Seat:
        """The seat after one more record on a day."""
        seat = self.on(day)
        return replace(seat, today=seat.today + 1, this_week=seat.this_week + 1)


def _monday(day: date) -> int:
    return day.toordinal() - day.weekday()


FRESH = Seat()


@dataclass(frozen=True, slots=True)
class Turns:
    """The rotation of one pool: the member who came last, and the place of that one in the list."""

    last: str = ""
    place: int = 0
    seats: Mapping[str, Seat] = field(default_factory=dict)

    def seat(self, email: str) -> Seat:
        """What is remembered of a member, by address in lower case."""
        return self.seats.get(email, FRESH)


@dataclass(frozen=True, slots=True)
class Rotation:
    """All that routing remembers from one record to the next.

    ``open`` counts the open records of each person, whatever gave them; ``resting`` says until
    when those who let a record time out get no new one. People are in lower case.
    """

    pools: Mapping[str, Turns] = field(default_factory=dict)
    open: Mapping[str, int] = field(default_factory=dict)
    resting: Mapping[str, datetime] = field(default_factory=dict)

    def turns(self, pool: str) -> Turns:
        """The rotation of a pool; a new one starts with its first member."""
        return self.pools.get(pool, Turns())

    def given(self, person: str) -> Rotation:
        """After a person got one more record."""
        return replace(self, open={**self.open, person: self.open.get(person, 0) + 1})

    def taken_back(self, person: str) -> Rotation:
        """After a person lost a record to somebody else."""
        return replace(self, open={**self.open, person: max(0, self.open.get(person, 0) - 1)})

    def turned(self, pool: str, turns: Turns) -> Rotation:
        """After a turn in a pool."""
        return replace(self, pools={**self.pools, pool: turns})

    def rested(self, person: str, until: datetime) -> Rotation:
        """After a person let a record time out."""
        return replace(self, resting={**self.resting, person: until})


def written(rotation: Rotation) -> dict[str, Any]:
    """The rotation as plain values for JSON; ``read_rotation`` reads it back."""
    return {
        "pools": {name: _turns(turns) for name, turns in sorted(rotation.pools.items())},
        "open": dict(sorted(rotation.open.items())),
        "resting": {who: at.isoformat() for who, at in sorted(rotation.resting.items())},
    }


def _turns(turns: Turns) -> dict[str, Any]:
    seats = {
        email: {
            "credit": seat.credit,
            "day": seat.day.isoformat(),
            "today": seat.today,
            "this_week": seat.this_week,
        }
        for email, seat in sorted(turns.seats.items())
    }
    return {"last": turns.last, "place": turns.place, "seats": seats}


def read_rotation(tree: Mapping[str, Any]) -> Rotation:
    """The rotation that ``written`` wrote."""
    return Rotation(
        pools={name: _read_turns(each) for name, each in tree["pools"].items()},
        open=dict(tree["open"]),
        resting={who: datetime.fromisoformat(at) for who, at in tree["resting"].items()},
    )


def _read_turns(tree: Mapping[str, Any]) -> Turns:
    seats = {
        email: Seat(seat["credit"], _day(seat["day"]), seat["today"], seat["this_week"])
        for email, seat in tree["seats"].items()
    }
    return Turns(tree["last"], tree["place"], seats)


def _day(text: str) -> date:
    return date.fromisoformat(text)


NOBODY_YET = Rotation()
"""Before the first record: every pool starts with its first member."""

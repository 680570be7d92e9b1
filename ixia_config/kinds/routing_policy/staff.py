"""Who can take a record at a moment, and the words for why somebody cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ixia_config.kinds.calendar.clocks import BusinessClock
from ixia_config.kinds.calendar.decide import clock, zones
from ixia_config.kinds.calendar.wording import at, on, place
from ixia_config.kinds.directory.decide import Roster, roster
from ixia_config.kinds.directory.spec import Member, Person
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.routing_policy.rotation import Rotation, Seat

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Desk:
    """A person with the zone and the hours that count for them."""

    person: Person
    zone: ZoneInfo
    clock: BusinessClock | None

    @property
    def email(self) -> str:
        """The address in lower case: the identity."""
        return self.person.email.lower()

    @property
    def name(self) -> str:
        """What people call them."""
        return self.person.name or self.person.email


def desks(configuration: Configuration) -> Mapping[str, Desk]:
    """Everybody in the Directory by address in lower case."""
    return configuration.derive(_desks)


def _desks(configuration: Configuration) -> Mapping[str, Desk]:
    return {
        email: _desk(configuration, person)
        for email, person in roster(configuration).people.items()
    }


def _desk(configuration: Configuration, person: Person) -> Desk:
    hours = clock(configuration, person.calendar) if person.calendar else None
    zone = person.zone if person.zone in zones() else None
    if zone is None and hours is not None:
        zone = hours.versions[-1].zone
    return Desk(person, ZoneInfo(zone or "UTC"), hours)


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody, seen at one moment.

    ``absent`` are people who are away though the Directory does not say so, ``excluded`` those
    who may not get this record; both by address in lower case.
    """

    configuration: Configuration
    now: datetime
    absent: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    _days: dict[str, date] = field(default_factory=dict, compare=False, repr=False)

    @property
    def roster(self) -> Roster:
        """People, pools and queues."""
        return roster(self.configuration)

    def desk(self, email: str) -> Desk | None:
        """The person with this address."""
        return desks(self.configuration).get(email.lower())

    def name(self, email: str) -> str:
        """What people call the person with this address."""
        desk = self.desk(email)
        return email if desk is None else desk.name

    def day(self, desk: Desk) -> date:
        """The date where a person works."""
        zone = desk.zone.key
        if zone not in self._days:
            self._days[zone] = self.now.astimezone(desk.zone).date()
        return self._days[zone]

    def unable(self, email: str) -> str:
        """Why a person cannot own a record at all; empty where nothing speaks against it."""
        desk = self.desk(email)
        if desk is None:
            return "is not in the Directory"
        day, person = self.day(desk), desk.person
        if person.to is not None and day >= person.to:
            return f"left on {_dated(person.to, day)}"
        if person.from_ is not None and day < person.from_:
            return f"starts on {_dated(person.from_, day)}"
        return "had this record before" if desk.email in self.excluded else ""

    def away(self, desk: Desk) -> str:
        """Why a person is not there today."""
        day = self.day(desk)
        for absence in desk.person.away:
            if absence.from_ <= day < absence.to:
                return f"away until {_dated(absence.to, day)}"
        return "away today" if desk.email in self.absent else ""

    def closed(self, desk: Desk) -> str:
        """Why a person does not work at this hour."""
        if desk.clock is None:
            return ""
        opens = desk.clock.opening(self.now)
        if opens == self.now:
            return ""
        zone = desk.zone.key
        until = "" if opens is None else f" until {at(opens, zone, self.now)} {place(zone)}"
        return f"outside working hours{until}"

    def hours(self, desk: Desk) -> str:
        """``works until 18:00 Madrid``; empty for people without a calendar."""
        if desk.clock is None:
            return ""
        local = self.now.astimezone(ZoneInfo(desk.clock.zone(self.now)))
        minutes = local.hour * 60 + local.minute
        for days in (0, 1):  # a shift may have begun on the day before
            for hours in desk.clock.on(local.date() - timedelta(days=days)):
                if hours.start <= minutes + days * _DAY < hours.end:
                    end = hours.end % _DAY
                    city = place(str(local.tzinfo))
                    return f"works until {end // 60:02}:{end % 60:02} {city}"
        return ""


def _dated(day: date, near: date) -> str:
    """``Mon 4 Jan``, with its year where that is not the same or the next."""
    return on(day) if 0 <= day.year - near.year <= 1 else f"{on(day)} {day.year}"


def hindrance(
    staff: Staff, member: Member, seat: Seat, rotation: Rotation, skills: frozenset[str]
) -> str:
    """Why a member of a pool is passed over; empty for one who can take the record."""
    why = staff.unable(member.email)
    desk = staff.desk(member.email)
    if why or desk is None:
        return why
    return (
        _membership(member, staff.day(desk), skills)
        or staff.away(desk)
        or _resting(staff, desk, rotation)
        or _full(member, seat.on(staff.day(desk)), rotation.open.get(desk.email, 0))
        or staff.closed(desk)
    )


def _membership(member: Member, day: date, skills: frozenset[str]) -> str:
    if member.to is not None and day >= member.to:
        return f"in the pool until {_dated(member.to, day)}"
    if member.from_ is not None and day < member.from_:
        return f"in the pool from {_dated(member.from_, day)}"
    missing = sorted(skills.difference(member.skills))
    return f"does not have the skill {', '.join(missing)}" if missing else ""


def _resting(staff: Staff, desk: Desk, rotation: Rotation) -> str:
    until = rotation.resting.get(desk.email)
    if until is None or until <= staff.now:
        return ""
    zone = desk.zone.key
    return f"let a record time out; back at {at(until, zone, staff.now)} {place(zone)}"


def _full(member: Member, seat: Seat, opened: int) -> str:
    for count, cap, words in counts(member, seat, opened):
        if count >= cap:
            return f"{count:,} of {cap:,} {words}"
    return ""


def counts(member: Member, seat: Seat, opened: int) -> tuple[tuple[int, int, str], ...]:
    """Each cap of a member: how many there are, how many there may be, and of what."""
    every = (
        (seat.today, member.daily_cap, "today"),
        (seat.this_week, member.weekly_cap, "this week"),
        (opened, member.open_cap, "open"),
    )
    return tuple((count, cap, words) for count, cap, words in every if cap is not None)

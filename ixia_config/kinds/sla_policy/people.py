"""Whose calendar and whose inbox: the people around a record, from the Directory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ixia_config.kinds.calendar.clocks import BusinessClock
from ixia_config.kinds.calendar.decide import clocks
from ixia_config.kinds.directory.decide import Roster, roster
from ixia_config.kinds.directory.spec import Person
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.sla_policy.spec import CalendarChoice
from ixia_config.kinds.sla_policy.triggers import Record
from ixia_config.rules import value_at

WHOSE = ("owner", "team", "customer")
PEOPLE = ("owner", "manager", "team_lead")
CUSTOMER = "account.calendar"

Calendars = Mapping[str, BusinessClock]


@dataclass(frozen=True, slots=True)
class Found:
    """The clock that counts and why; none where a record has no calendar."""

    clock: BusinessClock | None
    why: str


def clock_for(
    choice: CalendarChoice | None,
    record: Record,
    configuration: Configuration,
    calendars: Calendars | None = None,
) -> Found:
    """The business time for a record: of a named calendar, or of its owner, team or customer."""
    known = configuration.derive(clocks) if calendars is None else calendars
    if choice is None:
        return Found(None, "the policy names no calendar")
    name, why = _calendar(choice, record, roster(configuration))
    clock = known.get(name or "")
    if clock is not None:
        return Found(clock, why)
    fallback = known.get(choice.otherwise or "")
    missing = why if name is None else f"there is no calendar {name}"
    instead = f"; calendar {choice.otherwise} instead" if fallback else ""
    return Found(fallback, missing + instead)


def _calendar(choice: CalendarChoice, record: Record, people: Roster) -> tuple[str | None, str]:
    """The name of the calendar, and whose it is; or why there is none."""
    owner = people.person(str(record.get("owner") or ""))
    match choice.of:
        case "owner":
            return _of_person(owner, "the owner")
        case "team":
            return _of_person(people.person(_lead(record, owner, people)), "the team lead")
        case "customer":
            return _of_customer(choice, record)
        case name:
            return name, ""


def _of_person(person: Person | None, who: str) -> tuple[str | None, str]:
    if person is None:
        return None, f"{who} is not known"
    name = person.name or person.email
    if person.calendar is None:
        return None, f"{name} has no calendar"
    return person.calendar, f"the calendar of {name}"


def _of_customer(choice: CalendarChoice, record: Record) -> tuple[str | None, str]:
    path = choice.field or CUSTOMER
    value = value_at(record, path)
    if not isinstance(value, str):
        return None, f"{path} is empty"
    return value, f"the calendar of the customer, {value}"


def recipients(to: str, record: Record, configuration: Configuration, day: date) -> tuple[str, ...]:
    """The addresses behind a recipient: the owner, a manager, a lead, a role, team or person."""
    people = roster(configuration)
    owner = people.person(str(record.get("owner") or ""))
    match to:
        case "owner":
            named = str(record.get("owner") or "")
        case "manager":
            named = (owner.manager or "") if owner else ""
        case "team_lead":
            named = _lead(record, owner, people)
        case _ if "@" in to:
            named = to
        case _ if to in people.teams:
            named = people.teams[to].lead or ""
        case role:
            return tuple(person.email for person in people.holding(role, day))
    return (named,) if named else ()


def _lead(record: Record, owner: Person | None, people: Roster) -> str:
    """Who leads the team of a record: the team that it names, else that of its owner."""
    name = record.get("team") or (owner.team if owner else None)
    team = people.teams.get(str(name or ""))
    return (team.lead or "") if team else ""

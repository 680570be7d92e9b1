"""What follows when nobody accepts a record in time: the next person, a limit, an escalation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ixia_config.kinds.calendar.clocks import Clock, RealClock
from ixia_config.kinds.calendar.decide import clock
from ixia_config.kinds.calendar.wording import at, place
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.directory.spec import Person
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.kinds.routing_policy.decide import Decision, Record, fall_back, route
from ixia_config.kinds.routing_policy.rotation import Rotation
from ixia_config.kinds.routing_policy.spec import Acceptance, RoutingPolicy
from ixia_config.kinds.routing_policy.staff import Staff, desks
from ixia_config.kinds.scalars import Duration


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody was offered a record at a time."""

    person: str
    at: datetime


def deadline(
    configuration: Configuration, policy: Policy[RoutingPolicy], offer: Offer
) -> datetime | None:
    """Until when an offer waits; None where it waits for ever."""
    acceptance = policy.body.spec.acceptance
    if acceptance is None:
        return None
    measure = _clock(configuration, acceptance, offer.person)
    return _after(measure, offer.at, acceptance.within)


def _after(measure: Clock, start: datetime, length: Duration) -> datetime | None:
    amount = measure.amount(start, length)
    return None if amount is None else measure.due(start, amount)


def _clock(configuration: Configuration, acceptance: Acceptance, person: str) -> Clock:
    """The clock that counts; real time where none is named or known."""
    desk = desks(configuration).get(person.lower())
    zone = "UTC" if desk is None else desk.zone.key
    if not acceptance.within.business:
        return RealClock(zone)
    hours: Clock | None
    match acceptance.calendar:
        case None | "owner":
            hours = None if desk is None else desk.clock
        case "team":
            hours = None if desk is None else _of_lead(configuration, desk.person)
        case name:
            hours = clock(configuration, name)
    return hours or RealClock(zone)


def _of_lead(configuration: Configuration, person: Person) -> Clock | None:
    team = roster(configuration).teams.get(person.team or "")
    lead = None if team is None else team.lead
    desk = None if lead is None else desks(configuration).get(lead.lower())
    return None if desk is None else desk.clock


def reroute(
    configuration: Configuration,
    policy: Policy[RoutingPolicy],
    record: Record,
    offers: Sequence[Offer],
    *,
    now: datetime,
    rotation: Rotation,
    absent: Iterable[str] = (),
) -> tuple[Decision, Rotation]:
    """Where a record goes that was offered, oldest first, and not accepted; and the rotation.

    Before the deadline it stays. Nobody is offered it twice. At the limit it goes where records go
    that nobody can take.
    """
    acceptance, last = policy.body.spec.acceptance, offers[-1]
    staff = Staff(configuration, now)
    due = deadline(configuration, policy, last)
    if acceptance is None or due is None or now < due:
        return _stays(policy, staff, last, due), rotation
    missed = Reason(
        staff.name(last.person), Verdict.SKIPPED, f"did not accept by {_told(staff, last, due)}"
    )
    if acceptance.on_timeout == "escalate":
        return _escalated(policy, staff, last, missed), rotation
    rested = _rested(configuration, acceptance, last, now, rotation)
    tried = [offer.person for offer in offers]
    limit = acceptance.max_reroutes
    if limit is not None and len(offers) > limit:
        times = f"offered {len(offers)} times; the limit is {limit} re-route{'s' * (limit != 1)}"
        decision, after = fall_back(configuration, policy, record, now=now, rotation=rested)
        return _preceded(decision, missed, Reason("limit", Verdict.NOTE, times)), after
    decision, after = route(
        configuration, policy, record, now=now, rotation=rested, absent=absent, excluded=tried
    )
    return _preceded(decision, missed), after


def _told(staff: Staff, offer: Offer, due: datetime) -> str:
    desk = staff.desk(offer.person)
    zone = "UTC" if desk is None else desk.zone.key
    return f"{at(due, zone, due)} {place(zone)}"


def _stays(
    policy: Policy[RoutingPolicy], staff: Staff, offer: Offer, due: datetime | None
) -> Decision:
    name = staff.name(offer.person)
    until = "without limit" if due is None else f"until {_told(staff, offer, due)}"
    reason = Reason(name, Verdict.CHOSEN, f"has time to accept {until}")
    return Decision(policy.name, person=offer.person, name=name, reasons=(reason,))


def _escalated(
    policy: Policy[RoutingPolicy], staff: Staff, offer: Offer, missed: Reason
) -> Decision:
    """The record stays, and somebody hears of it: the one who is named, or the manager."""
    acceptance, desk = policy.body.spec.acceptance, staff.desk(offer.person)
    manager = None if desk is None else desk.person.manager
    to = (acceptance.escalate_to if acceptance else None) or manager or ""
    reason = Reason(
        "escalation", Verdict.CHOSEN, f"{staff.name(to)} is told" if to else "to nobody"
    )
    name = staff.name(offer.person)
    return Decision(policy.name, person=offer.person, name=name, told=to, reasons=(missed, reason))


def _rested(
    configuration: Configuration,
    acceptance: Acceptance,
    offer: Offer,
    now: datetime,
    rotation: Rotation,
) -> Rotation:
    """Whoever let the record time out has one less, and rests for the cooldown."""
    email = offer.person.lower()
    rotation = rotation.taken_back(email)
    if acceptance.cooldown is None:
        return rotation
    measure: Clock = RealClock()
    desk = desks(configuration).get(email)
    if acceptance.cooldown.business and desk is not None and desk.clock is not None:
        measure = desk.clock
    until = _after(measure, now, acceptance.cooldown)
    return rotation if until is None else rotation.rested(email, until)


def _preceded(decision: Decision, *before: Reason) -> Decision:
    return replace(decision, reasons=(*before, *decision.reasons))

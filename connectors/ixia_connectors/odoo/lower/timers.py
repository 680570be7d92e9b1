"""An SLA policy as timed automation rules, which put an activity on records that are late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ixia_config.sdk import Clause, Desired, Duration, Level, Lowered, Policy, Unit, Value
from ixia_config.sdk.rules import FieldType, condition
from ixia_config.sdk.service import Calendar, SlaPolicy, Trigger
from ixia_connectors.odoo.domains import Domain, NotHeld, every, is_empty, lowered
from ixia_connectors.odoo.names import external_id
from ixia_connectors.odoo.target import OBJECTS, Target, choose

_TYPES = {"lead": "lead", "deal": "opportunity"}


class _Stop(Exception):  # noqa: N818  # never seen outside this module
    pass


@dataclass(frozen=True, slots=True)
class _Alarm:
    """One moment of a clock: which target, how long after the start, and for whom."""

    key: tuple[str, ...]
    title: str
    after: str
    applies: Domain
    person: str
    calendar: str | None


@dataclass(frozen=True, slots=True)
class _Writer:
    target: Target
    policy: Policy[SlaPolicy]

    def alarms(self) -> Iterator[_Alarm | Clause]:
        spec = self.policy.body.spec
        watched = self.watched()
        earlier: list[Domain] = []
        for number, each in enumerate(spec.targets, 1):
            key = each.key or str(number)
            own = self.condition(each.when, holds=True) if each.when else every(())
            applies = every([watched, *([own] if each.when else ()), *earlier])
            if each.by is not None:
                raise _Stop("Odoo's timers have no time of day")
            for name, share, extra, to in self.moments():
                person = self.person(to)
                if person is None:
                    step = f"tell {to} of records that are {name}"
                    note = "Odoo's activities are for the owner or for one person"
                    subject = f"who hears at {name}"
                    yield Clause(self.policy.address, subject, Level.MANUAL, note, (step,))
                    continue
                after, calendar = self.length(each.within, share, extra)
                title = f"{self.policy.title}: {key} {name}"
                yield _Alarm((key, name), title, after, applies, person, calendar)
            if each.when:
                earlier.append(self.condition(each.when, holds=False))

    def moments(self) -> Iterator[tuple[str, Decimal, Duration | None, str]]:
        """When something happens: at a share of the target, or so long after it."""
        spec = self.policy.body.spec
        yield "due", Decimal(1), None, "owner"
        for warned in spec.warn_at:
            if isinstance(warned, Duration):
                raise _Stop("Odoo's timers run from the start, not to the end")
            yield f"{warned * 100:f}".split(".")[0] + "%", warned, None, "owner"
        for each in spec.escalate:
            if each.at is not None:
                yield f"{each.at * 100:f}".split(".")[0] + "%-" + each.to, each.at, None, each.to
            elif each.after is not None:
                yield (
                    f"late-{each.after}-{each.to}".replace(" ", "-"),
                    Decimal(1),
                    each.after,
                    each.to,
                )

    def length(
        self, within: Duration, share: Decimal, extra: Duration | None
    ) -> tuple[str, str | None]:
        """A time that Odoo can count, with the calendar where it is in working days."""
        if within.business:
            if within.unit is not Unit.DAYS or share != 1 or extra is not None:
                raise _Stop("Odoo counts business time in whole days only")
            return f"{within.amount} day", self.calendar()
        if extra is None and share == 1 and within.unit is Unit.MONTHS:
            return f"{within.amount} month", None
        if extra is not None and extra.business:
            raise _Stop("Odoo counts business time in whole days only")
        minutes = within.minutes * share + (extra.minutes if extra else 0)
        if minutes != int(minutes):
            raise _Stop("Odoo counts whole minutes")
        return f"{int(minutes)} minutes", None

    def calendar(self) -> str:
        spec = self.policy.body.spec.calendar
        name = spec.of if spec else ""
        policy = self.target.configuration.get(Calendar, name)
        if policy is None:
            raise _Stop("Odoo's timers run by one calendar, not by that of each owner")
        return str(policy.address)

    def watched(self) -> Domain:
        """The records whose clock runs."""
        spec = self.policy.body.spec
        if spec.pause is not None or spec.reset is not None:
            raise _Stop("Odoo's timers neither pause nor begin anew")
        parts = [Domain((("type", "=", _TYPES[spec.object]),))]
        if spec.when:
            parts.append(self.condition(spec.when, holds=True))
        if spec.start.when:
            parts.append(self.condition(spec.start.when, holds=True))
        ends = [end for end in (spec.stop, spec.cancel) if end is not None]
        parts.extend(self.running(end) for end in ends)
        return every(parts)

    def running(self, end: Trigger) -> Domain:
        if end.when:
            return self.condition(end.when, holds=False)
        return self.unset(f"{end.on}_at")

    def unset(self, key: str) -> Domain:
        place = self.target.place(self.policy.body.spec.object, key)
        if place is None:
            raise _Stop(f"Odoo holds no field {key}")
        return is_empty(FieldType.DATETIME, place)

    def since(self) -> str:
        """The field of Odoo that has the start of the clock."""
        spec = self.policy.body.spec
        if spec.start.on == "created":
            return "create_date"
        key = spec.start.since or (f"{spec.start.on}_at" if spec.start.on else "")
        place = self.target.place(spec.object, key) if key else None
        if place is None:
            raise _Stop("Odoo does not know since when the condition holds")
        return place.path

    def condition(self, text: str, *, holds: bool) -> Domain:
        noun = self.policy.body.spec.object
        typed = condition(self.target.configuration, noun, text)
        found = lowered(typed, self.target.places(noun), holds=holds) if typed else None
        if found is None or isinstance(found, NotHeld):
            raise _Stop(found.why if found else "a condition has errors")
        return found

    def person(self, to: str) -> str | None:
        if to == "owner":
            return "owner"
        known = {each.email for each in self.target.live.people if each.active}
        return to.lower() if to.lower() in known else None

    def desired(self, alarm: _Alarm, since: str) -> Desired:
        address = self.policy.address.at(".timer." + ".".join(alarm.key))
        chosen = [external_id("timer", self.policy.name, *alarm.key)]
        fields: dict[str, Value] = {
            "title": alarm.title,
            "since": since,
            "after": alarm.after,
            "applies": str(alarm.applies),
            "task": alarm.title,
            "person": alarm.person,
            "calendar": alarm.calendar,
            "active": True,
        }
        return Desired(
            type="timer",
            address=address,
            title=alarm.title,
            natural_key=chosen[0],
            fields=fields,
            choose_id=choose(self.target, "timer", chosen, address),
            source=self.policy.source,
        )


def lower_sla(target: Target, policy: Policy[SlaPolicy]) -> Lowered:
    """Compile one SLA policy; all of its clock, or nothing."""
    if policy.body.spec.object not in OBJECTS:
        note = "Odoo's CRM has leads and opportunities (lead, deal)"
        return Lowered(clauses=(Clause(policy.address, "the clock", Level.UNSUPPORTED, note),))
    writer = _Writer(target, policy)
    try:
        since, found = writer.since(), list(writer.alarms())
    except _Stop as stop:
        clause = Clause(policy.address, "the clock", Level.UNSUPPORTED, str(stop))
        return Lowered(clauses=(clause,))
    alarms = [each for each in found if isinstance(each, _Alarm)]
    notes = dict.fromkeys(note for each in alarms for note in each.applies.notes)
    note = "; ".join(["an activity, when Odoo's job for automation rules runs", *notes])
    own = Clause(policy.address, "the clock", Level.AUTOMATION, note)
    days = (
        [Clause(policy.address, "working days", Level.AUTOMATION, _DAYS)]
        if any(each.calendar for each in alarms)
        else []
    )
    return Lowered(
        tuple(writer.desired(each, since) for each in alarms),
        clauses=(own, *days, *(each for each in found if isinstance(each, Clause))),
    )


_DAYS = "approximate: Odoo counts days on which somebody works, not the hours of a day"

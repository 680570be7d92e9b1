"""The decision graph of an SlaPolicy: a clock for each record, and a timer for each alarm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ixia_config.flows.graph import End, Graph, Hours, Node, Start
from ixia_config.flows.hours import hours
from ixia_config.flows.people import leads, staff
from ixia_config.flows.routing import version_of
from ixia_config.flows.waits import (
    Action,
    Alarm,
    Fork,
    Late,
    Left,
    Notify,
    NotYet,
    Passed,
    Recipient,
    SetField,
    Target,
    Timer,
    Used,
    Watch,
    Whose,
)
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.directory.decide import Roster, roster
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.scalars import Duration, Unit, percentage
from ixia_config.kinds.sla_policy.decide import Ready, ready
from ixia_config.kinds.sla_policy.people import CUSTOMER
from ixia_config.kinds.sla_policy.spec import CalendarChoice, Escalation, SlaPolicy

_LONG = (Unit.MONTHS, Unit.YEARS)


def sla_graph(configuration: Configuration, policy: Policy[SlaPolicy]) -> Graph | NotYet:
    """The graph of a policy, or why there is none; ValueError where its conditions have errors.

    A record that comes in is watched by ``graph.watch``. Every alarm is a timer of its own: a
    warning tells the owner, an escalation whom it names, and the due time that passes is written
    into the field ``sla_<name>``, which is the tool's own.
    """
    found = ready(policy, configuration)
    if found is None:
        raise ValueError(f"{policy.address} has errors in its conditions")
    calendars = hours(configuration)
    refused = next(_refused(found, calendars), None)
    if refused is not None:
        return refused
    writer = _Writer(found, roster(configuration))
    known, record = catalogue(configuration), policy.body.spec.object
    return Graph(
        policy=policy.address,
        title=policy.title,
        version=version_of(policy),
        record=record,
        fields=known.records[record],
        related=known.records,
        nodes=tuple(writer.nodes()),
        people=staff(configuration),
        watch=writer.watch(),
        calendars={name: each for name, each in calendars.items() if each is not None},
        leads=leads(configuration),
        not_yet=tuple(writer.not_yet()),
    )


def _refused(found: Ready, calendars: Mapping[str, Hours | None]) -> Iterator[NotYet]:
    """What keeps a whole policy from being a graph."""
    if len(found.configuration.versions.get(found.policy.address, ())) > 1:
        yield NotYet("effective", "a graph has one version of a policy, and this one has several")
    roles = {"when": found.signals.when}
    for role in ("start", "pause", "stop", "reset", "cancel"):
        signal = getattr(found.signals, role)
        roles[role] = None if signal is None else signal.test
    roles |= {f"targets {place + 1}": test for place, test in enumerate(found.targets)}
    for role, test in roles.items():
        if test is not None and test.clocked:
            yield NotYet(role, "the condition reads the clock, and no event tells when it changes")
    for place, target in enumerate(found.spec.targets):
        if _unmeasured(target.within):
            yield NotYet(f"targets {place + 1}", f"{target.within} have no fixed length")
    for name, held in calendars.items():
        if held is None:
            yield NotYet("calendar", f"{name} changes its time zone, and hours here have one")


def _unmeasured(duration: Duration) -> bool:
    return duration.unit in _LONG or (duration.business and duration.unit is Unit.WEEKS)


@dataclass(frozen=True, slots=True)
class _Alarm:
    """One alarm of a policy: when, and who hears of it."""

    key: str
    title: str
    part: str
    alarm: Alarm
    to: Recipient
    action: Action


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the nodes of one policy."""

    ready: Ready
    roster: Roster

    def watch(self) -> Watch:
        spec = self.ready.spec
        targets = tuple(
            Target(target.key or str(place + 1), test, target.within, _minutes(target.by))
            for place, (target, test) in enumerate(
                zip(spec.targets, self.ready.targets, strict=True)
            )
        )
        return Watch(spec.metric, self.ready.signals, targets, _whose(spec.calendar))

    def nodes(self) -> Iterator[Node]:
        kept = [each for each in self.alarms() if not self.problem(each)]
        timers = (*(f"wait-{each.key}" for each in kept), "wait-due")
        yield Start("start", self.ready.spec.object, "clock")
        yield Fork("clock", timers)
        for each in kept:
            yield Timer(f"wait-{each.key}", each.title, each.alarm, f"tell-{each.key}", "end")
            yield Notify(f"tell-{each.key}", each.to, each.action, each.title, "end")
        yield Timer("wait-due", "late", Passed(), "breached", "end")
        yield SetField("breached", state_field(self.ready.policy.name), "breached", "end")
        yield End("end")

    def not_yet(self) -> Iterator[NotYet]:
        for each in self.alarms():
            problem = self.problem(each)
            if problem:
                yield NotYet(each.part, problem)

    def alarms(self) -> Iterator[_Alarm]:
        spec = self.ready.spec
        for place, threshold in enumerate(spec.warn_at, start=1):
            alarm, title = _warning(threshold)
            key, part = f"warning-{place}", f"warn_at {place}"
            yield _Alarm(key, title, part, alarm, Recipient("owner"), "warn")
        for place, step in enumerate(spec.escalate, start=1):
            key, part = f"escalation-{place}", f"escalate {place}"
            alarm, title = _escalation(step)
            yield _Alarm(key, title, part, alarm, self.recipient(step.to), step.action)

    def recipient(self, to: str) -> Recipient:
        match to:
            case "owner" | "manager" | "team_lead":
                return Recipient(to)
            case _ if "@" in to:
                return Recipient("person", to)
            case _ if to in self.roster.teams:
                return Recipient("team", to)
            case _:
                return Recipient("role", to)

    def problem(self, each: _Alarm) -> str:
        """Why an alarm cannot be a timer; empty where it can."""
        match each.alarm:
            case Left(amount=amount):
                moves = self.ready.signals.pause is not None
                fixed = amount.business and amount.unit is not Unit.DAYS
                if moves and not fixed:
                    return "a pause moves it back after it was reached: write a share instead"
            case Late(amount=amount):
                pass
            case Used() | Passed():
                return ""
        return f"{amount} have no fixed length" if _unmeasured(amount) else ""


def state_field(name: str) -> str:
    """The field of the tool's own that tells how the clock of a policy stands."""
    return f"sla_{name.replace('-', '_')}"


def _warning(threshold: Decimal | Duration) -> tuple[Alarm, str]:
    if isinstance(threshold, Duration):
        return Left(threshold), f"{threshold} left"
    return Used(threshold), f"{percentage(threshold)} used"


def _escalation(step: Escalation) -> tuple[Alarm, str]:
    if step.after is not None:
        return Late(step.after), f"{step.after} late"
    share = Decimal(1) if step.at is None else step.at
    return Used(share), f"{percentage(share)} used"


def _minutes(by: str | None) -> int | None:
    if by is None:
        return None
    clock, minutes = map(int, by.split(":"))
    return clock * 60 + minutes


def _whose(choice: CalendarChoice | None) -> Whose | None:
    if choice is None:
        return None
    otherwise = choice.otherwise or ""
    match choice.of:
        case "owner" | "team":
            return Whose(choice.of, otherwise=otherwise)
        case "customer":
            return Whose("customer", choice.field or CUSTOMER, otherwise)
        case name:
            return Whose("named", name, otherwise)

"""What can be wrong with an SlaPolicy; each group of questions has a module of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.calendar.codes.structure import UnknownCalendar
from ixia_config.kinds.calendar.decide import calendar_names
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.record_schema.codes.structure import UnknownField, UnknownRecord
from ixia_config.kinds.sla_policy.codes.shape import NotATime, OneOf, UnknownEvent
from ixia_config.kinds.sla_policy.escalations import escalations
from ixia_config.kinds.sla_policy.pairs import pairs
from ixia_config.kinds.sla_policy.people import CUSTOMER, WHOSE
from ixia_config.kinds.sla_policy.spec import SlaPolicy, Trigger
from ixia_config.kinds.sla_policy.targets import targets
from ixia_config.kinds.sla_policy.triggers import (
    condition_path,
    declared,
    event_field,
    is_time,
    typed,
)
from ixia_config.kinds.sla_policy.workings import workings
from ixia_config.model import Path
from ixia_config.rules import Fields, FieldType


def check(policy: Policy[SlaPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with an SlaPolicy, seen with fields, calendars and people."""
    known = catalogue(context.configuration).records
    if policy.body.spec.object not in known:
        mark = policy.mark("spec", "object")
        yield UnknownRecord(mark=mark, name=policy.body.spec.object, known=tuple(known))
    else:
        yield from _triggers(policy, known[policy.body.spec.object])
        yield from _customer(policy, context)
    yield from _conditions(policy, context)
    yield from _calendar(policy, context)
    yield from targets(policy, context)
    yield from escalations(policy, context)
    yield from workings(policy, context)
    yield from pairs(policy, context)


def _triggers(policy: Policy[SlaPolicy], fields: Fields) -> Iterator[Diagnostic]:
    """Each trigger is an event or a condition, and something tells when it happened."""
    times = tuple(name for name in fields if is_time(name, fields))
    record = policy.body.spec.object
    for role, trigger in declared(policy):
        path: Path = ("spec", role)
        yield from _one_of(policy, path, trigger)
        if trigger.on is not None and not event_field(trigger.on, fields):
            mark = policy.mark(*path, "on")
            events = tuple(name.removesuffix("_at") for name in times)
            yield UnknownEvent(mark=mark, event=trigger.on, record=record, known=events)
        if trigger.since is not None and trigger.since not in fields:
            mark = policy.mark(*path, "since")
            yield UnknownField(mark=mark, name=trigger.since, record=record, known=tuple(fields))
        elif trigger.since is not None and not is_time(trigger.since, fields):
            mark = policy.mark(*path, "since")
            yield NotATime(mark=mark, field=trigger.since, known=times)


def _one_of(policy: Policy[SlaPolicy], path: Path, trigger: Trigger) -> Iterator[Diagnostic]:
    if (trigger.on is None) == (trigger.when is None):
        mark = policy.mark(*path, key=True)
        yield OneOf(mark=mark, place=str(path[-1]), one="on", other="when")
    elif trigger.on is not None and trigger.since is not None:
        mark = policy.mark(*path, "since", key=True)
        yield OneOf(mark=mark, place=str(path[-1]), one="on", other="since")


def _conditions(policy: Policy[SlaPolicy], context: Context) -> Iterator[Diagnostic]:
    spec = policy.body.spec
    paths: list[Path] = [("spec", "when")] if spec.when is not None else []
    paths += [condition_path(policy, role) for role, each in declared(policy) if each.when]
    paths += [("spec", "targets", n, "when") for n, each in enumerate(spec.targets) if each.when]
    for path in paths:
        yield from typed(policy, path, context.configuration)[1]


def _calendar(policy: Policy[SlaPolicy], context: Context) -> Iterator[Diagnostic]:
    """The calendars that are named exist."""
    choice = policy.body.spec.calendar
    if choice is None:
        return
    known = calendar_names(context.configuration)
    names = (("of", None if choice.of in WHOSE else choice.of), ("otherwise", choice.otherwise))
    for key, name in names:
        if name is not None and name not in known:
            mark = policy.mark("spec", "calendar", key)
            yield UnknownCalendar(mark=mark, name=name, known=known)


def _customer(policy: Policy[SlaPolicy], context: Context) -> Iterator[Diagnostic]:
    """The field that names the customer's calendar exists."""
    choice = policy.body.spec.calendar
    if choice is None or choice.of != "customer":
        return
    records = catalogue(context.configuration).records
    record, path = policy.body.spec.object, choice.field or CUSTOMER
    key = "of" if choice.field is None else "field"
    for step in path.split("."):
        fields = records.get(record, {})
        if step not in fields:
            mark = policy.mark("spec", "calendar", key)
            yield UnknownField(mark=mark, name=step, record=record, known=tuple(fields))
            return
        record = fields[step].to if fields[step].type is FieldType.REFERENCE else record

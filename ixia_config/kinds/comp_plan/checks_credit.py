"""Who is credited with what: records, fields, conditions, splits and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ixia_config.codes import Diagnostic
from ixia_config.kinds.calendar.codes.structure import UnknownCalendar
from ixia_config.kinds.calendar.decide import calendar_names
from ixia_config.kinds.comp_plan.checks_fields import Reading, readings
from ixia_config.kinds.comp_plan.codes.credit import (
    NoHistory,
    NotADay,
    NotAnAmount,
    NotAPerson,
    SplitsNot100,
)
from ixia_config.kinds.comp_plan.codes.rates import WithoutEffect
from ixia_config.kinds.comp_plan.codes.target import ExactlyOne
from ixia_config.kinds.comp_plan.codes.worth import CreditMultiple, PaysNothing
from ixia_config.kinds.comp_plan.component import Component, Split
from ixia_config.kinds.comp_plan.ready import conditions
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.conditions import catalogue, condition
from ixia_config.kinds.policy import Configuration, Context, Policy
from ixia_config.kinds.record_schema.codes.structure import UnknownField, UnknownRecord
from ixia_config.kinds.record_schema.spec import RecordSchema
from ixia_config.kinds.scalars import percentage
from ixia_config.model import Path
from ixia_config.rules import Field, FieldType

_PEOPLE = (FieldType.PERSON, FieldType.TEXT)
_AMOUNTS = (FieldType.MONEY, FieldType.DECIMAL, FieldType.INTEGER, FieldType.PERCENT)
_DAYS = (FieldType.DATE, FieldType.DATETIME)
TWICE = Decimal(2)


def crediting(policy: Policy[CompPlan], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with credits, seen with the declared fields."""
    configuration = context.configuration
    yield from _records(policy, configuration)
    yield from _calendar(policy, configuration)
    for reading in readings(policy):
        yield from _field(policy, reading, configuration)
    for path, record in conditions(policy.body.spec):
        yield from condition(policy, ("spec", *path), configuration, record)[1]
    for index, component in enumerate(policy.body.spec.components):
        path = ("spec", "components", index)
        yield from _pays(policy, path, component)
        if component.credit.split is not None:
            yield from _split(policy, (*path, "credit", "split"), component.credit.split)
    yield from _history(policy, configuration)


def _records(policy: Policy[CompPlan], configuration: Configuration) -> Iterator[Diagnostic]:
    known = catalogue(configuration).records
    spec = policy.body.spec
    named: list[tuple[Path, str]] = [
        (("components", n, "credit", "object"), each.credit.object)
        for n, each in enumerate(spec.components)
    ]
    named += [(("spiffs", n, "object"), each.object) for n, each in enumerate(spec.spiffs)]
    for path, name in named:
        if name not in known:
            yield UnknownRecord(mark=policy.mark("spec", *path), name=name, known=tuple(known))


def _calendar(policy: Policy[CompPlan], configuration: Configuration) -> Iterator[Diagnostic]:
    name, known = policy.body.spec.proration.calendar, calendar_names(configuration)
    if name is not None and name not in known:
        mark = policy.mark("spec", "proration", "calendar")
        yield UnknownCalendar(mark=mark, name=name, known=known)


def _field(
    policy: Policy[CompPlan], reading: Reading, configuration: Configuration
) -> Iterator[Diagnostic]:
    """The field exists, and its type serves the purpose."""
    records = catalogue(configuration).records
    record, found = reading.record, None
    for step in reading.field.split("."):
        fields = records.get(record)
        if fields is None:
            return
        if step not in fields:
            mark = policy.mark(*reading.path)
            yield UnknownField(mark=mark, name=step, record=record, known=tuple(fields))
            return
        found = fields[step]
        record = found.to or record
    if found is not None:
        yield from _typed(policy, reading, found, records[reading.record])


def _typed(
    policy: Policy[CompPlan], reading: Reading, found: Field, fields: Mapping[str, Field]
) -> Iterator[Diagnostic]:
    name, record, where = reading.field, reading.record, reading.path

    def known(*types: FieldType) -> tuple[str, ...]:
        return tuple(name for name, each in fields.items() if each.type in types)

    match reading.purpose:
        case "person" if found.type not in _PEOPLE:
            mark, people = policy.mark(*where), known(FieldType.PERSON)
            yield NotAPerson(mark=mark, field=name, record=record, known=people)
        case "amount" if found.type not in _AMOUNTS:
            mark, amounts = policy.mark(*where), known(*_AMOUNTS)
            yield NotAnAmount(mark=mark, field=name, record=record, known=amounts)
        case "day" if found.type not in _DAYS:
            mark, days = policy.mark(*where), known(*_DAYS)
            yield NotADay(mark=mark, field=name, record=record, known=days)


def _pays(policy: Policy[CompPlan], path: Path, component: Component) -> Iterator[Diagnostic]:
    commission, pay = component.type == "commission", component.pay
    if component.type != "mbo" and component.rates is None and (commission or pay is None):
        mark = policy.mark(*path, "key")
        yield PaysNothing(mark=mark, key=component.key, type=component.type)
    if commission and pay is not None:
        mark = policy.mark(*path, "pay", key=True)
        yield WithoutEffect(mark=mark, key="pay", why="a commission pays by its rates")


def _split(policy: Policy[CompPlan], path: Path, split: Split) -> Iterator[Diagnostic]:
    keys = ("field", "roles")
    given = tuple(key for key in keys if getattr(split, key))
    if len(given) != 1:
        yield ExactlyOne(mark=policy.mark(*path), place="this split", keys=keys, given=given)
        return
    parts = sum((each.share for each in split.roles if not each.overlay), Decimal(0))
    every = sum((each.share for each in split.roles), Decimal(0))
    if split.roles and parts != 1:
        yield SplitsNot100(mark=policy.mark(*path, "roles"), total=percentage(parts))
    elif every > TWICE:
        yield CreditMultiple(mark=policy.mark(*path, "roles"), total=percentage(every))


def _history(policy: Policy[CompPlan], configuration: Configuration) -> Iterator[Diagnostic]:
    """Fields that decide closed pay, and whose late changes nobody can see."""
    spec = policy.body.spec
    if spec.closed_until is None or spec.corrections == "freeze":
        return
    deciding = [each for each in readings(policy) if each.decides]
    for record in sorted({each.record for each in deciding}):
        schema = configuration.get(RecordSchema, record)
        fields = schema.body.spec.fields if schema is not None else {}
        names = dict.fromkeys(each.field for each in deciding if each.record == record)
        unseen = tuple(n for n in names if n in fields and not fields[n].track_history)
        if unseen:
            mark = policy.mark("spec", "closed_until")
            yield NoHistory(mark=mark, fields=unseen, record=record)

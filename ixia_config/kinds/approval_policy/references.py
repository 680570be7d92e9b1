"""Names in an ApprovalPolicy that lead nowhere: records, fields, people, groups, calendars."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.approval_policy.codes.timing import FieldDoesNotFit
from ixia_config.kinds.approval_policy.ladder import dues, named, places
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy, Approver
from ixia_config.kinds.calendar.codes.structure import UnknownCalendar
from ixia_config.kinds.calendar.decide import calendar_names
from ixia_config.kinds.conditions import catalogue, condition
from ixia_config.kinds.directory.checks import inverted
from ixia_config.kinds.directory.codes.references import UnknownOwner, UnknownTeam
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.directory.references import worker
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.record_schema.codes.structure import UnknownField, UnknownRecord
from ixia_config.kinds.record_schema.spec import RecordSchema
from ixia_config.model import Path
from ixia_config.rules import FieldType
from ixia_config.rules.describe import kind

_PERSON = frozenset({FieldType.PERSON})
_NUMBERS = frozenset({FieldType.MONEY, FieldType.PERCENT, FieldType.INTEGER, FieldType.DECIMAL})
_RISING = _NUMBERS | {FieldType.DATE, FieldType.DATETIME, FieldType.DURATION}
_WANTED = {_PERSON: "a person", _NUMBERS: "a number", _RISING: "something that rises and falls"}


def references(policy: Policy[ApprovalPolicy], context: Context) -> Iterator[Diagnostic]:
    """Every name that leads nowhere, and every condition that cannot be read."""
    yield from _object(policy, context)
    for path in places(policy):
        yield from condition(policy, path, context.configuration, policy.body.spec.object)[1]
    yield from _fields(policy, context)
    yield from _calendars(policy, context)
    yield from inverted(
        policy,
        ("spec", "effective"),
        policy.body.spec.effective.from_,
        policy.body.spec.effective.to,
    )
    if roster(context.configuration).declared:
        yield from _roles(policy, context)
        for path, approver in named(policy):
            yield from _approver(policy, path, approver, context)


def _object(policy: Policy[ApprovalPolicy], context: Context) -> Iterator[Diagnostic]:
    known = tuple(each.name for each in context.configuration.of(RecordSchema))
    if policy.body.spec.object not in known:
        mark = policy.mark("spec", "object")
        yield UnknownRecord(mark=mark, name=policy.body.spec.object, known=known)


def _fields(policy: Policy[ApprovalPolicy], context: Context) -> Iterator[Diagnostic]:
    """Fields outside conditions exist and have the right type."""
    fields = catalogue(context.configuration).records.get(policy.body.spec.object)
    if fields is None:
        return
    for path, name, wanted in _field_names(policy):
        if name not in fields:
            mark, record = policy.mark(*path), policy.body.spec.object
            yield UnknownField(mark=mark, name=name, record=record, known=tuple(fields))
        elif wanted and fields[name].type not in wanted:
            mark, of = policy.mark(*path), kind(fields[name].type)
            yield FieldDoesNotFit(mark=mark, field=name, type=of, wanted=_WANTED[wanted])


def _field_names(
    policy: Policy[ApprovalPolicy],
) -> Iterator[tuple[Path, str, frozenset[FieldType]]]:
    """Every field that is named, with the types that its place takes; none where any will do."""
    spec = policy.body.spec
    for path, approver in named(policy):
        for way in ("field", "manager_of", "authority_of"):
            name = getattr(approver, way)
            if name is not None and (way == "field" or name != "submitter"):
                yield (*path, way), name, _PERSON
    if spec.authority is not None:
        yield ("spec", "authority", "field"), spec.authority.field, _NUMBERS
    for part, wanted in (("raises", _RISING), ("lowers", _RISING), ("changes", frozenset())):
        for number, name in enumerate(getattr(spec.reapprove_when, part, ())):
            yield ("spec", "reapprove_when", part, number), name, wanted
    for number, delegation in enumerate(spec.delegation):
        if delegation.field is not None:
            yield ("spec", "delegation", number, "field"), delegation.field, _NUMBERS


def _calendars(policy: Policy[ApprovalPolicy], context: Context) -> Iterator[Diagnostic]:
    known = calendar_names(context.configuration)
    for path, due in dues(policy):
        if due.calendar is not None and due.calendar not in known:
            mark = policy.mark(*path, "calendar")
            yield UnknownCalendar(mark=mark, name=due.calendar, known=known)


def _roles(policy: Policy[ApprovalPolicy], context: Context) -> Iterator[Diagnostic]:
    """Roles outside of steps exist."""
    spec, known = policy.body.spec, tuple(roster(context.configuration).roles)
    for number, role in enumerate(spec.submitters):
        if role not in known:
            mark = policy.mark("spec", "submitters", number)
            yield UnknownOwner(mark=mark, name=role, known=known)
    for number, limit in enumerate(spec.authority.limits if spec.authority else ()):
        path: Path = ("spec", "authority", "limits", number)
        if limit.role is not None and limit.role not in known:
            mark = policy.mark(*path, "role")
            yield UnknownOwner(mark=mark, name=limit.role, known=known)
        if limit.person is not None:
            task = "somebody with authority"
            yield from worker(policy, (*path, "person"), context, email=limit.person, task=task)


def _approver(
    policy: Policy[ApprovalPolicy], path: Path, approver: Approver, context: Context
) -> Iterator[Diagnostic]:
    known = roster(context.configuration)
    if approver.role is not None and approver.role not in known.roles:
        mark = policy.mark(*path, "role")
        yield UnknownOwner(mark=mark, name=approver.role, known=tuple(known.roles))
    if approver.team is not None and approver.team not in known.teams:
        mark = policy.mark(*path, "team")
        yield UnknownTeam(mark=mark, name=approver.team, known=tuple(known.teams))
    if approver.person is not None:
        here = (*path, "person")
        yield from worker(policy, here, context, email=approver.person, task="an approver")

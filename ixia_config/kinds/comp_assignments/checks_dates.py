"""Dates of assignments: plans that exist then, no overlap, no gap, leave inside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from ixia_config.codes import Diagnostic
from ixia_config.kinds.codes import InvertedDates
from ixia_config.kinds.comp_assignments.checks_found import (
    Placed,
    by_person,
    placed,
    versions_of,
)
from ixia_config.kinds.comp_assignments.codes.dates import (
    AssignmentGap,
    OutsidePlan,
    UnknownPlan,
)
from ixia_config.kinds.comp_assignments.codes.terms import LeaveOutside
from ixia_config.kinds.comp_assignments.spec import CompAssignments
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.directory.codes.references import PersonLeft, UnknownPerson
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Configuration, Context, Policy


def dates(policy: Policy[CompAssignments], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with people and dates."""
    configuration = context.configuration
    for each in placed(policy):
        assignment = each.assignment
        if assignment.to is not None and assignment.to <= assignment.from_:
            mark = each.mark("to")
            yield InvertedDates(mark=mark, start=str(assignment.from_), end=str(assignment.to))
        yield from _person(each, configuration)
        yield from _plan(each, configuration)
        yield from _leave(each)
    for every in by_person(configuration).values():
        yield from _gaps(policy, every)


def _person(each: Placed, configuration: Configuration) -> Iterator[Diagnostic]:
    """The person is known and has not left before; nothing to say where no Directory is kept."""
    people, email = roster(configuration), each.assignment.person
    person = people.person(email)
    if people.declared and person is None:
        yield UnknownPerson(mark=each.mark("person"), name=email, known=tuple(people.people))
    elif person is not None and person.to is not None and person.to <= each.start:
        mark, task = each.mark("person"), "on a compensation plan"
        yield PersonLeft(mark=mark, email=email, since=person.to, task=task)


def _plan(each: Placed, configuration: Configuration) -> Iterator[Diagnostic]:
    name = each.assignment.plan
    latest = configuration.get(CompPlan, name)
    if latest is None:
        known = tuple(plan.name for plan in configuration.of(CompPlan))
        yield UnknownPlan(mark=each.mark("plan"), name=name, known=known)
        return
    versions = versions_of(configuration, latest)
    first, last = versions[0].body.spec.effective.from_, versions[-1].body.spec.effective.to
    who, to = each.assignment.person, each.assignment.to
    if first is not None and each.start < first:
        yield OutsidePlan(
            mark=each.mark("from"), person=who, plan=name, day=each.start, bound=first, late=False
        )
    elif last is not None and (each.start >= last or (to is not None and to > last)):
        day, key = (each.start, "from") if each.start >= last or to is None else (to, "to")
        yield OutsidePlan(
            mark=each.mark(key), person=who, plan=name, day=day, bound=last, late=True
        )


def _leave(each: Placed) -> Iterator[Diagnostic]:
    before = date.min
    for index, leave in enumerate(each.assignment.leave):
        if leave.to <= leave.from_:
            mark = each.mark("leave", index, "to")
            yield InvertedDates(mark=mark, start=str(leave.from_), end=str(leave.to))
            continue
        why = ""
        if leave.from_ < each.start or leave.to > each.end:
            why = "is not inside the assignment"
        elif leave.from_ < before:
            why = "overlaps the one before it, or stands in the wrong order"
        if why:
            mark = each.mark("leave", index)
            yield LeaveOutside(mark=mark, start=leave.from_, end=leave.to, why=why)
        before = max(before, leave.to)


def _gaps(policy: Policy[CompAssignments], every: tuple[Placed, ...]) -> Iterator[Diagnostic]:
    """Days between the assignments of one person, told of the later one."""
    covered = every[0].end
    for _, each in pairwise(every):
        if covered < each.start and each.policy is policy:
            who = each.assignment.person
            yield AssignmentGap(mark=each.mark("from"), person=who, start=covered, end=each.start)
        covered = max(covered, each.end)

"""Two assignments of one person on one day: one plan twice, or two plans that pay one deal."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_assignments.checks_found import Placed, by_person, plan_of
from ixia_config.kinds.comp_assignments.codes.dates import AssignmentsOverlap, CreditedTwice
from ixia_config.kinds.comp_assignments.spec import CompAssignments
from ixia_config.kinds.comp_plan.component import Component
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.policy import Configuration, Context, Policy
from ixia_config.kinds.sla_policy.space import NONE, UNKNOWN, Answer, witness
from ixia_config.rules import read


def pairs(policy: Policy[CompAssignments], context: Context) -> Iterator[Diagnostic]:
    """What two assignments of one person get wrong together, told of the later one."""
    for every in by_person(context.configuration).values():
        for place, later in enumerate(every):
            for earlier in every[:place] if later.policy is policy else ():
                if earlier.meets(later):
                    yield from _both(earlier, later, context.configuration)


def _both(earlier: Placed, later: Placed, configuration: Configuration) -> Iterator[Diagnostic]:
    person, plan = later.assignment.person, later.assignment.plan
    if plan == earlier.assignment.plan:
        first = earlier.mark()
        yield AssignmentsOverlap(
            mark=later.mark("from"),
            person=person,
            plan=plan,
            start=later.start,
            first=f"{first.file}:{first.line}",
        )
        return
    one, other = plan_of(configuration, earlier), plan_of(configuration, later)
    if one is None or other is None:
        return
    for component in other.body.spec.components:
        for against in one.body.spec.components:
            found = _common(component, against, configuration)
            if not found.impossible:
                yield CreditedTwice(
                    mark=later.mark("plan"),
                    person=person,
                    plan=earlier.assignment.plan,
                    other=plan,
                    component=f"{against.key} and {component.key}",
                    record=component.credit.object,
                    example=found.words,
                )
                return


def _common(one: Component, other: Component, configuration: Configuration) -> Answer:
    """A record that both credit; certain that there is none, or nobody knows."""
    record = one.credit.object
    known = catalogue(configuration)
    if record != other.credit.object or "mbo" in (one.type, other.type):
        return NONE
    if one.credit.rollup is not None or other.credit.rollup is not None:
        return NONE
    parts = [f"({each.credit.when})" for each in (one, other) if each.credit.when is not None]
    typed, _ = (
        read(" && ".join(parts) or "true", known, record)
        if record in known.records
        else (
            None,
            (),
        )
    )
    return UNKNOWN if typed is None else witness(typed)

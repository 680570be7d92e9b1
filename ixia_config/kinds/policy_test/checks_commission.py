"""What can be wrong with the commission that a case expects: its records, its plan, its people."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_plan.periods import read_period
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.directory.codes.references import UnknownPerson
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.policy_test.codes.cases import RecordNotGiven, UnknownPart
from ixia_config.kinds.policy_test.codes.standing import WrongSurroundings
from ixia_config.kinds.policy_test.records import problems
from ixia_config.kinds.policy_test.spec import Case, ExpectedCommission, PolicyTest
from ixia_config.model import Path

_PERIOD = "a period such as 2027, 2027-Q1 or 2027-01"


def commission(
    policy: Policy[PolicyTest], path: Path, case: Case, context: Context
) -> Iterator[Diagnostic]:
    """Everything that is wrong with the records of a case and what they shall pay."""
    expected = case.expect.commission
    plan = context.configuration.get(CompPlan, expected.plan) if expected is not None else None
    if expected is None or plan is None:
        return
    record, given = plan.body.spec.components[0].credit.object, (*path[:-2], "given")
    if not case.given.credits:
        mark = policy.mark(*given, key=True)
        yield RecordNotGiven(mark=mark, policy=plan.name, record="credits")
    for number, values in enumerate(case.given.credits):
        if record in catalogue(context.configuration).records:
            here: Path = (*given, "credits", number)
            yield from problems(policy.document, here, values, context.configuration, record)
    yield from _named(policy, path, expected, context, plan)


def _named(
    policy: Policy[PolicyTest],
    path: Path,
    expected: ExpectedCommission,
    context: Context,
    plan: Policy[CompPlan],
) -> Iterator[Diagnostic]:
    """The components, the person and the period that an expectation names."""
    keys = (
        *(each.key for each in plan.body.spec.components),
        *(each.key for each in plan.body.spec.spiffs),
    )
    for name in expected.components or ():
        if name not in keys:
            mark = policy.mark(*path, "components", name, key=True)
            yield UnknownPart(mark=mark, home=plan.name, what="component", name=name, known=keys)
    people = roster(context.configuration)
    if expected.person and people.declared and people.person(expected.person) is None:
        known = tuple(each.email for each in people.people.values())
        yield UnknownPerson(mark=policy.mark(*path, "person"), name=expected.person, known=known)
    if expected.period is not None and not _is_period(expected.period):
        mark = policy.mark(*path, "period")
        yield WrongSurroundings(mark=mark, key="period", what=_PERIOD)


def _is_period(text: str) -> bool:
    try:
        read_period(text)
    except ValueError:
        return False
    return True

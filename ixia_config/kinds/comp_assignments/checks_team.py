"""Managers and their teams: a manager's quota is not below the sum of the team's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_assignments.checks_found import (
    Placed,
    by_person,
    placed,
    plan_of,
)
from ixia_config.kinds.comp_assignments.codes.terms import ManagerQuota
from ixia_config.kinds.comp_assignments.spec import CompAssignments
from ixia_config.kinds.comp_plan.periods import a_year
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Configuration, Context, Policy


def teams(policy: Policy[CompAssignments], context: Context) -> Iterator[Diagnostic]:
    """Managers whose quota of a year is below that of the people who report to them."""
    configuration = context.configuration
    reports = configuration.derive(_reports)
    for each in placed(policy):
        own = _yearly(each, configuration)
        team = reports.get(each.assignment.person.lower(), ())
        if own is None or not team:
            continue
        measure, currency, quota = own
        parts = [
            found[2]
            for email in team
            if (found := _of(email, each, configuration)) and found[:2] == (measure, currency)
        ]
        total = sum(parts, Decimal(0))
        if total > quota:
            key = "quota" if each.assignment.quota is not None else "plan"
            yield ManagerQuota(
                mark=each.mark(key),
                person=each.assignment.person,
                quota=quota,
                team=total,
                currency=currency,
            )


def _reports(configuration: Configuration) -> Mapping[str, tuple[str, ...]]:
    """Who reports to each manager, by address in lower case."""
    found: dict[str, list[str]] = {}
    for email, manager in sorted(roster(configuration).managers.items()):
        if manager:
            found.setdefault(manager, []).append(email)
    return {manager: tuple(people) for manager, people in found.items()}


def _of(
    email: str, manager: Placed, configuration: Configuration
) -> tuple[str, str, Decimal] | None:
    """The quota of somebody on the first day that both are on a plan."""
    every = by_person(configuration).get(email, ())
    found = next((each for each in every if each.meets(manager)), None)
    return None if found is None else _yearly(found, configuration)


def _yearly(each: Placed, configuration: Configuration) -> tuple[str, str, Decimal] | None:
    """Measure, currency and full quota of a year of an assignment's main measure."""
    plan = plan_of(configuration, each)
    quota = plan.body.spec.quota if plan is not None else None
    if plan is None or quota is None:
        return None
    amount = quota.amount if each.assignment.quota is None else each.assignment.quota
    year = amount * a_year(quota.period) * each.assignment.share
    return quota.measure, plan.body.spec.currency, year

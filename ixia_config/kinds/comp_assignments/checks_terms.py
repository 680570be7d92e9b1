"""What somebody has of their own: quotas that pay the target, and overrides that others approve."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_assignments.checks_found import Placed, placed, plan_of
from ixia_config.kinds.comp_assignments.codes.terms import OwnApproval, PersonalTargetNotPaid
from ixia_config.kinds.comp_assignments.spec import CompAssignments, Override
from ixia_config.kinds.comp_plan.checks_quota import in_money, ratio
from ixia_config.kinds.comp_plan.checks_target import cents, missed, sharing
from ixia_config.kinds.comp_plan.checks_year import quota_of, weight_of
from ixia_config.kinds.comp_plan.codes.periods import RampOutOfOrder
from ixia_config.kinds.comp_plan.codes.quota import QuotaOfZero, UnknownMeasure
from ixia_config.kinds.comp_plan.codes.timing import DrawAfterRamp
from ixia_config.kinds.comp_plan.periods import a_year
from ixia_config.kinds.comp_plan.spec import CompPlanSpec, Quota
from ixia_config.kinds.directory.codes.references import UnknownPerson
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Configuration, Context, Policy


def terms(policy: Policy[CompAssignments], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with what is somebody's own."""
    configuration = context.configuration
    for each in placed(policy):
        plan = plan_of(configuration, each)
        if plan is not None:
            yield from _quotas(each, plan.body.spec, configuration)
            yield from _ramp(each, plan.body.spec)
        if each.assignment.override is not None:
            yield from _approved(each, each.assignment.override, configuration)


def _quotas(each: Placed, spec: CompPlanSpec, configuration: Configuration) -> Iterator[Diagnostic]:
    known = tuple(quota.measure for quota in spec.every_quota)
    for index, own in enumerate(each.assignment.quotas):
        if own.measure not in known:
            mark = each.mark("quotas", index, "measure")
            yield UnknownMeasure(mark=mark, name=own.measure, known=known)
        elif not own.amount:
            mark = each.mark("quotas", index, "amount")
            yield QuotaOfZero(mark=mark, measure=own.measure)
    own_quota = each.assignment.quota
    if own_quota is None or spec.quota is None:
        return
    if not own_quota:
        yield QuotaOfZero(mark=each.mark("quota"), measure=spec.quota.measure)
        return
    yield from _target(each, spec, spec.quota, own_quota)
    if in_money(spec, spec.quota, configuration):
        yield from ratio(spec, own_quota * a_year(spec.quota.period), lambda: each.mark("quota"))


def _target(
    each: Placed, spec: CompPlanSpec, quota: Quota, amount: Decimal
) -> Iterator[Diagnostic]:
    """An own quota at 100 % of which the rates do not pay the target variable."""
    override = each.assignment.override
    own = override.variable if override is not None else None
    variable = own if own is not None else (spec.ote.variable if spec.ote is not None else None)
    if variable is None:
        return
    factor = override.rate_factor if override is not None else None
    for group in sharing(spec):
        if quota_of(spec, group[0]) is not quota:
            continue
        target = Fraction(variable) * sum(weight_of(spec, part) for part in group)
        pays = missed(spec, group, amount, target / Fraction(factor or 1))
        if pays is not None:
            yield PersonalTargetNotPaid(
                mark=each.mark("quota"),
                person=each.assignment.person,
                component=" and ".join(part.key for part in group),
                pays=cents(pays * Fraction(factor or 1)),
                target=cents(target),
                currency=spec.currency,
            )


def _ramp(each: Placed, spec: CompPlanSpec) -> Iterator[Diagnostic]:
    """An own ramp or draw is in order, as those of the plan."""
    override = each.assignment.override
    if override is None:
        return
    months = spec.ramp if override.ramp is None else override.ramp
    highest = 0
    for index, month in enumerate(override.ramp or ()):
        if month.month <= highest:
            mark = each.mark("override", "ramp", index, "month")
            yield RampOutOfOrder(mark=mark, month=month.month)
        highest = max(highest, month.month)
    draw, last = override.draw, max((month.month for month in months), default=0)
    if draw is not None and draw.months is not None and last and draw.months > last + 1:
        mark = each.mark("override", "draw", "months")
        yield DrawAfterRamp(mark=mark, months=draw.months, ramp=last)


def _approved(
    each: Placed, override: Override, configuration: Configuration
) -> Iterator[Diagnostic]:
    people, who = roster(configuration), override.approved_by
    place = ("override", "approved_by")
    if who.lower() == each.assignment.person.lower():
        yield OwnApproval(mark=each.mark(*place), person=who)
    elif people.declared and people.person(who) is None:
        yield UnknownPerson(mark=each.mark(*place), name=who, known=tuple(people.people))

"""When things start and end: draws, ramps, clawbacks, contests, versions, rates of exchange."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from ixia_config.codes import Diagnostic
from ixia_config.kinds.codes import InvertedDates
from ixia_config.kinds.comp_plan.checks_fx import exchange
from ixia_config.kinds.comp_plan.codes.periods import RampOutOfOrder, Seasons, VersionGap
from ixia_config.kinds.comp_plan.codes.rates import WithoutEffect
from ixia_config.kinds.comp_plan.codes.target import ExactlyOne
from ixia_config.kinds.comp_plan.codes.timing import (
    ClawbackTooShort,
    DrawAfterRamp,
    SpiffWithoutBudget,
    SpiffWithoutEnd,
    StepsOutOfOrder,
)
from ixia_config.kinds.comp_plan.component import Clawback
from ixia_config.kinds.comp_plan.periods import a_year
from ixia_config.kinds.comp_plan.ready import quotas
from ixia_config.kinds.comp_plan.spec import CompPlan, Draw, RampMonth, Spiff
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.scalars import Duration, percentage
from ixia_config.model import Path

_PAYS = ("pay", "rate", "pool")


def timing(policy: Policy[CompPlan], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with what happens when."""
    spec = policy.body.spec
    yield from inverted(policy, ("spec", "effective"), spec.effective.from_, spec.effective.to)
    yield from _versions(policy, context)
    yield from ramp(policy, ("spec", "ramp"), spec.ramp)
    yield from draw_after_ramp(policy, ("spec", "draw"), spec.draw, spec.ramp)
    yield from _seasons(policy)
    for index, component in enumerate(spec.components):
        if component.clawback is not None:
            path: Path = ("spec", "components", index, "clawback")
            yield from _clawback(policy, path, component.clawback)
    for index, spiff in enumerate(spec.spiffs):
        yield from _spiff(policy, ("spec", "spiffs", index), spiff)
    yield from exchange(policy, context.configuration)


def inverted(
    policy: Policy[CompPlan], path: Path, start: date | None, end: date | None
) -> Iterator[Diagnostic]:
    """A stretch that ends before it begins."""
    if start is not None and end is not None and end <= start:
        yield InvertedDates(mark=policy.mark(*path, "to"), start=str(start), end=str(end))


def _versions(policy: Policy[CompPlan], context: Context) -> Iterator[Diagnostic]:
    """Days before this version on which no version holds."""
    every = context.configuration.versions.get(policy.address, ())
    for before, after in pairwise(every):
        end, start = before.body.spec.effective.to, after.body.spec.effective.from_
        if after.document is policy.document and end and start and end < start:
            mark = policy.mark("spec", "effective", "from")
            yield VersionGap(mark=mark, start=end, end=start)


def ramp(
    policy: Policy[CompPlan], path: Path, months: tuple[RampMonth, ...]
) -> Iterator[Diagnostic]:
    """Months that do not rise from 1."""
    highest = 0
    for index, each in enumerate(months):
        if each.month <= highest:
            yield RampOutOfOrder(mark=policy.mark(*path, index, "month"), month=each.month)
        highest = max(highest, each.month)


def draw_after_ramp(
    policy: Policy[CompPlan], path: Path, draw: Draw | None, months: tuple[RampMonth, ...]
) -> Iterator[Diagnostic]:
    """A draw that lasts longer than the ramp and the month in which its last sales are paid."""
    last = max((each.month for each in months), default=0)
    if draw is not None and draw.months is not None and last and draw.months > last + 1:
        yield DrawAfterRamp(mark=policy.mark(*path, "months"), months=draw.months, ramp=last)


def _seasons(policy: Policy[CompPlan]) -> Iterator[Diagnostic]:
    for root, quota in quotas(policy.body.spec):
        seasons, count = quota.seasonality, a_year(quota.period)
        total = sum(seasons, Decimal(0))
        problem = ""
        if seasons and len(seasons) != count:
            problem = f"a year has {count} periods by the {quota.period}, and {len(seasons)} shares"
        elif seasons and total != 1:
            problem = f"the shares of the year add up to {percentage(total)}"
        if problem:
            yield Seasons(mark=policy.mark("spec", *root, "seasonality"), problem=problem)


def _clawback(policy: Policy[CompPlan], path: Path, clawback: Clawback) -> Iterator[Diagnostic]:
    limit, right = clawback.within, clawback.cancellable
    if limit is None and clawback.steps:
        limit = clawback.steps[-1].within
    if right is not None and limit is not None and _shorter(limit, right):
        mark = policy.mark(*path, "steps" if clawback.within is None else "within")
        yield ClawbackTooShort(mark=mark, within=str(limit), cancellable=str(right))
    if clawback.method == "steps" and not clawback.steps:
        mark = policy.mark(*path, "method")
        yield StepsOutOfOrder(mark=mark, problem="this clawback goes by steps and lists none")
    elif clawback.steps and clawback.method != "steps":
        mark = policy.mark(*path, "steps", key=True)
        why = f"the method is {clawback.method}"
        yield WithoutEffect(mark=mark, key="steps", why=why)
    for index, (before, step) in enumerate(pairwise(clawback.steps), 1):
        problem = ""
        if not _shorter(before.within, step.within):
            problem = f"the step of {step.within} does not come after one of {before.within}"
        elif step.share > before.share:
            shares = f"{percentage(before.share)} to {percentage(step.share)}"
            problem = f"what is taken back rises from {shares}"
        if problem:
            yield StepsOutOfOrder(mark=policy.mark(*path, "steps", index), problem=problem)


def _shorter(one: Duration, other: Duration) -> bool:
    return one.minutes < other.minutes


def _spiff(policy: Policy[CompPlan], path: Path, spiff: Spiff) -> Iterator[Diagnostic]:
    yield from inverted(policy, (*path, "effective"), spiff.effective.from_, spiff.effective.to)
    for missing, day in (("start", spiff.effective.from_), ("end", spiff.effective.to)):
        if day is None:
            mark = policy.mark(*path, "effective")
            yield SpiffWithoutEnd(mark=mark, key=spiff.key, missing=missing)
    if spiff.budget is None and spiff.pool is None:
        yield SpiffWithoutBudget(mark=policy.mark(*path, "key"), key=spiff.key)
    given = tuple(key for key in _PAYS if getattr(spiff, key) is not None)
    if len(given) != 1:
        mark, place = policy.mark(*path, "key"), f"the contest {spiff.key}"
        yield ExactlyOne(mark=mark, place=place, keys=_PAYS, given=given)

"""Quotas: every measure has one, in the unit and the period of what is compared with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_plan.checks_year import quota_of
from ixia_config.kinds.comp_plan.codes.quota import (
    NoQuota,
    OtherPeriod,
    QuotaOfZero,
    QuotaToOte,
    UnknownMeasure,
)
from ixia_config.kinds.comp_plan.codes.worth import MixedUnits
from ixia_config.kinds.comp_plan.component import Component
from ixia_config.kinds.comp_plan.periods import a_year
from ixia_config.kinds.comp_plan.ready import quotas as declared
from ixia_config.kinds.comp_plan.spec import CompPlan, CompPlanSpec, Quota
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.policy import Configuration, Context, Policy
from ixia_config.model import Mark, Path
from ixia_config.rules import FieldType

LEAST, MOST = 4, 8  # what a quota is of on-target earnings in most plans
_MONEY, _UNITS = "money", "units"


def quotas(policy: Policy[CompPlan], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with quotas."""
    for root, quota in declared(policy.body.spec):
        if not quota.amount:
            mark = policy.mark("spec", *root, "amount")
            yield QuotaOfZero(mark=mark, measure=quota.measure)
    for index, component in enumerate(policy.body.spec.components):
        path: Path = ("spec", "components", index)
        yield from _measures(policy, path, component)
        yield from _needed(policy, path, component)
        yield from _period(policy, path, component)
    yield from _units(policy, context.configuration)
    yield from _ratio(policy, context.configuration)


def _measures(policy: Policy[CompPlan], path: Path, component: Component) -> Iterator[Diagnostic]:
    """The measures that a component names are those of quotas."""
    known = tuple(each.measure for each in policy.body.spec.every_quota)
    named: list[tuple[Path, str | None]] = [(("measure",), component.measure)]
    named += [(("gates", n, "measure"), each.measure) for n, each in enumerate(component.gates)]
    if component.rates is not None and component.rates.matrix is not None:
        named.append((("rates", "matrix", "measure"), component.rates.matrix.measure))
    for inside, name in named:
        if name is not None and name not in known:
            yield UnknownMeasure(mark=policy.mark(*path, *inside), name=name, known=known)


def _needed(policy: Policy[CompPlan], path: Path, component: Component) -> Iterator[Diagnostic]:
    if component.measure is not None or policy.body.spec.quota is not None:
        return
    for inside, needed in _attaining(component):
        yield NoQuota(mark=policy.mark(*path, *inside), needed=needed)


def _attaining(component: Component) -> Iterator[tuple[Path, str]]:
    """What of a component cannot be computed without attainment."""
    rates = component.rates
    if rates is not None and rates.basis == "attainment":
        yield ("rates", "basis"), "a basis of attainment"
    if rates is not None and rates.multipliers:
        yield ("rates", "multipliers"), "a multiplier by attainment"
    if component.threshold is not None:
        yield ("threshold",), "a threshold"


def _period(policy: Policy[CompPlan], path: Path, component: Component) -> Iterator[Diagnostic]:
    quota, rates = quota_of(policy.body.spec, component), component.rates
    if quota is None or rates is None or rates.basis != "attainment":
        return
    if rates.accumulate not in (None, "transaction", quota.period):
        mark = policy.mark(*path, "rates", "accumulate")
        yield OtherPeriod(mark=mark, accumulate=str(rates.accumulate), period=quota.period)


def _units(policy: Policy[CompPlan], configuration: Configuration) -> Iterator[Diagnostic]:
    """Components that share a quota add up the same thing."""
    spec, seen = policy.body.spec, dict[str, str]()
    for index, component in enumerate(spec.components):
        quota = quota_of(spec, component)
        if quota is None or quota.counts is not None or component.type == "mbo":
            continue
        unit = unit_of(component, configuration)
        first = seen.setdefault(quota.measure, unit)
        if unit and first and unit != first:
            mark = policy.mark("spec", "components", index, "credit")
            yield MixedUnits(mark=mark, measure=quota.measure, one=first, other=unit)


def unit_of(component: Component, configuration: Configuration) -> str:
    """``money`` or ``units``; empty where the field is not declared, or a bare number."""
    name = component.credit.amount
    if name is None:
        return _UNITS
    fields = catalogue(configuration).records.get(component.credit.object, {})
    match fields[name].type if name in fields else None:
        case FieldType.MONEY:
            return _MONEY
        case FieldType.INTEGER:
            return _UNITS
    return ""


def _ratio(policy: Policy[CompPlan], configuration: Configuration) -> Iterator[Diagnostic]:
    spec = policy.body.spec
    if spec.quota is not None and in_money(spec, spec.quota, configuration):
        year = spec.quota.amount * a_year(spec.quota.period)
        yield from ratio(spec, year, lambda: policy.mark("spec", "quota", "amount"))


def ratio(spec: CompPlanSpec, year: Decimal, place: Callable[[], Mark]) -> Iterator[Diagnostic]:
    """A finding where the quota of a year is unusual for the on-target earnings."""
    ote = spec.ote.base + spec.ote.variable if spec.ote is not None else Decimal(0)
    if ote and year and not LEAST <= year / ote <= MOST:
        yield QuotaToOte(mark=place(), quota=year, ote=ote, currency=spec.currency)


def in_money(spec: CompPlanSpec, quota: Quota, configuration: Configuration) -> bool:
    """Whether a quota is one of money: every component with it credits money."""
    units = {
        unit_of(component, configuration)
        for component in spec.components
        if quota_of(spec, component) is quota and component.type == "commission"
    }
    return units == {_MONEY}

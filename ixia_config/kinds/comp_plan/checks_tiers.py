"""Tables of rates: tiers follow each other, and each says what it pays in the right unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_plan.amounts import Measure
from ixia_config.kinds.comp_plan.checks_year import quota_of
from ixia_config.kinds.comp_plan.codes.rates import (
    EmptyTier,
    MatrixShape,
    RateOrAmount,
    WithoutEffect,
    WrongUnit,
)
from ixia_config.kinds.comp_plan.codes.tiers import (
    NoOpenEnd,
    RateFalls,
    TierGap,
    TiersOutOfOrder,
    TiersOverlap,
)
from ixia_config.kinds.comp_plan.component import Component, Rates, Tier
from ixia_config.kinds.comp_plan.spec import CompPlan, CompPlanSpec
from ixia_config.kinds.policy import Policy
from ixia_config.kinds.scalars import percentage
from ixia_config.model import Path


def tables(policy: Policy[CompPlan]) -> Iterator[Diagnostic]:
    """Everything that is wrong with the tables of rates, by themselves."""
    for index, component in enumerate(policy.body.spec.components):
        if component.rates is not None:
            path: Path = ("spec", "components", index, "rates")
            yield from _order(policy, path, component.rates)
            yield from _ends(policy, path, component.rates)
            yield from _falls(policy, path, component, component.rates)
            yield from _contents(policy, path, component.rates)
            yield from _matrix(policy, path, component.rates)


def _order(policy: Policy[CompPlan], path: Path, rates: Rates) -> Iterator[Diagnostic]:
    for index, (before, tier) in enumerate(pairwise(rates.tiers), 1):
        here, start, end = (*path, "tiers", index), tier.from_, before.to
        if _empty(before):
            continue
        if start.value <= before.from_.value:
            mark = policy.mark(*here, "from")
            yield TiersOutOfOrder(mark=mark, start=str(start), before=str(before.from_))
        elif end is not None and end.value < start.value:
            yield TierGap(mark=policy.mark(*here, "from"), start=str(end), end=str(start))
        elif end is not None and end.value > start.value:
            yield TiersOverlap(mark=policy.mark(*here, "from"), start=str(start), end=str(end))


def _ends(policy: Policy[CompPlan], path: Path, rates: Rates) -> Iterator[Diagnostic]:
    for index, tier in enumerate(rates.tiers):
        if tier.to is not None and _empty(tier):
            mark = policy.mark(*path, "tiers", index, "to")
            yield EmptyTier(mark=mark, start=str(tier.from_), end=str(tier.to))
    last = rates.tiers[-1]
    if last.to is not None and rates.mode != "interpolated":
        mark = policy.mark(*path, "tiers", len(rates.tiers) - 1, "to")
        yield NoOpenEnd(mark=mark, end=str(last.to))


def _empty(tier: Tier) -> bool:
    return tier.to is not None and tier.to.value <= tier.from_.value


def _falls(
    policy: Policy[CompPlan], path: Path, component: Component, rates: Rates
) -> Iterator[Diagnostic]:
    """A rate above quota that is lower than the one before, and not marked by it or by a cap."""
    line = _quota_line(policy.body.spec, component, rates)
    for index, (before, tier) in enumerate(pairwise(rates.tiers), 1):
        if tier.rate is None or before.rate is None:
            continue
        if tier.from_.value < max(line, before.from_.value):
            continue
        if tier.rate.value < before.rate.value and not (tier.decelerator or component.cap):
            yield RateFalls(
                mark=policy.mark(*path, "tiers", index, "rate"),
                rate=str(tier.rate),
                before=str(before.rate),
                start=str(tier.from_),
            )


def _quota_line(spec: CompPlanSpec, component: Component, rates: Rates) -> Decimal:
    """Where on this table the quota lies; at its start where there is none."""
    if rates.basis == "attainment":
        return Decimal(1)
    quota = quota_of(spec, component)
    return quota.amount if quota is not None else Decimal(0)


def _contents(policy: Policy[CompPlan], path: Path, rates: Rates) -> Iterator[Diagnostic]:
    for index, tier in enumerate(rates.tiers):
        here: Path = (*path, "tiers", index)
        both = tier.rate is not None and tier.amount is not None
        if both or (tier.rate is None and tier.amount is None and rates.matrix is None):
            mark = policy.mark(*here, "from", key=True)
            yield RateOrAmount(mark=mark, start=str(tier.from_), both=both)
        if tier.retroactive and rates.mode != "mixed":
            mark = policy.mark(*here, "retroactive", key=True)
            why = f"only mode mixed reads it, and the mode is {rates.mode}"
            yield WithoutEffect(mark=mark, key="retroactive", why=why)
        yield from _units(policy, here, rates, tier)


def _units(policy: Policy[CompPlan], path: Path, rates: Rates, tier: Tier) -> Iterator[Diagnostic]:
    shares = rates.basis == "attainment"
    for key, bound in (("from", tier.from_), ("to", tier.to)):
        if bound is not None and bound.value and bound.share is not shares:
            what = "a share of the quota such as 80%" if shares else "a number such as 50000"
            mark = policy.mark(*path, key)
            yield WrongUnit(mark=mark, place=key, found=str(bound), expected=what)
    rate = tier.rate
    if rate is not None and rate.value and (expected := _expected(rates, rate)):
        mark = policy.mark(*path, "rate")
        yield WrongUnit(mark=mark, place="rate", found=str(rate), expected=expected)


def _expected(rates: Rates, rate: Measure) -> str:
    """What the rate should have been; empty where its unit is right, or may be."""
    if rates.basis == "units" and rate.share:
        return "money for each unit such as 50"
    if rates.basis == "amount" and not rate.share:
        share = percentage(rate.value) if rate.value < 1 else f"{rate.value:f}%"
        return f"a share such as {share}"
    return ""


def _matrix(policy: Policy[CompPlan], path: Path, rates: Rates) -> Iterator[Diagnostic]:
    if rates.matrix is None:
        return
    for index, row in enumerate(rates.matrix.rows):
        here, count = (*path, "matrix", "rows", index), len(rates.tiers)
        if len(row.rates) != count:
            word = "fewer" if len(row.rates) < count else "more"
            problem = (
                f"this row has {word} rates than there are tiers: {len(row.rates)}, not {count}"
            )
            mark = policy.mark(*here, "rates")
            yield MatrixShape(mark=mark, problem=problem, remedy="write one rate for each tier")
        elif index and row.from_ <= rates.matrix.rows[index - 1].from_:
            problem = f"this row starts at {percentage(row.from_)}, not above the one before it"
            mark = policy.mark(*here, "from")
            remedy = "list the rows from the lowest to the highest"
            yield MatrixShape(mark=mark, problem=problem, remedy=remedy)

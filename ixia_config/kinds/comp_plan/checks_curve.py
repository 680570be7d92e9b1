"""The payout as a curve: where it jumps, falls or leaves a tier without effect."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_plan.checks_target import cents
from ixia_config.kinds.comp_plan.checks_year import curve_of, quota_of
from ixia_config.kinds.comp_plan.codes.curve import Cliff, PayoutFalls, UnreachableTier
from ixia_config.kinds.comp_plan.codes.worth import RateAboveMargin
from ixia_config.kinds.comp_plan.component import Component, Rates
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.comp_plan.tiers import Curve, jumps
from ixia_config.kinds.policy import Configuration, Context, Policy
from ixia_config.kinds.record_schema.spec import RecordSchema
from ixia_config.kinds.scalars import percentage
from ixia_config.model import Path

LARGE = Fraction(1, 20)  # of the payout: a smaller jump moves nobody


def curves(policy: Policy[CompPlan], context: Context) -> Iterator[Diagnostic]:
    """What somebody who looks at the curve of each component would not expect."""
    spec = policy.body.spec
    for index, component in enumerate(spec.components):
        path: Path = ("spec", "components", index)
        quota, rates = quota_of(spec, component), component.rates
        if rates is None or (quota is None and rates.basis == "attainment"):
            continue
        amount = None if quota is None else Fraction(quota.amount)
        if amount != 0:
            paying = curve_of(component, rates, amount)
            yield from _jumps(policy, path, component, paying)
            yield from _threshold(policy, path, component, paying, amount)
            yield from _dead(policy, path, rates, paying)
        yield from _margin(policy, path, component, context.configuration)


def _jumps(
    policy: Policy[CompPlan], path: Path, component: Component, paying: Curve
) -> Iterator[Diagnostic]:
    rates, currency = component.rates, policy.body.spec.currency
    for jump in jumps(paying):
        above = paying.pay(jump.at)
        below = above - jump.money
        tier = None if rates is None or not jump.tier else rates.tiers[jump.tier - 1]
        if tier is None:
            continue
        mark = policy.mark(*path, "rates", "tiers", jump.tier - 1)
        at, low, high = str(tier.from_), cents(below), cents(above)
        if jump.money < 0 and not tier.decelerator:
            yield PayoutFalls(mark=mark, at=at, below=low, above=high, currency=currency)
        elif jump.money > above * LARGE and component.type == "commission":
            yield Cliff(mark=mark, at=at, below=low, above=high, currency=currency)


def _threshold(
    policy: Policy[CompPlan],
    path: Path,
    component: Component,
    paying: Curve,
    quota: Fraction | None,
) -> Iterator[Diagnostic]:
    """A threshold that pays from the first deal once it is reached."""
    threshold = component.threshold
    if threshold is None or threshold.pays == "above" or quota is None:
        return
    above = paying.pay(Fraction(threshold.at) * quota)
    if above > 0 and component.type == "commission":
        yield Cliff(
            mark=policy.mark(*path, "threshold", "at"),
            at=percentage(threshold.at),
            below=Decimal(0),
            above=cents(above),
            currency=policy.body.spec.currency,
        )


def _dead(
    policy: Policy[CompPlan], path: Path, rates: Rates, paying: Curve
) -> Iterator[Diagnostic]:
    alive = {band.tier for band in paying.bands if not band.dead}
    for index, tier in enumerate(rates.tiers):
        pays = tier.amount or (tier.rate is not None and tier.rate.value)
        if pays and index + 1 not in alive:
            mark = policy.mark(*path, "rates", "tiers", index)
            why = "it lies below the threshold"
            yield UnreachableTier(mark=mark, start=str(tier.from_), why=why)


def _margin(
    policy: Policy[CompPlan], path: Path, component: Component, configuration: Configuration
) -> Iterator[Diagnostic]:
    """Rates without a cap that cost more than a deal earns."""
    if component.cap is not None or component.rates is None or policy.body.spec.cap is not None:
        return
    margin = margin_of(configuration, component.credit.object)
    for index, tier in enumerate(component.rates.tiers):
        if tier.rate is not None and tier.rate.share and tier.rate.value > margin:
            mark = policy.mark(*path, "rates", "tiers", index, "rate")
            yield RateAboveMargin(mark=mark, rate=str(tier.rate), margin=percentage(margin))


def margin_of(configuration: Configuration, record: str) -> Decimal:
    """The least that a deal earns: the minimum of its field of margin; all of it without one."""
    schema = configuration.get(RecordSchema, record)
    for name, field in schema.body.spec.fields.items() if schema is not None else ():
        if field.type == "percent" and "margin" in name and field.minimum is not None:
            text = field.minimum.removesuffix("%").strip()
            return Decimal(text) / 100 if text.replace(".", "", 1).isdigit() else Decimal(1)
    return Decimal(1)

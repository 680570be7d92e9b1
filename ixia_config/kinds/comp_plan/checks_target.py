"""What the plan pays at 100 % of quota against its target variable, and the bounds of pay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_plan.checks_year import (
    curve_of,
    paid_in_a_year,
    quota_of,
    stretch_of,
    weight_of,
)
from ixia_config.kinds.comp_plan.codes.target import (
    CapBelowAccelerator,
    ExactlyOne,
    TargetNotPaid,
    ThresholdAboveTier,
    WeightsNot100,
)
from ixia_config.kinds.comp_plan.component import Cap, Component, Rates
from ixia_config.kinds.comp_plan.periods import a_year
from ixia_config.kinds.comp_plan.spec import CompPlan, CompPlanSpec
from ixia_config.kinds.policy import Policy
from ixia_config.kinds.scalars import percentage
from ixia_config.model import Path

TOLERANCE = Fraction(1, 1000)  # of the target: rates have two decimals
_CENT = Decimal("0.01")
_CAPS = ("amount", "share", "multiple")


def targets(policy: Policy[CompPlan]) -> Iterator[Diagnostic]:
    """Everything that is wrong between target, weights, caps and thresholds."""
    yield from _weights(policy)
    yield from _target(policy)
    for index, component in enumerate(policy.body.spec.components):
        path: Path = ("spec", "components", index)
        yield from _cap(policy, path, component)
        yield from _threshold(policy, path, component)


def _weights(policy: Policy[CompPlan]) -> Iterator[Diagnostic]:
    spec = policy.body.spec
    given = {each.key: each.weight for each in spec.components if each.weight is not None}
    total = sum(given.values(), Decimal(0))
    short = total < 1 and len(given) == len(spec.components)
    if spec.ote is not None and given and (short or total > 1):
        first = next(n for n, each in enumerate(spec.components) if each.weight is not None)
        yield WeightsNot100(
            mark=policy.mark("spec", "components", first, "weight"),
            total=percentage(total),
            weights=tuple(f"{key} {percentage(weight)}" for key, weight in given.items()),
        )


def _target(policy: Policy[CompPlan]) -> Iterator[Diagnostic]:
    spec = policy.body.spec
    if spec.ote is None:
        return
    for group in sharing(spec):
        amount = quota.amount if (quota := quota_of(spec, group[0])) is not None else Decimal(0)
        target = Fraction(spec.ote.variable) * sum(weight_of(spec, each) for each in group)
        pays = missed(spec, group, amount, target)
        if pays is not None:
            index = spec.components.index(group[0])
            place = "rates" if group[0].rates is not None else "pay"
            yield TargetNotPaid(
                mark=policy.mark("spec", "components", index, place, key=True),
                component=" and ".join(each.key for each in group),
                pays=cents(pays),
                target=cents(target),
                currency=spec.currency,
                remedy=_remedy(spec, group, amount, target),
            )


def sharing(spec: CompPlanSpec) -> tuple[tuple[Component, ...], ...]:
    """Components whose pay at target is compared together: commissions on one quota are."""
    groups: dict[str, list[Component]] = {}
    for component in spec.components:
        quota = quota_of(spec, component)
        shared = component.type == "commission" and quota is not None
        name = f"measure {quota.measure}" if quota is not None and shared else component.key
        groups.setdefault(name, []).append(component)
    return tuple(tuple(group) for group in groups.values())


def missed(
    spec: CompPlanSpec, group: Sequence[Component], amount: Decimal, target: Fraction
) -> Fraction | None:
    """What the group pays in a year where that is not the target; None where it is, or may be.

    Several components share the credit in a way that the plan does not tell, so that together they
    pay something between what each would pay alone.
    """
    found = [paid_in_a_year(spec, each, amount) for each in group]
    known = [each for each in found if each is not None]
    if not known or len(known) < len(found):
        return None
    low, high = min(known), max(known)
    slack = target * TOLERANCE
    if low - slack <= target <= high + slack:
        return None
    return low if target < low else high


def _remedy(
    spec: CompPlanSpec, group: Sequence[Component], amount: Decimal, target: Fraction
) -> str:
    """The line to paste, where one rate would do."""
    quota, rates = quota_of(spec, group[0]), group[0].rates
    alone = len(group) == 1 and rates is not None and len(rates.tiers) < 3
    rate = rates.tiers[0].rate if rates is not None else None
    if not (alone and quota is not None and rate is not None and amount and rate.share):
        return "change the rates, the quota or the target variable"
    share = percentage((cents(100 * target / (Fraction(amount) * a_year(quota.period)))) / 100)
    return f"write rate: {share} up to quota, or change the quota or the target variable"


def cents(amount: Fraction) -> Decimal:
    """An exact amount as money, to the cent."""
    return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(_CENT)


def _cap(policy: Policy[CompPlan], path: Path, component: Component) -> Iterator[Diagnostic]:
    cap, rates = component.cap, component.rates
    if cap is None:
        return
    given = tuple(key for key in _CAPS if getattr(cap, key) is not None)
    if len(given) != 1:
        mark = policy.mark(*path, "cap")
        yield ExactlyOne(mark=mark, place="this cap", keys=_CAPS, given=given)
    elif rates is not None:
        yield from _accelerator(policy, path, component, rates)


def _accelerator(
    policy: Policy[CompPlan], path: Path, component: Component, rates: Rates
) -> Iterator[Diagnostic]:
    """The first tier with a higher rate that the cap leaves nothing of."""
    spec = policy.body.spec
    quota = quota_of(spec, component)
    amount = None if quota is None else Fraction(quota.amount)
    most = _most(spec, component, component.cap)
    if most is None or (amount is None and rates.basis == "attainment"):
        return
    paying = curve_of(component, rates, amount)
    for before, band in zip(paying.bands, paying.bands[1:], strict=False):
        if band.start is not None and band.rate > before.rate and band.tier:
            pays = paying.pay(band.start, paying.bands.index(before))
            if pays >= most:
                yield CapBelowAccelerator(
                    mark=policy.mark(*path, "cap"),
                    cap=cents(most),
                    start=str(rates.tiers[band.tier - 1].from_),
                    pays=cents(pays),
                    currency=spec.currency,
                )
                return


def _most(spec: CompPlanSpec, component: Component, cap: Cap | None) -> Fraction | None:
    """The cap of one stretch in money; None where it depends on more than the plan."""
    stretch = stretch_of(component, quota_of(spec, component))
    if cap is None or cap.per == "deal" or stretch is None:
        return None
    parts = a_year(stretch) if cap.per == "year" else 1
    if cap.amount is not None:
        return Fraction(cap.amount) / parts
    if cap.share is not None and spec.ote is not None:
        year = Fraction(spec.ote.variable) * weight_of(spec, component)
        return Fraction(cap.share) * year / a_year(stretch)
    return None


def _threshold(policy: Policy[CompPlan], path: Path, component: Component) -> Iterator[Diagnostic]:
    threshold, rates = component.threshold, component.rates
    if threshold is None or rates is None or rates.basis != "attainment":
        return
    pays = (each for each in rates.tiers if each.amount or (each.rate and each.rate.value))
    first = next((each.from_ for each in pays), None)
    if first is not None and 0 < first.value <= threshold.at:
        mark = policy.mark(*path, "threshold", "at")
        yield ThresholdAboveTier(mark=mark, at=percentage(threshold.at), start=str(first))

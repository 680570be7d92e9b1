"""The same plan with one switch turned: for the question why a figure is not another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, get_args

from ixia_config.kinds.comp_plan.component import Component, Mode, Rates, Tier
from ixia_config.kinds.comp_plan.spec import CompPlan, CompPlanSpec
from ixia_config.kinds.envelope import Frozen
from ixia_config.kinds.policy import Configuration, Policy

_LEAST = Decimal("0.000000001")  # nothing that a record can hold lies between
_TO_DATE = ("transaction", "month", "quarter", "half", "year", "plan")
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Alternative:
    """A plan that differs in one switch: where it stands, what it says, and what it would say."""

    switch: str
    is_now: str
    instead: str
    spec: CompPlanSpec


def alternatives(
    spec: CompPlanSpec, component: str, dates: Sequence[str] = ()
) -> Iterator[Alternative]:
    """Every switch of a component and of the plan, turned one at a time.

    ``dates`` are fields that might have been meant in place of the date that counts.
    """
    for place, each in enumerate(spec.components):
        if each.key == component:
            yield from _component(spec, place, each, dates)
    yield from _plan(spec, dates)


def with_plan(configuration: Configuration, plan: str, spec: CompPlanSpec) -> Configuration:
    """The configuration with this declaration in place of every version that starts when it does.

    Versions with other dates stay.
    """

    def changed(policy: Policy[Any]) -> Policy[Any]:
        body = policy.body
        if not isinstance(body, CompPlan) or policy.name != plan:
            return policy
        if body.spec.effective.from_ != spec.effective.from_:
            return policy
        return replace(policy, body=body.model_copy(update={"spec": spec}))

    return replace(
        configuration,
        policies={key: changed(each) for key, each in configuration.policies.items()},
        versions={key: tuple(map(changed, each)) for key, each in configuration.versions.items()},
    )


_Turned = tuple[str, object, object, Any]
"""A switch, what it says, what it would say, and the declaration in which it says so."""


def _component(
    spec: CompPlanSpec, place: int, each: Component, dates: Sequence[str]
) -> Iterator[Alternative]:
    for switch, now, instead, changed in _of_component(each, dates):
        parts = (*spec.components[:place], changed, *spec.components[place + 1 :])
        whole = spec.model_copy(update={"components": parts})
        yield Alternative(f"{switch} of {each.key}", _text(now), _text(instead), whole)


def _of_component(each: Component, dates: Sequence[str]) -> Iterator[_Turned]:
    if each.rates is not None:
        for switch, now, instead, rates in _rates(each.rates):
            yield switch, now, instead, each.model_copy(update={"rates": rates})
    yield from _without(each, "cap", "floor", "threshold", "holdback", "clawback", "gates")
    if each.threshold is not None:
        yield from _inside(each, "threshold", "pays", ("from_first", "above"))
    yield from _credit(each, dates)


def _without(model: Frozen, *names: str) -> Iterator[_Turned]:
    """The declaration without a part of it, for each part that it has."""
    for name in names:
        empty: object = () if isinstance(getattr(model, name), tuple) else None
        if getattr(model, name):
            yield name, "as declared", _NONE, model.model_copy(update={name: empty})


def _options(model: Frozen, name: str, values: Sequence[object]) -> Iterator[_Turned]:
    """The declaration with every other value of one of its keys."""
    now = getattr(model, name)
    for value in values:
        if value != now:
            yield name, now, value, model.model_copy(update={name: value})


def _inside(model: Frozen, outer: str, name: str, values: Sequence[object]) -> Iterator[_Turned]:
    """The same for a key of a part."""
    for switch, now, instead, changed in _options(getattr(model, outer), name, values):
        yield f"{outer}.{switch}", now, instead, model.model_copy(update={outer: changed})


def _rates(rates: Rates) -> Iterator[_Turned]:
    fixed = all(tier.amount is not None for tier in rates.tiers)
    modes = [mode for mode in get_args(Mode) if mode != "interpolated" or fixed]
    found = [*_options(rates, "mode", modes), *_options(rates, "accumulate", _TO_DATE)]
    found += _options(rates, "crossing", ("split", "before", "after"))
    found += _without(rates, "multipliers", "matrix")
    if any(tier.from_.value for tier in rates.tiers):
        higher = rates.model_copy(update={"tiers": tuple(map(_above, rates.tiers))})
        found.append(("bound", "in the higher tier", "in the lower tier", higher))
    for switch, now, instead, changed in found:
        yield f"rates.{switch}", now or "as the quota", instead, changed


def _above(tier: Tier) -> Tier:
    """The tier without its first value, which is that of the tier below."""
    update: dict[str, Any] = {}
    if tier.from_.value:
        update["from_"] = replace(tier.from_, value=tier.from_.value + _LEAST)
    if tier.to is not None:
        update["to"] = replace(tier.to, value=tier.to.value + _LEAST)
    return tier.model_copy(update=update)


def _credit(each: Component, dates: Sequence[str]) -> Iterator[_Turned]:
    credit = each.credit
    found = [*_without(credit, "split", "multipliers"), *_options(credit, "date", dates)]
    if credit.multi_year is not None:
        basis = ("acv_average", "first_year", "tcv")
        found += _inside(credit, "multi_year", "basis", basis)
        found += _inside(credit, "multi_year", "kicker", (Decimal(0),))
    for switch, now, instead, changed in found:
        told = now or "that of the plan"
        yield f"credit.{switch}", told, instead, each.model_copy(update={"credit": changed})


def _plan(spec: CompPlanSpec, dates: Sequence[str]) -> Iterator[Alternative]:
    for switch, now, instead, whole in _of_plan(spec, dates):
        yield Alternative(switch, _text(now), _text(instead), whole)


def _of_plan(spec: CompPlanSpec, dates: Sequence[str]) -> Iterator[_Turned]:
    yield from _without(spec, "cap", "draw", "guarantee", "ramp", "spiffs")
    for outer, name, values in _SWITCHES:
        if outer:
            yield from _inside(spec, outer, name, values)
        else:
            yield from _options(spec, name, values)
    yield from _options(spec, "governed_by", dates)
    if spec.fx.rates:
        yield from _inside(spec, "fx", "date", dates)


_SWITCHES: tuple[tuple[str, str, tuple[object, ...]], ...] = (
    ("rounding", "mode", ("half_up", "half_even", "up", "down")),
    ("rounding", "at", ("line", "component", "total")),
    ("rounding", "scale", (0, 2)),
    ("rounding", "residue", ("listed_order", "largest_remainder")),
    ("", "versions", ("separate", "carried")),
    ("", "corrections", ("adjust", "freeze")),
    ("", "recovery_limit", (Decimal(1),)),
    ("payout", "method", ("to_date_less_paid", "at_to_date_rate")),
    ("proration", "days", ("calendar", "working", "30/360")),
    ("proration", "start_day", ("counted", "not_counted")),
    ("proration", "quota", (True, False)),
    ("leave", "quota", ("reduced", "kept")),
    ("leave", "credits", ("kept", "stopped")),
    ("fx", "quote", ("per_plan_unit", "per_foreign_unit")),
)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "nothing" if value is None else str(value)

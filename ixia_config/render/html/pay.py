"""Comp plans on a page: the curve of each component before and after, rates, and terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ixia_config.kinds.comp_plan.amounts import Measure
from ixia_config.kinds.comp_plan.component import Clawback, Component, Tier
from ixia_config.kinds.comp_plan.spec import CompPlan, CompPlanSpec, Quota, Spiff
from ixia_config.kinds.policy import Policy
from ixia_config.render.html.chart import Plot, curves
from ixia_config.render.html.page import Card, facts, listing, table
from ixia_config.render.html.payline import Line, bounds, payline, reach, share
from ixia_config.render.html.svg import both
from ixia_config.render.html.tags import Html, joined, tag
from ixia_config.render.html.view import HIDDEN, View, about, anchor, percent, spaced
from ixia_config.render.spoken import sentence
from ixia_config.render.wording import capital, clean, listed

_WIDE, _NARROW = 1000, 340
_MODES = {
    "marginal": "each range pays its own part",
    "retroactive": "the range that is reached pays everything",
    "mixed": "some ranges pay everything once reached",
    "interpolated": "a range pays as far as it is filled",
}


def plan_card(policy: Policy[CompPlan], view: View) -> Card:
    """One comp plan."""
    spec = policy.body.spec
    earlier = view.earlier(policy)
    old = earlier.body.spec if earlier else None
    parts = [_component(each, policy, old, view) for each in spec.components]
    body = joined([facts(_facts(spec, view)), *parts, _spiffs(spec.spiffs, spec, view)])
    note = (
        None
        if view.show_pay
        else tag("p", f"{HIDDEN} stands for amounts of pay.", class_="soft small")
    )
    return Card(
        anchor(policy), clean(policy.title), joined([body, note]), view.mark(policy), about(policy)
    )


def _facts(spec: CompPlanSpec, view: View) -> Iterator[tuple[str, str]]:
    effective = spec.effective
    span = [
        f"from {effective.from_}" if effective.from_ else "",
        f"before {effective.to}" if effective.to else "",
    ]
    yield "Holds", " and ".join(each for each in span if each)
    yield "For", listed([view.whom(each) for each in spec.assign.values()])
    if spec.ote is not None:
        base, variable = (
            view.money(each, spec.currency) for each in (spec.ote.base, spec.ote.variable)
        )
        yield "A year on target", f"{base} fixed and {variable} variable"
    yield "Quota", listed([_quota(each, view) for each in spec.every_quota])
    yield "Paid", f"every {spec.payout.period}"
    if spec.draw is not None:
        amount = view.money(spec.draw.amount, spec.currency)
        yield "Draw", f"{amount} a {spec.draw.period}, {spaced(spec.draw.kind)}"
    if spec.ramp:
        months = [f"month {each.month}: {percent(each.quota)} of the quota" for each in spec.ramp]
        yield "Settling in", listed(months)


def _quota(quota: Quota, view: View) -> str:
    return f"{view.money(quota.amount)} {spaced(quota.measure)} a {quota.period}"


def _component(
    component: Component, policy: Policy[CompPlan], old: CompPlanSpec | None, view: View
) -> Html:
    spec = policy.body.spec
    was = (
        next((each for each in old.components if each.key == component.key), None) if old else None
    )
    title = clean(component.title) if component.title else capital(spaced(component.key))
    name = f"{anchor(policy)}-{component.key}"
    return joined(
        [
            tag("h4", title),
            _chart(component, was, spec, old, view, name, title),
            _tiers(component, was, view),
            facts(_terms(component, spec, view)),
        ]
    )


def _chart(
    component: Component,
    was: Component | None,
    spec: CompPlanSpec,
    old: CompPlanSpec | None,
    view: View,
    name: str,
    title: str,
) -> Html | None:
    earlier = bounds(old, was) if old and was else ()
    far = reach([bounds(spec, component), earlier])
    then = payline(spec, component, far)
    now = payline(old, was, far) if old and was else None
    if then is None:
        return None
    now = now if now is not None and now.points != then.points else None
    plot = _plot(then, now, component, far, spec.currency, view)
    told = f"{title}: {_said(then, now)}"
    shown = both(curves(plot, _WIDE), curves(plot, _NARROW), name, f"What {title} pays", told)
    return joined([shown, _legend(view) if now else None])


def _legend(view: View) -> Html:
    dashed = tag("span", f"dashed: {clean(view.revision)}")
    return listing([dashed, "solid: after the change"], "key")


def _plot(
    then: Line, now: Line | None, component: Component, far: Fraction, currency: str, view: View
) -> Plot:
    base = (now or then).at_quota
    unit = Fraction(1) if view.show_pay or not base else base / 100
    peak = max(y for line in (then, now) if line for _, y in line.points) / unit
    money = f"pay, {currency}" if view.show_pay else "pay, in % of what the quota pays"
    return Plot(
        now=_points(now, unit) if now else (),
        then=_points(then, unit),
        steps=tuple(_steps(component, view)),
        ticks=tuple(_ticks(far)),
        levels=tuple(_levels(peak, view)) if view.show_pay or base else (),
        across="attainment of the quota",
        upward=money
        if not now
        else f"{money}{'' if view.show_pay else f' in {clean(view.revision)}'}",
    )


def _ticks(far: Fraction) -> Iterator[tuple[float, str]]:
    """Round shares along the bottom, the last one at its end."""
    step = Fraction(1, 2) if far <= 3 else Fraction(1)
    while far / step > 6:
        step *= 2
    at = Fraction(0)
    while at < far:
        yield float(at), share(at)
        at += step
    yield float(far), share(far)


def _points(line: Line, unit: Fraction) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y / unit)) for x, y in line.points)


def _steps(component: Component, view: View) -> Iterator[tuple[float, str]]:
    """Where each tier starts, with its rate."""
    rates = component.rates
    if rates is None or rates.basis != "attainment":
        return
    for tier in sorted(rates.tiers, key=lambda each: each.from_.value):
        yield float(tier.from_.value), _rate(tier, view)


def _levels(peak: Fraction, view: View) -> Iterator[tuple[float, str]]:
    step = _round_step(peak / 4)
    for number in range(int(peak // step) + 2):
        value = step * number
        yield float(value), f"{float(value):,.0f}" if view.show_pay else f"{float(value):,.0f} %"


def _round_step(wanted: Fraction) -> Fraction:
    """1, 2, 2.5 or 5 times a power of ten, at least as large."""
    size = Fraction(1)
    while size * 10 <= wanted:
        size *= 10
    return next(
        size * factor
        for factor in (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))
        if size * factor >= wanted or factor == 10
    )


def _said(then: Line, now: Line | None) -> str:
    """The curve in words, at a few places."""
    base = (now or then).at_quota
    if not base:
        return "nothing is paid at the quota."
    spots = [Fraction(1, 2), Fraction(1), Fraction(3, 2)]
    told = [f"{share(spot)} attained pays {_told_at(then, spot, base)}" for spot in spots]
    before = (
        [f"{share(spot)} attained paid {_told_at(now, spot, base)}" for spot in spots]
        if now
        else []
    )
    was = f" Before: {'; '.join(before)}." if before else ""
    return f"{'; '.join(told)} of what the quota pays.{was}"


def _told_at(line: Line, spot: Fraction, base: Fraction) -> str:
    return share(_value(line.points, spot) / base)


def _value(points: Sequence[tuple[Fraction, Fraction]], spot: Fraction) -> Fraction:
    """The pay at this attainment, between the points around it."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= spot <= x1 and x1 > x0:
            return y0 + (y1 - y0) * (spot - x0) / (x1 - x0)
    return points[-1][1]


def _rate(tier: Tier, view: View) -> str:
    if tier.rate is None:
        return view.money(tier.amount)
    return measured(tier.rate, view)


def measured(measure: Measure, view: View) -> str:
    """A share as it is; money only for those who asked."""
    return percent(measure.value) if measure.share else view.money(measure.value)


def _tiers(component: Component, was: Component | None, view: View) -> Html | None:
    if component.rates is None:
        return None
    head, rows = tier_rows(component, was, view)
    return table(f"Rates: {_MODES[component.rates.mode]}", head, rows, "figures")


def tier_rows(
    component: Component, was: Component | None, view: View
) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """The rates as a heading and rows; with those of the other version where they differ."""
    rates = component.rates
    if rates is None:
        return (), ()
    older = was.rates.tiers if was and was.rates else ()
    compared = len(older) == len(rates.tiers) and older != rates.tiers
    first = "Attainment" if rates.basis == "attainment" else capital(rates.basis)
    rows = []
    for number, tier in enumerate(rates.tiers):
        before = [_rate(older[number], view)] if compared else []
        rows.append([_span(rates.tiers, number, view), *before, _rate(tier, view)])
    if compared:
        return (first, f"Rate in {clean(view.revision)}", "Rate then"), rows
    return (first, "Rate"), rows


def _span(tiers: Sequence[Tier], number: int, view: View) -> str:
    """``100 % to 150 %``; a tier ends where the next one starts."""
    following = tiers[number + 1].from_ if number + 1 < len(tiers) else None
    end = tiers[number].to or following
    start = measured(tiers[number].from_, view)
    return f"{start} to {measured(end, view)}" if end is not None else f"{start} and more"


def _terms(component: Component, spec: CompPlanSpec, view: View) -> Iterator[tuple[str, str]]:
    credit = component.credit
    known = view.vocabulary(credit.object)
    counted = sentence(credit.when, known) if credit.when else "Every one"
    yield "Counts", f"{capital(spaced(credit.object))}s: {counted[:1].lower()}{counted[1:]}"
    if component.weight is not None:
        yield "Weight", f"{percent(component.weight)} of the variable pay"
    if component.pay is not None:
        yield "Pays", view.money(component.pay, spec.currency)
    if component.threshold is not None:
        yield "Threshold", f"{percent(component.threshold.at)} of the quota"
    for gate in component.gates:
        yield "Gate", f"{spaced(gate.measure)} at {percent(gate.at)}"
    cap = component.cap
    if cap is not None:
        most = (
            percent(cap.share) if cap.share is not None else view.money(cap.amount or cap.multiple)
        )
        yield "Cap", f"{most} per {cap.per}"
    if component.clawback is not None:
        yield "Taken back", _clawback(component.clawback)


def _clawback(found: Clawback) -> str:
    within = f" within {found.within}" if found.within else ""
    return f"{percent(found.share)} where {spaced(found.field)}{within}"


def _spiffs(spiffs: Sequence[Spiff], spec: CompPlanSpec, view: View) -> Html | None:
    rows = []
    for each in spiffs:
        pays = (
            percent(each.rate)
            if each.rate is not None
            else view.money(each.pay or each.pool, spec.currency)
        )
        what = sentence(each.when, view.vocabulary(each.object)) if each.when else "Every one"
        span = (
            f"{each.effective.from_ or 'always'} to before {each.effective.to or 'further notice'}"
        )
        title = clean(each.title) if each.title else capital(spaced(each.key))
        rows.append(
            (title, f"{capital(spaced(each.object))}s: {what}", span, f"{pays} per {each.per}")
        )
    return table("Sales contests", ("Contest", "Counts", "When", "Pays"), rows) if rows else None

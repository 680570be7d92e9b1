"""What is held back until something happens, and what is taken back when a deal is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ixia_config.kinds.comp_plan.component import Clawback, Holdback
from ixia_config.kinds.comp_plan.credits import Claim
from ixia_config.kinds.comp_plan.days import after
from ixia_config.kinds.comp_plan.entries import ZERO, Entry, Source
from ixia_config.kinds.comp_plan.rating import Stretch
from ixia_config.kinds.comp_plan.result import What
from ixia_config.kinds.comp_plan.rounding import apportion, rounded
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.kinds.scalars import percentage


def taken(stretch: Stretch, entries: Sequence[Entry], by: date) -> Iterator[Entry]:
    """The holdbacks and clawbacks of a stretch by a day, as negative amounts."""
    holdback, clawback = stretch.component.holdback, stretch.component.clawback
    if holdback is None and clawback is None:
        return
    for claim, amount in _paid(stretch, entries):
        held = ZERO
        if holdback is not None:
            entry = _held(stretch, holdback, claim, amount, by)
            held = entry.amount if entry else ZERO
            yield from [entry] if entry else []
        if clawback is not None:
            taken_back = _taken_back(stretch, clawback, claim, amount + held, by)
            yield from [taken_back] if taken_back else []


def _paid(stretch: Stretch, entries: Sequence[Entry]) -> Iterator[tuple[Claim, Decimal]]:
    """What every claim was paid after the caps; the cap of the stretch takes from all alike."""
    net: dict[str, Decimal] = {}
    for entry in entries:
        if entry.claim is not None:
            net[entry.source.record] = net.get(entry.source.record, ZERO) + entry.amount
    claims = {e.source.record: e.claim for e in entries if e.claim is not None}
    whole = sum((e.amount for e in entries if e.source.what is What.CAP and not e.claim), ZERO)
    if not whole:
        yield from ((claim, net[key]) for key, claim in claims.items())
        return
    part = Fraction(whole) / (Fraction(sum(net.values(), ZERO)) or 1)
    weights = [part * Fraction(net[key]) for key in claims]
    rounding = stretch.contract.version.spec.rounding
    shares = apportion(weights, rounding.scale, rounding.mode, "largest_remainder")
    for (key, claim), share in zip(claims.items(), shares, strict=True):
        yield claim, net[key] + share


def _held(
    stretch: Stretch, rule: Holdback, claim: Claim, amount: Decimal, by: date
) -> Entry | None:
    """What waits for its release, or is lost because that did not come in time."""
    released = claim.sale.day(rule.release)
    last = after(claim.credit.on, rule.expires) if rule.expires else date.max
    if released is not None and released < by and released <= last:
        return None
    lost = by > last and not (released is not None and released <= last)
    said = f"{percentage(rule.share)} of {amount:,f} until {rule.release}"
    why = Reason("holdback", Verdict.NOTE, f"lost: no {rule.release} by {last}" if lost else said)
    entry = _entry(What.HOLDBACK, stretch, claim, -Fraction(rule.share) * Fraction(amount), why)
    return replace(entry, lost=lost)


def _taken_back(
    stretch: Stretch, rule: Clawback, claim: Claim, amount: Decimal, by: date
) -> Entry | None:
    day = claim.sale.day(rule.field)
    if day is None or by <= day or not _concerned(stretch, claim, day):
        return None
    share = clawed(rule, claim.credit.on, day)
    if not share.part:
        return None
    why = Reason("clawback", Verdict.NOTE, f"{rule.field} {day}: {share.why} of {amount:,f}")
    return _entry(What.CLAWBACK, stretch, claim, -share.part * Fraction(amount), why)


def _concerned(stretch: Stretch, claim: Claim, day: date) -> bool:
    path = ("components", stretch.index, "clawback", "when")
    return stretch.contract.version.holds(path, claim.sale, day)


@dataclass(frozen=True, slots=True)
class Clawed:
    """The share that is taken back, in words, too."""

    part: Fraction
    why: str


def clawed(rule: Clawback, credited: date, lost: date) -> Clawed:
    """The share of a commission that is taken back for a deal that is lost on a day.

    pro_rata takes the share of the days that are left of the window; the day of the loss is left.
    """
    last = after(credited, rule.within) if rule.within else date.max
    share = Fraction(rule.share)
    if lost > last:
        return Clawed(Fraction(0), f"after {last}")
    match rule.method:
        case "full":
            return Clawed(share, percentage(rule.share))
        case "pro_rata":
            whole, left = (last - credited).days, (last - max(lost, credited)).days
            part = share * Fraction(left, whole) if whole and rule.within else share
            return Clawed(part, f"{percentage(rule.share)} x {left} of {whole} days")
        case "steps":
            for step in rule.steps:
                if lost <= after(credited, step.within):
                    return Clawed(
                        Fraction(step.share), f"{percentage(step.share)} within {step.within}"
                    )
            return Clawed(Fraction(0), "after the last step")


def _entry(what: What, stretch: Stretch, claim: Claim, exact: Fraction, why: Reason) -> Entry:
    rounding = stretch.contract.version.spec.rounding
    amount = rounded(exact, rounding.scale, rounding.mode)
    return Entry(Source.of(what, stretch, claim), exact, amount, (), claim, (why,))

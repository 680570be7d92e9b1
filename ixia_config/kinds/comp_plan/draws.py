"""Draws, guarantees and what is carried forward: from what is earned to what is paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ixia_config.kinds.comp_plan.periods import Period, months_between, periods
from ixia_config.kinds.comp_plan.quotas import Contract
from ixia_config.kinds.comp_plan.result import Balance, Line, What
from ixia_config.kinds.comp_plan.rounding import rounded
from ixia_config.kinds.comp_plan.spec import Draw, Guarantee
from ixia_config.kinds.reasons import Reason, Verdict

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Settled:
    """The lines that make what is earned what is paid, and what is carried on."""

    lines: tuple[Line, ...]
    balance: Balance


def settle(
    contract: Contract, period: Period, earned: Decimal, taken: Decimal, before: Balance
) -> Settled:
    """What is paid of ``earned`` after ``taken`` of clawbacks and corrections is taken from it.

    Takings are limited to a share of what is earned, and the rest is carried forward. Then the
    guarantee and the draw lift what is left, and earnings repay what is owed of draws.
    """
    carried = _carry(contract, earned, taken, before)
    lines = list(carried.lines)
    net = earned - taken + sum((line.amount for line in lines), ZERO)
    for line in _guaranteed(contract, period, net):
        lines.append(line)
        net += line.amount
    drawn = _drawn(contract, period, net, carried.balance)
    return Settled((*lines, *drawn.lines), drawn.balance)


def _carry(contract: Contract, earned: Decimal, taken: Decimal, before: Balance) -> Settled:
    """Takings of now and before, as far as the earnings of this payout go."""
    rounding = contract.version.spec.rounding
    earns, owed = max(earned, ZERO), before.carried + taken + max(-earned, ZERO)
    limit = Fraction(contract.version.spec.recovery_limit) * Fraction(earns)
    now = min(max(owed, ZERO), rounded(limit, rounding.scale, "down"))
    rest = max(owed, ZERO) - now
    moved = rest - before.carried
    if not moved:
        return Settled((), replace(before, carried=rest))
    said = f"{rest:,f} is carried forward, {before.carried:,f} was before"
    line = Line(What.CARRIED, "", moved, reasons=(Reason("carried", Verdict.NOTE, said),))
    return Settled((line,), replace(before, carried=rest))


def _guaranteed(contract: Contract, period: Period, net: Decimal) -> Iterator[Line]:
    override, spec = contract.assignment.override, contract.version.spec
    own = None if override is None else override.guarantee
    guarantee = own or spec.guarantee
    if guarantee is None or not _lasts(contract, guarantee.months, period.start):
        return
    quota = spec.quota
    if quota is not None and quota.zero == "nothing" and not contract.quota(quota, period):
        return
    least = _least(contract, guarantee, period)
    if net < least:
        why = Reason("guarantee", Verdict.NOTE, f"{net:,f} lifted to {least:,f}")
        yield Line(What.GUARANTEE, "", least - net, reasons=(why,))


def _least(contract: Contract, guarantee: Guarantee, period: Period) -> Decimal:
    rounding, exact = contract.version.spec.rounding, Fraction(guarantee.amount or 0)
    if guarantee.share is not None:
        exact = Fraction(guarantee.share) * contract.variable(Fraction(1), period)
    elif contract.version.spec.proration.draw:
        exact *= contract.worked(period.start, period.end)
    return rounded(exact, rounding.scale, rounding.mode)


def _drawn(contract: Contract, period: Period, net: Decimal, before: Balance) -> Settled:
    """The draw of a payout: lifts what is short of it, is repaid by what is above it."""
    override = contract.assignment.override
    own = None if override is None else override.draw
    draw = own or contract.version.spec.draw
    if draw is None:
        return Settled((), before)
    advance = _advance(contract, draw, period)
    if net < advance:
        return _lifted(contract, draw, period, advance - net, before)
    repaid = _repaid(contract, draw, net, advance, before)
    balance = _forgiven(contract, draw, period, replace(before, draw=before.draw - repaid))
    if not repaid:
        return Settled((), balance)
    said = f"{before.draw:,f} was owed, {balance.draw:,f} is left"
    why = Reason("draw", Verdict.NOTE, said)
    return Settled((Line(What.RECOVERY, "", -repaid, reasons=(why,)),), balance)


def _lifted(
    contract: Contract, draw: Draw, period: Period, short: Decimal, before: Balance
) -> Settled:
    owed = ZERO if draw.kind == "non_recoverable" else short
    balance = _forgiven(contract, draw, period, replace(before, draw=before.draw + owed))
    said = "never repaid" if draw.kind == "non_recoverable" else f"{balance.draw:,f} is owed"
    line = Line(What.DRAW, "", short, reasons=(Reason("draw", Verdict.NOTE, said),))
    return Settled((line,), balance)


def _repaid(
    contract: Contract, draw: Draw, net: Decimal, advance: Decimal, before: Balance
) -> Decimal:
    """What earnings repay: of those above the draw, or of all, as far as the limit goes."""
    base = net - advance if draw.recovery.from_ == "above_draw" else net
    scale = contract.version.spec.rounding.scale
    limit = rounded(Fraction(draw.recovery.limit) * Fraction(base), scale, "down")
    return min(before.draw, max(limit, ZERO))


def _forgiven(contract: Contract, draw: Draw, period: Period, balance: Balance) -> Balance:
    """What is owed of a draw with forgiveness is let go in the payout in which it ends."""
    over = draw.kind == "forgiven" and not _lasts(contract, draw.months, period.end)
    return replace(balance, draw=ZERO) if over else balance


def _advance(contract: Contract, draw: Draw, period: Period) -> Decimal:
    """The draw of all its periods that end in a payout."""
    starts, first = contract.version.year_starts, contract.assignment.from_
    count = sum(
        period.start < each.end <= period.end and first < each.end
        for each in periods(period.start, period.end, draw.period, starts)
        if _lasts(contract, draw.months, each.start)
    )
    exact = Fraction(draw.amount) * count
    if contract.version.spec.proration.draw:
        exact *= contract.worked(period.start, period.end)
    rounding = contract.version.spec.rounding
    return rounded(exact, rounding.scale, rounding.mode)


def _lasts(contract: Contract, months: int | None, day: date) -> bool:
    """Whether a draw or guarantee of so many months still holds on a day of the assignment."""
    first, last = contract.span
    return day < last and (months is None or months_between(first, day) < months)

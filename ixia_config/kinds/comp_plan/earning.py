"""Earning to date: every amount that a person has earned before a day, rounded, by its source.

A payout is the difference between two days. So paying in parts equals paying once, and whatever
happens later to a record is a difference, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ixia_config.kinds.comp_plan import taking
from ixia_config.kinds.comp_plan.component import Cap
from ixia_config.kinds.comp_plan.entries import ZERO, Entries, Entry, Source
from ixia_config.kinds.comp_plan.periods import period_of
from ixia_config.kinds.comp_plan.rating import Stretch
from ixia_config.kinds.comp_plan.result import What
from ixia_config.kinds.comp_plan.rounding import apportion, rounded
from ixia_config.kinds.comp_plan.spec import Rounding
from ixia_config.kinds.reasons import Reason, Verdict

_WHAT: Mapping[str, What] = {
    "commission": What.COMMISSION,
    "bonus": What.BONUS,
    "mbo": What.MBO,
}
Kept = dict[tuple[int, date], tuple[Entry, ...]]


def earned(stretches: Sequence[Stretch], by: date, kept: Kept | None = None) -> Entries:
    """Everything that components have earned before a day, by its source.

    ``kept`` holds what does not change any more, for calls with the same stretches.
    """
    open_ = [(number, each) for number, each in enumerate(stretches) if each.period.start < by]
    found: dict[Source, Entry] = {}
    for stretch, entries in _capped(open_, by, {} if kept is None else kept):
        for entry in (*entries, *taking.taken(stretch, entries, by)):
            found[entry.source] = entry
    for entry in _yearly([stretch for _, stretch in open_], found):
        found[entry.source] = entry
    return found


def _capped(
    stretches: Sequence[tuple[int, Stretch]], by: date, kept: Kept
) -> Iterator[tuple[Stretch, tuple[Entry, ...]]]:
    """Each stretch with what it earns after its caps and floor; finished ones do not change."""
    whole = [each for _, each in stretches if _rounding(each).at == "total"]
    if whole:
        for stretch, entries in _rounded_together(whole, by):
            yield stretch, _limited(stretch, entries, by)
    for number, stretch in stretches:
        if _rounding(stretch).at == "total":
            continue
        key = (number, min(by, stretch.period.end))
        if key not in kept:
            kept[key] = _limited(stretch, tuple(_rounded(stretch, by)), by)
        yield stretch, kept[key]


def _limited(stretch: Stretch, entries: tuple[Entry, ...], by: date) -> tuple[Entry, ...]:
    capped = (*entries, *_caps(stretch, entries))
    return (*capped, *_floor(stretch, capped, by))


def _rounding(stretch: Stretch) -> Rounding:
    return stretch.contract.version.spec.rounding


def _gross(stretch: Stretch, by: date) -> Iterator[Entry]:
    """What the rates make of every credit; nothing while a gate is closed."""
    closed = stretch.closed(by)
    what = _WHAT[stretch.component.type]
    for rated in stretch.rated(by):
        source = Source.of(what, stretch, rated.claim)
        exact = Fraction(0) if closed else rated.exact
        parts = () if closed else rated.parts
        yield Entry(source, exact, ZERO, parts, rated.claim, (*closed, *rated.reasons))


def _rounded(stretch: Stretch, by: date) -> Iterator[Entry]:
    """The entries of a stretch as money: each by itself, or so that they add up."""
    rounding, entries = _rounding(stretch), sorted(_gross(stretch, by), key=_order)
    together = rounding.at == "component"
    amounts = _together(entries, rounding) if together else _alone(entries, rounding)
    for entry, amount in zip(entries, amounts, strict=True):
        yield replace(entry, amount=amount)


def _rounded_together(
    stretches: Sequence[Stretch], by: date
) -> Iterator[tuple[Stretch, tuple[Entry, ...]]]:
    """The entries of all stretches as money that adds up to their one rounded sum."""
    gross = [(each, tuple(_gross(each, by))) for each in stretches]
    every = sorted((entry for _, each in gross for entry in each), key=_order)
    amounts = _together(every, _rounding(stretches[0]))
    money = dict(zip((entry.source for entry in every), amounts, strict=True))
    for stretch, entries in gross:
        yield stretch, tuple(replace(each, amount=money[each.source]) for each in entries)


def _order(entry: Entry) -> tuple[date, str, str]:
    """By date and record; fixed amounts after the records of their stretch."""
    if entry.claim is None:
        return entry.source.end, "~", entry.source.component
    return entry.claim.credit.on, entry.claim.credit.record, entry.source.component


def _together(entries: Sequence[Entry], rounding: Rounding) -> tuple[Decimal, ...]:
    exact = [entry.exact for entry in entries]
    return apportion(exact, rounding.scale, rounding.mode, rounding.residue)


def _alone(entries: Sequence[Entry], rounding: Rounding) -> tuple[Decimal, ...]:
    return tuple(rounded(entry.exact, rounding.scale, rounding.mode) for entry in entries)


def _caps(stretch: Stretch, entries: Sequence[Entry]) -> Iterator[Entry]:
    """What the cap of a deal or of the stretch withholds, as negative amounts."""
    cap = stretch.component.cap
    if cap is None or cap.per == "year":
        return
    if cap.per == "period":
        total = sum((entry.amount for entry in entries), ZERO)
        credit = sum((e.claim.credit.amount for e in entries if e.claim), ZERO)
        limit = _limit(stretch, cap, Fraction(credit), stretch.target)
        yield from _withheld(stretch, None, total, limit, "a period")
        return
    for entry in entries:
        if entry.claim is not None:
            credit = entry.claim.credit.amount
            limit = _limit(stretch, cap, Fraction(credit), stretch.target)
            yield from _withheld(stretch, entry, entry.amount, limit, "a deal")


def _limit(stretch: Stretch, cap: Cap, credit: Fraction, target: Fraction) -> Decimal:
    """The most that is paid: an amount, a share of the target, or a multiple of its rate."""
    rounding = stretch.contract.version.spec.rounding
    exact = Fraction(cap.amount or 0)
    if cap.share is not None:
        exact = Fraction(cap.share) * target
    elif cap.multiple is not None:
        exact = Fraction(cap.multiple) * stretch.target_rate * max(credit, Fraction(0))
    return rounded(exact, rounding.scale, rounding.mode)


def _withheld(
    stretch: Stretch, entry: Entry | None, amount: Decimal, limit: Decimal, per: str
) -> Iterator[Entry]:
    if amount <= limit:
        return
    claim = entry.claim if entry else None
    source = Source.of(What.CAP, stretch, claim)
    over = limit - amount
    said = f"{amount:,f} is above the cap of {limit:,f} for {per}: {-over:,f} withheld"
    yield Entry(source, Fraction(over), over, (), claim, (Reason("cap", Verdict.NOTE, said),))


def _floor(stretch: Stretch, entries: Sequence[Entry], by: date) -> Iterator[Entry]:
    """What lifts a finished stretch to its floor."""
    floor = stretch.component.floor
    if floor is None or by < stretch.period.end:
        return
    rounding = stretch.contract.version.spec.rounding
    least = rounded(Fraction(floor.amount) * stretch.worked, rounding.scale, rounding.mode)
    more = least - sum((entry.amount for entry in entries), ZERO)
    if more > 0:
        why = Reason("floor", Verdict.NOTE, f"lifted to {least:,f}")
        yield Entry(Source.of(What.FLOOR, stretch, None), Fraction(more), more, (), None, (why,))


def _yearly(stretches: Iterable[Stretch], found: Mapping[Source, Entry]) -> Iterator[Entry]:
    """What the caps of a year withhold, in the last stretch that has reached them."""
    paid: dict[tuple[str, str], Decimal] = {}
    for stretch in sorted(stretches, key=lambda each: each.period):
        cap = stretch.component.cap
        if cap is None or cap.per != "year":
            continue
        year = period_of(stretch.period.start, "year", stretch.contract.version.year_starts)
        key = (stretch.component.key, year.name)
        mine = [entry for source, entry in found.items() if source.within(stretch)]
        total = paid.get(key, ZERO) + sum((entry.amount for entry in mine), ZERO)
        credit = sum((e.claim.credit.amount for e in mine if e.claim), ZERO)
        target = stretch.contract.variable(stretch.weight, year)
        limit = _limit(stretch, cap, Fraction(credit), target)
        for entry in _withheld(stretch, None, total, limit, f"the year {year.name}"):
            yield entry
            total += entry.amount
        paid[key] = total

"""The arithmetic of rate tables: exact curves from credit to money, and where they jump."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ixia_config.kinds.comp_plan.amounts import Measure
from ixia_config.kinds.comp_plan.component import Mode, Rates, Tier

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Band:
    """One range of a curve in credit, from its first value to before its last; None is open.

    ``tier`` counts from 1; 0 is a range that no tier covers. In a ``dead`` band nothing is paid,
    whatever is reached. ``from_zero`` marks the tier that starts at 0: it has no lower end, so
    that a credit note takes back what it paid.
    """

    tier: int
    start: Fraction | None
    end: Fraction | None
    rate: Fraction = ZERO
    amount: Fraction = ZERO
    retroactive: bool = False
    dead: bool = False

    def reached(self, position: Fraction) -> bool:
        """Whether a position is in the band or above it; nothing at all has reached nothing."""
        return position > 0 if self.start is None else position >= self.start


@dataclass(frozen=True, slots=True)
class Curve:
    """Bands that cover every number, and how they pay."""

    mode: Mode
    bands: tuple[Band, ...]
    crossing: str = "split"

    def at(self, position: Fraction) -> int:
        """The band that a position lies in; on a bound it is the higher one."""
        last = 0
        for index, band in enumerate(self.bands):
            if band.start is not None and band.start <= position:
                last = index
        return last

    def located(self, before: Fraction, after: Fraction) -> tuple[tuple[int, Fraction], ...]:
        """The bands that a credit lies in when the measure moves so far, each with its share."""
        if self.crossing != "split" or before == after:
            return ((self.at(after if self.crossing == "after" else before), Fraction(1)),)
        low, high = min(before, after), max(before, after)
        shares = ((n, _overlap(band, low, high)) for n, band in enumerate(self.bands))
        return tuple((n, part / (high - low)) for n, part in shares if part)

    def rate(self, index: int, reached: int) -> Fraction:
        """What credit in a band is paid at, once another band is reached."""
        band = self.bands[index]
        if band.dead:
            return ZERO
        match self.mode:
            case "retroactive":
                return self.bands[reached].rate
            case "mixed":
                return self.bands[max(index, self._replacing(reached))].rate
            case "marginal" | "interpolated":
                return band.rate

    def fixed(self, position: Fraction, reached: int) -> Fraction:
        """The fixed amounts of the tiers, at a position in a band."""
        bands = self.bands[: reached + 1]
        match self.mode:
            case "interpolated":
                return sum((band.amount * _filled(band, position) for band in bands), ZERO)
            case "retroactive":
                bands = bands[reached:]
            case "mixed":
                bands = bands[max(0, self._replacing(reached)) :]
            case "marginal":
                pass
        return sum((band.amount for band in bands if band.reached(position)), ZERO)

    def pay(self, credit: Fraction, reached: int | None = None) -> Fraction:
        """What a credit earns by itself; ``reached`` is the band that counts as reached."""
        top = self.at(credit) if reached is None else reached
        parts = ((n, share * credit) for n, share in _split(self).located(ZERO, credit))
        earned = sum((part * self.rate(n, top) for n, part in parts), ZERO)
        return earned + self.fixed(credit, top)

    def _replacing(self, reached: int) -> int:
        """The highest retroactive band up to the one that is reached; -1 where there is none."""
        return max((n for n in range(reached + 1) if self.bands[n].retroactive), default=-1)


def _split(curve: Curve) -> Curve:
    """The curve where every credit is divided at the bounds."""
    return curve if curve.crossing == "split" else replace(curve, crossing="split")


@dataclass(frozen=True, slots=True)
class Jump:
    """A bound at which pay leaps: ``money`` more (or less) for the last cent of credit."""

    at: Fraction
    tier: int
    money: Fraction


def jumps(curve: Curve) -> tuple[Jump, ...]:
    """Every bound at which pay is not continuous, with the money at stake."""
    return tuple(_jumps(curve))


def _jumps(curve: Curve) -> Iterator[Jump]:
    for index, band in enumerate(curve.bands):
        if band.start is not None:
            leap = curve.pay(band.start, index) - curve.pay(band.start, index - 1)
            if leap:
                yield Jump(band.start, band.tier, leap)


def curve(
    rates: Rates,
    quota: Fraction | None = None,
    *,
    row: Sequence[Measure] = (),
    factor: Fraction = Fraction(1),
    above: Fraction | None = None,
) -> Curve:
    """The curve of a rate table in credit.

    Bounds that are attainment are shares of ``quota``. ``row`` replaces the rates of the tiers,
    ``factor`` multiplies what is paid, and below ``above`` nothing is.
    """
    scale = (quota or ZERO) if rates.basis == "attainment" else Fraction(1)
    tiers = sorted(enumerate(rates.tiers), key=lambda pair: (pair[1].from_.value, pair[0]))
    bands: list[Band] = []
    for place, (index, tier) in enumerate(tiers):
        start, end = _bounds(tiers, place, scale)
        rate = row[index] if index < len(row) else tier.rate
        bands.append(_band(place + 1, tier, start, end, rate, factor))
    whole = tuple(_dead(_covering(bands), above))
    return Curve(rates.mode, whole, rates.crossing)


def _bounds(
    tiers: Sequence[tuple[int, Tier]], place: int, scale: Fraction
) -> tuple[Fraction | None, Fraction | None]:
    tier = tiers[place][1]
    start = Fraction(tier.from_.value) * scale if tier.from_.value else None
    ends = [tier.to.value] if tier.to is not None else []
    if place + 1 < len(tiers):
        ends.append(tiers[place + 1][1].from_.value)
    return start, Fraction(min(ends)) * scale if ends else None


def _band(
    number: int,
    tier: Tier,
    start: Fraction | None,
    end: Fraction | None,
    rate: Measure | None,
    factor: Fraction,
) -> Band:
    paid = ZERO if rate is None else Fraction(rate.value) * factor
    fixed = Fraction(tier.amount or 0) * factor
    return Band(number, start, end, paid, fixed, tier.retroactive)


def _covering(bands: Sequence[Band]) -> Iterator[Band]:
    """The bands with bands without a rate in every hole, below the first and above the last."""
    if bands[0].start is not None:
        yield Band(0, None, bands[0].start)
    for index, band in enumerate(bands):
        yield band
        following = bands[index + 1].start if index + 1 < len(bands) else None
        if band.end is not None and band.end != following:
            yield Band(0, band.end, following)


def _dead(bands: Iterator[Band], above: Fraction | None) -> Iterator[Band]:
    """The bands, cut at the threshold above which only they pay."""
    for band in bands:
        if above is None or (band.start is not None and band.start >= above):
            yield band
        elif band.end is not None and band.end <= above:
            yield replace(band, dead=True, amount=ZERO)
        else:
            yield replace(band, end=above, dead=True, amount=ZERO)
            yield replace(band, start=above)


def _overlap(band: Band, low: Fraction, high: Fraction) -> Fraction:
    start = low if band.start is None else max(low, band.start)
    end = high if band.end is None else min(high, band.end)
    return max(end - start, ZERO)


def _filled(band: Band, position: Fraction) -> Fraction:
    """How much of a band is filled; one without end never is."""
    if band.end is None:
        return ZERO
    start = band.start or ZERO
    return min(max(position - start, ZERO) / (band.end - start), Fraction(1))

"""Rate tables as CASE: what credit earns between two positions, exactly and without division."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ixia_config.kinds.comp_plan.component import Rates
from ixia_config.kinds.comp_plan.sql_words import Refused, number, one_of, places, term, width
from ixia_config.kinds.comp_plan.tiers import ZERO, Band, Curve, curve


@dataclass(frozen=True, slots=True)
class Table:
    """A rate table in SQL; where its bounds are attainment, ``quota`` is the column they scale."""

    curve: Curve
    quota: str = ""

    def pay(self, credit: str, before: str, after: str, reached: str) -> str:
        """What a credit earns that moves a measure from ``before`` to ``after``."""
        live = [ZERO if band.dead else band.rate for band in self.curve.bands]
        match self.curve.mode:
            case "interpolated":
                raise Refused("tiers with mode interpolated need a division")
            case "marginal":
                return self.between(live, credit, before, after)
            case "retroactive":
                return self.retroactive(credit, before, after, reached)
            case "mixed":
                return self.mixed(credit, before, after, reached)

    def between(self, rates: Sequence[Fraction], credit: str, before: str, after: str) -> str:
        """The sum of each tier's part at its rate; or the whole at the rate of one end."""
        if self.curve.crossing == "split":
            low = self.up_to(rates, before)
            return (
                f"({self.up_to(rates, after)} - {low})"
                if before != "0"
                else "(" + (self.up_to(rates, after) + ")")
            )
        end = after if self.curve.crossing == "after" else before
        return f"({credit} * {self.step(rates, end)})"

    def retroactive(self, credit: str, before: str, after: str, reached: str) -> str:
        rate = self.step([band.rate for band in self.curve.bands], reached)
        if not any(band.dead for band in self.curve.bands):
            return f"({credit} * {rate})"
        live = [Fraction(not band.dead) for band in self.curve.bands]
        return f"({self.between(live, credit, before, after)} * {rate})"

    def mixed(self, credit: str, before: str, after: str, reached: str) -> str:
        """One curve for each tier that replaces those below it."""
        bands, cases = self.curve.bands, list[tuple[str, str]]()
        for place in [n for n, band in enumerate(bands) if band.retroactive][::-1]:
            rates = [bands[max(n, place)].rate for n in range(len(bands))]
            own = [ZERO if band.dead else rate for band, rate in zip(bands, rates, strict=True)]
            paid = self.between(own, credit, before, after)
            if bands[place].start is None:
                return one_of(cases, paid)
            cases.append((f"{reached} >= {self.bound(bands[place])}", paid))
        live = [ZERO if band.dead else band.rate for band in bands]
        return one_of(cases, self.between(live, credit, before, after))

    def fixed(self, position: str) -> str:
        """The fixed amounts of the tiers at a position; empty where there are none."""
        if not any(band.amount for band in self.curve.bands):
            return ""
        first, *rest = self.curve.bands
        cases = [
            (f"{position} >= {self.bound(band)}", number(self.curve.fixed(band.start or ZERO, n)))
            for n, band in enumerate(rest, 1)
        ][::-1]
        return one_of([*cases, (f"{position} > 0", number(first.amount))], "0")

    def up_to(self, rates: Sequence[Fraction], position: str) -> str:
        """What the first so much of credit earns: in each tier a line with its own slope."""
        cases, level = list[tuple[str, str]](), ZERO
        for place, band in enumerate(self.curve.bands):
            if place:
                level += (rates[place - 1] - rates[place]) * (band.start or ZERO)
                cases.append(
                    (f"{position} >= {self.bound(band)}", self.line(rates[place], level, position))
                )
        return one_of(cases[::-1], self.line(rates[0], ZERO, position))

    def line(self, rate: Fraction, level: Fraction, position: str) -> str:
        found = term(rate, position) if rate else "0"
        if not level:
            return found
        sign = "-" if level < 0 else "+"
        return (
            f"{found} {sign} {term(abs(level), self.quota) if self.quota else number(abs(level))}"
        )

    def step(self, values: Sequence[Fraction], position: str) -> str:
        """The value of the band that a position lies in."""
        cases = [
            (f"{position} >= {self.bound(band)}", number(values[n]))
            for n, band in enumerate(self.curve.bands)
            if n
        ]
        return one_of(cases[::-1], number(values[0]))

    def bound(self, band: Band) -> str:
        start = band.start or ZERO
        return term(start, self.quota) if self.quota else number(start)

    @property
    def places(self) -> int:
        """Decimals that its constants can add to those of a credit."""
        rates = max(places(band.rate) for band in self.curve.bands)
        bounds = max(places(band.start or ZERO) for band in self.curve.bands)
        amounts = max(places(band.amount) for band in self.curve.bands)
        return max(rates + bounds, amounts)

    @property
    def width(self) -> int:
        """Digits that a constant can add to those of a position."""
        rates = max(width(band.rate) for band in self.curve.bands)
        return rates + max(places(band.start or ZERO) for band in self.curve.bands)


def tables(rates: Rates, above: Fraction | None, quota: str) -> tuple[Table, ...]:
    """The table, once for each row of its matrix; bounds in attainment are shares of ``quota``.

    ``above`` is the share of the quota above which only is paid.
    """
    shares = rates.basis == "attainment"
    if above is not None and not shares:
        raise Refused("a threshold that pays above it needs tiers with basis attainment")
    every = [row.rates for row in rates.matrix.rows] if rates.matrix else [()]
    found = [curve(rates, Fraction(1), row=row, above=above) for row in every]
    if any(_empty(each) for each in found):
        raise Refused("a tier begins where another begins")
    return tuple(Table(each, quota if shares else "") for each in found)


def _empty(each: Curve) -> bool:
    starts = [band.start for band in each.bands]
    return len(set(starts)) < len(starts)

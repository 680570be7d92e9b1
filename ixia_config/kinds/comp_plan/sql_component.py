"""The shape of one component in SQL: what its terms say, and whether later deals matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ixia_config.kinds.comp_plan.component import Component, Factor
from ixia_config.kinds.comp_plan.rating import Stretch
from ixia_config.kinds.comp_plan.rounding import rounded as rounding_of
from ixia_config.kinds.comp_plan.spec import CompPlanSpec, Quota
from ixia_config.kinds.comp_plan.sql_credits import Source
from ixia_config.kinds.comp_plan.sql_curve import Table, tables
from ixia_config.kinds.comp_plan.sql_measures import Moves
from ixia_config.kinds.comp_plan.sql_terms import Amounts, Desk
from ixia_config.kinds.comp_plan.sql_words import WIDEST, Refused, places
from ixia_config.kinds.comp_plan.sql_words import width as number_width
from ixia_config.rules.sql import identifier

Column = tuple[str, tuple[str, Amounts]]
"""A column of the terms: its name, its type, and what it says of a stretch."""


@dataclass(frozen=True)
class Paying:
    """One component of one version, with every credit rule that counts towards its measures."""

    source: Source
    desk: Desk
    index: int
    calendar: str
    moves: Moves

    @property
    def spec(self) -> CompPlanSpec:
        """The plan."""
        return self.desk.version.spec

    @property
    def component(self) -> Component:
        """The declaration."""
        return self.spec.components[self.index]

    @cached_property
    def single(self) -> bool:
        """Whether every record is rated by itself."""
        return self.component.rates is not None and self.desk.single(self.index)

    @property
    def quota(self) -> Quota | None:
        """The quota that gives the attainment."""
        return self.desk.version.quota(self.component.measure)

    @property
    def measure(self) -> str:
        """The measure of that quota; empty without one."""
        return self.quota.measure if self.quota else ""

    @property
    def by_share(self) -> bool:
        """Whether the bounds of tiers are shares of the quota."""
        rates = self.component.rates
        return rates is not None and rates.basis == "attainment"

    @property
    def factors(self) -> bool:
        """Whether attainment multiplies the rates."""
        return bool(self.component.rates and self.component.rates.multipliers)

    @property
    def has_fixed(self) -> bool:
        """Whether tiers pay fixed amounts for what is reached to date."""
        rates = self.component.rates
        return rates is not None and not self.single and any(tier.amount for tier in rates.tiers)

    @property
    def others(self) -> Sequence[str]:
        """The further measures that gates and a matrix ask for."""
        rates = self.component.rates
        found = [gate.measure for gate in self.component.gates]
        if rates is not None and rates.matrix is not None:
            found.append(rates.matrix.measure)
        return tuple(dict.fromkeys(found))

    @property
    def settled(self) -> bool:
        """Whether no later record changes what a credit has earned."""
        one, rates, rounding = self.component, self.component.rates, self.spec.rounding
        if one.gates or one.threshold or one.floor or one.pay is not None:
            return False
        if one.cap is not None and one.cap.per == "period":
            return False
        if rounding.at == "component" and rounding.residue == "largest_remainder":
            return False
        if rates is None or self.single:
            return rates is None or rates.matrix is None
        return rates.mode == "marginal" and not (rates.matrix or self.factors or self.has_fixed)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The rate table, once for each row of its matrix."""
        rates, threshold = self.component.rates, self.component.threshold
        if rates is None:
            return ()
        above = None
        if threshold is not None and threshold.pays == "above" and self.measure:
            above = Fraction(threshold.at)
        return tables(rates, above, "p.quota" if self.by_share else "")

    @cached_property
    def own_factors(self) -> frozenset[Fraction]:
        """The factors that people have for themselves."""
        found = (each.override for _, each in self.desk.people)
        return frozenset(
            Fraction(each.rate_factor) for each in found if each and each.rate_factor is not None
        )

    @cached_property
    def zero(self) -> bool:
        """Whether somebody's quota is 0 where bounds are shares of it."""
        quota = _quota(self.measure)
        return self.by_share and any(not quota(each) for _, each in self.desk.stretches(self.index))

    @cached_property
    def digits(self) -> int:
        """Decimals of what is earned exactly."""
        if self.component.type == "mbo":
            return self.source.scale + 6
        found = self.source.scale + max((each.places for each in self.tables), default=0)
        if self.by_share:
            found += self.spec.rounding.scale
        found += max((places(Fraction(each.factor)) for each in self._multipliers), default=0)
        found += self.days
        return found + max((places(each) for each in self.own_factors), default=0)

    @cached_property
    def days(self) -> int:
        """Decimals of the share of the days that fixed amounts are paid for."""
        if not self.has_fixed and self.component.pay is None:
            return 0
        return max((places(e.worked) for _, e in self.desk.stretches(self.index)), default=0)

    @property
    def kind(self) -> str:
        """The type of positions: wider than a credit where constants have many decimals."""
        wide = self.digits > 6 or self.source.scale > 6
        return f"DECIMAL({20 if wide else 18},{self.source.scale})"

    @property
    def exact(self) -> str:
        """The type of what is earned exactly."""
        self.check_width()
        return f"DECIMAL({16 + self.digits},{self.digits})"

    def check_width(self) -> None:
        """Refused where a product may need more digits than a database has.

        DuckDB drops decimals without a word where branches of a CASE do not fit together.
        """
        factors = [Fraction(each.factor) for each in self._multipliers]
        own = max((number_width(each) for each in self.own_factors), default=0)
        width = 20 + max((each.width for each in self.tables), default=6) + own
        width += max(map(number_width, factors), default=0) + self.days + 2
        if max(width, 16 + self.digits) > WIDEST - 2:
            raise Refused(f"{width} digits may be needed, and databases have {WIDEST}")

    @property
    def _multipliers(self) -> tuple[Factor, ...]:
        return self.component.rates.multipliers if self.component.rates else ()

    @property
    def wide(self) -> str:
        """The type of what a measure has come to."""
        every = [each.scale for found in self.moves.towards.values() for each in found]
        return f"DECIMAL(24,{max([self.source.scale, *every])})"

    @property
    def money(self) -> str:
        """The type of what is paid."""
        return f"DECIMAL(18,{self.spec.rounding.scale})"

    @cached_property
    def amounts(self) -> Mapping[str, tuple[str, Amounts]]:
        """The columns of the terms."""
        return dict(self._columns())

    def _columns(self) -> Iterator[Column]:
        quota, cap = self.quota, self.component.cap
        if self.measure and (self.by_share or self.component.threshold or self.factors):
            yield "quota", (self.kind, _quota(self.measure))
        for place, measure in enumerate(self.others, 1):
            yield f"quota_{place}", (self.kind, _quota(measure))
        if self.own_factors:
            own = max(places(each) for each in self.own_factors)
            yield "factor", (f"DECIMAL({own + 4},{own})", _factor)
        by_rate = self.zero and quota is not None and quota.zero == "target_rate"
        if by_rate or (cap is not None and cap.multiple is not None):
            yield "target_rate", ("DECIMAL(19,12)", lambda each: each.target_rate)
        if self.component.type == "mbo":
            yield "target", ("DECIMAL(19,6)", lambda each: each.target)
        if self.has_fixed or self.component.pay is not None:
            yield "worked", (f"DECIMAL({self.days + 1},{self.days})", lambda each: each.worked)
        yield from self._limits()

    def _limits(self) -> Iterator[Column]:
        """Caps and floors that no record changes, rounded."""
        cap, floor = self.component.cap, self.component.floor
        if cap is not None and cap.multiple is None:
            share, amount = Fraction(cap.share or 0), Fraction(cap.amount or 0)
            yield "most", (self.money, lambda each: self._money(amount + share * each.target))
        if floor is not None:
            least = Fraction(floor.amount)
            yield "least", (self.money, lambda each: self._money(least * each.worked))

    def _money(self, exact: Fraction) -> Fraction:
        return Fraction(rounding_of(exact, self.spec.rounding.scale, self.spec.rounding.mode))

    def name(self, suffix: str) -> str:
        """The quoted name of one of its steps."""
        return identifier(f"{self.source.name}_{suffix}", self.source.ground.dialect)


def _quota(measure: str) -> Amounts:
    return lambda each: Fraction(each.measures.quota(measure, each.period))


def _factor(stretch: Stretch) -> Fraction:
    override = stretch.contract.assignment.override
    own = None if override is None else override.rate_factor
    return Fraction(1 if own is None else own)

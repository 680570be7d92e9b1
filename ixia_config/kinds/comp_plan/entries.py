"""One amount that is earned to date, and the source that it is known by on every day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ixia_config.kinds.comp_plan.credits import Claim
from ixia_config.kinds.comp_plan.rating import Stretch
from ixia_config.kinds.comp_plan.result import Part, Reasons, What

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where an amount comes from: the same on every day.

    ``start`` and ``end`` are those of the stretch in which credit adds up; ``object`` and
    ``record`` are empty for what a whole stretch earns.
    """

    component: str
    version: str
    start: date
    end: date
    object: str
    record: str
    what: What

    @classmethod
    def of(cls, what: What, stretch: Stretch, claim: Claim | None) -> Source:
        """The source of what a claim earns in a stretch, or of what the stretch earns."""
        return cls(
            stretch.component.key,
            stretch.contract.version.name,
            stretch.period.start,
            stretch.period.end,
            claim.sale.record if claim else "",
            claim.sale.id if claim else "",
            what,
        )

    def within(self, stretch: Stretch) -> bool:
        """Whether the source lies in a stretch."""
        return (self.component, self.version, self.start, self.end) == (
            stretch.component.key,
            stretch.contract.version.name,
            stretch.period.start,
            stretch.period.end,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount to date: exactly, and as money, with its tier parts and the rules that mattered.

    ``lost`` marks what was held back and is paid no more.
    """

    source: Source
    exact: Fraction
    amount: Decimal
    parts: tuple[Part, ...] = ()
    claim: Claim | None = None
    reasons: Reasons = ()
    lost: bool = False


Entries = Mapping[Source, Entry]

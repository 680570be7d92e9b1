"""Which rules, branches and points of comparison the cases touch, and which none does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.policy_test.answers import Part
from ixia_config.kinds.policy_test.run import Result
from ixia_config.kinds.policy_test.subjects.every import decisive
from ixia_config.model import Address, Mark


@dataclass(frozen=True, slots=True)
class Untouched:
    """A part of a policy that no case touches, and where it stands."""

    words: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Covered:
    """How much of one policy the cases touch."""

    policy: Address
    total: int
    untouched: tuple[Untouched, ...]

    @property
    def touched(self) -> int:
        """How many parts some case touches."""
        return self.total - len(self.untouched)

    @property
    def share(self) -> Decimal:
        """The touched share as a fraction, rounded down to a whole per cent."""
        return share(self.touched, self.total)


def share(touched: int, total: int) -> Decimal:
    """A share as a fraction, rounded down to a whole per cent; all of nothing is all."""
    if not total:
        return Decimal(1)
    return (Decimal(touched) / total).quantize(Decimal("0.01"), ROUND_DOWN)


def overall(covered: Iterable[Covered]) -> Decimal:
    """The touched share of all parts of all policies."""
    every = tuple(covered)
    return share(sum(each.touched for each in every), sum(each.total for each in every))


def coverage(configuration: Configuration, results: Sequence[Result]) -> tuple[Covered, ...]:
    """What the results touch of every policy that decides; of one without parts, nothing is said.

    Only what has an expectation counts as touched: whatever decides unseen proves nothing.
    """
    touched = {
        part
        for result in results
        for each in result.answered
        if not each.empty
        for part in each.answer.touched
    }
    found: list[Covered] = []
    for subject, policy in decisive(configuration):
        parts = dict.fromkeys(subject.parts(configuration, policy))
        untouched = tuple(
            Untouched(part.words, policy.mark(*part.path)) for part in parts if part not in touched
        )
        if parts:
            found.append(Covered(policy.address, len(parts), untouched))
    return tuple(found)


__all__ = ["Covered", "Part", "Untouched", "coverage", "overall", "share"]

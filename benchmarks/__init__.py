"""How fast Ixia Config is next to what a reader knows; every figure is a ratio from one run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: our seconds, another program's seconds for the same work, and a remark."""

    name: str
    ours: float
    other_name: str
    other: float
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times as fast we are."""
        return self.other / self.ours if self.ours else float("inf")

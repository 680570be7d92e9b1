"""Records that no rule takes: each region as wide as it can be said, with one of its records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ixia_config.rules.analysis.cover import Cover
from ixia_config.rules.analysis.findings import Finding, Kind, Reason
from ixia_config.rules.analysis.partition import partitioned
from ixia_config.rules.analysis.regions import region, widened
from ixia_config.rules.analysis.study import Study

_RETRIES = 25


def gaps(study: Study) -> tuple[Finding, ...]:
    """The regions without a rule: first where every field has a value, then with missing ones."""
    space = study.space
    if partitioned(study.cover):
        return ()
    whole = study.hole(space.whole, study.cover.all, study.budget())
    if whole.box is None:
        return () if whole.reason is None else (_unknown(whole.reason),)
    known = space.whole
    for number, axis in enumerate(space.axes):
        if axis.path and axis.whole & ~axis.missing:
            known = space.cut(known, number, axis.whole & ~axis.missing)
    search = _Gaps(study, Cover(space, study.cover.boxes))
    for start in dict.fromkeys((known, space.whole)):
        search.within(start)
    return search.told()


def _unknown(reason: Reason) -> Finding:
    return Finding(Kind.UNKNOWN, about=Kind.MISSING_RULE, reason=reason)


@dataclass
class _Gaps:
    """One search; the cover gets each region that was found, so that none is told twice."""

    study: Study
    cover: Cover
    found: list[Finding] = field(default_factory=list)
    reason: Reason | None = None

    def told(self) -> tuple[Finding, ...]:
        """The regions, and that there may be others where that is not settled."""
        if self.reason is None:
            return tuple(self.found)
        return (*self.found, _unknown(self.reason))

    def within(self, start: int) -> None:
        """The regions that begin in a box, as many as are shown."""
        budget = self.study.budget()
        for _ in range(_RETRIES):
            if len(self.found) >= self.study.limits.regions:
                return
            hole = self.study.hole(start, self.cover.all, budget, self.cover)
            if hole.box is None:
                self.reason = self.reason or hole.reason
                return
            self._take(start, hole.box)
        self.reason = self.reason or Reason.UNCONFIRMED

    def _take(self, start: int, hole: int) -> None:
        space, keep = self.study.space, 0
        for number in range(len(space.axes)):
            if space.side(hole, number) == space.side(start, number):
                hole |= space.axes[number].whole << space.shifts[number]
            else:
                keep |= 1 << number
        witness = self.study.witness(hole, self._unmet, keep=keep)
        if witness is None:
            witness = self.study.witness(self._narrow(start, hole), self._unmet, keep=keep)
        if witness is None:
            self.reason = self.reason or Reason.UNCONFIRMED
            self.cover.add(self._narrow(start, hole))
            return
        wide = widened(self.study.cover, self._narrow(start, hole), self.study.every)
        self.cover.add(wide)
        self.found.append(Finding(Kind.MISSING_RULE, witness=witness, region=region(space, wide)))

    def _narrow(self, start: int, hole: int) -> int:
        """The hole as it was found: free sides as in the box where the search began."""
        return hole & start

    def _unmet(self, record: Mapping[str, Any]) -> bool:
        return self.study.first(record) is None

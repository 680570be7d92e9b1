"""Whether two versions of rules decide every record alike, and where they do not."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ixia_config.rules.analysis.differ import Differences, ordered_pairs, said_pairs
from ixia_config.rules.analysis.findings import (
    ANYTHING,
    ORDINARY,
    Change,
    Comparison,
    Domain,
    HitPolicy,
    Limits,
    Outcome,
    Reason,
    Region,
    Rule,
    Verdict,
)
from ixia_config.rules.analysis.prover import GaveUp
from ixia_config.rules.analysis.regions import region
from ixia_config.rules.analysis.shadows import ORDERED
from ixia_config.rules.analysis.study import Study


def compare(
    before: Sequence[Rule],
    after: Sequence[Rule],
    hit: HitPolicy,
    *,
    domain: Domain = ANYTHING,
    limits: Limits = ORDINARY,
    prove: bool = True,
    now: datetime | None = None,
) -> Comparison:
    """Which records two versions of the same rules decide differently."""
    study = Study.of((*before, *after), domain, limits, now, prove=prove)
    versions = _Versions(study, len(before), hit in ORDERED)
    named = _named(before, after)
    changed = versions.changed()
    search = Differences(study)
    changes = versions.changes(search, changed)
    if changes:
        smallest = min((c.witness for c in changes if c.witness), key=lambda w: len(w.fields))
        more = search.more or search.reason is not None
        return Comparison(Verdict.NO, changes, smallest, **named, more=more)
    if search.reason is None:
        return Comparison(Verdict.YES, **named)
    return _asked(versions, changed, search.reason, named)


def _asked(
    versions: _Versions, changed: int, reason: Reason, named: Mapping[str, Any]
) -> Comparison:
    """One question to the solver about everything, where the search has no answer."""
    study = versions.study
    if study.prover is None or reason is Reason.UNCONFIRMED:
        return Comparison(Verdict.UNKNOWN, reason=reason, **named, more=True)
    sides = versions.sides
    try:
        cell = study.prover.differing(study.cover, sides, changed, ordered=versions.ordered)
    except GaveUp:
        return Comparison(Verdict.UNKNOWN, reason=Reason.SOLVER, **named, more=True)
    if cell is None:
        return Comparison(Verdict.YES, **named)
    change = versions.change(cell, cell)
    if change is None:
        return Comparison(Verdict.UNKNOWN, reason=Reason.UNCONFIRMED, **named, more=True)
    return Comparison(Verdict.NO, (change,), change.witness, **named, more=True)


@dataclass
class _Versions:
    """Both versions in one study: the first ``size`` rules are the version before."""

    study: Study
    size: int
    ordered: bool

    @property
    def sides(self) -> tuple[tuple[tuple[int, Hashable], ...], ...]:
        """The boxes of each version with what they say, in order."""
        split = self.study.starts[self.size]
        outputs = [self.study.rules[owner].output for owner in self.study.owners]
        every = tuple(enumerate(outputs))
        return every[:split], every[split:]

    def changed(self) -> int:
        """The boxes of rules that are not in both versions, or not in the same order."""
        identities = [
            (self.study.boxes[number], rule.output) for number, rule in enumerate(self.study.rules)
        ]
        kept = _kept(identities[: self.size], identities[self.size :], ordered=self.ordered)
        bits = 0
        for number in range(len(self.study.rules)):
            place = number if number < self.size else number - self.size
            if place not in kept[number >= self.size]:
                bits |= self.study.bits(number)
        return bits

    def changes(self, search: Differences, changed: int) -> tuple[Change, ...]:
        """The regions that are decided differently, each with a record that shows it."""
        pairs = ordered_pairs if self.ordered else said_pairs
        found: dict[tuple[Region, Outcome, Outcome], Change] = {}

        def shows(hole: int, wide: int) -> bool:
            change = self.change(hole, wide)
            if change is not None:
                found.setdefault((change.region, change.before, change.after), change)
            return change is not None

        for pair in pairs(self.study, self.study.starts[self.size], changed):
            if len(found) >= self.study.limits.changes:
                search.more = True
                break
            search.look(pair, shows)
        return tuple(found.values())

    def change(self, hole: int, wide: int) -> Change | None:
        """A region as a change, if a record shows it."""
        witness = self.study.witness(hole, self._differs)
        if witness is None:
            return None
        return Change(region(self.study.space, wide), *self._outcomes(witness.record), witness)

    def _differs(self, record: Mapping[str, Any]) -> bool:
        """Whether the ordinary evaluator sees a record decided differently."""
        before, after = self._outcomes(record)
        return set(before.outputs) != set(after.outputs)

    def _outcomes(self, record: Mapping[str, Any]) -> tuple[Outcome, Outcome]:
        """What both versions say of a record."""
        rules = self.study.rules
        return self._of(rules[: self.size], record), self._of(rules[self.size :], record)

    def _of(self, rules: Sequence[Rule], record: Mapping[str, Any]) -> Outcome:
        now = self.study.now
        met = (rule for rule in rules if rule.when.evaluate(record, now))
        if not self.ordered:
            return _outcome(list(met))
        first = next(met, None)
        return _outcome([] if first is None else [first])


def _outcome(rules: Sequence[Rule]) -> Outcome:
    outputs = tuple(dict.fromkeys(rule.output for rule in rules))
    return Outcome(outputs, tuple(rule.key for rule in rules))


def _kept(
    before: Sequence[Hashable], after: Sequence[Hashable], *, ordered: bool
) -> tuple[frozenset[int], frozenset[int]]:
    """The places of what is in both: where order counts, the longest run that keeps it."""
    place = dict(zip(_numbered(after), range(len(after)), strict=True))
    both = [(old, place[key]) for old, key in enumerate(_numbered(before)) if key in place]
    kept = _rising(both) if ordered else both
    return frozenset(old for old, _ in kept), frozenset(new for _, new in kept)


def _numbered(values: Sequence[Hashable]) -> list[tuple[Hashable, int]]:
    """Each value with how often it came before, so that none is there twice."""
    seen: Counter[Hashable] = Counter()
    found = []
    for value in values:
        found.append((value, seen[value]))
        seen[value] += 1
    return found


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of these pairs in which the second number rises, too."""
    tails: list[int] = []
    ends: list[int] = []
    above: list[int] = []
    for number, (_, new) in enumerate(pairs):
        place = bisect_left(tails, new)
        above.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [new]
        ends[place : place + 1] = [number]
    found: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(pairs[at])
        at = above[at]
    return found[::-1]


def _named(before: Sequence[Rule], after: Sequence[Rule]) -> dict[str, Any]:
    """Which rules are new, gone, edited or elsewhere, by their keys."""
    old = {rule.key: (number, rule) for number, rule in enumerate(before)}
    new = {rule.key: (number, rule) for number, rule in enumerate(after)}
    both = [key for key in old if key in new]
    kept = {old_place for old_place, _ in _rising([(old[key][0], new[key][0]) for key in both])}
    return {
        "added": tuple(key for key in new if key not in old),
        "removed": tuple(key for key in old if key not in new),
        "edited": tuple(key for key in both if not _same(old[key][1], new[key][1])),
        "moved": tuple(key for key in both if old[key][0] not in kept),
    }


def _same(one: Rule, other: Rule) -> bool:
    return one.when.root == other.when.root and one.output == other.output

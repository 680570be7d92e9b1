"""Whether two versions of rules decide every record alike, and where they do not."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ixia_config.rules.analysis.differ import Difference, Leaf, Version
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
    Rule,
    Verdict,
)
from ixia_config.rules.analysis.prover import GaveUp
from ixia_config.rules.analysis.regions import merged, region
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
    if not changed:
        return Comparison(Verdict.YES, **named)
    search = versions.difference(changed)
    finished = search.run()
    study.nodes += limits.nodes - search.budget.left
    changes = versions.changes(search.leaves)
    shown = [change.witness for change in changes if change.witness is not None]
    if not shown and (not finished or changes):
        return _asked(versions, changed, changes, named, finished=finished)
    if not shown:
        return Comparison(Verdict.YES, **named)
    smallest = min(shown, key=lambda witness: len(witness.fields))
    return Comparison(Verdict.NO, changes, smallest, **named, more=not finished)


def _asked(
    versions: _Versions,
    changed: int,
    changes: tuple[Change, ...],
    named: Mapping[str, Any],
    *,
    finished: bool,
) -> Comparison:
    """The solver's answer, where the search has none."""
    study = versions.study
    if finished or study.prover is None:
        reason = Reason.UNCONFIRMED if finished else Reason.BUDGET
        return Comparison(Verdict.UNKNOWN, changes, reason=reason, **named, more=not finished)
    try:
        cell = study.prover.differing(
            study.cover, versions.sides, changed, ordered=versions.ordered
        )
    except GaveUp:
        return Comparison(Verdict.UNKNOWN, changes, reason=Reason.SOLVER, **named, more=True)
    if cell is None:
        return Comparison(Verdict.YES, **named)
    witness = study.witness(cell, versions.differs)
    if witness is None:
        reason = Reason.UNCONFIRMED
        return Comparison(Verdict.UNKNOWN, changes, reason=reason, **named, more=True)
    change = Change(region(study.space, cell), *versions.outcomes(witness.record), witness)
    return Comparison(Verdict.NO, (change,), witness, **named, more=True)


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
        every = tuple(enumerate(self.outputs))
        return every[:split], every[split:]

    @property
    def outputs(self) -> tuple[Hashable, ...]:
        """What each box says."""
        return tuple(self.study.rules[owner].output for owner in self.study.owners)

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

    def difference(self, changed: int) -> Difference:
        """The search for cells that are decided differently."""
        study = self.study
        split = (1 << study.starts[self.size]) - 1
        return Difference(
            study.cover,
            (self._version(split), self._version(study.every & ~split)),
            self.outputs,
            changed,
            study.forbidden,
            study.budget(),
            self.ordered,
        )

    def _version(self, bits: int) -> Version:
        outputs: dict[Hashable, int] = {}
        for number, output in enumerate(self.outputs):
            outputs[output] = outputs.get(output, 0) | (1 << number & bits)
        return Version(bits, outputs)

    def changes(self, leaves: Sequence[Leaf]) -> tuple[Change, ...]:
        """Leaves that are decided alike, put together, each with a record."""
        groups: dict[tuple[Any, Any], list[Leaf]] = {}
        for leaf in leaves:
            key = (self._said(leaf.before), self._said(leaf.after))
            groups.setdefault(key, []).append(leaf)
        return tuple(
            self._change(box, members[0])
            for members in groups.values()
            for box in _largest(merged(self.study.space, [leaf.box for leaf in members]))
        )

    def _said(self, bits: int) -> frozenset[Hashable]:
        return frozenset(self.study.rules[rule].output for rule in self.study.rules_of(bits))

    def _change(self, box: int, leaf: Leaf) -> Change:
        expected = self._said(leaf.before), self._said(leaf.after)
        witness = self.study.witness(box, lambda record: self._says(record) == expected)
        witness = witness or self.study.witness(box, self.differs)
        if witness is not None:
            before, after = self.outcomes(witness.record)
        else:
            before, after = (self._outcome(bits) for bits in (leaf.before, leaf.after))
        return Change(region(self.study.space, box), before, after, witness)

    def _outcome(self, bits: int) -> Outcome:
        return _outcome([self.study.rules[rule] for rule in self.study.rules_of(bits)])

    def differs(self, record: Mapping[str, Any]) -> bool:
        """Whether the ordinary evaluator sees a record decided differently."""
        before, after = self._says(record)
        return before != after

    def _says(self, record: Mapping[str, Any]) -> tuple[frozenset[Hashable], frozenset[Hashable]]:
        before, after = self.outcomes(record)
        return frozenset(before.outputs), frozenset(after.outputs)

    def outcomes(self, record: Mapping[str, Any]) -> tuple[Outcome, Outcome]:
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


def _largest(boxes: Sequence[int]) -> list[int]:
    """Without boxes that lie within another."""
    ordered = sorted(boxes, key=lambda box: (-box.bit_count(), box))
    found: list[int] = []
    for box in ordered:
        if not any(box | other == other for other in found):
            found.append(box)
    return found


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

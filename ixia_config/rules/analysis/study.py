"""What every question about one set of rules shares: the space, the boxes, the budget, records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from ixia_config.rules.analysis import prover
from ixia_config.rules.analysis.cover import Budget, Cover, Search, Spent
from ixia_config.rules.analysis.findings import Domain, Limits, Reason, Rule, Witness
from ixia_config.rules.analysis.space import Boxes, Space, space
from ixia_config.rules.analysis.witness import Ask, Records
from ixia_config.rules.typed import Typed

_QUICK = 500  # steps


@dataclass(frozen=True, slots=True)
class Hole:
    """What a search found: a box that is left, none, or why nobody knows; and who was needed."""

    box: int | None = None
    reason: Reason | None = None
    used: int = 0

    @property
    def covered(self) -> bool:
        """Whether it is certain that nothing is left."""
        return self.box is None and self.reason is None


@dataclass
class Study:
    """Rules on one type of record, with all their boxes in one cover; forbidden boxes come last."""

    rules: Sequence[Rule]
    domain: Domain
    limits: Limits
    prove: bool
    now: datetime | None
    space: Space
    boxes: tuple[Boxes, ...]
    cover: Cover
    nodes: int = 0

    @classmethod
    def of(
        cls,
        rules: Sequence[Rule],
        domain: Domain,
        limits: Limits,
        now: datetime | None,
        *,
        prove: bool,
    ) -> Study:
        """The rules made ready."""
        grid, boxes = space([rule.when for rule in rules], domain)
        flat = [box for each in boxes for box in each]
        cover = Cover(grid, (*flat, *grid.forbidden))
        return cls(rules, domain, limits, prove, now, grid, boxes, cover)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where the boxes of each rule begin, and where the last one's end."""
        found = [0]
        for each in self.boxes:
            found.append(found[-1] + len(each))
        return tuple(found)

    @cached_property
    def owners(self) -> tuple[int, ...]:
        """The rule of each box."""
        return tuple(number for number, each in enumerate(self.boxes) for _ in each)

    @cached_property
    def forbidden(self) -> int:
        """The boxes where no record is, as bits of the cover."""
        return self.cover.all & ~self.every

    @property
    def every(self) -> int:
        """The boxes of all rules, as bits of the cover."""
        return (1 << self.starts[-1]) - 1

    def bits(self, rule: int) -> int:
        """The boxes of a rule, as bits of the cover."""
        return (1 << self.starts[rule + 1]) - (1 << self.starts[rule])

    def before(self, rule: int) -> int:
        """The boxes of all earlier rules."""
        return (1 << self.starts[rule]) - 1

    def rules_of(self, bits: int) -> tuple[int, ...]:
        """The rules that these boxes belong to, in order."""
        found: dict[int, None] = {}
        bits &= self.every
        while bits:
            low = bits & -bits
            found[self.owners[low.bit_length() - 1]] = None
            bits ^= low
        return tuple(found)

    def key(self, rule: int) -> str:
        """The name of a rule."""
        return self.rules[rule].key

    @cached_property
    def records(self) -> Records:
        """Makes records that show findings."""
        conditions = [rule.when for rule in self.rules]
        return Records.of(self.space, self.domain, conditions, self.now)

    @cached_property
    def prover(self) -> prover.Prover | None:
        """The solver; None where it shall not or cannot help."""
        if not (self.prove and prover.available()):
            return None
        return prover.Prover(self.space, self.limits.effort)

    def budget(self) -> Budget:
        """What one kind of question may cost."""
        return Budget(self.limits.nodes)

    def hole(self, box: int, among: int, budget: Budget, cover: Cover | None = None) -> Hole:
        """What these boxes leave of a box; the solver answers where the budget does not."""
        search, before = Search(cover or self.cover, budget), budget.left
        try:
            found = search.hole(box, among)
        except Spent:
            return self._proved(box, among, cover or self.cover)
        finally:
            self.nodes += before - budget.left
        return Hole(found, None, search.used)

    def _proved(self, box: int, among: int, cover: Cover) -> Hole:
        if self.prover is None:
            return Hole(reason=Reason.BUDGET)
        try:
            found = self.prover.hole(box, cover, among)
        except prover.GaveUp:
            return Hole(reason=Reason.SOLVER)
        return Hole(found, None, among)

    def real(self, box: int) -> bool:
        """Whether the box has a record, as far as forbidden boxes can tell."""
        if not self.space.real(box):
            return False
        if not self.forbidden & self.cover.touching(box):
            return True
        try:
            return self.cover.hole(box, self.forbidden, Budget(_QUICK)) is not None
        except Spent:
            return True

    def within(self, rule: int, others: Iterable[int]) -> bool:
        """Whether these rules together certainly take all records of a rule; a quick look only."""
        among = self.forbidden
        for number in others:
            among |= self.bits(number)
        search = Search(self.cover, Budget(_QUICK))
        try:
            return all(search.hole(box, among) is None for box in self.boxes[rule])
        except Spent:
            return False

    def holders(self, rule: int) -> frozenset[int]:
        """The rules that take all records of a rule, box by box."""
        each = [frozenset(self.rules_of(self.cover.containing(b))) for b in self.boxes[rule]]
        return frozenset.intersection(*each) - {rule} if each else frozenset()

    def exact(self, box: int) -> bool:
        """Whether every cell of a box that is real has a record."""
        return self.space.exact(box)

    def meets(self, rule: int, record: Mapping[str, Any]) -> bool:
        """Whether a record meets a rule, asked of the ordinary evaluator."""
        return self.condition(rule).evaluate(record, self.now)

    def condition(self, rule: int) -> Typed:
        """The condition of a rule."""
        return self.rules[rule].when

    def first(self, record: Mapping[str, Any]) -> int | None:
        """The first rule that a record meets."""
        met = (number for number in range(len(self.rules)) if self.meets(number, record))
        return next(met, None)

    def witness(self, box: int, ask: Ask, *, keep: int = 0) -> Witness | None:
        """A record of a box that answers yes."""
        return self.records.witness(box, ask, keep=keep)

"""Where two versions of rules decide differently: only records that meet a changed rule can.

The search begins in the boxes of changed rules and stops where no changed rule is left in sight,
or where both versions are decided.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from ixia_config.rules.analysis.cover import Budget, Cover, Spent
from ixia_config.rules.analysis.space import Space

_DEEPEST = 300
_MOST = 2_000  # regions


@dataclass(frozen=True, slots=True)
class Version:
    """The boxes of one version as bits of a cover, and those that say the same, by output."""

    bits: int
    outputs: dict[Hashable, int]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Cells that are decided differently, and the boxes that decide in each version."""

    box: int
    before: int
    after: int


@dataclass
class Difference:
    """One search; ``changed`` are the boxes of rules that are not the same in both versions."""

    cover: Cover
    versions: tuple[Version, Version]
    output: Sequence[Hashable]
    changed: int
    forbidden: int
    budget: Budget
    ordered: bool
    done: int = 0
    alike: set[tuple[int, int]] = field(default_factory=set)
    leaves: list[Leaf] = field(default_factory=list)

    @property
    def space(self) -> Space:
        """The grid that the boxes are in."""
        return self.cover.space

    def run(self) -> bool:
        """Find every leaf; False where the budget or the list of leaves was full before."""
        try:
            for number in _members(self.changed):
                self._begin(self.cover.boxes[number])
                self.done |= 1 << number
        except Spent:
            return False
        return True

    def _begin(self, box: int) -> None:
        axes = range(len(self.space.axes))
        sides = [self.space.side(box, axis) for axis in axes]
        holding = [self.cover.holding(axis, mask) for axis, mask in enumerate(sides)]
        self.alike = set()
        self._look(box, self.cover.touching(box), sides, holding, tuple(axes), 0)

    def _look(
        self,
        box: int,
        alive: int,
        sides: list[int],
        holding: list[int],
        left: tuple[int, ...],
        cut: int,
    ) -> bool:
        """Whether all cells of a box are decided alike."""
        self.budget.take()
        loose = [(axis, alive & ~holding[axis]) for axis in left]
        partial = 0
        for _, bits in loose:
            partial |= bits
        full = alive & ~partial
        if full & (self.done | self.forbidden):
            return True
        wanted = self._counting(alive, full)
        alive = wanted | (alive & self.done)
        if not wanted & self.changed or (alive, cut) in self.alike:
            return True
        if self._decided(wanted, full):
            return self._leaf(box, wanted)
        if cut.bit_count() > _DEEPEST:
            raise Spent
        asked = [(axis, bits & wanted) for axis, bits in loose if bits & wanted]
        axis = max(asked, key=lambda each: (each[1].bit_count(), each[0]))[0]
        rest = tuple(each for each, _ in asked if each != axis)
        alike = True
        for signature, mask in self._parts(alive, axis, sides[axis]):
            part = self.space.cut(box, axis, mask)
            same = self._look(part, signature, sides, holding, rest, cut | 1 << axis)
            alike = alike and same
        if alike:
            self.alike.add((alive, cut))
        return alike

    def _parts(self, alive: int, axis: int, mask: int) -> Iterator[tuple[int, int]]:
        """The classes of a side, together where the same boxes meet them."""
        groups: dict[int, int] = {}
        free, row = self.cover.free[axis], self.cover.having[axis]
        while mask:
            low = mask & -mask
            signature = alive & (free | row[low.bit_length() - 1])
            groups[signature] = groups.get(signature, 0) | low
            mask ^= low
        yield from groups.items()

    def _counting(self, alive: int, full: int) -> int:
        """Without the boxes that cannot decide any more, or that say what is already said."""
        kept = alive & self.forbidden
        for version in self.versions:
            own, sure = alive & version.bits, full & version.bits
            if self.ordered and sure:
                own &= ((sure & -sure) << 1) - 1
            elif not self.ordered:
                for number in _members(sure):
                    same = version.outputs[self.output[number]] & ~(1 << number)
                    own = own & ~same if own >> number & 1 else own
            kept |= own
        return kept

    def _decided(self, alive: int, full: int) -> bool:
        if alive & ~full & self.forbidden:
            return False
        return all(self._settled(version, alive, full) for version in self.versions)

    def _settled(self, version: Version, alive: int, full: int) -> bool:
        """Whether one version's outcome is the same in all cells."""
        own = alive & version.bits
        if not self.ordered:
            return not own & ~full
        first = own & -own
        if not own or first & full:
            return True
        same = version.outputs[self.output[first.bit_length() - 1]]
        return bool(own & full) and not own & ~same

    def _leaf(self, box: int, alive: int) -> bool:
        before, after = (self._deciding(alive & version.bits) for version in self.versions)
        if self._says(before) == self._says(after):
            return True
        if len(self.leaves) >= _MOST:
            raise Spent
        self.leaves.append(Leaf(box, before, after))
        return False

    def _deciding(self, own: int) -> int:
        return own & -own if self.ordered else own

    def _says(self, bits: int) -> frozenset[Hashable]:
        return frozenset(self.output[number] for number in _members(bits))


def _members(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low

"""Whether boxes cover a region of the space, and a region that they leave, within a budget.

Every box is one bit of a big integer. For each dimension the classes of a region say which boxes
still meet it; the region is cut on the dimension where the most boxes ask something, and of its
classes only those are looked at that the fewest boxes meet: what these cover, the others cover too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ixia_config.rules.analysis.space import Space

_DEEPEST = 300


class Spent(Exception):  # noqa: N818  # an answer, not a fault
    """The budget is used up: the question is open."""


class Budget:
    """Steps that may still be taken."""

    def __init__(self, nodes: int) -> None:
        self.left = nodes

    def take(self, cost: int = 1) -> None:
        """Pay for steps; Spent where there is nothing left."""
        self.left -= cost
        if self.left < 0:
            self.left = 0
            raise Spent


class Cover:
    """Boxes in order, by class: which of them meet or hold any part of a dimension."""

    def __init__(self, space: Space, boxes: Iterable[int]) -> None:
        self.space = space
        self.boxes: list[int] = []
        size = range(len(space.axes))
        self.having: list[list[int]] = [[0] * len(axis.cells) for axis in space.axes]
        self.free = [0] * len(space.axes)
        self._meeting: list[dict[int, int]] = [{} for _ in size]
        self._holding: list[dict[int, int]] = [{} for _ in size]
        self._fill(list(boxes))

    def _fill(self, boxes: Sequence[int]) -> None:
        self.boxes = list(boxes)
        for axis, dimension in enumerate(self.space.axes):
            shift, whole = self.space.shifts[axis], dimension.whole
            groups: dict[int, list[int]] = {}
            for number, box in enumerate(boxes):
                groups.setdefault(box >> shift & whole, []).append(number)
            for mask, numbers in groups.items():
                bits = _bits(numbers)
                if mask == whole:
                    self.free[axis] = bits
                else:
                    self._have(axis, mask, bits)

    def _have(self, axis: int, mask: int, bits: int) -> None:
        row = self.having[axis]
        while mask:
            low = mask & -mask
            row[low.bit_length() - 1] |= bits
            mask ^= low

    def add(self, box: int) -> None:
        """One more box, behind the others."""
        bit = 1 << len(self.boxes)
        self.boxes.append(box)
        for axis, dimension in enumerate(self.space.axes):
            mask = self.space.side(box, axis)
            if mask == dimension.whole:
                self.free[axis] |= bit
            else:
                self._have(axis, mask, bit)
            self._meeting[axis].clear()
            self._holding[axis].clear()

    @property
    def all(self) -> int:
        """Every box."""
        return (1 << len(self.boxes)) - 1

    def meeting(self, axis: int, mask: int) -> int:
        """The boxes that share a class of a mask."""
        found = self._meeting[axis].get(mask)
        if found is None:
            found = self.free[axis]
            for place, bits in enumerate(self.having[axis]):
                if mask >> place & 1:
                    found |= bits
            self._meeting[axis][mask] = found
        return found

    def holding(self, axis: int, mask: int) -> int:
        """The boxes that have every class of a mask."""
        found = self._holding[axis].get(mask)
        if found is None:
            found = -1
            for place, bits in enumerate(self.having[axis]):
                if mask >> place & 1:
                    found &= bits
            found = self.all if found == -1 else found | self.free[axis]
            self._holding[axis][mask] = found
        return found

    def touching(self, box: int) -> int:
        """The boxes that share a cell with this one."""
        found = self.all
        for axis, mask in self.space.sides(box):
            found &= self.meeting(axis, mask)
        return found

    def containing(self, box: int) -> int:
        """The boxes that have every cell of this one."""
        found = self.all
        for axis in range(len(self.space.axes)):
            found &= self.holding(axis, self.space.side(box, axis))
        return found

    def hole(self, box: int, among: int, budget: Budget) -> int | None:
        """A part of a box that none of these boxes meets; None where they cover it."""
        return Search(self, budget).hole(box, among)


def members(bits: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _bits(numbers: Sequence[int]) -> int:
    """The integer with these bits; setting them one by one would be quadratic."""
    row = bytearray(numbers[-1] // 8 + 1)
    for number in numbers:
        row[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(row, "little")


class Search:
    """One search for a hole; what is known to be covered is not looked at again."""

    def __init__(self, cover: Cover, budget: Budget) -> None:
        self.cover = cover
        self.space = cover.space
        self.budget = budget
        self.covered: set[tuple[int, int]] = set()
        self.used = 0  # the boxes that were needed

    def hole(self, box: int, among: int) -> int | None:
        """A part of a box that none of these boxes meets; None where they cover it."""
        found = among & self.cover.touching(box)
        sides = [self.space.side(box, axis) for axis in range(len(self.space.axes))]
        holding = [self.cover.holding(axis, mask) for axis, mask in enumerate(sides)]
        return self._hole(box, found, sides, holding, tuple(range(len(sides))), 0)

    def _hole(
        self,
        box: int,
        alive: int,
        sides: list[int],
        holding: list[int],
        left: tuple[int, ...],
        cut: int,
    ) -> int | None:
        self.budget.take()
        if not alive:
            return box
        loose = [(alive & ~holding[axis], axis) for axis in left]
        partial = 0
        for bits, _ in loose:
            partial |= bits
        if alive & ~partial:
            self.used |= (alive & ~partial) & -(alive & ~partial)
            return None
        key = (alive, cut)
        if key in self.covered:
            return None
        if cut.bit_count() > _DEEPEST:
            raise Spent
        asked = [(bits.bit_count(), axis) for bits, axis in loose if bits]
        axis = max(asked)[1]
        rest = tuple(each for _, each in asked if each != axis)
        for signature, mask in self._smallest(alive, axis, sides[axis]):
            part = self.space.cut(box, axis, mask)
            found = self._hole(part, signature, sides, holding, rest, cut | 1 << axis)
            if found is not None:
                return found
        self.covered.add(key)
        return None

    def _smallest(self, alive: int, axis: int, mask: int) -> list[tuple[int, int]]:
        """The classes met by the fewest boxes, together where the same boxes meet them."""
        groups: dict[int, int] = {}
        free, row = self.cover.free[axis], self.cover.having[axis]
        while mask:
            low = mask & -mask
            signature = alive & (free | row[low.bit_length() - 1])
            if not signature:
                return [(0, low)]
            groups[signature] = groups.get(signature, 0) | low
            mask ^= low
        self.budget.take(len(groups) >> 3)
        if len(groups) == 1:
            return list(groups.items())
        found: list[tuple[int, int]] = []
        for signature in sorted(groups, key=int.bit_count):
            if not any(not kept & ~signature for kept, _ in found):
                found.append((signature, groups[signature]))
        return found

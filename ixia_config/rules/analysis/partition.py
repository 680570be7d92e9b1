"""Decision trees, also with rules on top of them: seen by counting cells instead of a search.

Boxes that exclude each other and have as many cells as there are leave none out. Whoever meets the
most others is taken away first, until no two boxes meet: what is left of a tree with exceptions is
the tree.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush

from ixia_config.rules.analysis.cover import Cover, members

_MOST_MEETINGS = 1_000_000


def partitioned(cover: Cover) -> bool:
    """Whether some of the boxes certainly are all cells, each once; no says nothing."""
    space = cover.space
    sizes = [space.size(box) for box in cover.boxes]
    whole = space.size(space.whole)
    if sum(sizes) < whole:
        return False
    meeting = [cover.touching(box) & ~(1 << n) for n, box in enumerate(cover.boxes)]
    if sum(map(int.bit_count, meeting)) > _MOST_MEETINGS:
        return False
    left = _apart(meeting, sizes)
    return sum(sizes[number] for number in members(left)) == whole


def _apart(meeting: list[int], sizes: list[int]) -> int:
    """Boxes of which no two meet; of those that meet as many the smaller goes first."""
    left = (1 << len(meeting)) - 1
    counts = [bits.bit_count() for bits in meeting]
    waiting = [(-count, sizes[number], number) for number, count in enumerate(counts)]
    heapify(waiting)
    while waiting:
        count, size, number = heappop(waiting)
        if -count != counts[number]:
            heappush(waiting, (-counts[number], size, number))
        elif count == 0:
            break
        else:
            left ^= 1 << number
            for other in members(meeting[number] & left):
                counts[other] -= 1
    return left

"""Where nodes stand on a tab: from left to right, as records pass them."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping

_LEFT, _TOP, _WIDE, _HIGH = 140, 80, 240, 80


def layout(wires: Mapping[str, tuple[str, ...]], start: str) -> Mapping[str, tuple[int, int]]:
    """A place for every key; nodes in a column stand in the order in which they are reached.

    What no wire leads to stands at the left, too, and begins a way of its own.
    """
    column = _columns(wires, start)
    rows: dict[int, int] = {}
    places: dict[str, tuple[int, int]] = {}
    for key in (*column, *(key for key in sorted(wires) if key not in column)):
        at = column.get(key, 0)
        row = rows[at] = rows.get(at, -1) + 1
        places[key] = (_LEFT + _WIDE * at, _TOP + _HIGH * row)
    return places


def _columns(wires: Mapping[str, tuple[str, ...]], start: str) -> Mapping[str, int]:
    """The longest way to each node, so that every wire leads to the right; none in a circle."""
    ways = {key: [each for each in dict.fromkeys(to) if each in wires] for key, to in wires.items()}
    missing = Counter(each for to in ways.values() for each in to)
    begins = sorted((key for key in wires if not missing[key]), key=lambda key: (key != start, key))
    column, waiting = dict.fromkeys(begins, 0), deque(begins)
    reached: dict[str, int] = {}
    while waiting:
        key = waiting.popleft()
        reached[key] = column[key]
        for each in ways[key]:
            column[each] = max(column.get(each, 0), column[key] + 1)
            missing[each] -= 1
            if not missing[each]:
                waiting.append(each)
    return reached

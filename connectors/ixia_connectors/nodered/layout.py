"""Where nodes stand on a tab: from left to right, as records pass them."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

_LEFT, _TOP, _WIDE, _HIGH = 140, 80, 240, 80


def layout(wires: Mapping[str, tuple[str, ...]], start: str) -> Mapping[str, tuple[int, int]]:
    """A place for every key; nodes in a column stand in the order in which they are reached.

    What no wire leads to stands at the left, too, and begins a way of its own.
    """
    led_to = {key for following in wires.values() for key in following}
    starts = [start, *(key for key in sorted(wires) if key not in led_to and key != start)]
    column: dict[str, int] = {}
    for each in starts:
        _reach(wires, each, column)
    rows: dict[int, int] = {}
    places: dict[str, tuple[int, int]] = {}
    for key in (*column, *(key for key in sorted(wires) if key not in column)):
        at = column.get(key, 0)
        row = rows[at] = rows.get(at, -1) + 1
        places[key] = (_LEFT + _WIDE * at, _TOP + _HIGH * row)
    return places


def _reach(wires: Mapping[str, tuple[str, ...]], start: str, column: dict[str, int]) -> None:
    """Give a column to all that is reached from a start."""
    column.setdefault(start, 0)
    waiting = deque([start])
    while waiting:
        key = waiting.popleft()
        for following in wires.get(key, ()):
            if following in wires and following not in column:
                column[following] = column[key] + 1
                waiting.append(following)

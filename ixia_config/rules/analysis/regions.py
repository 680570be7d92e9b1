"""Regions of records in words, as wide as they can be said."""

from __future__ import annotations

from collections.abc import Iterable

from ixia_config.rules.analysis.axis import MISSING
from ixia_config.rules.analysis.cover import Cover
from ixia_config.rules.analysis.findings import Region, Side
from ixia_config.rules.analysis.space import Space

_MOST = 300  # boxes that are put together; the work is quadratic


def region(space: Space, box: int) -> Region:
    """What a box asks, in words, field by field."""
    return Region(tuple(_side(space, axis, mask) for axis, mask in space.sides(box)))


def _side(space: Space, number: int, mask: int) -> Side:
    axis = space.axes[number]
    if axis.missing and mask == axis.whole & ~axis.missing:
        return Side(axis.name, "known")
    return Side(axis.name, MISSING if mask == axis.missing else axis.said(mask))


def widened(cover: Cover, box: int, among: int) -> int:
    """The widest box around this one that none of these boxes meets."""
    space = cover.space
    for number, mask in space.sides(box):
        axis = space.axes[number]
        for part in (axis.whole, *(1 << place for place in range(len(axis.cells)))):
            wider = box | (part << space.shifts[number])
            if wider != box and not cover.touching(wider) & among:
                box = wider
        del mask
    return box


def merged(space: Space, boxes: Iterable[int]) -> list[int]:
    """The same cells in fewer boxes: those that differ in one dimension only become one."""
    found = sorted(set(boxes))
    if len(found) > _MOST:
        return found
    changed = True
    while changed:
        changed = False
        for number in range(len(space.axes)):
            groups: dict[int, int] = {}
            whole = space.axes[number].whole << space.shifts[number]
            for box in found:
                groups[box | whole] = groups.get(box | whole, 0) | box
            if len(groups) < len(found):
                found, changed = sorted(groups.values()), True
    return found

"""Regions of records in words, as wide as they can be said."""

from __future__ import annotations

from ixia_config.rules.analysis.axis import MISSING
from ixia_config.rules.analysis.cover import Cover
from ixia_config.rules.analysis.findings import Region, Side
from ixia_config.rules.analysis.space import Space


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
    for number, _ in space.sides(box):
        axis = space.axes[number]
        for part in (axis.whole, *(1 << place for place in range(len(axis.cells)))):
            wider = box | (part << space.shifts[number])
            if wider != box and not cover.touching(wider) & among:
                box = wider
    return box

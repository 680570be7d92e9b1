"""Due times of millions of records at once, with numpy; the same answers as one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ixia_config.kinds.calendar.timetable import Timetable

if TYPE_CHECKING:  # numpy is an optional extra
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Ticks = NDArray[np.int64]

NEVER = -(2**63)
"""Stands for a due time that never comes; numpy reads it as "not a time"."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A timetable as numpy columns of whole microseconds since 1970."""

    opens: Ticks
    closes: Ticks
    before: Ticks

    @classmethod
    def of(cls, table: Timetable) -> Columns:
        """The columns of a timetable."""
        return cls(_column(table.opens), _column(table.closes), _column(table.before))

    def position(self, at: ArrayLike) -> Ticks:
        """The open time before each instant."""
        import numpy as np

        at = _column(at)
        if not len(self.opens):
            return np.zeros_like(at)
        count = np.searchsorted(self.opens, at, side="right")
        last = np.maximum(count - 1, 0)
        inside = np.minimum(at, self.closes[last]) - self.opens[last]
        found: Ticks = np.where(count > 0, self.before[last] + inside, 0)
        return found

    def due(self, starts: ArrayLike, amounts: ArrayLike) -> Ticks:
        """When each amount of open time has passed; ``NEVER`` where the timetable ends before."""
        import numpy as np

        wanted = self.position(starts) + _column(amounts)
        place = np.searchsorted(self.before, wanted, side="left") - 1
        none = np.broadcast_to(_column(amounts) <= 0, wanted.shape)
        if none.any():
            place = np.where(none, np.searchsorted(self.before, wanted, side="right") - 1, place)
        there = (place >= 0) & (place < len(self.opens))
        if not len(self.opens):
            return np.full(wanted.shape, NEVER)
        at = np.where(there, place, 0)
        found: Ticks = np.where(there, self.opens[at] + wanted - self.before[at], NEVER)
        return found

    def elapsed(self, starts: ArrayLike, ends: ArrayLike) -> Ticks:
        """The open time between each two instants."""
        return self.position(ends) - self.position(starts)

    def remaining(self, starts: ArrayLike, amounts: ArrayLike, now: ArrayLike) -> Ticks:
        """What is left of each amount; negative when it is late."""
        left: Ticks = _column(amounts) - self.elapsed(starts, now)
        return left


def _column(values: ArrayLike | Sequence[int]) -> Any:
    import numpy as np

    return np.asarray(values, dtype=np.int64)

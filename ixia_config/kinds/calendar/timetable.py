"""A timetable: the open time between two dates as intervals of UTC with running sums.

All times here are whole microseconds. A position is the open time between the start of the
timetable and an instant; it stands still while the calendar is closed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from zoneinfo import ZoneInfo

from ixia_config.kinds.calendar.instants import MINUTE, instant, wall_minutes


@dataclass(frozen=True, slots=True)
class Interval:
    """Open time of one working day, from the first to before the last microsecond."""

    opens: int
    closes: int
    day: date
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A day on which there are hours, from its first opening to its last closing."""

    opens: int
    closes: int
    day: date
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Timetable:
    """Intervals in order, none touching the next; ``before`` is the open time before each."""

    opens: tuple[int, ...]
    closes: tuple[int, ...]
    before: tuple[int, ...]
    days: tuple[WorkingDay, ...]
    mornings: tuple[int, ...]
    """When each working day opens first"""

    @classmethod
    def of(cls, intervals: Iterable[Interval]) -> Timetable:
        """From the intervals of each day, in any order; those that touch become one."""
        ordered = sorted(intervals, key=lambda each: (each.opens, each.closes))
        opens, closes = _joined(ordered)
        lengths = (close - start for start, close in zip(opens, closes, strict=True))
        days = _days(ordered)
        before = tuple(accumulate(lengths, initial=0))
        return cls(opens, closes, before, days, tuple(each.opens for each in days))

    def position(self, at: int) -> int:
        """The open time before an instant."""
        count = bisect_right(self.opens, at)
        if not count:
            return 0
        last = count - 1
        return self.before[last] + min(at, self.closes[last]) - self.opens[last]

    def earliest(self, position: int) -> int | None:
        """The first instant with this much open time before it; never where there is not."""
        place = bisect_left(self.before, position) - 1
        if place < 0:
            return self.latest(position)
        if place == len(self.opens):
            return None
        return self.opens[place] + position - self.before[place]

    def latest(self, position: int) -> int | None:
        """The open instant with this much open time before it."""
        place = bisect_right(self.before, position) - 1
        if place < 0 or place == len(self.opens):
            return None
        return self.opens[place] + position - self.before[place]

    def opening(self, at: int) -> int | None:
        """The instant itself while open, else the next opening."""
        return self.latest(self.position(at))

    def due(self, start: int, amount: int) -> int | None:
        """When this much open time has passed; a due time on closing stays at closing."""
        position = self.position(start)
        return self.earliest(position + amount) if amount > 0 else self.latest(position)

    def start(self, due: int, amount: int) -> int | None:
        """The open instant after which this much open time leads to a due time."""
        return self.latest(self.position(due) - amount)

    def elapsed(self, start: int, end: int) -> int:
        """The open time between two instants."""
        return self.position(end) - self.position(start)

    def dues(self, starts: Sequence[int], amount: int) -> list[int | None]:
        """``due`` of many starts."""
        due = self.due
        return [due(start, amount) for start in starts]

    def working_days(self, start: int, count: int) -> int | None:
        """The open time until the wall clock shows the same on a later working day.

        Where that day opens later or closes earlier, its first opening or last closing counts.
        """
        begins = self.opening(start)
        same = None if begins is None else self.same_time(begins, count)
        return None if begins is None or same is None else self.elapsed(begins, same)

    def same_time(self, at: int, count: int) -> int | None:
        """The time that the wall clock shows now, so many working days later or earlier."""
        place = bisect_right(self.mornings, at) - 1
        if place < 0 or not 0 <= place + count < len(self.days):
            return None
        today, then = self.days[place], self.days[place + count]
        minutes = wall_minutes(at, today.day, today.zone)
        rest = (at - instant(today.day, minutes, today.zone)) % MINUTE
        same = instant(then.day, minutes, then.zone) + rest
        return min(max(same, then.opens), then.closes)

    def by(self, start: int, after: date, count: int, minutes: int) -> int | None:
        """The open time until a time of day on the working day that comes so many after a date."""
        place = bisect_right(self.days, after, key=lambda each: each.day) + count - 1
        if not 0 <= place < len(self.days):
            return None
        then = self.days[place]
        at = instant(then.day, minutes, then.zone)
        return self.elapsed(start, min(max(at, then.opens), then.closes))


def _joined(ordered: Iterable[Interval]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    opens: list[int] = []
    closes: list[int] = []
    for each in ordered:
        if each.closes <= each.opens:
            continue
        if closes and each.opens <= closes[-1]:
            closes[-1] = max(closes[-1], each.closes)
        else:
            opens.append(each.opens)
            closes.append(each.closes)
    return tuple(opens), tuple(closes)


def _days(ordered: Iterable[Interval]) -> tuple[WorkingDay, ...]:
    days: dict[date, WorkingDay] = {}
    for each in ordered:
        if each.closes > each.opens:
            day = days.get(each.day)
            opens = min(each.opens, day.opens) if day else each.opens
            closes = max(each.closes, day.closes) if day else each.closes
            days[each.day] = WorkingDay(opens, closes, each.day, each.zone)
    return tuple(sorted(days.values(), key=lambda day: day.opens))

"""The arithmetic of one clock: used time, due times and thresholds, pauses taken out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from ixia_config.kinds.calendar.clocks import BusinessClock, Clock
from ixia_config.kinds.scalars import Unit
from ixia_config.kinds.sla_policy.course import Course, Pause
from ixia_config.kinds.sla_policy.spec import Target

_NONE = timedelta()
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Run:
    """A clock that started, as it stands at an instant; an open pause lasts until then."""

    clock: Clock
    started: datetime
    pauses: tuple[tuple[datetime, datetime], ...]
    until: datetime

    @classmethod
    def of(cls, clock: Clock, started: datetime, pauses: tuple[Pause, ...], until: datetime) -> Run:
        """From a course whose last pause may be open."""
        closed = tuple((start, end or max(start, until)) for start, end in pauses)
        return cls(clock, started, closed, until)

    def used(self) -> timedelta:
        """The time that counts, pauses taken out."""
        paused = (self.clock.elapsed(start, end) for start, end in self.pauses)
        return self.clock.elapsed(self.started, self.until) - sum(paused, _NONE)

    def reaches(self, amount: timedelta) -> datetime | None:
        """When so much time is used up; None where it never is."""
        left, running = amount, self.started
        for start, end in self.pauses:
            passed = self.clock.elapsed(running, start)
            if passed >= left:
                break
            left, running = left - passed, end
        return self.clock.due(running, left)


def allowed(clock: Clock, started: datetime, target: Target) -> timedelta | None:
    """The time of a target from a start on; None where the calendar ends before."""
    if target.by is not None and isinstance(clock, BusinessClock):
        hours, minutes = map(int, target.by.split(":"))
        days = target.within.amount if target.within.unit is Unit.DAYS else 1
        return clock.by(started, days, hours * 60 + minutes)
    return clock.amount(started, target.within)


def part(amount: timedelta, share: Decimal) -> timedelta:
    """A share of an amount, rounded up to the microsecond: then it is used up."""
    exact = Fraction(share) * (amount // _TICK)
    return timedelta(microseconds=-((-exact.numerator) // exact.denominator))


def ending(course: Course, now: datetime) -> datetime:
    """The instant at which a clock is looked at: its end, or now."""
    return course.ended or now

"""How long a record stays: durations in real time, or in the business time of the one calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ixia_config.kinds.calendar.clocks import BusinessClock, Clock, RealClock
from ixia_config.kinds.calendar.decide import calendar_names, clock
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.scalars import Duration, Unit

_OPEN_TIME = (Unit.MINUTES, Unit.HOURS, Unit.DAYS)


@dataclass(frozen=True, slots=True)
class Staying:
    """The moment of the run, and the clock of business time where there is one to choose."""

    now: datetime
    business: BusinessClock | None = None

    @classmethod
    def of(cls, configuration: Configuration, now: datetime) -> Staying:
        """Business time is that of the only calendar; which of several is meant, nobody said."""
        names = calendar_names(configuration)
        return cls(now, clock(configuration, names[0]) if len(names) == 1 else None)

    def within(self, start: datetime | None, limit: Duration) -> bool | None:
        """Whether the limit is not over yet; None where nobody knows."""
        end = None if start is None else self._end(start, limit)
        return None if end is None else self.now <= end

    def between(self, start: datetime | None, warn: Duration, breach: Duration) -> bool | None:
        """Whether it is too early for the warning, or too late since the limit is over as well."""
        early, over = self.within(start, warn), self.within(start, breach)
        return None if early is None or over is None else early or not over

    def _end(self, start: datetime, limit: Duration) -> datetime | None:
        running = self._clock(limit)
        try:
            amount = None if running is None else running.amount(start, limit)
            return None if amount is None or running is None else running.due(start, amount)
        except ValueError:  # a date that no clock can measure
            return None

    def _clock(self, limit: Duration) -> Clock | None:
        if not limit.business:
            return RealClock()
        return self.business if limit.unit in _OPEN_TIME else None

"""Whether records stay within their limits, each by the calendar of its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ixia_config.kinds.calendar.clocks import Clock
from ixia_config.kinds.calendar.decide import calendar_names
from ixia_config.kinds.calendar.decide import clock as clock_of
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.pipeline.ages import end_of
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.scalars import Duration


@dataclass(frozen=True, slots=True)
class Staying:
    """The moment of the run, and the calendars that business time may run by."""

    configuration: Configuration
    now: datetime

    def within(self, start: datetime | None, limit: Duration, owner: str) -> bool | None:
        """Whether the limit is not reached yet; None where nobody can tell."""
        try:
            clock = self._clock(owner)
            end = None if start is None else end_of(limit, start, clock)
        except ValueError:  # a date that no clock can measure
            return None
        return None if end is None else self.now < end

    def _clock(self, owner: str) -> Clock | None:
        """The calendar of the owner, else the only one; which of several is meant, nobody said."""
        person = roster(self.configuration).person(owner)
        names = calendar_names(self.configuration)
        only = names[0] if len(names) == 1 else None
        name = (person.calendar if person else None) or only
        return clock_of(self.configuration, name) if name else None

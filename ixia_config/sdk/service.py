"""Calendars, service levels and moves for connectors that carry them out."""

from ixia_config.kinds.calendar.spec import DAYS, Calendar, CalendarSpec, days_of
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.pipeline.decide import moves as allowed_moves
from ixia_config.kinds.pipeline.decide import starts as allowed_starts
from ixia_config.kinds.pipeline.manner import Manner, manner
from ixia_config.kinds.sla_policy.spec import SlaPolicy, SlaSpec, Trigger

__all__ = [
    "DAYS",
    "Calendar",
    "CalendarSpec",
    "Manner",
    "SlaPolicy",
    "SlaSpec",
    "Trigger",
    "allowed_moves",
    "allowed_starts",
    "days_of",
    "manner",
    "roster",
]

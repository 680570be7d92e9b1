"""Durations compared, where they can be without a calendar."""

from __future__ import annotations

from ixia_config.kinds.scalars import Duration, Unit

_FIXED = (Unit.MINUTES, Unit.HOURS)


def longer(one: Duration, other: Duration) -> bool:
    """Whether one duration is certainly longer than another of the same clock."""
    return _comparable(one, other) and one.minutes > other.minutes


def as_long(one: Duration, other: Duration) -> bool:
    """Whether one duration is certainly at least as long as another of the same clock."""
    return _comparable(one, other) and one.minutes >= other.minutes


def without_length(duration: Duration) -> bool:
    """Business time has minutes, hours and days, and nothing above."""
    return duration.business and duration.unit in (Unit.WEEKS, Unit.MONTHS, Unit.YEARS)


def _comparable(one: Duration, other: Duration) -> bool:
    if one.business != other.business:
        return False
    return not one.business or one.unit == other.unit or {one.unit, other.unit} <= set(_FIXED)

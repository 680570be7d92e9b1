"""Times as whole microseconds of UTC since 1970, and wall-clock times turned into them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SECOND = 1_000_000
MINUTE = 60 * SECOND
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOCAL_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # a wall clock has no zone
_TICK = timedelta(microseconds=1)


def ticks(moment: datetime) -> int:
    """The microseconds of an aware time."""
    return (moment - _EPOCH) // _TICK


def moment(ticks: int) -> datetime:
    """The time in UTC."""
    return _EPOCH + timedelta(microseconds=ticks)


def length(span: timedelta) -> int:
    """The microseconds of a length of time."""
    return span // _TICK


def instant(day: date, minutes: int, zone: ZoneInfo) -> int:
    """When the wall clock of a zone shows this many minutes after the midnight of a day.

    A time that comes twice when summer time ends is its first one. A time that is left out when
    summer time begins is the moment at which the clock jumps over it.
    """
    local = datetime.combine(day, time()) + timedelta(minutes=minutes)
    before = _offset(local, zone)
    after = _offset(local.replace(fold=1), zone)
    wall = (local - _LOCAL_EPOCH) // _TICK
    if after > before:
        return _jump(wall - after, wall - before, zone)
    return wall - before


def wall_minutes(at: int, day: date, zone: ZoneInfo) -> int:
    """Minutes that the wall clock shows at an instant, after the midnight of a day."""
    local = moment(at).astimezone(zone).replace(tzinfo=None)
    return (local - datetime.combine(day, time())) // timedelta(minutes=1)


def _offset(local: datetime, zone: ZoneInfo) -> int:
    return (zone.utcoffset(local) or timedelta()) // _TICK


def _jump(low: int, high: int, zone: ZoneInfo) -> int:
    """The moment between the two at which the offset changes, to the second."""
    new = _offset(moment(high).astimezone(zone), zone)
    while high - low > SECOND:
        middle = (low + high) // (2 * SECOND) * SECOND
        if middle <= low:
            break
        if _offset(moment(middle).astimezone(zone), zone) == new:
            high = middle
        else:
            low = middle
    return high

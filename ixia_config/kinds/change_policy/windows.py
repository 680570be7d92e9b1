"""When a freeze holds: around a quarter's end, between two days, or outside business hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ixia_config.kinds.calendar.decide import clock
from ixia_config.kinds.change_policy.spec import Freeze, QuarterEnd
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.project.spec import Project


def frozen_until(
    freeze: Freeze, configuration: Configuration, now: datetime, zone: ZoneInfo
) -> datetime | None:
    """The instant at which a freeze that holds now ends; None where it does not hold.

    Days begin at midnight in the ``zone`` of the policy.
    """
    today = now.astimezone(zone).date()
    if freeze.outside is not None:
        return _opening(freeze.outside, configuration, now)
    if freeze.quarter_end is not None:
        end = _around(freeze.quarter_end, _fiscal_start(configuration), today)
    else:
        end = freeze.to if freeze.to and (freeze.from_ or today) <= today < freeze.to else None
    return None if end is None else datetime(end.year, end.month, end.day, tzinfo=zone)


def _opening(calendar: str, configuration: Configuration, now: datetime) -> datetime | None:
    """When the calendar opens next, if it is closed now; one that never opens is never open."""
    hours = clock(configuration, calendar)
    if hours is None:
        return None
    opens = hours.opening(now)
    if opens is None:
        return datetime.max.replace(tzinfo=now.tzinfo)
    return None if opens <= now else opens


def _around(window: QuarterEnd, first_month: int, today: date) -> date | None:
    for start in _quarters(first_month, today):
        end = start + timedelta(days=window.days_after)
        if start - timedelta(days=window.days_before) <= today < end:
            return end
    return None


def _quarters(first_month: int, today: date) -> Iterator[date]:
    """The first days of the fiscal quarters around a day."""
    for year in (today.year - 1, today.year, today.year + 1):
        for month in range(1, 13):
            if (month - first_month) % 3 == 0:
                yield date(year, month, 1)


def _fiscal_start(configuration: Configuration) -> int:
    """The month in which the fiscal year begins."""
    return next((each.body.spec.fiscal_year_start for each in configuration.of(Project)), 1)

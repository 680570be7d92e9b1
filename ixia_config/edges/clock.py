"""The time, as a value that is handed in: the real clock here, a made-up one in tests."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is (``now``, with zone) and how much has passed (``monotonic``, seconds)."""

    now: Callable[[], datetime]
    monotonic: Callable[[], float]


def system_clock() -> Clock:
    """This machine's clock, in UTC."""
    return Clock(now=lambda: datetime.now(UTC), monotonic=time.monotonic)


def stamp(moment: datetime) -> str:
    """ISO 8601 in UTC to the second, e.g. ``2026-11-21T09:00:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""Rate limits: ten rolling seconds per app, a second of searches per account, a day per account."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import date

from ixia_connectors.hubspot.sandbox.clock import local_day
from ixia_connectors.hubspot.sandbox.errors import Throttled
from ixia_connectors.hubspot.sandbox.profile import Profile

_WINDOW = 10_000
_SECOND = 1_000


class Throttle:
    """Counts requests; a refused one does not count."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._apps: dict[str, deque[int]] = {}
        self._searches: deque[int] = deque()
        self._day: date | None = None
        self.used_today = 0

    def admit(self, app: str, now: int, *, searching: bool) -> Mapping[str, str]:
        """Count one request and tell what is left; refuse what is over a limit."""
        self._roll(now)
        if self.used_today >= self._profile.daily_max:
            raise Throttled("DAILY")
        headers = self._search(now) if searching else self._call(app, now)
        self.used_today += 1
        left = self._profile.daily_max - self.used_today
        return {
            "x-hubspot-ratelimit-daily": str(self._profile.daily_max),
            "x-hubspot-ratelimit-daily-remaining": str(left),
            **headers,
        }

    def _roll(self, now: int) -> None:
        day = local_day(now, self._profile.zone)
        if day != self._day:
            self._day = day
            self.used_today = 0

    def _search(self, now: int) -> Mapping[str, str]:
        _forget(self._searches, now - _SECOND)
        if len(self._searches) >= self._profile.search_per_second:
            raise Throttled("SECONDLY")
        self._searches.append(now)
        return {"x-hubspot-rate-limit-exemptions": '["ten-secondly"]'}

    def _call(self, app: str, now: int) -> Mapping[str, str]:
        window = self._apps.setdefault(app, deque())
        _forget(window, now - _WINDOW)
        most = self._profile.ten_secondly_max
        if len(window) >= most:
            raise Throttled("TEN_SECONDLY")
        window.append(now)
        this_second = sum(1 for moment in window if moment > now - _SECOND)
        return {
            "x-hubspot-ratelimit-interval-milliseconds": str(_WINDOW),
            "x-hubspot-ratelimit-max": str(most),
            "x-hubspot-ratelimit-remaining": str(most - len(window)),
            "x-hubspot-ratelimit-secondly": str(most // 10),
            "x-hubspot-ratelimit-secondly-remaining": str(max(0, most // 10 - this_second)),
        }


def _forget(window: deque[int], before: int) -> None:
    while window and window[0] <= before:
        window.popleft()

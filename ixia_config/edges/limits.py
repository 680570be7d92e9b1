"""The rate limiter of one credential: it learns the allowance from the vendor's own headers."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from ixia_config.edges.clock import Clock
from ixia_config.edges.secrets import Secret
from ixia_config.sdk.limits import LimitHeaders, Pace

# What is added to a pause, so that rounding never makes the last instant a pause of its own.
_GRAIN = 0.001

_LARGEST_COUNT = 100_000
_LONGEST_INTERVAL = 600.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one answer said: at most ``count`` requests in ``seconds``, of which some are left."""

    count: int
    left: int | None
    seconds: float


@dataclass(slots=True)
class _Window:
    """When the requests of the last ``seconds`` were sent, ours and those of other programs.

    A window that rolls, not a bucket that refills: a bucket lets twice its size through in one
    interval, and the vendors count rolling.
    """

    count: int | None = None
    seconds: float = 10.0
    sent: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until one more request fits; zero when it fits now."""
        self._forget(now)
        if self.count is None or len(self.sent) < self.count:
            return 0.0
        return self.sent[-self.count] + self.seconds - now

    def learn(self, allowance: Allowance, *, reserve: float, now: float) -> None:
        """Take the vendor's word: its allowance, and how much of it others have used."""
        self.count = max(1, math.floor(allowance.count * (1 - reserve)))
        self.seconds = allowance.seconds
        self._forget(now)
        if allowance.left is not None:
            foreign = allowance.count - allowance.left - len(self.sent)
            self.sent.extend([now] * foreign)

    def _forget(self, now: float) -> None:
        while self.sent and self.sent[0] <= now - self.seconds:
            self.sent.popleft()


class Limiter:
    """Lets requests through as fast as the system allows; one per credential, for all threads."""

    def __init__(
        self, headers: LimitHeaders | None, *, clock: Clock, sleep: Callable[[float], None]
    ) -> None:
        self._headers = headers
        self._clock = clock
        self._sleep = sleep
        self._lock = Lock()
        self._window = _Window()
        self._paced = {pace: _Window(pace.count, pace.seconds) for pace in _paces(headers)}
        self._closed_until = -math.inf
        self._daily: int | None = None

    @property
    def daily_remaining(self) -> int | None:
        """Requests left today, as the last answer said; None where the system does not say."""
        with self._lock:
            return self._daily

    @property
    def interval(self) -> float:
        """Seconds of one interval of the limit: how long to wait when nothing else is said."""
        with self._lock:
            return self._window.seconds if self._window.count is not None else self._assumed()

    @property
    def pace(self) -> tuple[int, int]:
        """How many requests in how many seconds we send at most; zeros before the first answer."""
        with self._lock:
            return (self._window.count or 0, round(self._window.seconds))

    def acquire(self, path: str) -> float:
        """Wait until a request to this path may be sent, count it, and say how long it took."""
        waited = 0.0
        while (pause := self._claim(path)) > 0:
            self._sleep(pause)
            waited += pause
        return waited

    def close_for(self, seconds: float) -> None:
        """Send nothing for so long: the system said so."""
        with self._lock:
            until = self._clock.monotonic() + seconds
            self._closed_until = max(self._closed_until, until)

    def learn(self, headers: Mapping[str, str]) -> None:
        """Adapt to what the headers of an answer say; headers that say nothing change nothing."""
        if self._headers is None:
            return
        allowance = allowance_of(headers, self._headers)
        daily = _count(headers, self._headers.daily_remaining)
        with self._lock:
            self._daily = self._daily if daily is None else daily
            if allowance is not None:
                now = self._clock.monotonic()
                self._window.learn(allowance, reserve=self._headers.reserve, now=now)

    def _claim(self, path: str) -> float:
        with self._lock:
            now = self._clock.monotonic()
            windows = self._windows(path)
            pause = max(self._closed_until - now, *(window.wait(now) for window in windows))
            if pause > 0:
                return pause + _GRAIN
            for window in windows:
                window.sent.append(now)
            return 0.0

    def _windows(self, path: str) -> list[_Window]:
        own = [window for pace, window in self._paced.items() if path.endswith(pace.path_ends)]
        return [self._window, *own]

    def _assumed(self) -> float:
        return self._headers.interval if self._headers else 10.0


class Limiters:
    """One limiter per credential and system, for as long as the process runs."""

    def __init__(self, *, clock: Clock, sleep: Callable[[float], None]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lock = Lock()
        self._known: dict[tuple[str, str], Limiter] = {}

    def of(self, base_url: str, token: Secret, headers: LimitHeaders | None) -> Limiter:
        """The limiter that everybody with this token at this address shares."""
        key = (base_url, token.fingerprint())
        with self._lock:
            if key not in self._known:
                self._known[key] = Limiter(headers, clock=self._clock, sleep=self._sleep)
            return self._known[key]


def allowance_of(headers: Mapping[str, str], names: LimitHeaders) -> Allowance | None:
    """What the headers of one answer say; None when they name no sensible maximum."""
    maximum = _count(headers, names.maximum)
    if not maximum or maximum > _LARGEST_COUNT:
        return None
    seconds = (_count(headers, names.interval_ms) or 0) / 1000
    sensible = 0 < seconds <= _LONGEST_INTERVAL
    left = _count(headers, names.remaining)
    return Allowance(
        maximum,
        None if left is None else min(left, maximum),
        seconds if sensible else names.interval,
    )


def _count(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "") if name else ""
    # A vendor's slip such as "unlimited" or a number of forty digits says nothing.
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def _paces(headers: LimitHeaders | None) -> tuple[Pace, ...]:
    return headers.paces if headers else ()

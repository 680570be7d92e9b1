"""How a system announces its request limits, declared by its connector."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """A limit of its own for paths with this ending, which the headers do not announce."""

    path_ends: str
    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class LimitHeaders:
    """Names of response headers, in lower case, and what holds while they are absent.

    ``maximum`` requests are allowed in ``interval_ms`` milliseconds, of which ``remaining`` are
    left. ``interval`` is the length in seconds to assume, and ``reserve`` the share of the
    allowance that we leave to the account's other programs.
    """

    maximum: str
    remaining: str
    interval_ms: str = ""
    daily_remaining: str = ""
    interval: float = 10.0
    reserve: float = 0.1
    paces: tuple[Pace, ...] = ()

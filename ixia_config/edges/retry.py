"""Whether a failed request is sent again, and after how long: a pure decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ixia_config.sdk.wire import Kind, RemoteError, Request


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, how often to try and how much to take, in seconds and bytes."""

    tries: int = 5
    first_pause: float = 0.5
    longest_pause: float = 30.0
    longest_wait: float = 120.0  # a system that asks for more is not waited for
    connect: float = 10.0
    read: float = 30.0
    whole: float = 180.0  # from sending to the last byte of the answer
    largest: int = 64 * 1024 * 1024
    deepest: int = 64


@dataclass(frozen=True, slots=True)
class Failure:
    """One try that failed; ``final`` when another try cannot end differently."""

    error: RemoteError
    retry_after: float | None = None
    final: bool = False


LOCKED = "IX614"
_LOCKED_PAUSE = 2.0

_NEVER_AGAIN = frozenset({"IX607", "IX615", "IX616"})


def pause(
    failure: Failure,
    request: Request,
    *,
    attempt: int,
    interval: float,
    chance: float,
    patience: Patience,
) -> float | None:
    """Seconds until the next try, or None when there is none; ``chance`` is in [0, 1)."""
    if failure.final or attempt >= patience.tries or failure.error.code in _NEVER_AGAIN:
        return None
    least = _least(failure, request, interval=interval)
    if least is None or least > patience.longest_wait:
        return None
    return least + _jitter(attempt, chance, patience)


def _least(failure: Failure, request: Request, *, interval: float) -> float | None:
    """The shortest wait that is polite; None when sending again is not safe or of no use."""
    error = failure.error
    asked = failure.retry_after
    if error.code == LOCKED or error.status == 423:
        return max(_LOCKED_PAUSE, asked or 0.0)
    repeat = request.reads or request.repeatable
    match error.kind:
        case Kind.THROTTLED:
            return interval if asked is None else asked
        case Kind.UNAVAILABLE:
            # An answer proves that the request arrived, whatever else is claimed of it.
            return (asked or 0.0) if repeat or error.status is None else None
        case Kind.UNKNOWN:
            return (asked or 0.0) if repeat else None
        case Kind.REJECTED | Kind.UNAUTHORISED:
            return None


def _jitter(attempt: int, chance: float, patience: Patience) -> float:
    """Twice as long each time, and never the same for two programs that failed together."""
    grown: float = min(patience.longest_pause, patience.first_pause * 2.0 ** (attempt - 1))
    return grown * (0.5 + chance / 2)


def retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` header asks for, as seconds or as a date; None for neither."""
    if text is None:
        return None
    stripped = text.strip()
    if stripped.isascii() and stripped.isdigit():
        return float(stripped[:9])
    try:
        moment = parsedate_to_datetime(stripped)
    except (ValueError, IndexError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())

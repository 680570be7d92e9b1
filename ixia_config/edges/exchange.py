"""One try of one request as the request log tells it: never a header, a body or a token."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked, what came back and how long it took; ``status`` is None without an answer.

    ``waited`` are the seconds that the rate limit held it back, ``code`` says what went wrong.
    """

    method: str
    path: str
    status: int | None
    milliseconds: int
    attempt: int = 1
    waited: float = 0.0
    code: str = ""

    def __str__(self) -> str:
        status = "no answer" if self.status is None else str(self.status)
        again = f", try {self.attempt}" if self.attempt > 1 else ""
        waited = f", waited {self.waited:.1f} s" if self.waited >= 0.1 else ""
        code = f", {self.code}" if self.code else ""
        return f"{self.method} {self.path} {status} {self.milliseconds} ms{again}{waited}{code}"


@dataclass(frozen=True, slots=True)
class Usage:
    """What one driver has cost so far; ``daily_remaining`` is None where the system is silent."""

    requests: int = 0
    retries: int = 0
    waited: float = 0.0
    daily_remaining: int | None = None

"""The answer of an SlaPolicy for one record: state, due time, warnings, escalations, reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from ixia_config.kinds.reasons import Reason

Reasons = tuple[Reason, ...]

_TICK = timedelta(microseconds=1)


class State(StrEnum):
    """How a clock stands."""

    NOT_APPLICABLE = "does not apply"
    NOT_STARTED = "not started"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    CANCELLED = "cancelled"
    UNKNOWN = "cannot be told"


@dataclass(frozen=True, slots=True)
class Notice:
    """A time at which the owner is warned: when ``50%`` is used, or ``15 minutes`` are left."""

    at: datetime | None
    threshold: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an escalation, the addresses that hear of it, and what happens."""

    at: datetime | None
    threshold: str
    to: str
    people: tuple[str, ...]
    action: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """One clock of one record, seen at one time; all times are UTC.

    ``due`` of a paused clock is its due time if it went on now. ``used`` and ``allowed`` are
    business time where ``calendar`` has a name, else real time.
    """

    policy: str
    metric: str
    state: State
    reasons: Reasons
    target: str = ""
    calendar: str = ""
    zone: str = ""
    started: datetime | None = None
    due: datetime | None = None
    stopped: datetime | None = None
    allowed: timedelta | None = None
    used: timedelta | None = None
    warnings: tuple[Notice, ...] = ()
    escalations: tuple[Step, ...] = ()

    @property
    def remaining(self) -> timedelta | None:
        """The time that is left; negative when it is late."""
        if self.allowed is None or self.used is None:
            return None
        return self.allowed - self.used

    @property
    def share(self) -> Decimal | None:
        """The used share of the target to four places, half up; it keeps counting over 1."""
        if not self.allowed or self.used is None:
            return None
        exact = Decimal(self.used // _TICK) / Decimal(self.allowed // _TICK)
        return exact.quantize(Decimal("0.0001"), ROUND_HALF_UP)

"""How long a record has been in its stage, and for how long nothing has happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ixia_config.kinds.calendar.clocks import Clock, RealClock
from ixia_config.kinds.pipeline.spec import Stage
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.kinds.scalars import Duration, Unit
from ixia_config.rules.explain import shown


class Ageing(StrEnum):
    """What the time in a stage calls for; ``unknown`` where a calendar or a time is missing."""

    FRESH = "within its time"
    WARN = "near its time"
    BREACH = "over its time"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Age:
    """The age of a record in its stage."""

    ageing: Ageing
    stale: bool
    reasons: tuple[Reason, ...]


def age(
    stage: Stage,
    now: datetime,
    *,
    entered: datetime | None,
    last_activity: datetime | None,
    clock: Clock | None,
) -> Age:
    """How old a record is in its stage; a limit that is met exactly is reached.

    Business time runs by the clock, all other time never stops. Without any activity, nothing has
    happened since the record came into the stage.
    """
    ageing, told = _ageing(stage, entered, now, clock)
    quiet = last_activity or entered
    stale = _reached(stage.stale_after, quiet, now, clock) is True
    if stale and quiet is not None:
        why = f"no activity since {shown(quiet)}, longer than {stage.stale_after}"
        told = (*told, Reason("stale", Verdict.NOTE, why))
    return Age(ageing, stale, told)


def _ageing(
    stage: Stage, entered: datetime | None, now: datetime, clock: Clock | None
) -> tuple[Ageing, tuple[Reason, ...]]:
    if stage.age is None:
        return Ageing.FRESH, ()
    limits = ((stage.age.breach, Ageing.BREACH), (stage.age.warn, Ageing.WARN))
    found = [(limit, each, _reached(limit, entered, now, clock)) for limit, each in limits if limit]
    for limit, ageing, reached in found:
        if reached:
            why = f"in {stage.key} since {shown(entered)}, {ageing}: {limit}"
            return ageing, (Reason("age", Verdict.NOTE, why),)
    unknown = [limit for limit, _, reached in found if reached is None]
    if not unknown:
        return Ageing.FRESH, ()
    why = f"no calendar measures {unknown[0]}"
    return Ageing.UNKNOWN, (Reason("age", Verdict.NOTE, why),) if entered else ()


def _reached(
    limit: Duration | None, since: datetime | None, now: datetime, clock: Clock | None
) -> bool | None:
    """Whether this much time has passed; None where nobody can tell."""
    end = None if limit is None or since is None else end_of(limit, since, clock)
    return None if end is None else end <= now


def end_of(duration: Duration, since: datetime, clock: Clock | None) -> datetime | None:
    """When a duration that began then is over; None where it never is, or nobody can tell.

    Only business time needs the clock; it has minutes, hours and days.
    """
    if not duration.business:
        clock = RealClock()
    elif duration.unit not in (Unit.MINUTES, Unit.HOURS, Unit.DAYS):
        return None
    amount = clock.amount(since, duration) if clock else None
    return clock.due(since, amount) if clock and amount is not None else None

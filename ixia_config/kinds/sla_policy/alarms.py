"""When the owner is warned and when others hear of it: thresholds as instants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from ixia_config.kinds.calendar.clocks import BusinessClock, RealClock
from ixia_config.kinds.scalars import Duration, Unit, percentage
from ixia_config.kinds.sla_policy.deadlines import Run, part
from ixia_config.kinds.sla_policy.result import Notice, Step
from ixia_config.kinds.sla_policy.spec import Escalation


@dataclass(frozen=True, slots=True)
class Deadline:
    """A run with its target as an amount of time, and when that is used up."""

    run: Run
    amount: timedelta
    due: datetime

    def reached(self, at: datetime | None) -> bool:
        """Whether a threshold was passed while the clock ran."""
        return at is not None and at <= self.run.until


def notices(thresholds: Sequence[Decimal | Duration], deadline: Deadline) -> tuple[Notice, ...]:
    """When the owner is warned."""
    found: list[Notice] = []
    for threshold in thresholds:
        if isinstance(threshold, Duration):
            at, text = _left(deadline, threshold), f"{threshold} left"
        else:
            at, text = _used(deadline, threshold), percentage(threshold)
        found.append(Notice(at, text, deadline.reached(at)))
    return tuple(found)


def steps(
    escalations: Sequence[Escalation], deadline: Deadline, people: Sequence[tuple[str, ...]]
) -> tuple[Step, ...]:
    """When others hear of it."""
    found: list[Step] = []
    for step, addresses in zip(escalations, people, strict=True):
        if step.after is not None:
            at, text = _late(deadline, step.after), f"{step.after} late"
        else:
            share = Decimal(1) if step.at is None else step.at
            at, text = _used(deadline, share), percentage(share)
        reached = deadline.reached(at)
        found.append(Step(at, text, step.to, addresses, step.action, reached))
    return tuple(found)


def _used(deadline: Deadline, share: Decimal) -> datetime | None:
    return deadline.run.reaches(part(deadline.amount, share))


def _left(deadline: Deadline, left: Duration) -> datetime | None:
    """When only so much is left; real time counts back from the due time."""
    run, clock = deadline.run, deadline.run.clock
    if not left.business or not isinstance(clock, BusinessClock):
        much = RealClock().amount(deadline.due, left)
        return None if much is None else max(deadline.due - much, run.started)
    if left.unit is Unit.DAYS:
        much = clock.days_before(deadline.due, left.amount)
    else:
        much = clock.amount(deadline.due, left)
    return None if much is None else run.reaches(max(deadline.amount - much, timedelta()))


def _late(deadline: Deadline, late: Duration) -> datetime | None:
    """When it is late by so much."""
    run, clock = deadline.run, deadline.run.clock
    if not late.business or not isinstance(clock, BusinessClock):
        more = RealClock().amount(deadline.due, late)
        return None if more is None else deadline.due + more
    more = clock.amount(deadline.due, late)
    return None if more is None else run.reaches(deadline.amount + more)

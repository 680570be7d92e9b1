"""Due times and escalations that no clock can measure, or that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from ixia_config.codes import Diagnostic
from ixia_config.kinds.approval_policy.codes.timing import (
    AutoOnTimeout,
    DueUnclear,
    EscalatesToSame,
    EscalationOrder,
)
from ixia_config.kinds.approval_policy.ladder import dues, steps
from ixia_config.kinds.approval_policy.request import label
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy, Approver, Due
from ixia_config.kinds.policy import Policy
from ixia_config.kinds.scalars import Duration, Unit
from ixia_config.model import Path


def timing(policy: Policy[ApprovalPolicy]) -> Iterator[Diagnostic]:
    """Everything that is wrong with due times."""
    for path, due in dues(policy):
        if due.on_timeout == "approve":
            yield AutoOnTimeout(mark=policy.mark(*path, "on_timeout"))
        yield from _clock(policy, path, due)
        yield from _order(policy, path, due)
        yield from _same(policy, path, due)


def _durations(path: Path, due: Due) -> Iterator[tuple[Path, Duration]]:
    yield (*path, "within"), due.within
    for number, escalation in enumerate(due.escalate):
        yield (*path, "escalate", number, "after"), escalation.after


def _clock(policy: Policy[ApprovalPolicy], path: Path, due: Due) -> Iterator[Diagnostic]:
    """Business time has a calendar, and a calendar has business time."""
    given = tuple(_durations(path, due))
    for place, each in given:
        problem = _problem(each, due)
        if problem is not None:
            yield DueUnclear(mark=policy.mark(*place), within=str(each), problem=problem)
    if due.calendar is not None and not any(each.business for _, each in given):
        mark = policy.mark(*path, "calendar")
        yield DueUnclear(mark=mark, within=str(due.within), problem="calendar")


def _problem(each: Duration, due: Due) -> Literal["nothing", "unit", "no calendar"] | None:
    """Why no clock measures a duration."""
    if not each.amount:
        return "nothing"
    if each.business and each.unit not in (Unit.MINUTES, Unit.HOURS, Unit.DAYS):
        return "unit"
    return "no calendar" if each.business and due.calendar is None else None


def _order(policy: Policy[ApprovalPolicy], path: Path, due: Due) -> Iterator[Diagnostic]:
    """Escalations rise, and begin at the due time or later."""
    if due.escalate and due.on_timeout != "escalate":
        mark = policy.mark(*path, "escalate", key=True)
        yield EscalationOrder(mark=mark, after=str(due.escalate[0].after), before="")
    afters = [each.after for each in due.escalate]
    if afters and _sooner(afters[0], due.within):
        mark = policy.mark(*path, "escalate", 0, "after")
        yield EscalationOrder(mark=mark, after=str(afters[0]), before=f"the due time, {due.within}")
    for number, (before, after) in enumerate(pairwise(afters), start=1):
        if after == before or _sooner(after, before):
            mark = policy.mark(*path, "escalate", number, "after")
            yield EscalationOrder(mark=mark, after=str(after), before=str(before))


def _sooner(one: Duration, other: Duration) -> bool:
    """Whether one certainly ends first; business time and other time are not alike."""
    if one.business != other.business or (one.business and one.unit != other.unit):
        return False
    return one.minutes < other.minutes


def _same(policy: Policy[ApprovalPolicy], path: Path, due: Due) -> Iterator[Diagnostic]:
    for number, escalation in enumerate(due.escalate):
        if escalation.to is not None and escalation.to in tuple(_asked(policy, path)):
            mark = policy.mark(*path, "escalate", number, "to")
            yield EscalatesToSame(mark=mark, approver=label(escalation.to))


def _asked(policy: Policy[ApprovalPolicy], path: Path) -> Iterator[Approver]:
    """Whom the steps ask that this due time is for."""
    for place, step in steps(policy):
        own = step.due is not None
        if own is (len(path) > 2) and (not own or path[: len(place)] == place):
            yield from step.asked

"""What can be wrong with warnings and escalations: when they come, and who hears of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ixia_config.codes import Diagnostic
from ixia_config.kinds.directory.decide import Roster, roster
from ixia_config.kinds.directory.references import owner
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.scalars import Duration, percentage
from ixia_config.kinds.sla_policy.codes.alarms import (
    EscalationOrder,
    EscalationToNobody,
    ReroutedEarly,
    WarningOutsideTarget,
)
from ixia_config.kinds.sla_policy.codes.shape import OneOf
from ixia_config.kinds.sla_policy.lengths import as_long, longer
from ixia_config.kinds.sla_policy.people import PEOPLE
from ixia_config.kinds.sla_policy.spec import Escalation, SlaPolicy
from ixia_config.model import Path

_WHOLE = Decimal(1)


def escalations(policy: Policy[SlaPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with warnings and escalations."""
    for index, threshold in enumerate(policy.body.spec.warn_at):
        yield from _warning(policy, ("spec", "warn_at", index), threshold)
    steps = policy.body.spec.escalate
    for index, step in enumerate(steps):
        path: Path = ("spec", "escalate", index)
        yield from _time(policy, path, step)
        yield from _recipient(policy, path, step, context)
        if index and _earlier(step, steps[index - 1]):
            yield EscalationOrder(
                mark=policy.mark(*path), step=_moment(step), previous=_moment(steps[index - 1])
            )


def _warning(
    policy: Policy[SlaPolicy], path: Path, threshold: Decimal | Duration
) -> Iterator[Diagnostic]:
    when = _outside(policy, threshold)
    if when:
        given = threshold
        name = percentage(given) if isinstance(given, Decimal) else f"{given} left"
        yield WarningOutsideTarget(mark=policy.mark(*path), threshold=name, when=when)


def _outside(policy: Policy[SlaPolicy], threshold: Decimal | Duration) -> str:
    """When a warning comes that is of no use; empty for one inside every target."""
    if isinstance(threshold, Decimal):
        if 0 < threshold < _WHOLE:
            return ""
        return "when the clock starts" if threshold == 0 else "when the target is used up"
    if threshold.amount == 0:
        return "when the target is used up"
    for target in policy.body.spec.targets:
        if as_long(threshold, target.within):
            return f"before the clock starts, for the target of {target.within}"
    return ""


def _time(policy: Policy[SlaPolicy], path: Path, step: Escalation) -> Iterator[Diagnostic]:
    if (step.at is None) == (step.after is None):
        mark = policy.mark(*path, key=True)
        yield OneOf(mark=mark, place="a step of escalate", one="at", other="after")
    elif step.at is not None and step.at < _WHOLE and step.action == "reroute":
        mark = policy.mark(*path, "at")
        yield ReroutedEarly(mark=mark, share=percentage(step.at))


def _earlier(step: Escalation, previous: Escalation) -> bool:
    """Whether a step certainly comes before the one that stands before it."""
    if step.at is not None and previous.at is not None:
        return step.at < previous.at
    if step.after is not None and previous.after is not None:
        return longer(previous.after, step.after)
    return step.at is not None and step.at <= _WHOLE and previous.after is not None


def _moment(step: Escalation) -> str:
    return f"{step.after} late" if step.after is not None else percentage(step.at or _WHOLE)


def _recipient(
    policy: Policy[SlaPolicy], path: Path, step: Escalation, context: Context
) -> Iterator[Diagnostic]:
    """Somebody hears of it, and not only who is late."""
    known = roster(context.configuration)
    why = _unheard(known, step)
    if why:
        yield EscalationToNobody(mark=policy.mark(*path, "to"), why=why)
    elif known.declared and step.to not in PEOPLE:
        task = f"in the escalation of {policy.name}"
        yield from owner(policy, (*path, "to"), context, name=step.to, task=task)


def _unheard(known: Roster, step: Escalation) -> str:
    """Why nobody else hears of a step; empty where somebody does."""
    if step.to == "owner":
        return "this goes to the owner of the record, who is the one that is late"
    if not known.declared:
        return ""
    if step.to == "manager" and not any(each.manager for each in known.people.values()):
        return "nobody in the Directory has a manager"
    if step.to == "team_lead" and not any(each.lead for each in known.teams.values()):
        return "no team in the Directory has a lead"
    if step.to in known.teams and known.teams[step.to].lead is None:
        return f"the team {step.to} has no lead"
    return ""

"""What can be wrong with the targets of an SlaPolicy and the calendar that they run on."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.calendar.hours import week_of
from ixia_config.kinds.calendar.spec import Calendar
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.scalars import Duration, Unit
from ixia_config.kinds.sla_policy.codes.doubts import NoFallback, RealDays, SlowerWhenUrgent
from ixia_config.kinds.sla_policy.codes.errors import (
    NoCalendar,
    TargetOfNothing,
    TimeOfDayWithPause,
)
from ixia_config.kinds.sla_policy.codes.shape import TimeOfDayAlone, WithoutLength
from ixia_config.kinds.sla_policy.lengths import longer, without_length
from ixia_config.kinds.sla_policy.people import WHOSE
from ixia_config.kinds.sla_policy.spec import SlaPolicy, SlaSpec, Target
from ixia_config.model import Path

_FULL_DAY = 24 * 60


def targets(policy: Policy[SlaPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with targets."""
    yield from _lengths(policy)
    yield from _no_calendar(policy)
    yield from _fallback(policy, context)
    shorter = _shorter_days(policy.body.spec, context)
    for index, target in enumerate(policy.body.spec.targets):
        path: Path = ("spec", "targets", index)
        yield from _target(policy, path, target)
        if shorter and not target.within.business and target.within.unit in (Unit.DAYS, Unit.WEEKS):
            mark = policy.mark(*path, "within")
            yield RealDays(mark=mark, target=str(target.within), calendar=shorter)
    yield from _slower(policy)


def _lengths(policy: Policy[SlaPolicy]) -> Iterator[Diagnostic]:
    for path, duration in durations(policy.body.spec):
        if without_length(duration):
            yield WithoutLength(mark=policy.mark(*path), duration=str(duration))


def durations(spec: SlaSpec) -> Iterator[tuple[Path, Duration]]:
    """Every duration of a policy with its place."""
    for index, target in enumerate(spec.targets):
        yield ("spec", "targets", index, "within"), target.within
    for index, threshold in enumerate(spec.warn_at):
        if isinstance(threshold, Duration):
            yield ("spec", "warn_at", index), threshold
    for index, step in enumerate(spec.escalate):
        if step.after is not None:
            yield ("spec", "escalate", index, "after"), step.after


def _no_calendar(policy: Policy[SlaPolicy]) -> Iterator[Diagnostic]:
    if policy.body.spec.calendar is not None:
        return
    for path, duration in durations(policy.body.spec):
        if duration.business:
            yield NoCalendar(mark=policy.mark(*path), duration=str(duration))
            return


def _fallback(policy: Policy[SlaPolicy], context: Context) -> Iterator[Diagnostic]:
    """Owners without a calendar, whose records would never be due."""
    choice = policy.body.spec.calendar
    people = roster(context.configuration)
    if choice is None or choice.of not in WHOSE or choice.otherwise is not None:
        return
    leads = {team.lead.lower() for team in people.teams.values() if team.lead}
    without = [
        person.email
        for email, person in people.people.items()
        if person.calendar is None and (choice.of == "owner" or email in leads)
    ]
    if choice.of == "customer" or without:
        example = without[0] if without and choice.of != "customer" else ""
        mark = policy.mark("spec", "calendar")
        yield NoFallback(mark=mark, whose=choice.of, example=example)


def _shorter_days(spec: SlaSpec, context: Context) -> str:
    """The calendar of the policy, where its days are shorter than 24 hours."""
    choice = spec.calendar
    name = "" if choice is None else (choice.otherwise or "" if choice.of in WHOSE else choice.of)
    calendar = context.configuration.get(Calendar, name)
    if calendar is None:
        return ""
    days = week_of(calendar.body.spec).values()
    longest = max((sum(h.end - h.start for h in hours) for hours in days), default=0)
    return name if longest < _FULL_DAY else ""


def _target(policy: Policy[SlaPolicy], path: Path, target: Target) -> Iterator[Diagnostic]:
    if target.within.amount == 0:
        yield TargetOfNothing(mark=policy.mark(*path, "within"), target=str(target.within))
    elif target.by is not None and (
        target.within.unit is not Unit.DAYS or not target.within.business
    ):
        mark = policy.mark(*path, "by")
        yield TimeOfDayAlone(mark=mark, by=target.by, target=str(target.within))
    elif target.by is not None and policy.body.spec.pause is not None:
        yield TimeOfDayWithPause(mark=policy.mark(*path, "by"), by=target.by)


def _slower(policy: Policy[SlaPolicy]) -> Iterator[Diagnostic]:
    """A target that gives more time than the next: the list goes from urgent to ordinary."""
    declared = policy.body.spec.targets
    for index, target in enumerate(declared[:-1]):
        following = declared[index + 1]
        if longer(target.within, following.within):
            yield SlowerWhenUrgent(
                mark=policy.mark("spec", "targets", index, "within"),
                target=str(target.within),
                following=str(following.within),
            )

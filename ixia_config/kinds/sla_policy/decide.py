"""What an SlaPolicy means for one record at one time: when it is due, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ixia_config.kinds.calendar.clocks import Clock, OutsideTime, RealClock
from ixia_config.kinds.calendar.hours import holds
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.sla_policy import deadlines, telling
from ixia_config.kinds.sla_policy.alarms import Deadline, notices, steps
from ixia_config.kinds.sla_policy.course import Course, changes, follow
from ixia_config.kinds.sla_policy.deadlines import Run
from ixia_config.kinds.sla_policy.people import Calendars, Found, clock_for, recipients
from ixia_config.kinds.sla_policy.result import Decision, Reasons, State
from ixia_config.kinds.sla_policy.spec import SlaPolicy, SlaSpec, Target
from ixia_config.kinds.sla_policy.triggers import Change, Record, Signals, signals, typed
from ixia_config.model import Address
from ixia_config.rules import Typed


@dataclass(frozen=True, slots=True)
class Ready:
    """A policy whose conditions are read; ``targets`` has the condition of each, if any."""

    policy: Policy[SlaPolicy]
    configuration: Configuration
    signals: Signals
    targets: tuple[Typed | None, ...]

    @property
    def spec(self) -> SlaSpec:
        """The declaration."""
        return self.policy.body.spec


def ready(policy: Policy[SlaPolicy], configuration: Configuration) -> Ready | None:
    """The policy with its conditions read; None where ``ixia validate`` finds errors in them."""
    found = signals(policy, configuration)
    conditions: list[Typed | None] = []
    for index, target in enumerate(policy.body.spec.targets):
        path = ("spec", "targets", index, "when")
        test = None if target.when is None else typed(policy, path, configuration)[0]
        if target.when is not None and test is None:
            return None
        conditions.append(test)
    return None if found is None else Ready(policy, configuration, found, tuple(conditions))


def readied(configuration: Configuration) -> Mapping[Address, tuple[Ready, ...]]:
    """Every SlaPolicy without errors, in all its versions; read once for a configuration."""
    return configuration.derive(_readied)


def _readied(configuration: Configuration) -> Mapping[Address, tuple[Ready, ...]]:
    found: dict[Address, tuple[Ready, ...]] = {}
    for policy in configuration.every:
        if isinstance(policy.body, SlaPolicy):
            one = ready(policy, configuration)  # type: ignore[arg-type]  # narrowed by its body
            found[policy.address] = (*found.get(policy.address, ()), *((one,) if one else ()))
    return found


def decide(
    policy: Policy[SlaPolicy],
    configuration: Configuration,
    record: Record,
    now: datetime,
    history: Sequence[Change] = (),
    *,
    calendars: Calendars | None = None,
) -> Decision:
    """How the clock of a record stands at ``now``, and why.

    The record is normalised (``rules.normalise``). ``history`` has what it was before, where that
    is known; otherwise its own date-and-time fields tell when things happened. Of several versions
    of a policy, the one that holds on the day of the start counts. ``calendars`` are
    those of locked holidays (``calendar.decide.clocks`` with pins).
    """
    versions = readied(configuration).get(policy.address, ())
    answer: Decision | None = None
    for version in versions:
        answer = _decide(version, record, now, history, calendars)
        if holds(version.spec.effective, (answer.started or now).date()):
            return answer
    return answer or Decision(
        policy.name, policy.body.spec.metric, State.UNKNOWN, (telling.has_errors(policy.name),)
    )


def _decide(
    ready: Ready,
    record: Record,
    now: datetime,
    history: Sequence[Change],
    calendars: Calendars | None,
) -> Decision:
    told = changes(record, ready.signals, now, history)
    course = follow(ready.signals, told)
    if course.started is None:
        return _idle(ready, told[-1], now)
    end = deadlines.ending(course, now)
    final = next((each for each in reversed(told) if each.at <= end), told[0])
    try:
        answer = _started(ready, course, final.record, now, calendars)
    except OutsideTime as outside:
        return _result(ready, State.UNKNOWN, (telling.outside(outside),))
    guesses = () if history else _guesses(ready, course, now)
    return replace(answer, reasons=(*answer.reasons, *guesses))


def _result(ready: Ready, state: State, reasons: Reasons) -> Decision:
    return Decision(ready.policy.name, ready.spec.metric, state, reasons)


def _idle(ready: Ready, change: Change, now: datetime) -> Decision:
    """The clock of a record that the policy leaves out, or that has not started."""
    when = ready.signals.when
    if when is not None and not ready.signals.applies(change):
        return _result(ready, State.NOT_APPLICABLE, (telling.left_out(when, change.record, now),))
    return _result(ready, State.NOT_STARTED, (telling.waiting(ready.spec, ready.signals),))


def _started(
    ready: Ready, course: Course, record: Record, now: datetime, calendars: Calendars | None
) -> Decision:
    end = deadlines.ending(course, now)
    place = next(
        (n for n, test in enumerate(ready.targets) if test is None or test.evaluate(record, end)),
        None,
    )
    considered = telling.targets(ready.spec, ready.targets, record, end)
    if place is None:
        return _result(ready, State.NOT_APPLICABLE, (telling.no_target(ready.spec), *considered))
    target = ready.spec.targets[place]
    found = clock_for(ready.spec.calendar, record, ready.configuration, calendars)
    clock = _clock(target, found, now)
    if clock is None or course.started is None:
        return _result(ready, State.UNKNOWN, (telling.no_calendar(found), *considered))
    run = Run.of(clock, course.started, course.pauses, end)
    return _measured(ready, course, record, now, _Measure(place, target, run, found, considered))


def _guesses(ready: Ready, course: Course, now: datetime) -> Reasons:
    """What came about at some time that no field tells, and is taken to come about now."""
    signals = ready.signals
    found = (
        ("stop", signals.stop, course.stopped),
        ("pause", signals.pause, course.paused),
        ("cancel", signals.cancel, course.cancelled),
    )
    return tuple(
        telling.guessed(role)
        for role, signal, at in found
        if signal is not None and at == now and not signal.times
    )


@dataclass(frozen=True, slots=True)
class _Measure:
    """The target that counts, the run against it, and whose calendar it runs on."""

    place: int
    target: Target
    run: Run
    found: Found
    considered: Reasons


def _clock(target: Target, found: Found, now: datetime) -> Clock | None:
    if target.within.business:
        return found.clock
    return RealClock(found.clock.zone(now) if found.clock else "UTC")


def _measured(
    ready: Ready, course: Course, record: Record, now: datetime, measure: _Measure
) -> Decision:
    run, target = measure.run, measure.target
    amount = deadlines.allowed(run.clock, run.started, target)
    due = None if amount is None else run.reaches(amount)
    state = _state(course, due, run.until)
    zone = run.clock.zone(now)
    day = now.astimezone(ZoneInfo(zone)).date()
    decision = Decision(
        policy=ready.policy.name,
        metric=ready.spec.metric,
        state=state,
        reasons=(),
        target=target.key or str(measure.place + 1),
        calendar=run.clock.name,
        zone=zone,
        started=run.started,
        due=due,
        stopped=course.stopped,
        allowed=amount,
        used=run.used(),
    )
    if amount is None or due is None:
        return replace(decision, reasons=(telling.never(decision, run, target),))
    due_by = Deadline(run, amount, due)
    decision = replace(
        decision,
        warnings=notices(ready.spec.warn_at, due_by),
        escalations=steps(ready.spec.escalate, due_by, _people(ready, record, day)),
    )
    reasons = telling.explained(decision, target, run, course, measure.found)
    return replace(decision, reasons=(*reasons, *measure.considered))


def _people(ready: Ready, record: Record, day: date) -> tuple[tuple[str, ...], ...]:
    """Who hears of each step of the escalation."""
    return tuple(
        recipients(step.to, record, ready.configuration, day) for step in ready.spec.escalate
    )


def _state(course: Course, due: datetime | None, end: datetime) -> State:
    """A clock that ends exactly at its due time is met."""
    if course.cancelled is not None:
        return State.CANCELLED
    if due is None:
        return State.UNKNOWN
    if end > due:
        return State.BREACHED
    if course.stopped is not None:
        return State.MET
    return State.RUNNING if course.paused is None else State.PAUSED

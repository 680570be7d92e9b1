"""The course of one clock: when it started, stood still and ended, from the changes of a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ixia_config.kinds.sla_policy.triggers import Change, Record, Signals

Pause = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class Course:
    """What happened to a clock; an open pause has no end."""

    started: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    stopped: datetime | None = None
    cancelled: datetime | None = None
    restarted: datetime | None = None
    anew: bool = False
    """Whether what resets the clock held at the last change"""

    @property
    def ended(self) -> datetime | None:
        """When it stopped or was cancelled."""
        return self.stopped or self.cancelled

    @property
    def paused(self) -> datetime | None:
        """Since when it stands still."""
        return self.pauses[-1][0] if self.pauses and self.pauses[-1][1] is None else None


def changes(
    record: Record, signals: Signals, now: datetime, history: Sequence[Change] = ()
) -> tuple[Change, ...]:
    """The changes of a record until now, in order.

    Without a history they come from the record's own times: before the time in a field that tells
    when something happened, that field was empty.
    """
    if history:
        told = sorted((change for change in history if change.at <= now), key=lambda each: each.at)
        return (*told, Change(now, record))
    names = signals.times
    times = {record.get(name) for name in names}
    instants = sorted(each for each in times if isinstance(each, datetime) and each < now)
    return (
        *(Change(at, _as_of(record, names, at), partial=True) for at in instants),
        Change(now, _as_of(record, names, now)),
    )


def _as_of(record: Record, names: Iterable[str], at: datetime) -> Record:
    return {**record, **{name: None for name in names if _later(record.get(name), at)}}


def _later(value: object, at: datetime) -> bool:
    return isinstance(value, datetime) and value > at


def follow(signals: Signals, told: Iterable[Change]) -> Course:
    """The course that these changes make."""
    course = Course()
    for change in told:
        course = _step(course, signals, change)
    return course


def _step(course: Course, signals: Signals, change: Change) -> Course:
    """One change: a stop beats a cancel, which beats a new start, which beats a pause."""
    if course.started is None:
        if not (signals.start.holds(change) and signals.applies(change)):
            return course
        course = Course(started=signals.start.at(change))
    course = _reset(course, signals, change)
    if course.ended is None:
        course = _end(course, signals, change)
    return course if course.ended is not None else _pause(course, signals, change)


def _reset(course: Course, signals: Signals, change: Change) -> Course:
    """A clock begins anew when its reset comes to hold, also when it had ended."""
    reset = signals.reset
    if reset is None:
        return course
    held = reset.holds(change)
    at = reset.at(change)
    last = course.restarted or course.started
    again = reset.event == change.event != "" or not course.anew or at != change.at
    if held and again and last is not None and at > last:
        return Course(started=at, restarted=at, anew=True)
    return replace(course, anew=held)


def _end(course: Course, signals: Signals, change: Change) -> Course:
    if signals.stop.holds(change):
        at = _after(course, signals.stop.at(change))
        return replace(course, stopped=at, pauses=_closed(course.pauses, at))
    if signals.cancel is not None and signals.cancel.holds(change):
        at = _after(course, signals.cancel.at(change))
        return replace(course, cancelled=at, pauses=_closed(course.pauses, at))
    return course


def _pause(course: Course, signals: Signals, change: Change) -> Course:
    holds = signals.pause is not None and signals.pause.holds(change)
    if signals.pause is not None and holds and course.paused is None:
        at = signals.pause.at(change)
        last = course.pauses[-1][1] if course.pauses else course.started
        return replace(course, pauses=(*course.pauses, (max(at, last or at), None)))
    if not holds and course.paused is not None:
        return replace(course, pauses=_closed(course.pauses, change.at))
    return course


def _after(course: Course, at: datetime) -> datetime:
    """Nothing happens to a clock before it starts."""
    return max(at, course.started or at)


def _closed(pauses: tuple[Pause, ...], at: datetime) -> tuple[Pause, ...]:
    """The pauses until an instant."""
    return tuple((start, min(end or at, at)) for start, end in pauses if start < at)

"""Why a clock stands as it does, in the words of a sales team."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from ixia_config.kinds.calendar import wording
from ixia_config.kinds.calendar.clocks import FIRST, LAST, BusinessClock, OutsideTime
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.kinds.scalars import Hours
from ixia_config.kinds.sla_policy.course import Course
from ixia_config.kinds.sla_policy.deadlines import Run
from ixia_config.kinds.sla_policy.people import Found
from ixia_config.kinds.sla_policy.result import Decision, Reasons, State
from ixia_config.kinds.sla_policy.spec import SlaSpec, Target
from ixia_config.kinds.sla_policy.triggers import Record, Signals
from ixia_config.rules import Typed
from ixia_config.rules.explain import facts

_DAYS_TOLD = 14  # a longer way to the due time is not told day by day


def words(key: str) -> str:
    """A key as people say it: ``first_touch`` is First touch."""
    plain = key.replace("_", " ").replace("-", " ")
    return plain[:1].upper() + plain[1:]


def has_errors(name: str) -> Reason:
    """The policy cannot be read."""
    return Reason(name, Verdict.NOTE, "has errors; ixia validate shows them")


def outside(found: OutsideTime) -> Reason:
    """A date that no clock can measure."""
    why = f"{found.at.date()} lies outside the years {FIRST} to {LAST}; check the date"
    return Reason("date", Verdict.NOTE, why)


def left_out(when: Typed, record: Record, now: datetime) -> Reason:
    """The policy does not hold for the record."""
    return Reason("when", Verdict.NO, facts(when, record, now))


def waiting(spec: SlaSpec, signals: Signals) -> Reason:
    """The clock has not started."""
    start = signals.start
    if not start.event:
        return Reason("start", Verdict.NO, f"not yet: {spec.start.when}")
    empty = f"; {start.field} is empty" if start.field else ""
    return Reason("start", Verdict.NO, f"not {start.event.replace('_', ' ')} yet{empty}")


def no_target(spec: SlaSpec) -> Reason:
    """No target takes the record."""
    return Reason(words(spec.metric), Verdict.NO, "no target holds for this record")


def no_calendar(found: Found) -> Reason:
    """Business time without a calendar."""
    return Reason("calendar", Verdict.NO, found.why)


def targets(spec: SlaSpec, tests: Sequence[Typed | None], record: Record, now: datetime) -> Reasons:
    """The targets that were looked at, until the one that counts; none where there is only one."""
    told: list[Reason] = []
    for index, (target, test) in enumerate(zip(spec.targets, tests, strict=True)):
        name = target.key or f"target {index + 1}"
        if test is None:
            told.append(Reason(name, Verdict.CHOSEN, f"{target.within}, for all others"))
            break
        holds = test.evaluate(record, now)
        why = facts(test, record, now)
        if holds:
            told.append(Reason(name, Verdict.CHOSEN, f"{target.within}: {why}"))
            break
        told.append(Reason(name, Verdict.NO, why))
    return tuple(told) if len(spec.targets) > 1 else ()


def never(decision: Decision, run: Run, target: Target) -> Reason:
    """A due time that the calendar does not reach."""
    started = wording.at(run.started, decision.zone)
    why = f"never due: the calendar {decision.calendar} has too few hours after {started}"
    return Reason(words(decision.metric), Verdict.NO, f"{why} for {target.within}")


def guessed(role: str) -> Reason:
    """What came about at a time that nobody recorded."""
    why = "nothing records since when, so it is taken as now; since: names a field that does"
    return Reason(role, Verdict.NOTE, why)


def explained(
    decision: Decision, target: Target, run: Run, course: Course, found: Found
) -> Reasons:
    """The due time and what led to it, then how the clock stands."""
    return (
        Reason(
            words(decision.metric),
            Verdict.CHOSEN,
            _due(decision, target, run),
            tuple(_below(decision, run, course, found)),
        ),
        _standing(decision, run, course),
        *_alarms(decision),
    )


def _alarms(decision: Decision) -> Iterator[Reason]:
    """Who is warned and who hears of it, in the order of the policy."""
    for notice in decision.warnings:
        when = _when(notice.at, decision)
        yield Reason(f"warning at {notice.threshold}", _passed(notice.reached), when)
    for step in decision.escalations:
        people = ", ".join(step.people) or f"nobody: {step.to} is not known"
        why = f"{_when(step.at, decision)}, {step.action.replace('_', ' ')}, to {people}"
        yield Reason(f"escalation at {step.threshold}", _passed(step.reached), why)


def _when(at: datetime | None, decision: Decision) -> str:
    return "never" if at is None else wording.at(at, decision.zone, decision.due)


def _passed(reached: bool) -> Verdict:  # noqa: FBT001  # its only argument
    return Verdict.YES if reached else Verdict.NO


def _due(decision: Decision, target: Target, run: Run) -> str:
    """``due Mon 23 Nov 14:00 New York: 4 business hours from Mon 09:00``."""
    due, zone = decision.due, decision.zone
    if due is None:
        return "never due"
    begins = run.clock.opening(run.started) or run.started
    by = f" by {target.by}" if target.by else ""
    return (
        f"due {wording.at(due, zone, run.until)} {wording.place(zone)}: "
        f"{target.within}{by} from {wording.close(begins, due, zone)}"
    )


def _below(decision: Decision, run: Run, course: Course, found: Found) -> Iterator[Reason]:
    yield Reason("start", Verdict.NOTE, _start(decision, run))
    if found.why and isinstance(run.clock, BusinessClock):
        yield Reason("calendar", Verdict.NOTE, found.why)
    if isinstance(run.clock, BusinessClock) and decision.due is not None:
        begins = run.clock.opening(run.started) or run.started
        yield from _closed(run.clock, begins, decision.due, decision.zone)
    for start, end in run.pauses:
        yield Reason("pause", Verdict.NOTE, _pause(decision, run, start, end, course))


def _start(decision: Decision, run: Run) -> str:
    """``Fri 20 Nov 18:30, after closing at 16:00``."""
    text = wording.at(run.started, decision.zone, run.until)
    if not isinstance(run.clock, BusinessClock) or run.clock.opening(run.started) == run.started:
        return text
    local = run.started.astimezone(ZoneInfo(decision.zone))
    return f"{text}, {_outside(run.clock, local)}"


def _outside(clock: BusinessClock, local: datetime) -> str:
    """Why nobody works at a time: before opening, in a break, after closing, or a day off."""
    hours, minutes = sorted(clock.on(local.date())), local.hour * 60 + local.minute
    if not hours:
        return "a holiday" if clock.usual(local.date()) else "a day without hours"
    if minutes < hours[0].start:
        return f"before opening at {_time(hours[0].start)}"
    later = [each.start for each in hours if each.start > minutes]
    closed = max((each.end for each in hours if each.end <= minutes), default=minutes)
    if later:
        return f"in the break from {_time(closed)} to {_time(later[0])}"
    return f"after closing at {_time(closed)}"


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _closed(clock: BusinessClock, start: datetime, end: datetime, zone: str) -> Iterator[Reason]:
    """Breaks and days off on the way to the due time."""
    first, last = (at.astimezone(ZoneInfo(zone)) for at in (start, end))
    days = (last.date() - first.date()).days
    breaks: dict[str, None] = {}
    for number in range(min(days, _DAYS_TOLD) + 1):
        day = first.date() + timedelta(days=number)
        breaks |= dict.fromkeys(_breaks(clock.on(day), day, first, last))
        if not clock.on(day) and clock.usual(day):
            yield Reason("holiday", Verdict.NOTE, f"{wording.on(day)} does not count")
        elif clock.on(day) != clock.usual(day):
            hours = ", ".join(map(str, sorted(clock.on(day))))
            yield Reason("other hours", Verdict.NOTE, f"{wording.on(day)} has {hours}")
    for each in breaks:
        yield Reason("break", Verdict.NOTE, f"{each} does not count")


def _breaks(hours: Sequence[Hours], day: date, first: datetime, last: datetime) -> Iterator[str]:
    """The breaks of a day that lie between two local times."""
    ordered = sorted(hours)
    midnight = datetime(day.year, day.month, day.day, tzinfo=first.tzinfo)
    for one, other in pairwise(ordered):
        begins = midnight + timedelta(minutes=one.end)
        if one.end < other.start and first < begins < last:
            yield f"{_time(one.end)} to {_time(other.start)}"


def _pause(decision: Decision, run: Run, start: datetime, end: datetime, course: Course) -> str:
    """``Mon 15:00 to Tue 11:00, 4 business hours``."""
    business = isinstance(run.clock, BusinessClock)
    costs = wording.long(run.clock.elapsed(start, end), business=business)
    since = wording.at(start, decision.zone, run.until)
    if course.paused == start:
        return f"since {since}, {costs} so far"
    return f"{since} to {wording.close(end, start, decision.zone)}, {costs} do not count"


def _standing(decision: Decision, run: Run, course: Course) -> Reason:
    """How the clock stands: ``25% used, 3 business hours left``."""
    business = isinstance(run.clock, BusinessClock)
    match decision.state:
        case State.MET:
            verdict, why = Verdict.YES, f"stopped {wording.at(run.until, decision.zone, run.until)}"
        case State.CANCELLED:
            verdict, why = Verdict.NOTE, "the clock ended without a result"
        case State.BREACHED:
            verdict, why = Verdict.NO, _late(decision, course)
        case State.PAUSED:
            verdict, why = Verdict.NOTE, "the due time moves while the clock stands still"
        case State.RUNNING | State.NOT_APPLICABLE | State.NOT_STARTED | State.UNKNOWN:
            verdict, why = Verdict.NOTE, ""
    left = decision.remaining or timedelta()
    used = f"{(decision.share or 0) * 100:.0f}% used"
    rest = f", {wording.long(left, business=business)} left" if left > timedelta() else ""
    return Reason(decision.state.value, verdict, "; ".join(filter(None, (used + rest, why))))


def _late(decision: Decision, course: Course) -> str:
    if course.stopped is None:
        return "the due time has passed"
    return f"stopped only {wording.at(course.stopped, decision.zone, decision.due)}"

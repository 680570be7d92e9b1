"""What a graph with timers means: how the clock of a record stands, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ixia_config.flows.clocks import HoursClock, real
from ixia_config.flows.graph import Graph, Person
from ixia_config.flows.run import Record
from ixia_config.flows.waits import (
    Alarm,
    Fork,
    Late,
    Left,
    Notify,
    Passed,
    Recipient,
    SetField,
    Target,
    Timer,
    Used,
    Watch,
    Whose,
)
from ixia_config.kinds.calendar.clocks import RealClock
from ixia_config.kinds.scalars import Duration, Unit
from ixia_config.kinds.sla_policy.course import Course, changes, follow
from ixia_config.kinds.sla_policy.deadlines import Run, part
from ixia_config.kinds.sla_policy.result import State
from ixia_config.kinds.sla_policy.triggers import Change
from ixia_config.rules.nodes import Scalar

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: whom it told, or which field it wrote."""

    key: str
    at: datetime
    people: tuple[str, ...] = ()
    written: tuple[str, Scalar] | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A timer that runs, and when it is up if nothing happens; None while its clock stands."""

    key: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Timed:
    """How the clock of one record stands; all times are UTC."""

    state: State
    target: str = ""
    calendar: str = ""
    started: datetime | None = None
    due: datetime | None = None
    stopped: datetime | None = None
    allowed: timedelta | None = None
    used: timedelta | None = None
    taken: tuple[Taken, ...] = ()
    waiting: tuple[Waiting, ...] = ()


def run_timers(
    graph: Graph, record: Record, events: Sequence[Change] = (), *, now: datetime
) -> Timed:
    """Where a normalised record stands now, after these events (``run`` of a graph with timers).

    ValueError for a graph without a clock, and for times whose holidays the graph does not know.
    """
    if graph.watch is None:
        raise ValueError(f"{graph.policy} has no clock")
    told = changes(record, graph.watch.signals, now, events)
    course = follow(graph.watch.signals, told)
    if course.started is None:
        when = graph.watch.signals.when
        left_out = when is not None and not graph.watch.signals.applies(told[-1])
        return Timed(State.NOT_APPLICABLE if left_out else State.NOT_STARTED)
    end = course.ended or now
    final = next((each for each in reversed(told) if each.at <= end), told[0])
    return _Clocked(graph, graph.watch, course, final.record, now).timed()


@dataclass(frozen=True, slots=True)
class _Clocked:
    """One clock that has started."""

    graph: Graph
    watch: Watch
    course: Course
    record: Record
    now: datetime

    def timed(self) -> Timed:
        end = self.course.ended or self.now
        target = _target(self.watch, self.record, end)
        if target is None:
            return Timed(State.NOT_APPLICABLE)
        name = calendar_of(self.graph, self.watch.calendar, self.record)
        hours = self.graph.calendars.get(name)
        if target.within.business and hours is None:
            return Timed(State.UNKNOWN)
        clock = HoursClock(name, hours) if target.within.business and hours else RealClock()
        run = Run.of(clock, self.course.started or end, self.course.pauses, end)
        measure = _Measure.of(run, target)
        zone = ZoneInfo(hours.zone if hours else "UTC")
        return self.stepped(measure, target, self.now.astimezone(zone).date())

    def stepped(self, measure: _Measure, target: Target, day: date) -> Timed:
        """The timers that are up with what they led to, and those that wait."""
        run, timers = measure.run, tuple(_timers(self.graph))
        taken = [
            step
            for node, at in ((node, measure.at(node.alarm)) for node in timers)
            if at <= run.until
            for step in self.steps(node, at, day)
        ]
        waiting = [
            Waiting(node.key, None if self.stands(measure, node) else measure.at(node.alarm))
            for node in timers
            if self.course.ended is None and measure.at(node.alarm) > run.until
        ]
        return Timed(
            state=_state(self.course, measure.due, run.until),
            target=target.key,
            calendar=run.clock.name,
            started=run.started,
            due=measure.due,
            stopped=self.course.stopped,
            allowed=measure.amount,
            used=run.used(),
            taken=tuple(taken),
            waiting=tuple(waiting),
        )

    def stands(self, measure: _Measure, node: Timer) -> bool:
        """Whether a timer stands still: a pause moves what is not used up when it begins."""
        return self.course.paused is not None and measure.needs(node.alarm) > measure.run.used()

    def steps(self, timer: Timer, at: datetime, day: date) -> Iterator[Taken]:
        """What follows a timer that is up."""
        yield Taken(timer.key, at)
        node = self.graph.node(timer.reached)
        while isinstance(node, Notify | SetField):
            if isinstance(node, Notify):
                yield Taken(node.key, at, people=hearing(self.graph, node.to, self.record, day))
            else:
                yield Taken(node.key, at, written=(node.path, node.value))
            node = self.graph.node(node.next)


def _timers(graph: Graph) -> Iterator[Timer]:
    for fork in graph.nodes:
        for key in fork.ways if isinstance(fork, Fork) else ():
            node = graph.node(key)
            if isinstance(node, Timer):
                yield node


def _target(watch: Watch, record: Record, at: datetime) -> Target | None:
    found = (each for each in watch.targets if each.test is None or each.test.evaluate(record, at))
    return next(found, None)


def _state(course: Course, due: datetime, end: datetime) -> State:
    """A clock that ends exactly at its due time is met."""
    if course.cancelled is not None:
        return State.CANCELLED
    if end > due:
        return State.BREACHED
    if course.stopped is not None:
        return State.MET
    return State.RUNNING if course.paused is None else State.PAUSED


@dataclass(frozen=True, slots=True)
class _Measure:
    """A run against its target: how much time there is, and when it is used up."""

    run: Run
    amount: timedelta
    due: datetime

    @classmethod
    def of(cls, run: Run, target: Target) -> _Measure:
        amount = _allowed(run, target)
        return cls(run, amount, _reached(run, amount))

    def at(self, alarm: Alarm) -> datetime:
        """When an alarm is reached, if nothing happens until then."""
        match alarm:
            case Passed():
                return self.due + _TICK
            case Used(share=share):
                return _reached(self.run, part(self.amount, share))
            case Left(amount=left):
                return self.left(left)
            case Late(amount=late):
                return self.late(late)

    def business(self, amount: Duration) -> HoursClock | None:
        """The clock for an amount of business time; None where real time counts."""
        clock = self.run.clock
        return clock if amount.business and isinstance(clock, HoursClock) else None

    def left(self, left: Duration) -> datetime:
        if self.business(left) is None:
            return max(self.due - real(left, self.due), self.run.started)
        return _reached(self.run, self.until_left(left))

    def until_left(self, left: Duration) -> timedelta:
        """The time after which so much is left; all of it where real time is."""
        clock = self.business(left)
        if clock is None:
            return self.amount
        if left.unit is Unit.DAYS:
            much = clock.days_before(self.due, left.amount)
        else:
            much = clock.amount(self.due, left)
        if much is None:
            raise ValueError(f"{left} before {self.due} is before the years of the graph")
        return max(self.amount - much, timedelta())

    def late(self, late: Duration) -> datetime:
        if self.business(late) is None:
            return self.due + real(late, self.due)
        return _reached(self.run, self.needs(Late(late)))

    def needs(self, alarm: Alarm) -> timedelta:
        """How much time is used up when an alarm is reached, or when the due time is."""
        match alarm:
            case Used(share=share):
                return part(self.amount, share)
            case Left(amount=left):
                return self.until_left(left)
            case Late(amount=late):
                clock = self.business(late)
                return self.amount + (clock.amount(self.due, late) if clock else timedelta())
            case Passed():
                return self.amount


def _allowed(run: Run, target: Target) -> timedelta:
    clock = run.clock
    if target.by is not None and isinstance(clock, HoursClock):
        days = target.within.amount if target.within.unit is Unit.DAYS else 1
        return clock.by(run.started, days, target.by)
    if isinstance(clock, HoursClock):
        return clock.amount(run.started, target.within)
    return real(target.within, run.started)


def _reached(run: Run, amount: timedelta) -> datetime:
    found = run.reaches(amount)
    if found is None:
        raise ValueError(f"{amount} after {run.started} is after the years that clocks know")
    return found


def calendar_of(graph: Graph, whose: Whose | None, record: Record) -> str:
    """The name of the calendar that counts for a record; empty where there is none."""
    if whose is None:
        return ""
    match whose.of:
        case "named":
            name = whose.name
        case "owner":
            name = _person(graph, str(record.get("owner") or "")).calendar
        case "team":
            name = _person(graph, lead_of(graph, record)).calendar
        case "customer":
            name = str(value_in(record, whose.name) or "")
    return name if name in graph.calendars else whose.otherwise


def hearing(graph: Graph, to: Recipient, record: Record, day: date) -> tuple[str, ...]:
    """The addresses behind a recipient, as the Directory has them; nobody where it is empty."""
    owner = str(record.get("owner") or "")
    match to.to:
        case "owner":
            found = owner
        case "manager":
            found = _person(graph, owner).manager
        case "team_lead":
            found = lead_of(graph, record)
        case "person":
            found = to.name
        case "team":
            found = graph.leads.get(to.name, "")
        case "role":
            people = (each for each in graph.people.values() if each.role == to.name)
            return tuple(each.email for each in people if each.end is None or day < each.end)
    return (found,) if found else ()


def lead_of(graph: Graph, record: Record) -> str:
    """Who leads the team of a record: the team that it names, else that of its owner."""
    team = record.get("team") or _person(graph, str(record.get("owner") or "")).team
    return graph.leads.get(str(team or ""), "")


_NOBODY = Person("", "", "UTC")


def _person(graph: Graph, email: str) -> Person:
    return graph.people.get(email.lower(), _NOBODY)


def value_in(record: Record, path: str) -> object:
    """The value of a field, through references."""
    value: object = record
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value

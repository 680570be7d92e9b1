"""What a graph with approvals means: who is asked for a request, and where answers lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from ixia_config.flows.clocks import HoursClock, real
from ixia_config.flows.graph import Branch, End, Graph, Person, Start
from ixia_config.flows.run import Record
from ixia_config.flows.waits import Approver, Further, Silence, Stand, WaitApproval
from ixia_config.kinds.approval_policy.progress import Answer
from ixia_config.kinds.scalars import Duration


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who may answer; ``instead_of`` is the person who delegated."""

    person: str
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class AskedSeat:
    """One approver of a step, and who may answer for it."""

    label: str
    people: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class AskedStep:
    """A step of a request: its node, its seats, and who is asked further."""

    node: WaitApproval
    seats: tuple[AskedSeat, ...]
    further: tuple[tuple[Duration, tuple[Asked, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Requested:
    """What a request needs: ``outcome`` is ``needs approval`` where there are steps."""

    outcome: str
    rule: str
    steps: tuple[AskedStep, ...]
    submitted: datetime
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voted:
    """Where a request stands, as ``progress.Progress`` says it; ``step`` counts from 0."""

    status: Literal["waiting", "approved", "rejected"]
    step: int
    waiting_for: tuple[str, ...] = ()
    due: datetime | None = None
    level: int = 0
    overdue: bool = False


def run_request(graph: Graph, record: Record, submitter: str, *, now: datetime) -> Requested:
    """Who must approve a normalised record that this person submits now."""
    return _Room(graph, record, submitter.lower(), now).walked()


def run_approval(
    graph: Graph, request: Requested, answers: Sequence[Answer], *, now: datetime
) -> Voted:
    """Where a request stands in view of all answers up to now, in any order."""
    if request.outcome in ("approved", "not concerned"):
        return Voted("approved", 0)
    if request.outcome != "needs approval":
        return Voted("rejected", 0)
    heard = sorted((each for each in answers if each.at <= now), key=lambda each: each.at)
    begins = request.submitted
    for place, step in enumerate(request.steps):
        poll = _Poll(graph, step, begins)
        status, begins, heard = poll.count([each for each in heard if each.at >= begins])
        if status == "waiting" and poll.rejects and poll.late(now):
            status = "rejected"
        if status != "approved":
            return poll.standing(status, place, now)
    return Voted("approved", len(request.steps))


@dataclass
class _Room:
    """One request, and who is there to answer it."""

    graph: Graph
    record: Record
    submitter: str
    now: datetime
    path: list[str] = field(default_factory=list)
    steps: list[AskedStep] = field(default_factory=list)
    rule: str = ""

    @property
    def day(self) -> date:
        """The day of the request where it is made."""
        return self.now.date()

    def walked(self) -> Requested:
        """From the start to the end, as if everybody agreed."""
        key = self.graph.start.key
        while True:
            node = self.graph.node(key)
            self.path.append(key)
            match node:
                case Start():
                    key = node.next
                case Branch():
                    key = self.way(node)
                case WaitApproval():
                    self.ask(node)
                    key = node.approved
                case End(outcome=outcome):
                    needed = outcome == "approved" and self.steps
                    told = "needs approval" if needed else outcome
                    steps = tuple(self.steps)
                    return Requested(told, self.rule, steps, self.now, tuple(self.path))
                case _:
                    raise ValueError(f"{key} is no part of an approval")

    def way(self, branch: Branch) -> str:
        for case in branch.cases:
            if case.test.evaluate(self.record, self.now):
                if branch.key == "rules" or branch.key.startswith("tier-"):
                    self.rule = case.rule
                return case.next
        return branch.otherwise

    def ask(self, node: WaitApproval) -> None:
        seats = tuple(AskedSeat(each.label, self.able(each)) for each in node.approvers)
        asked = AskedStep(node, seats, self.further(node.silence, seats))
        others = (each for each in self.steps if each.node.part != node.part)
        if not node.part or not any(_contained(asked, each) for each in others):
            self.steps.append(asked)

    def able(self, approver: Approver) -> tuple[Asked, ...]:
        return self.candidates(self.holders(approver))

    def further(
        self, silence: Silence | None, seats: tuple[AskedSeat, ...]
    ) -> tuple[tuple[Duration, tuple[Asked, ...]], ...]:
        """Who is asked, too, when nobody answers."""
        found: list[tuple[Duration, tuple[Asked, ...]]] = []
        last = [each.person for seat in seats for each in seat.people]
        for each in silence.further if silence else ():
            people = self.candidates(self.asked_further(each, last))
            found.append((each.after, people))
            last = [one.person for one in people] or last
        return tuple(found)

    def asked_further(self, further: Further, last: Iterable[str]) -> tuple[str, ...]:
        if further.to is not None:
            return self.holders(further.to)
        bosses = (next(self.above(email), "") for email in last)
        return tuple(dict.fromkeys(each for each in bosses if each))

    def holders(self, approver: Approver) -> tuple[str, ...]:
        """Everybody whom an approver means."""
        people = self.graph.people
        match approver.by:
            case "role":
                found = (email for email, each in people.items() if each.role == approver.name)
                return tuple(sorted(email for email in found if self.working(email)))
            case "team":
                found = (email for email, each in people.items() if each.team == approver.name)
                return tuple(sorted(email for email in found if self.working(email)))
            case "pool":
                return tuple(self.pooled(approver.name))
            case "manager":
                chain = tuple(self.above(self.base(approver.name)))
                return chain[approver.level - 1 :][:1]
            case "person":
                return (approver.name.lower(),)
            case "field":
                one = self.base(approver.name)
                return (one,) if one else ()

    def pooled(self, name: str) -> Iterator[str]:
        pool = self.graph.pools.get(name)
        for each in pool.members if pool else ():
            inside = _inside(self.day, each.start, each.end)
            if inside and self.working(each.email.lower()):
                yield each.email.lower()

    def base(self, name: str) -> str:
        if name == "submitter":
            return self.submitter
        return str(self.record.get(name) or "").lower()

    def above(self, email: str) -> Iterator[str]:
        """The managers of somebody, from the nearest up; a circle ends where it closes."""
        seen, boss = {email}, self.manager(email)
        while boss and boss not in seen:
            yield boss
            seen.add(boss)
            boss = self.manager(boss)

    def manager(self, email: str) -> str:
        person = self.graph.people.get(email)
        return person.manager.lower() if person else ""

    def working(self, email: str) -> bool:
        person: Person | None = self.graph.people.get(email)
        return person is not None and _inside(self.day, person.start, person.end)

    @property
    def barred(self) -> frozenset[str]:
        parties = {"submitter": self.submitter, "owner": self.base("owner")}
        return frozenset(parties[each] for each in self.graph.barred)

    def candidates(self, people: Iterable[str]) -> tuple[Asked, ...]:
        """Who of these may answer; else the nearest manager who may; those who are there first."""
        wanted = tuple(dict.fromkeys(people))
        found = self.delegated(wanted)
        for boss in dict.fromkeys(up for each in wanted for up in self.above(each)):
            found = found or self.delegated((boss,))
        unique = tuple({each.person: each for each in found}.values())
        there = tuple(each for each in unique if not self.away(each.person))
        return there or unique

    def delegated(self, people: Iterable[str]) -> list[Asked]:
        free = (each for each in people if self.working(each) and each not in self.barred)
        return [self.stand(each) for each in free]

    def away(self, email: str) -> bool:
        person = self.graph.people.get(email)
        return person is not None and any(a <= self.day < b for a, b in person.away)

    def stand(self, email: str) -> Asked:
        """Who answers for somebody: the last in the line; a circle is no delegation."""
        line = [email]
        while True:
            found = next((each for each in self.graph.stands if self.holds(each, line[-1])), None)
            if found is None:
                return Asked(line[-1], email if len(line) > 1 else "")
            if found.person in line:
                return Asked(email)
            line.append(found.person)

    def holds(self, stand: Stand, email: str) -> bool:
        inside = _inside(self.day, stand.start, stand.end)
        if stand.instead_of != email or not inside or stand.person in self.barred:
            return False
        met = stand.test is None or stand.test.evaluate(self.record, self.now)
        if not met or not self.working(stand.person):
            return False
        value = self.record.get(stand.field)
        return stand.limit is None or (value is not None and value <= stand.limit)


def _inside(day: date, start: date | None, end: date | None) -> bool:
    return (start is None or start <= day) and (end is None or day < end)


def _contained(step: AskedStep, other: AskedStep) -> bool:
    same = (step.seats, step.node.mode) == (other.seats, other.node.mode)
    return same and step.node.need <= other.node.need


@dataclass
class _Poll:
    """The answers to one step, which began at a moment."""

    graph: Graph
    step: AskedStep
    begins: datetime
    yes: set[str] = field(default_factory=set)
    no: set[str] = field(default_factory=set)

    def after(self, duration: Duration) -> datetime | None:
        silence = self.step.node.silence
        hours = self.graph.calendars.get(silence.calendar) if silence else None
        if not duration.business or hours is None:
            return self.begins + real(duration, self.begins)
        clock = HoursClock("", hours)
        return clock.due(self.begins, clock.amount(self.begins, duration))

    @property
    def due(self) -> datetime | None:
        silence = self.step.node.silence
        return None if silence is None else self.after(silence.within)

    @property
    def rejects(self) -> bool:
        silence = self.step.node.silence
        return silence is not None and silence.then == "reject"

    def late(self, at: datetime) -> bool:
        return self.due is not None and at >= self.due

    def level(self, at: datetime) -> int:
        marks = (self.after(duration) for duration, _ in self.step.further)
        return sum(mark is not None and mark <= at for mark in marks)

    def seats(self, at: datetime) -> tuple[AskedSeat, ...]:
        more = self.step.further[: self.level(at)]
        people = tuple(each for _, asked in more for each in asked)
        return tuple(replace(seat, people=(*seat.people, *people)) for seat in self.step.seats)

    def count(
        self, answers: list[Answer]
    ) -> tuple[Literal["waiting", "approved", "rejected"], datetime, list[Answer]]:
        """What the answers lead to, when, and those that came after."""
        for place, answer in enumerate(answers):
            if self.late(answer.at) and self.rejects:
                break
            if self.accepts(answer):
                (self.yes if answer.approves else self.no).add(answer.person.lower())
                status = self.status(answer)
                if status != "waiting":
                    return status, answer.at, answers[place + 1 :]
        return "waiting", self.begins, []

    def accepts(self, answer: Answer) -> bool:
        person = answer.person.lower()
        asked = {each.person for seat in self.seats(answer.at) for each in seat.people}
        mute = self.step.node.comment_required and not answer.comment.strip()
        return person in asked and person not in self.yes | self.no and not mute

    def status(self, answer: Answer) -> Literal["waiting", "approved", "rejected"]:
        seats = [{each.person for each in seat.people} for seat in self.seats(answer.at)]
        match self.step.node.mode:
            case "any":
                return "approved" if answer.approves else "rejected"
            case "all":
                done, lost = all(self.yes & seat for seat in seats), bool(self.no)
            case "quorum":
                done = most(seats, self.yes) >= self.step.node.need
                lost = most(seats, set().union(*seats) - self.no) < self.step.node.need
        return "rejected" if lost else "approved" if done else "waiting"

    def standing(
        self, status: Literal["waiting", "approved", "rejected"], place: int, now: datetime
    ) -> Voted:
        people = dict.fromkeys(each.person for seat in self.seats(now) for each in seat.people)
        open_to = [each for each in people if each not in self.yes | self.no]
        waiting = tuple(open_to) if status == "waiting" else ()
        return Voted(status, place, waiting, self.due, self.level(now), self.late(now))


def most(seats: Sequence[set[str]], people: set[str]) -> int:
    """How many different people of these can count; nobody sits on two of several seats."""
    if len(seats) == 1:
        return len(people & seats[0])
    taken: dict[str, int] = {}

    def sits(seat: int, asked: set[str]) -> bool:
        for email in sorted((people & seats[seat]) - asked):
            asked.add(email)
            if email not in taken or sits(taken[email], asked):
                taken[email] = seat
                return True
        return False

    return sum(sits(seat, set()) for seat in range(len(seats)))

"""How far an approval has come: answers so far, who is waited for, and what silence leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from ixia_config.kinds.approval_policy.decision import AskedStep, Decision, Outcome, Seat, most
from ixia_config.kinds.pipeline.ages import end_of
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.kinds.scalars import Duration
from ixia_config.rules.explain import shown


@dataclass(frozen=True, slots=True)
class Answer:
    """One person says yes or no at a moment."""

    person: str
    approves: bool
    at: datetime
    comment: str = ""


class Status(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a request stands, and who is asked now; ``step`` counts from 0.

    ``level`` is the number of times that it has been escalated in this step.
    """

    status: Status
    step: int
    waiting_for: tuple[str, ...] = ()
    due: datetime | None = None
    level: int = 0
    overdue: bool = False
    reasons: tuple[Reason, ...] = ()


def next_step(decision: Decision, answers: Sequence[Answer], now: datetime) -> Progress:
    """Where a request stands in view of all answers up to now, in any order."""
    match decision.outcome:
        case Outcome.AUTO | Outcome.UNCONCERNED:
            return Progress(Status.APPROVED, 0)
        case Outcome.DENIED | Outcome.DRAFT:
            return Progress(Status.REJECTED, 0)
        case Outcome.NEEDED:
            heard = sorted((a for a in answers if a.at <= now), key=lambda answer: answer.at)
            return _walk(decision, heard, now)


def _walk(decision: Decision, heard: Sequence[Answer], now: datetime) -> Progress:
    """From step to step: the next begins when the one before is complete."""
    begins, rest = decision.submitted, tuple(heard)
    told: list[Reason] = []
    for place, step in enumerate(decision.steps):
        ballot = _Ballot(step, begins, told)
        status, begins, rest = ballot.count(tuple(a for a in rest if a.at >= begins))
        if status is Status.WAITING:
            status = ballot.silence(now)
        if status is not Status.APPROVED:
            return ballot.progress(status, place, now)
    return Progress(Status.APPROVED, len(decision.steps), reasons=tuple(told))


class _Ballot:
    """The answers to one step, which began at a moment."""

    def __init__(self, step: AskedStep, begins: datetime, told: list[Reason]) -> None:
        self.step, self.begins, self.told = step, begins, told
        self.due = None if step.due is None else self.after(step.due.within)
        self.marks = [self.after(level.after) for level in step.levels]
        self.yes: set[str] = set()
        self.no: set[str] = set()

    def after(self, duration: Duration) -> datetime | None:
        """The moment this long after the step began; None where it never comes."""
        return end_of(duration, self.begins, self.step.clock)

    def level(self, at: datetime) -> int:
        """How often this has been escalated; a mark that is met exactly counts."""
        return sum(mark is not None and mark <= at for mark in self.marks)

    def late(self, at: datetime) -> bool:
        """Whether the due time has come."""
        return self.due is not None and at >= self.due

    def seats(self, at: datetime) -> tuple[Seat, ...]:
        """Who may answer: further people share the seats of those who were silent."""
        levels = self.step.levels[: self.level(at)]
        further = tuple(each for level in levels for each in level.people)
        return tuple(replace(seat, people=(*seat.people, *further)) for seat in self.step.seats)

    def count(self, answers: tuple[Answer, ...]) -> tuple[Status, datetime, tuple[Answer, ...]]:
        """What the answers lead to, when, and those that came after."""
        for place, answer in enumerate(answers):
            if self.late(answer.at) and self.rejects_late:
                break
            if self.accepts(answer):
                (self.yes if answer.approves else self.no).add(answer.person.lower())
                status = self.status(answer)
                if status is not Status.WAITING:
                    return status, answer.at, answers[place + 1 :]
        return Status.WAITING, self.begins, ()

    @property
    def rejects_late(self) -> bool:
        """Whether silence until the due time is a no."""
        return self.step.due is not None and self.step.due.on_timeout == "reject"

    def accepts(self, answer: Answer) -> bool:
        """Whether an answer counts; why not is told."""
        person = answer.person.lower()
        why = ""
        if person not in {email for seat in self.seats(answer.at) for email in seat.emails}:
            why = "answered without being asked"
        elif person in self.yes | self.no:
            why = "answered again; the first answer counts"
        elif self.step.comment_required and not answer.comment.strip():
            why = "answered without the comment that is required"
        if why:
            self.told.append(Reason(person, Verdict.SKIPPED, why))
            return False
        verdict = Verdict.YES if answer.approves else Verdict.NO
        self.told.append(Reason(person, verdict, answer.comment or shown(answer.at)))
        return True

    def status(self, answer: Answer) -> Status:
        """Where the step stands after this answer."""
        seats = self.seats(answer.at)
        match self.step.mode:
            case "any":
                return Status.APPROVED if answer.approves else Status.REJECTED
            case "all":
                done = all(self.yes & set(seat.emails) for seat in seats)
                lost = bool(self.no)
            case "quorum":
                everybody = frozenset(email for seat in seats for email in seat.emails)
                done = most(seats, frozenset(self.yes)) >= self.step.need
                lost = most(seats, everybody - self.no) < self.step.need
        if lost:
            return Status.REJECTED
        return Status.APPROVED if done else Status.WAITING

    def silence(self, now: datetime) -> Status:
        """What it means that not enough people have answered by now."""
        if not (self.late(now) and self.rejects_late):
            return Status.WAITING
        within = self.step.due.within if self.step.due else ""
        names = ", ".join(self.step.labels)
        self.told.append(Reason(names, Verdict.NO, f"no answer within {within}, so it is rejected"))
        return Status.REJECTED

    def progress(self, status: Status, place: int, now: datetime) -> Progress:
        """The step as it stands now."""
        waiting = status is Status.WAITING
        people = dict.fromkeys(email for seat in self.seats(now) for email in seat.emails)
        answered = self.yes | self.no
        return Progress(
            status=status,
            step=place,
            waiting_for=tuple(each for each in people if waiting and each not in answered),
            due=self.due,
            level=self.level(now),
            overdue=self.late(now),
            reasons=tuple(self.told),
        )

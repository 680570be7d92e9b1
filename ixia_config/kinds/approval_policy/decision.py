"""What is decided about a request for approval: a value that says who is asked, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from ixia_config.kinds.approval_policy.request import Candidate
from ixia_config.kinds.approval_policy.spec import Due
from ixia_config.kinds.calendar.clocks import Clock, RealClock
from ixia_config.kinds.reasons import Reason
from ixia_config.kinds.scalars import Duration


class Outcome(StrEnum):
    """What becomes of a request."""

    AUTO = "approved"
    DRAFT = "draft only"
    NEEDED = "needs approval"
    DENIED = "denied"
    UNCONCERNED = "not concerned"


@dataclass(frozen=True, slots=True)
class Seat:
    """One approver of a step: what the policy calls it, and who may answer for it."""

    label: str
    people: tuple[Candidate, ...]

    @property
    def emails(self) -> tuple[str, ...]:
        """Who is asked."""
        return tuple(candidate.email for candidate in self.people)


@dataclass(frozen=True, slots=True)
class Level:
    """Who is asked, too, when nobody has answered for this long."""

    after: Duration
    people: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class AskedStep:
    """People who are asked at the same time, and how many of them must agree."""

    seats: tuple[Seat, ...]
    mode: Literal["all", "any", "quorum"] = "all"
    need: int = 1
    comment_required: bool = False
    evidence: str = ""
    due: Due | None = None
    levels: tuple[Level, ...] = ()
    clock: Clock = field(default=RealClock(), compare=False, repr=False)

    @property
    def labels(self) -> tuple[str, ...]:
        """What the policy calls those who are asked."""
        return tuple(seat.label for seat in self.seats)

    @property
    def emails(self) -> tuple[str, ...]:
        """Everybody who is asked, once."""
        return tuple(dict.fromkeys(email for seat in self.seats for email in seat.emails))

    @property
    def answerable(self) -> bool:
        """Whether the people who are there are enough."""
        match self.mode:
            case "all":
                return bool(self.seats) and all(seat.people for seat in self.seats)
            case "any":
                return bool(self.emails)
            case "quorum":
                return most(self.seats, frozenset(self.emails)) >= self.need


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to a request at the moment at which it is made.

    ``chain`` and ``people`` say who is asked, step by step: in the words of the policy, and by
    address. ``rule`` is the key of the rule that decided; None where none matched.
    """

    policy: str
    outcome: Outcome
    rule: str | None
    steps: tuple[AskedStep, ...]
    submitter: str
    submitted: datetime
    reasons: tuple[Reason, ...]

    @property
    def chain(self) -> tuple[tuple[str, ...], ...]:
        """The approvers of each step, in the words of the policy."""
        return tuple(step.labels for step in self.steps)

    @property
    def people(self) -> tuple[tuple[str, ...], ...]:
        """The addresses of those who are asked in each step."""
        return tuple(step.emails for step in self.steps)

    @property
    def stuck(self) -> tuple[int, ...]:
        """The steps that nobody there can complete, from 0."""
        return tuple(place for place, step in enumerate(self.steps) if not step.answerable)


def most(seats: tuple[Seat, ...], people: frozenset[str]) -> int:
    """How many different people of these can count.

    One seat is a group, of which everybody counts. Of several seats each counts once, and nobody
    sits on two of them.
    """
    if len(seats) == 1:
        return len(people & frozenset(seats[0].emails))
    taken: dict[str, Seat] = {}
    return sum(_sits(seat, people, taken, set()) for seat in seats)


def _sits(seat: Seat, people: frozenset[str], taken: dict[str, Seat], asked: set[str]) -> bool:
    """Seat one more, letting those who sit already move over."""
    for email in sorted(people & frozenset(seat.emails) - asked):
        asked.add(email)
        if email not in taken or _sits(taken[email], people, taken, asked):
            taken[email] = seat
            return True
    return False

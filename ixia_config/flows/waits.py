"""What a graph that waits is made of: clocks, alarms, who hears of them, and who is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from ixia_config.kinds.scalars import Duration
from ixia_config.kinds.sla_policy.triggers import Signals
from ixia_config.rules import Typed
from ixia_config.rules.nodes import Scalar

Action = Literal["warn", "notify", "reroute", "raise_priority", "task"]


@dataclass(frozen=True, slots=True)
class NotYet:
    """A part of a policy that a graph cannot say, and why; the graph does without it."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose calendar counts: ``name`` is a calendar, or the field that holds the customer's.

    ``otherwise`` is the calendar of records that have none.
    """

    of: Literal["named", "owner", "team", "customer"]
    name: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """How much time there is; the first target whose test holds counts.

    ``by`` is a time of day in minutes after midnight, on the working day that ``within`` says.
    """

    key: str
    test: Typed | None
    within: Duration
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """One clock for each record: what moves it, how much time there is, and whose hours count."""

    metric: str
    signals: Signals
    targets: tuple[Target, ...]
    calendar: Whose | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """When this share of the target is used up; 1 is the due time."""

    share: Decimal


@dataclass(frozen=True, slots=True)
class Left:
    """When only so much time is left."""

    amount: Duration


@dataclass(frozen=True, slots=True)
class Late:
    """When it is late by so much."""

    amount: Duration


@dataclass(frozen=True, slots=True)
class Passed:
    """As soon as the due time has passed; a clock that ends exactly then is met."""


Alarm = Used | Left | Late | Passed


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who hears of it: of the record its owner, his manager or the lead of the team; or a name."""

    to: Literal["owner", "manager", "team_lead", "person", "team", "role"]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Fork:
    """All ways are gone at once, each for itself."""

    key: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timer:
    """Waits for an alarm of the graph's clock; ``ended`` is the way where the clock ends before.

    While the clock stands still the timer does, too; where it begins anew, so does the timer.
    """

    key: str
    title: str
    alarm: Alarm
    reached: str
    ended: str


@dataclass(frozen=True, slots=True)
class Notify:
    """Tells somebody, who then does what ``action`` says."""

    key: str
    to: Recipient
    action: Action
    text: str
    next: str


@dataclass(frozen=True, slots=True)
class SetField:
    """Writes a value into a field; a field that is not in the schema is the tool's own."""

    key: str
    path: str
    value: Scalar
    next: str


@dataclass(frozen=True, slots=True)
class Approver:
    """Who may answer; ``name`` is a role, team, pool, address or field.

    ``manager`` means the manager ``level`` steps above the person in the field ``name``, or above
    who asks where that is ``submitter``.
    """

    by: Literal["role", "team", "pool", "person", "field", "manager"]
    name: str
    level: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True)
class Further:
    """Who is asked, too, after so long without an answer; the managers where nobody is named."""

    after: Duration
    to: Approver | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """Until when an answer is expected, counted from the beginning of a step, and what then."""

    within: Duration
    calendar: str = ""
    then: Literal["remind", "escalate", "reject"] = "remind"
    further: tuple[Further, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitApproval:
    """Asks people at the same time and waits for as many of them as ``mode`` and ``need`` say.

    A step with a ``part`` is left out where another part asks the same people alone.
    """

    key: str
    title: str
    approvers: tuple[Approver, ...]
    approved: str
    rejected: str
    mode: Literal["all", "any", "quorum"] = "all"
    need: int = 1
    comment_required: bool = False
    evidence: str = ""
    silence: Silence | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """Somebody answers in the place of another, from ``start`` to before ``end``.

    Only for requests whose value in ``field`` is at most ``limit``, and for which ``test`` holds.
    """

    instead_of: str
    person: str
    start: date | None = None
    end: date | None = None
    limit: Decimal | None = None
    field: str = ""
    test: Typed | None = None

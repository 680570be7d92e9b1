"""The answer of a CompPlan: credits, lines with their tier parts, payouts and statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ixia_config.kinds.reasons import Reason

Reasons = tuple[Reason, ...]


class How(StrEnum):
    """How somebody came to a credit."""

    DIRECT = "direct"
    SPLIT = "split"
    OVERLAY = "overlay"
    ROLLUP = "roll-up"


class What(StrEnum):
    """What a line pays or takes."""

    COMMISSION = "commission"
    BONUS = "bonus"
    MBO = "objectives"
    SPIFF = "contest"
    CAP = "cap"
    FLOOR = "floor"
    HOLDBACK = "held back"
    CLAWBACK = "clawback"
    CORRECTION = "correction"
    GUARANTEE = "guarantee"
    DRAW = "draw"
    RECOVERY = "draw repaid"
    CARRIED = "carried forward"


@dataclass(frozen=True, slots=True)
class Credit:
    """One person's part in one record, for one component.

    ``whole`` is the amount in the currency of the plan, ``amount`` the person's part of it, both
    rounded. ``version`` names the version of the plan by its first day. ``steps`` tell how the
    amount came about, where it is more than a field of the record.
    """

    record: str
    title: str
    component: str
    person: str
    on: date
    amount: Decimal
    whole: Decimal
    share: Decimal = Decimal(1)
    how: How = How.DIRECT
    through: str = ""
    version: str = ""
    steps: Reasons = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a line in one tier: ``credit`` times ``rate``, exact to twelve places.

    ``tier`` counts from 1; 0 is a range without a tier. ``from_`` and ``to`` are the bounds in
    credit; None is open. A fixed amount has neither credit nor rate.
    """

    tier: int
    from_: Decimal | None
    to: Decimal | None
    credit: Decimal | None
    rate: Decimal | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One amount of a payout.

    ``amount`` is ``earned`` less ``before``: what is earned by the end of the payout, and what of
    it earlier payouts had. ``exact`` is ``earned`` before rounding. ``about`` is the period that a
    correction is about.
    """

    what: What
    component: str
    amount: Decimal
    record: str = ""
    title: str = ""
    credit: Credit | None = None
    parts: tuple[Part, ...] = ()
    exact: Decimal = Decimal(0)
    earned: Decimal = Decimal(0)
    before: Decimal = Decimal(0)
    version: str = ""
    about: str = ""
    reasons: Reasons = ()


@dataclass(frozen=True, slots=True)
class Attained:
    """How a measure stands at the end of a payout; ``share`` is None while the quota is 0."""

    measure: str
    period: str
    quota: Decimal
    credited: Decimal
    share: Decimal | None
    reasons: Reasons = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """What is carried to the next payout; each amount is 0 or more.

    ``draw`` is owed of draws, ``carried`` of clawbacks and corrections; ``held`` waits for its
    release.
    """

    draw: Decimal = Decimal(0)
    carried: Decimal = Decimal(0)
    held: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Payout:
    """What one assignment pays for one payout period: ``total`` is the sum of the lines.

    ``closed`` is one that has been paid and changes no more. ``since`` is the first day of the
    assignment; None in a payout that was stored without it.
    """

    person: str
    plan: str
    period: str
    start: date
    end: date
    currency: str
    lines: tuple[Line, ...] = ()
    credits: tuple[Credit, ...] = ()
    attained: tuple[Attained, ...] = ()
    balance: Balance = Balance()
    versions: tuple[str, ...] = ()
    closed: bool = False
    reasons: Reasons = ()
    since: date | None = None

    @property
    def total(self) -> Decimal:
        """What is paid."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def earned(self) -> Decimal:
        """What components and contests earn, before draws, guarantees and what is carried."""
        kinds = (What.GUARANTEE, What.DRAW, What.RECOVERY, What.CARRIED)
        return sum((each.amount for each in self.lines if each.what not in kinds), Decimal(0))

    @property
    def by_component(self) -> Mapping[str, Decimal]:
        """The sum of the lines of each component; draws and the like under the empty key."""
        found: dict[str, Decimal] = {}
        for line in self.lines:
            found[line.component] = found.get(line.component, Decimal(0)) + line.amount
        return found


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything that is paid to one person in one period; ``end`` is the day after its last."""

    person: str
    period: str
    start: date
    end: date
    payouts: tuple[Payout, ...] = ()
    reasons: Reasons = field(default=())

    @property
    def totals(self) -> Mapping[str, Decimal]:
        """What is paid, by currency."""
        found: dict[str, Decimal] = {}
        for payout in self.payouts:
            found[payout.currency] = found.get(payout.currency, Decimal(0)) + payout.total
        return found

"""The declaration of a PolicyTest: a clock, and cases with what is given and what is expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StrictBool,
    TypeAdapter,
    WithJsonSchema,
)

from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import (
    Count,
    Email,
    Key,
    Name,
    Number,
    Percent,
    Text,
    expected,
    matching,
)

_INSTANT = (
    r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
    r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"
)
_WHAT = "a date and time with its zone, such as 2026-11-23T09:00:00-05:00"
_instant = matching(_INSTANT, _WHAT)


def read_instant(value: object) -> dt.datetime:
    """A date and time in the zone in which it was written."""
    match = _instant(value)
    try:
        return dt.datetime.fromisoformat(match[0])
    except ValueError:
        raise expected(_WHAT) from None


Instant = Annotated[
    dt.datetime,
    PlainValidator(read_instant),
    WithJsonSchema({"type": "string", "pattern": f"^{_INSTANT}$"}),
]

INSTANT: TypeAdapter[dt.datetime] = TypeAdapter(Instant)
"""Reads a date and time outside a document."""

Values = dict[str, Any]
"""The fields of a record as they are written; the record type judges them."""


class Load(Frozen):
    """How many records somebody has already."""

    open: Count | None = None
    today: Count | None = None
    this_week: Count | None = None


def _open(value: object) -> object:
    return {"open": value} if isinstance(value, str) else value


LoadOrCount = Annotated[Load, BeforeValidator(_open, json_schema_input_type=Count | Load)]


class Given(Frozen):
    """The record, under the name of its record type, and what surrounds it."""

    model_config = ConfigDict(frozen=True, extra="allow", use_attribute_docstrings=True)
    __pydantic_extra__: dict[str, Values] = Field(init=False)

    submitter: Email | None = None
    """Who asks for an approval"""
    stage: Key | None = None
    """Where the record stands, by the key of the stage"""
    stage_entered: Instant | None = None
    last_activity: Instant | None = None
    confirmed: tuple[Key, ...] | None = None
    """Criteria that a person has verified"""
    approved_by: tuple[Email, ...] | None = None
    """Who has released the record into the next stage"""
    reason: Text | None = None
    """Why the record is closed"""
    comment: Text | None = None
    rotation: Mapping[Name, Email] = {}
    """Who got the last record of each pool; nobody yet when left out"""
    load: Mapping[Email, LoadOrCount] = {}
    """How many records people have: open ones, or open, today and this_week"""
    absent: tuple[Email, ...] = ()
    """People who are away though the Directory does not say so"""
    credits: tuple[Values, ...] = ()
    """Records that pay a commission, in order. Whose they are and when may be left out; a
    condition of which no record tells a field holds"""

    @property
    def records(self) -> Mapping[str, Values]:
        """The records by the name of their type, in order."""
        return self.__pydantic_extra__ or {}


class ExpectedRouting(Frozen):
    """Who gets the record."""

    policy: Name
    rule: Key | None = None
    """Key of the rule that takes it; otherwise where none does"""
    person: Email | None = None
    pool: Name | None = None
    queue: Name | None = None


SlaState = Literal[
    "does not apply",
    "not started",
    "running",
    "paused",
    "met",
    "breached",
    "cancelled",
    "cannot be told",
]


class ExpectedSla(Frozen):
    """When the record is due, and how its clock stands."""

    policy: Name
    due: Instant | None = None
    state: SlaState | None = None
    target: Key | None = None
    """Key of the target that counts, or its number from 1"""


class ExpectedApproval(Frozen):
    """Who must say yes."""

    policy: Name
    outcome: (
        Literal["approved", "draft only", "needs approval", "denied", "not concerned"] | None
    ) = None
    rule: Key | None = None
    chain: tuple[tuple[Text, ...], ...] | None = None
    """Who is asked, step by step, in the words of the policy"""
    people: tuple[tuple[Email, ...], ...] | None = None
    """Who is asked, step by step, by address"""


class ExpectedStage(Frozen):
    """Whether the record may move to another stage."""

    policy: Name
    to: Key
    """The stage that it is to move to"""
    allowed: StrictBool | None = None
    failing: tuple[Text, ...] | None = None
    """Keys of the fields and criteria that are in the way"""
    approvers: tuple[Email, ...] | None = None


class ExpectedCommission(Frozen):
    """What the credits pay."""

    asked: ClassVar[tuple[str, ...]] = ("plan", "person", "period")

    plan: Name
    person: Email | None = None
    """Who is paid: with their own quota, ramp and draw; somebody new on the plan when left out"""
    period: Text | None = None
    """Such as 2027-Q1; the period of the quota in which the clock stands when left out"""
    total: Number | None = None
    """What is paid"""
    earned: Number | None = None
    """The same before draws, guarantees and what is carried"""
    components: Mapping[Key, Number] | None = None
    """What each component pays"""
    lines: Mapping[Text, Number] | None = None
    """What each record pays, by its name"""
    attainment: Percent | None = None
    owed: Number | None = None
    """What is still owed of draws"""

    @property
    def policy(self) -> str:
        """The plan that is asked."""
        return self.plan


class Expected(Frozen):
    """What the policies decide."""

    routing: ExpectedRouting | None = None
    sla: ExpectedSla | None = None
    approval: ExpectedApproval | None = None
    stage: ExpectedStage | None = None
    commission: ExpectedCommission | None = None


class Case(Frozen):
    """One record, and what is decided about it."""

    name: Text
    """What the case shows, in a sentence"""
    clock: Instant | None = None
    """When it is decided; the clock of the test when left out"""
    given: Given
    expect: Expected = Expected()


class PolicyTestSpec(Frozen):
    """Cases that are decided at one time."""

    clock: Instant
    """When the cases are decided, with the zone: 2026-11-23T09:00:00-05:00"""
    cases: tuple[Case, ...] = Field(min_length=1)


class PolicyTest(Envelope):
    """What the policies must decide about records, run by ixia test."""

    supporting: ClassVar[bool] = True

    kind: Literal["PolicyTest"]
    spec: PolicyTestSpec

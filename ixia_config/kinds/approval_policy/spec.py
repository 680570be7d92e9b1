"""The declaration of an ApprovalPolicy: rules, steps, approvers, limits and delegation."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, PlainValidator, StrictBool, WithJsonSchema

from ixia_config.kinds.calendar.spec import Effective
from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import (
    Condition,
    Count,
    Currency,
    DurationText,
    Email,
    FieldName,
    Key,
    Name,
    Text,
    matching,
    percentage,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """How far an authority goes: an amount, or a share such as 30%."""

    value: Decimal
    share: bool = False

    def __str__(self) -> str:
        return percentage(self.value) if self.share else f"{self.value:,f}"


_LIMIT = r"([0-9]{1,15}(?:\.[0-9]{1,9})?) ?(%)?"
_limit = matching(_LIMIT, "an amount such as 50000 or a percentage such as 30%")


def _read_limit(value: object) -> Limit:
    number, sign = _limit(value).groups()
    return Limit(Decimal(number) / (100 if sign else 1), share=sign is not None)


LimitText = Annotated[
    Limit,
    PlainValidator(_read_limit),
    WithJsonSchema({"type": ["number", "string"], "pattern": f"^{_LIMIT}$", "minimum": 0}),
]


class Approver(Frozen):
    """Who may say yes: exactly one of role, team, pool, person, field, manager_of, authority_of."""

    role: Key | None = None
    """Anybody who holds the role"""
    team: Name | None = None
    """Anybody in the team"""
    pool: Name | None = None
    """Anybody in the pool"""
    person: Email | None = None
    field: FieldName | None = None
    """The person whom this field of the record names"""
    manager_of: FieldName | None = None
    """The manager of the submitter, or of the person whom this field names"""
    level: Count | None = None
    """How far up: 1 is the manager, 2 the manager's manager; with manager_of"""
    authority_of: FieldName | None = None
    """Up the managers of the submitter, until one has the authority that is needed"""

    @property
    def given(self) -> tuple[str, ...]:
        """The ways in which somebody is named."""
        return tuple(way for way in WAYS if getattr(self, way) is not None)


WAYS = ("role", "team", "pool", "person", "field", "manager_of", "authority_of")


class Escalation(Frozen):
    """Who else is asked when nobody answers."""

    after: DurationText
    """Counted from the beginning of the step"""
    to: Approver | None = None
    """One manager further up when left out"""


class Due(Frozen):
    """Until when an answer is expected."""

    within: DurationText
    calendar: Name | None = None
    """Whose business hours count; real time without one"""
    on_timeout: Literal["remind", "escalate", "reject", "approve"] = "remind"
    """approve is refused: silence is no consent"""
    escalate: tuple[Escalation, ...] = ()
    """Further people, one after the other; the manager at the due time when left out"""


class Step(Frozen):
    """People who are asked at the same time."""

    key: Key | None = None
    title: Text | None = None
    approver: Approver | None = None
    approvers: tuple[Approver, ...] = ()
    mode: Literal["all", "any", "quorum"] = "all"
    """all: one person for each approver; any: the first answer; quorum: as many as need says"""
    need: Count | None = None
    """How many different people must agree; with quorum"""
    skip_when: Condition | None = None
    comment_required: StrictBool = False
    evidence: Text | None = None
    """What the approver looks at"""
    due: Due | None = None

    @property
    def asked(self) -> tuple[Approver, ...]:
        """Every approver of the step."""
        return self.approvers if self.approver is None else (self.approver, *self.approvers)


class Rule(Frozen):
    """What one band of requests needs."""

    key: Key
    title: Text | None = None
    when: Condition | None = None
    """Everything that earlier rules left over, when left out"""
    approve: Literal["auto", "draft", "deny"] | None = None
    """auto: goes ahead; draft: is prepared, a person sends it; deny: does not happen"""
    steps: tuple[Step, ...] = ()
    escalate_when: Condition | None = None
    """When this holds, too, the next rule decides: one tier up"""


class Addition(Frozen):
    """Steps on top of those of the rule that matched."""

    key: Key | None = None
    when: Condition | None = None
    steps: tuple[Step, ...] = Field(min_length=1)


class Reapproval(Frozen):
    """Changes after which approved values must be approved again."""

    raises: tuple[FieldName, ...] = ()
    lowers: tuple[FieldName, ...] = ()
    changes: tuple[FieldName, ...] = ()


class Delegation(Frozen):
    """Somebody answers in the place of another."""

    from_: Email = Field(alias="from")
    to: Email
    effective: Effective = Effective()
    limit: LimitText | None = None
    """Only requests up to here"""
    field: FieldName | None = None
    """The field that the limit is about; needed where the rules read several that fit"""
    when: Condition | None = None
    """Only these requests"""


class AuthorityLimit(Frozen):
    """How far a person or everybody in a role may decide; without a limit: any amount."""

    role: Key | None = None
    person: Email | None = None
    limit: LimitText | None = None


class Authority(Frozen):
    """How far people may decide, for approvers that are named by authority_of."""

    field: FieldName
    """The amount or percentage that is decided about"""
    ask: Literal["last_only", "whole_chain"] = "last_only"
    """Only the first manager with enough authority, or everybody up to there"""
    limits: tuple[AuthorityLimit, ...] = Field(min_length=1)


class ApprovalPolicySpec(Frozen):
    """The first rule that matches says who is asked; the steps are asked one after the other."""

    object: Name
    """Record type: deal, quote, action"""
    currency: Currency | None = None
    effective: Effective = Effective()
    applies_when: Condition | None = None
    """Other records need no approval by this policy"""
    submitters: tuple[Key, ...] = ()
    """Roles that may ask; anybody when left out"""
    hit_policy: Literal["first", "unique"] = "first"
    rules: tuple[Rule, ...] = Field(min_length=1)
    also: tuple[Addition, ...] = ()
    on_no_match: Literal["deny"] = "deny"
    due: Due | None = None
    """For every step that has none of its own"""
    reapprove_when: Reapproval | None = None
    separation: tuple[Literal["submitter", "owner", "approver"], ...] = ("submitter", "approver")
    """Who must be different people; [] lets people approve what they asked for"""
    delegation: tuple[Delegation, ...] = ()
    authority: Authority | None = None


class ApprovalPolicy(Envelope):
    """Who must approve what, in which order, and until when."""

    kind: Literal["ApprovalPolicy"]
    spec: ApprovalPolicySpec

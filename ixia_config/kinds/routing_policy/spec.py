"""The declaration of a RoutingPolicy: rules in order, where records go, and acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, StrictBool

from ixia_config.kinds.calendar.spec import Effective
from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import (
    Condition,
    Count,
    DurationText,
    Email,
    FieldName,
    FieldPath,
    Integer,
    Key,
    Name,
    Text,
)


class Assign(Frozen):
    """Where a record goes: exactly one of an owner, a person, a pool and a queue."""

    owner_of: FieldPath | None = None
    """A related record whose owner gets it, such as account; or a field that names a person"""
    person: Email | None = None
    pool: Name | None = None
    queue: Name | None = None
    skills: tuple[Text, ...] = ()
    """Skills that a member of the pool must have"""


class Rule(Frozen):
    """Which records go where; without a condition it takes every record."""

    key: Key
    title: Text | None = None
    when: Condition | None = None
    cells: Mapping[FieldPath, Text | StrictBool | tuple[Text, ...] | None] | None = None
    """The condition as a row of a decision table: EMEA, [EMEA, APAC], >= 1000, -"""
    assign: Assign
    on_no_eligible: Literal["next_rule"] | Assign | None = None
    """Where it goes when nobody can take it; that of the policy when left out"""


class Acceptance(Frozen):
    """How long an offered record waits for its new owner."""

    within: DurationText
    calendar: Text | None = None
    """A Calendar, or owner or team for the hours of the person who was offered it"""
    on_timeout: Literal["reroute", "escalate"] = "reroute"
    escalate_to: Text | None = None
    """Person, role or team; the manager when left out"""
    max_reroutes: Count | None = None
    cooldown: DurationText | None = None
    """How long somebody who let a record time out gets no new one from a pool"""
    reject_reasons: tuple[Text, ...] = ()


class TieBreaker(Frozen):
    """Which of several matching records counts."""

    field: FieldName
    prefer: Literal["yes", "no", "latest", "oldest", "highest", "lowest"]


class Match(Frozen):
    """Finds the record that a new one belongs to, by the domain of an address."""

    fill: FieldName
    """The reference that the match fills, such as account"""
    by: FieldName
    """The field with an e-mail address, web address or domain"""
    to: FieldName
    """The field of the related record with its domain"""
    domain: Literal["exact", "subdomains"] = "exact"
    """Whether mail.acme.com belongs to acme.com"""
    personal_domains: tuple[Text, ...] = ()
    """Domains that say nothing of the company, such as gmail.com"""
    tie_breakers: tuple[TieBreaker, ...] = ()


class Points(Frozen):
    """Points for something that is true, or for each time that it happened."""

    key: Key
    when: Condition | None = None
    each: FieldName | None = None
    """A field with a whole number: the points count that many times"""
    points: Integer


class Score(Frozen):
    """Points on one or more axes, such as fit and behaviour."""

    axes: Mapping[Key, tuple[Points, ...]] = Field(min_length=1)
    qualified: Mapping[Key, Integer] = {}
    """The points that a qualified record has on each axis, at least"""


class RoutingSpec(Frozen):
    """Rules in order, and what happens to records that no rule or person takes."""

    object: Name
    """Record type: lead, deal, ticket"""
    hit_policy: Literal["first", "unique"] = "first"
    """first: the first rule that holds counts; unique: at most one may hold"""
    match: Match | None = None
    score: Score | None = None
    rules: tuple[Rule, ...] = ()
    otherwise: Assign | None = None
    """Where records go that no rule takes"""
    on_no_eligible: Literal["next_rule"] | Assign | None = None
    """Where a record goes when its rule holds, but nobody can take it"""
    acceptance: Acceptance | None = None
    effective: Effective = Effective()


class RoutingPolicy(Envelope):
    """Who gets which record: rules, pools and queues, and what follows when nobody accepts it."""

    kind: Literal["RoutingPolicy"]
    spec: RoutingSpec

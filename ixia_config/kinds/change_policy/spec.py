"""The declaration of a ChangePolicy: rules by what changes, freezes by time, waivers by name."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, StrictBool

from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import Count, Date, Key, Name, Text

Doing = Literal["create", "update", "adopt", "release", "forget", "migrate", "archive", "delete"]


class Selection(Frozen):
    """Which changes are meant: those to which everything here applies; all when empty."""

    kinds: tuple[Text, ...] = ()
    """Kinds of policies that they come from, e.g. CompPlan"""
    policies: tuple[Name, ...] = ()
    """Names of those policies"""
    verbs: tuple[Doing, ...] = ()
    """What is done; whatever writes to the target when left out"""
    fields: tuple[Text, ...] = ()
    """Fields that are written, e.g. probability"""
    records: Count | None = None
    """At least so many records are concerned"""
    risk: Literal["low", "medium", "high"] | None = None
    """At least this risk: low makes something new, medium changes what is there, high moves
    records, takes something away, or cannot be undone"""


class Approval(Frozen):
    """Whose word is needed."""

    roles: tuple[Text, ...] = Field(min_length=1)
    """Whoever holds one of these roles in the Directory"""
    need: Count = 1
    """How many of them"""
    not_author: StrictBool = False
    """The author of the change does not count"""


class Rule(Frozen):
    """One rule: approve or deny what is selected."""

    key: Key
    when: Selection = Selection()
    approve: Approval | None = None
    deny: Text | None = None
    """Why it is never applied"""
    labels: tuple[Text, ...] = ()
    """Labels for the pull request"""


class QuarterEnd(Frozen):
    """The days around the end of each fiscal quarter."""

    days_before: Count = 0
    """Last days of a quarter"""
    days_after: Count = 0
    """First days of the next one"""


class Freeze(Frozen):
    """A time in which nothing that is selected is applied: exactly one way to say when."""

    key: Key
    when: Selection = Selection()
    quarter_end: QuarterEnd | None = None
    from_: Date | None = Field(default=None, alias="from")
    to: Date | None = None
    """The day after the last one"""
    outside: Name | None = None
    """A Calendar: frozen while it is closed"""
    reason: Text | None = None


class Waiver(Frozen):
    """An exception to one rule or freeze; it stays visible in every plan until its day."""

    of: Key
    """The rule or freeze"""
    owner: Text
    """Team or role that answers for it"""
    reason: Text
    until: Date
    """First day without it"""


class ChangePolicySpec(Frozen):
    """How the configuration may be changed."""

    environments: tuple[Name, ...] = ()
    """Where it holds; everywhere when left out"""
    zone: Text = "UTC"
    """Time zone in which the days of freezes are counted"""
    rules: tuple[Rule, ...] = ()
    freeze: tuple[Freeze, ...] = ()
    waivers: tuple[Waiver, ...] = ()


class ChangePolicy(Envelope):
    """Who must approve a change of the configuration, and when none is applied."""

    supporting: ClassVar[bool] = True

    kind: Literal["ChangePolicy"]
    spec: ChangePolicySpec

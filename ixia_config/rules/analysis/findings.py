"""What is asked about rules and what is answered: findings, regions, witnesses, comparisons."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ixia_config.rules.typed import Typed

Bound = int | Decimal | date | datetime | timedelta


class HitPolicy(StrEnum):
    """Which of the rules that a record meets count, in the words of DMN.

    ``priority`` is for rules that are handed over with the strongest first.
    """

    FIRST = "first"
    UNIQUE = "unique"
    ANY = "any"
    PRIORITY = "priority"
    COLLECT = "collect"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name in findings, whom it takes, and what it says of them.

    Two rules say the same where their outputs are equal.
    """

    key: str
    when: Typed
    output: Hashable = None


@dataclass(frozen=True, slots=True)
class Domain:
    """What holds for every record, whatever the rules say; fields go by the names conditions use.

    A required field of a related record (``account.segment``) is there where the record is.
    ``minimum`` and ``maximum`` include the bound; ``scales`` are decimal places of a number.
    """

    required: frozenset[str] = frozenset()
    minimum: Mapping[str, Bound] = field(default_factory=dict)
    maximum: Mapping[str, Bound] = field(default_factory=dict)
    scales: Mapping[str, int] = field(default_factory=dict)
    given: tuple[Typed, ...] = ()


ANYTHING = Domain()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is spent and shown; all are counted, never timed, so that answers repeat.

    ``nodes`` is the work of one question without the solver, about half a second; ``effort`` the
    solver's own units (a million is about a second); ``regions``, ``pairs`` and ``changes`` how
    many gaps, findings of one kind and changed regions are shown.
    """

    nodes: int = 50_000
    effort: int = 20_000_000
    regions: int = 8
    pairs: int = 200
    changes: int = 60


ORDINARY = Limits()


class Kind(StrEnum):
    """The defects of rules, after the literature on decision tables."""

    MISSING_RULE = "missing-rule"
    """No rule takes these records"""
    OVERLAPPING = "overlapping"
    """Two rules take the same record, and say the same"""
    CONFLICT = "conflict"
    """Two rules take the same record, and say different things"""
    IDENTICAL = "identical"
    """Two rules take the same records, and say the same"""
    SUBSUMED = "subsumed"
    """A rule could go: another takes all its records, and says the same"""
    MASKED = "masked"
    """A rule never decides: earlier rules, one or several together, take all its records"""
    MERGEABLE = "mergeable"
    """Two rules that say the same differ in one field, where they adjoin: they could be one"""
    PARTIAL_REDUCTION = "partial-reduction"
    """Rules that say the same take every value of a field between them: it need not be asked"""
    NEVER_MATCHES = "never-matches"
    """No record can meet the rule"""
    ALWAYS_MATCHES = "always-matches"
    """Every record meets the rule, though it has a condition"""
    NULL_SENSITIVE = "null-sensitive"
    """A record with this field empty meets the rule, and the rule does not say so"""
    UNKNOWN = "unknown"
    """A question without an answer; ``about`` says which"""


class Reason(StrEnum):
    """Why a question has no answer."""

    BUDGET = "budget"
    """More cases than may be looked at; the solver was not asked or not there"""
    SOLVER = "solver"
    """The solver gave up, too"""
    UNCONFIRMED = "unconfirmed"
    """Arithmetic, two fields at once or the clock: no record was found that shows it"""


@dataclass(frozen=True, slots=True)
class Side:
    """One field of a region and which of its values belong to it, in words."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Region:
    """Records that are alike: each side must hold, fields without a side are free."""

    sides: tuple[Side, ...]

    @property
    def words(self) -> str:
        """``region EMEA and employees 500 to 999``; ``every record`` where nothing is asked."""
        return " and ".join(f"{s.field} {s.words}" for s in self.sides) or "every record"


@dataclass(frozen=True, slots=True)
class Witness:
    """A record that shows a finding; the ordinary evaluator was asked before it is returned.

    Fields that are not there are missing. ``fields`` are those that matter, with their values in
    words; ``now`` is the moment at which it holds, where the clock is read.
    """

    record: Mapping[str, Any]
    fields: tuple[tuple[str, str], ...]
    now: datetime | None = None

    @property
    def words(self) -> str:
        """``region EMEA and employees 750``; ``an empty record`` where no field is needed."""
        return " and ".join(f"{name} {value}" for name, value in self.fields) or "an empty record"


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect. ``rules`` are keys, the one to be mended first, then those that cause it.

    ``field`` is the one that is empty (null-sensitive) or that need not be asked
    (partial-reduction) or in which two rules adjoin (mergeable).
    """

    kind: Kind
    rules: tuple[str, ...] = ()
    witness: Witness | None = None
    region: Region | None = None
    field: str = ""
    about: Kind | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """All findings, by the rules' order within each kind; how many pairs of rules overlap."""

    findings: tuple[Finding, ...]
    overlaps: int = 0
    """Pairs of rules with a common record, shown or not"""
    nodes: int = 0
    """How much work it was"""

    def of(self, *kinds: Kind) -> tuple[Finding, ...]:
        """The findings of these kinds."""
        return tuple(each for each in self.findings if each.kind in kinds)


class Verdict(StrEnum):
    """The answer to a question about rules."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with the record that shows a no, and why there is none."""

    verdict: Verdict
    witness: Witness | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What rules say of a record: the outputs that count, and the keys of their rules.

    Empty where no rule takes it; with several outputs under ``collect``, or where rules that
    should exclude each other do not.
    """

    outputs: tuple[Hashable, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Records that are decided differently, with one that shows it.

    Without a witness nobody knows whether such a record exists.
    """

    region: Region
    before: Outcome
    after: Outcome
    witness: Witness | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of rules: whether any record is decided differently, and which.

    ``witness`` is the smallest differing record. ``moved`` are rules whose place among the others
    changed; ``edited`` have the same key and another condition or output.
    """

    equivalent: Verdict
    changes: tuple[Change, ...] = ()
    witness: Witness | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    reason: Reason | None = None
    more: bool = False
    """Whether there may be further changes that are not listed"""

    @property
    def reordered_without_effect(self) -> bool:
        """Whether rules only changed places, and no record notices."""
        return (
            self.equivalent is Verdict.YES
            and bool(self.moved)
            and not (self.added or self.removed or self.edited)
        )

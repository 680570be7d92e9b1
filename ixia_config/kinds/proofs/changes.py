"""What a change of the rules changes: equivalent or not, which records, and which rules moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.proofs.book import Book
from ixia_config.kinds.proofs.books import books
from ixia_config.kinds.proofs.check import moment
from ixia_config.model import Address
from ixia_config.rules import Catalogue, read
from ixia_config.rules.analysis import Comparison, Domain, Outcome, Rule, Verdict, compare


@dataclass(frozen=True, slots=True)
class BookChange:
    """One set of rules in both versions; ``otherwise`` is what no rule takes, before and after."""

    part: str
    record: str
    comparison: Comparison
    otherwise: tuple[str, str]

    def words(self, outcome: Outcome, *, after: bool) -> str:
        """What is decided, in words."""
        return " and ".join(map(str, outcome.outputs)) or self.otherwise[after]


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """One policy in both versions.

    ``status`` is added, removed, changed or same, by what the files say. ``settings`` are the
    other keys of its spec that differ; nothing is proved about those.
    """

    address: Address
    status: str
    source: str
    books: tuple[BookChange, ...] = ()
    settings: tuple[str, ...] = ()
    decides: bool = True
    """Whether it has rules at all"""

    @property
    def equivalent(self) -> Verdict:
        """Whether its rules decide every record as before."""
        verdicts = {each.comparison.equivalent for each in self.books}
        if Verdict.NO in verdicts:
            return Verdict.NO
        return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.YES


_RULES: Mapping[str, frozenset[str]] = {
    "RoutingPolicy": frozenset({"rules", "otherwise"}),
    "ApprovalPolicy": frozenset({"rules", "also", "applies_when", "on_no_match"}),
    "SlaPolicy": frozenset({"targets", "when"}),
    "Pipeline": frozenset(),
}


def changes(
    before: Configuration, after: Configuration, addresses: Sequence[Address], today: date
) -> tuple[PolicyChange, ...]:
    """Every policy that has rules or has changed; only these addresses where some are named."""
    wanted = set(addresses) or {*before.policies, *after.policies}
    found = (_policy(address, before, after, today) for address in sorted(wanted))
    return tuple(each for each in found if each is not None)


def _policy(
    address: Address, before: Configuration, after: Configuration, today: date
) -> PolicyChange | None:
    old, new = before.policies.get(address), after.policies.get(address)
    match old, new:
        case None, None:
            return None
        case None, Policy() as policy:
            return PolicyChange(address, "added", policy.source, decides=_has(policy, after))
        case Policy() as policy, None:
            return PolicyChange(address, "removed", policy.source, decides=_has(policy, before))
    if old is None or new is None:
        raise AssertionError("both are there")
    pairs = tuple(_pairs(old, before, new, after, today))
    same = _said(old, before) == _said(new, after)
    if same and not pairs:
        return None
    return PolicyChange(
        address,
        "same" if same else "changed",
        new.source,
        pairs,
        _settings(old, new),
        decides=bool(pairs) or _has(new, after),
    )


def _has(policy: Policy[Envelope], configuration: Configuration) -> bool:
    return bool(books(policy, configuration))


def _said(policy: Policy[Envelope], configuration: Configuration) -> list[Any]:
    """What the files say of a policy, in every version."""
    every = configuration.versions.get(policy.address, (policy,))
    return [each.document.tree for each in every]


def _settings(old: Policy[Envelope], new: Policy[Envelope]) -> tuple[str, ...]:
    """The keys of the spec that differ and are no rules."""
    one: Any = old.document.tree
    other: Any = new.document.tree
    told = _RULES.get(new.body.kind, frozenset())
    if other["spec"].get("hit_policy") == "unique":
        told -= {"otherwise"}
    keys = {*one["spec"], *other["spec"]} - told
    return tuple(sorted(k for k in keys if one["spec"].get(k) != other["spec"].get(k)))


def _pairs(
    old: Policy[Envelope],
    before: Configuration,
    new: Policy[Envelope],
    after: Configuration,
    today: date,
) -> Iterator[BookChange]:
    """The books of both versions, part by part; a part that is missing decides nothing."""
    one = {each.part: each for each in books(old, before)}
    other = {each.part: each for each in books(new, after)}
    known = catalogue(after)
    for part in dict.fromkeys((*one, *other)):
        left, right = one.get(part), other.get(part)
        book = right or left
        if book is None or (left and left.broken) or (right and right.broken):
            continue
        rules = (_under(left, known) if left else (), right.compared if right else ())
        sides = (left or book, right or book)
        hit = sides[1].hit
        open_domain = Domain(book.domain.required, book.domain.minimum, book.domain.maximum)
        comparison = compare(*rules, hit, domain=open_domain, now=moment(today))
        otherwise = sides[0].otherwise, sides[1].otherwise
        yield BookChange(part, book.record, comparison, otherwise)


def _under(book: Book, known: Catalogue) -> tuple[Rule, ...]:
    """The older rules as today's fields read them, where they still can be read."""
    return tuple(
        replace(rule, when=read(rule.when.text, known, book.record)[0] or rule.when)
        if book.record in known.records
        else rule
        for rule in book.compared
    )

"""Rules that never decide, hold for nobody or everybody, or overlap where only one may hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ixia_config.codes import Diagnostic
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.proofs.bands import shared_end
from ixia_config.kinds.proofs.book import Book, Line
from ixia_config.kinds.proofs.codes.rules import (
    AlwaysHolds,
    MaskedRule,
    NeverHolds,
    OverlappingBands,
)
from ixia_config.kinds.routing_policy.codes.rules import (
    OverlappingRules,
    RuleNeverHolds,
    ShadowedRule,
)
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.model import Mark
from ixia_config.rules.analysis import Analysis, Finding, HitPolicy, Kind


def order(book: Book, analysis: Analysis) -> Iterator[Diagnostic]:
    """What is wrong with single rules and with their order."""
    for finding in analysis.of(Kind.NEVER_MATCHES):
        yield _never(book, book.line(finding.rules[0]))
    for finding in analysis.of(Kind.ALWAYS_MATCHES):
        yield _always(book, book.line(finding.rules[0]))
    shadows = (Kind.MASKED, Kind.IDENTICAL) if book.hit is HitPolicy.FIRST else (Kind.MASKED,)
    for finding in analysis.of(*shadows):
        yield from _masked(book, finding)
    if book.hit is HitPolicy.UNIQUE:
        for finding in analysis.of(Kind.OVERLAPPING, Kind.CONFLICT):
            yield _overlap(book, finding)


def at(book: Book, line: Line) -> Mark:
    """The name of a rule, or the rule."""
    return book.policy.mark(*line.path, "key")


def _never(book: Book, line: Line) -> Diagnostic:
    if isinstance(book.policy.body, RoutingPolicy):
        return RuleNeverHolds(mark=at(book, line), rule=line.key)
    return NeverHolds(mark=asking(book, line), what=f"rule {line.key}")


def _always(book: Book, line: Line) -> Diagnostic:
    return AlwaysHolds(mark=asking(book, line), what=f"the condition of {line.key}")


def asking(book: Book, line: Line) -> Mark:
    """The condition of a rule: its text, or its cells."""
    rule: Any = book.policy.document.tree
    for step in line.path:
        rule = rule[step]
    return book.policy.mark(*line.path, "when" if "when" in rule else "cells")


def _masked(book: Book, finding: Finding) -> Iterator[Diagnostic]:
    line, *above = map(book.line, finding.rules)
    if any(not each.asks for each in above) or _comes_from_below(book, line):
        return  # a rule without a condition before others is told as such
    if not above or int(finding.rules[1]) > int(finding.rules[0]):
        return
    names = tuple(each.key for each in above)
    related = book.related(*above, line)
    if isinstance(book.policy.body, RoutingPolicy):
        yield ShadowedRule(
            mark=at(book, line),
            rule=line.key,
            earlier=names[0],
            others=names[1:],
            related=related,
        )
    else:
        yield MaskedRule(mark=at(book, line), rule=line.key, earlier=names, related=related)


def _comes_from_below(book: Book, line: Line) -> bool:
    """Whether the rule before sends some of its requests one tier up, to this one."""
    body, place = book.policy.body, line.path[-1]
    if not isinstance(body, ApprovalPolicy) or not isinstance(place, int) or not place:
        return False
    return body.spec.rules[place - 1].escalate_when is not None


def _overlap(book: Book, finding: Finding) -> Diagnostic:
    later, earlier = map(book.line, finding.rules)
    example = finding.witness.words if finding.witness else ""
    mark, related = at(book, later), book.related(earlier, later)
    if isinstance(book.policy.body, RoutingPolicy):
        return OverlappingRules(
            mark=mark, rule=later.key, earlier=earlier.key, example=example, related=related
        )
    return OverlappingBands(
        mark=mark,
        rule=later.key,
        earlier=earlier.key,
        example=example,
        related=related,
        mend=shared_end(book, earlier, later),
    )

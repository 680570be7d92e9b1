"""What the analysis of rules finds, as diagnostics at the places that people have to mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from ixia_config.codes import Diagnostic
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.proofs.across import across, unused
from ixia_config.kinds.proofs.advice import advice
from ixia_config.kinds.proofs.book import Book
from ixia_config.kinds.proofs.books import books
from ixia_config.kinds.proofs.criteria import criteria
from ixia_config.kinds.proofs.gaps import gaps
from ixia_config.kinds.proofs.lone import lone
from ixia_config.kinds.proofs.order import order
from ixia_config.rules.analysis import ORDINARY, Analysis, HitPolicy, Limits, analyse

_PAIRS = 20


class Depth(StrEnum):
    """How much is asked: ``quick`` in every validation, ``deep`` by ``ixia analyse``."""

    QUICK = "quick"
    DEEP = "deep"


_DEEP = frozenset({"IX810", "IX811", "IX812", "IX813", "IX821"})
_QUICK = Limits(nodes=10_000, pairs=0)


@dataclass(frozen=True, slots=True)
class Proof:
    """One book with the answers about it."""

    book: Book
    analysis: Analysis


def proofs(
    policy: Policy[Envelope], context: Context, depth: Depth = Depth.QUICK
) -> Iterator[Diagnostic]:
    """Everything that is proved wrong or doubtful about the rules of one policy."""
    for proof in proved(policy, context, depth):
        yield from told(proof, depth)
    yield from lone(policy, context, moment(context.today))
    yield from across(policy, context)
    if depth is Depth.DEEP:
        yield from unused(policy, context)


def proved(
    policy: Policy[Envelope], context: Context, depth: Depth = Depth.QUICK
) -> Iterator[Proof]:
    """The answers about each book of a policy."""
    for book in books(policy, context.configuration):
        yield Proof(book, answers(book, context.today, depth))


def answers(book: Book, today: date, depth: Depth) -> Analysis:
    """Every question about a book; the quick ones only, without the solver, unless deep."""
    deep = depth is Depth.DEEP
    return analyse(
        book.rules,
        book.hit,
        complete=not book.broken and (book.complete or isinstance(book.policy.body, Pipeline)),
        domain=book.domain,
        limits=ORDINARY if deep else _quick(book.hit),
        prove=deep,
        now=moment(today),
    )


def told(proof: Proof, depth: Depth) -> Iterator[Diagnostic]:
    """The findings about a book as diagnostics."""
    book, analysis = proof.book, proof.analysis
    if isinstance(book.policy.body, Pipeline):
        yield from criteria(book, analysis)
    else:
        yield from gaps(book, analysis)
        yield from order(book, analysis)
    if depth is Depth.DEEP:
        yield from advice(book, analysis)


def unasked(depth: Depth) -> frozenset[str]:
    """The codes that are not looked for."""
    return frozenset() if depth is Depth.DEEP else _DEEP


def moment(today: date) -> datetime:
    """The moment at which conditions that read the clock are asked."""
    return datetime.combine(today, time(12), UTC)


def _quick(hit: HitPolicy) -> Limits:
    """Overlaps are only looked for where they are errors."""
    unique = hit in (HitPolicy.UNIQUE, HitPolicy.ANY)
    return Limits(nodes=_QUICK.nodes, pairs=_PAIRS) if unique else _QUICK

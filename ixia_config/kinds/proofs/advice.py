"""What only the deep analysis tells: rules that could go, empty fields, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.proofs.book import Book
from ixia_config.kinds.proofs.codes.advice import CouldBeOne, EmptyReaches, NotSettled, RuleCouldGo
from ixia_config.model import Mark
from ixia_config.rules.analysis import Analysis, Finding, HitPolicy, Kind, Reason

_QUESTIONS = {
    Kind.MISSING_RULE: "whether every record is taken by a rule",
    Kind.MASKED: "whether rule {} ever decides",
    Kind.CONFLICT: "whether rules {} and {} share a record",
    Kind.OVERLAPPING: "whether rules {} and {} share a record",
}


def advice(book: Book, analysis: Analysis) -> Iterator[Diagnostic]:
    """What people may tidy up, and what is not settled."""
    if isinstance(book.policy.body, Pipeline):
        return
    for finding in analysis.of(Kind.SUBSUMED, Kind.IDENTICAL):
        if _free(book, finding):
            rule, other = (book.line(key).key for key in finding.rules[:2])
            related = book.related(*map(book.line, finding.rules))
            yield RuleCouldGo(mark=_at(book, finding), rule=rule, other=other, related=related)
    for finding in analysis.of(Kind.MERGEABLE, Kind.PARTIAL_REDUCTION):
        yield _one(book, finding)
    for finding in analysis.of(Kind.NULL_SENSITIVE):
        yield EmptyReaches(
            mark=_at(book, finding),
            rule=book.line(finding.rules[0]).key,
            field=finding.field,
            example=finding.witness.words if finding.witness else "",
        )
    for finding in analysis.of(Kind.UNKNOWN):
        yield _unknown(book, finding)


def _free(book: Book, finding: Finding) -> bool:
    """Whether the later rule is no shadow, which is told as such."""
    return book.hit is not HitPolicy.FIRST or int(finding.rules[1]) > int(finding.rules[0])


def _at(book: Book, finding: Finding) -> Mark:
    if not finding.rules:
        return book.policy.mark("spec", key=True)
    return book.policy.mark(*book.line(finding.rules[0]).path, "key")


def _one(book: Book, finding: Finding) -> Diagnostic:
    lines = [book.line(key) for key in finding.rules]
    return CouldBeOne(
        mark=_at(book, finding),
        rules=tuple(each.key for each in lines),
        field=finding.field,
        region=finding.region.words if finding.region else "",
        related=book.related(*lines),
    )


def _unknown(book: Book, finding: Finding) -> Diagnostic:
    names = [book.line(key).key for key in finding.rules]
    text = _QUESTIONS.get(finding.about, "everything") if finding.about else "everything"
    return NotSettled(
        mark=_at(book, finding),
        question=text.format(*names) + (f" ({book.part})" if book.part else ""),
        why=why(finding.reason),
    )


def why(reason: Reason | None) -> str:
    """Why a question has no answer, in words."""
    match reason:
        case Reason.BUDGET:
            return "too many cases for the search alone"
        case Reason.SOLVER:
            return "the solver gave up, too"
        case Reason.UNCONFIRMED | None:
            return "arithmetic, two fields at once or the clock are in the way"

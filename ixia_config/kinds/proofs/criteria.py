"""Criteria of a stage: each can be met, and all of them together."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.proofs.book import Book
from ixia_config.kinds.proofs.codes.rules import AlwaysHolds, NeverHolds, NobodyLeaves
from ixia_config.rules.analysis import Analysis, Kind


def criteria(book: Book, analysis: Analysis) -> Iterator[Diagnostic]:
    """The book's rules hold for the records that a criterion holds back."""
    stuck = {book.line(each.rules[0]).key for each in analysis.of(Kind.ALWAYS_MATCHES)}
    for line in book.lines:
        if line.key in stuck:
            mark = book.policy.mark(*line.path, "when")
            yield NeverHolds(mark=mark, what=f"criterion {line.key}")
    for finding in analysis.of(Kind.NEVER_MATCHES):
        line = book.line(finding.rules[0])
        if line.when.reads and not line.when.reads & book.domain.required:
            mark = book.policy.mark(*line.path, "when")
            yield AlwaysHolds(mark=mark, what=f"criterion {line.key}")
    open_question = any(each.about is Kind.MISSING_RULE for each in analysis.findings)
    if analysis.of(Kind.MISSING_RULE) or stuck or open_question or book.broken:
        return  # some record meets all of them, or a single one is to blame
    yield NobodyLeaves(
        mark=book.policy.mark(*book.lines[0].path[:-1], key=True),
        part=book.part,
        criteria=tuple(line.key for line in book.lines),
        related=book.related(*book.lines),
    )

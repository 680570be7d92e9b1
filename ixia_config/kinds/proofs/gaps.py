"""Records that no rule takes: between two bands, or with no end to the rules."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.approval_policy.codes.rules import NoOpenEnd
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.proofs.bands import Between, betweens, mended
from ixia_config.kinds.proofs.book import Book
from ixia_config.kinds.proofs.codes.rules import BandGap
from ixia_config.kinds.routing_policy.codes.rules import NoCatchAll
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.rules.analysis import Analysis, Finding, Kind


def gaps(book: Book, analysis: Analysis) -> Iterator[Diagnostic]:
    """What the rules leave out, where that is a mistake."""
    if not book.complete:
        return
    told: set[tuple[str, str]] = set()
    open_ends: list[Finding] = []
    for finding in analysis.of(Kind.MISSING_RULE):
        found = betweens(book, finding.witness) if finding.witness and _bands(book) else ()
        gaps = {(each.lower.key, each.higher.key): each for each in found}
        open_ends += [] if gaps else [finding]
        yield from (_gap(book, gap) for pair, gap in gaps.items() if pair not in told)
        told |= gaps.keys()
    unknown = book.broken or any(each.about is Kind.MISSING_RULE for each in analysis.findings)
    if open_ends or unknown:
        yield from _open_end(book, open_ends[0] if open_ends else None)


def _bands(book: Book) -> bool:
    return isinstance(book.policy.body, ApprovalPolicy)


def _gap(book: Book, gap: Between) -> Diagnostic:
    return BandGap(
        mark=book.policy.mark(*gap.higher.path, "key"),
        record=book.record,
        example=gap.example,
        lower=gap.lower.key,
        higher=gap.higher.key,
        related=book.related(gap.lower, gap.higher),
        mend=mended(book, gap),
    )


def _open_end(book: Book, finding: Finding | None) -> Iterator[Diagnostic]:
    """What happens without a match is decided by a rule, or written out."""
    witness = finding.witness if finding else None
    example = witness.words if witness and witness.fields else ""
    match book.policy.body:
        case RoutingPolicy():
            mark = book.policy.mark("spec", "rules", key=True)
            yield NoCatchAll(mark=mark, example=example)
        case ApprovalPolicy(spec=spec) if "on_no_match" not in spec.model_fields_set:
            mark = book.policy.mark("spec", "rules", len(spec.rules) - 1, "when")
            yield NoOpenEnd(mark=mark, rule=spec.rules[-1].key, example=example)
        case _:
            return

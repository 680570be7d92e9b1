"""What was proved about rules as data, and as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ixia_config.codes import Diagnostic
from ixia_config.kinds.proofs.changes import BookChange, PolicyChange
from ixia_config.kinds.proofs.check import Proof
from ixia_config.render.analysis import (
    change_lines,
    changed_headline,
    headline,
    statements,
)
from ixia_config.render.diagnostics import (
    Sources,
    counts,
    diagnostic_values,
    diagnostics_markdown,
)
from ixia_config.render.markup import capped, fold, plain
from ixia_config.render.plan_json import written
from ixia_config.rules.analysis import Outcome, Verdict, Witness

_LIMIT = 20_000


def analysis_json(
    found: Sequence[Diagnostic],
    proofs: Sequence[Proof],
    changes: Sequence[PolicyChange],
    against: str,
) -> str:
    """Everything that the text says."""
    values: dict[str, Any] = {
        "format": "ixia-analysis/1",
        "summary": headline(found, proofs),
        "counts": dict(counts(found)),
        "diagnostics": [diagnostic_values(each) for each in found],
        "proved": [
            {"rules": name, "certain": words, "overlaps": proof.analysis.overlaps}
            for proof, (name, words) in zip(proofs, statements(proofs), strict=True)
        ],
    }
    if against:
        values["against"] = against
        values["changes"] = [_change(each) for each in changes]
    return written(values)


def _change(change: PolicyChange) -> dict[str, Any]:
    return {
        "address": str(change.address),
        "status": change.status,
        "equivalent": change.equivalent.value if change.books else None,
        "settings": list(change.settings),
        "rules": [_book(each) for each in change.books],
        "words": list(change_lines(change)),
    }


def _book(book: BookChange) -> dict[str, Any]:
    comparison = book.comparison
    return {
        "part": book.part,
        "equivalent": comparison.equivalent.value,
        "smallest": _witness(comparison.witness),
        "regions": [
            {
                "region": each.region.words,
                "before": _outcome(book, each.before, after=False),
                "after": _outcome(book, each.after, after=True),
                "witness": _witness(each.witness),
            }
            for each in comparison.changes
        ],
        "more": comparison.more,
        "added": list(comparison.added),
        "removed": list(comparison.removed),
        "edited": list(comparison.edited),
        "moved": list(comparison.moved),
        "reordered_without_effect": comparison.reordered_without_effect,
    }


def _outcome(book: BookChange, outcome: Outcome, *, after: bool) -> dict[str, Any]:
    return {"words": book.words(outcome, after=after), "rules": list(outcome.rules)}


def _witness(witness: Witness | None) -> dict[str, str] | None:
    return None if witness is None else dict(witness.fields)


def analysis_markdown(
    found: Sequence[Diagnostic], proofs: Sequence[Proof], sources: Sources
) -> str:
    """Findings, and what is certain, folded."""
    lines = diagnostics_markdown(found, sources).rstrip("\n").split("\n") if found else []
    start = [] if found else [f"### Ixia: {plain(headline(found, proofs))}", ""]
    told = [f"- {plain(name)}: {plain(words)}" for name, words in statements(proofs)]
    folded = fold(f"Proved ({len(told)})", capped(told, _LIMIT)) if told else []
    return "\n".join([*start, *lines, *folded]).rstrip("\n") + "\n"


def changes_markdown(changes: Sequence[PolicyChange], against: str) -> str:
    """What the change changes, policy by policy."""
    lines = [f"#### {plain(changed_headline(changes, against))}", ""]
    for each in changes:
        if told := list(change_lines(each)):
            mark = {Verdict.NO: "", Verdict.YES: "", Verdict.UNKNOWN: " (not settled)"}
            status = mark[each.equivalent]
            lines += [f"**{plain(str(each.address))}**{status}", ""]
            lines += [f"- {plain(line)}" for line in told]
            lines.append("")
    return "\n".join(capped(lines, _LIMIT)).rstrip("\n") + "\n"

"""What was proved about rules, for a terminal: the answer first, then findings, then the proofs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ixia_config.codes import Diagnostic
from ixia_config.kinds.proofs.changes import BookChange, PolicyChange
from ixia_config.kinds.proofs.check import Proof
from ixia_config.render.diagnostics import Sources, diagnostics_text, tally
from ixia_config.render.layout import hanging
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.wording import clean, counted, listed
from ixia_config.rules.analysis import Comparison, HitPolicy, Kind, Verdict

_SHOWN = 20  # changed regions of one policy


def analysis_text(
    found: Sequence[Diagnostic],
    proofs: Sequence[Proof],
    sources: Sources,
    style: Style = PLAIN,
) -> str:
    """Findings with their places, then what is certain of each policy."""
    lines = [style.paint(Role.STRONG, headline(found, proofs)), ""]
    body = diagnostics_text(found, sources, style) + "\n" if found else ""
    return "\n".join(lines) + "\n" + body + "\n".join(_proved(statements(proofs)))


def headline(found: Sequence[Diagnostic], proofs: Sequence[Proof]) -> str:
    """How many rules were looked at, and what came of it."""
    rules = sum(len(each.book.lines) for each in proofs)
    policies = len({each.book.policy.address for each in proofs})
    asked = f"{counted(rules, 'rules')} in {counted(policies, 'policies')}"
    return f"{asked}: {tally(found)}."


def _proved(certain: Sequence[tuple[str, str]]) -> Iterator[str]:
    if certain:
        yield "Proved"
        for name, words in certain:
            yield from hanging("  ", f"{name}: {words}", rest="    ")
        yield ""


def statements(proofs: Sequence[Proof]) -> tuple[tuple[str, str], ...]:
    """What is certain of each set of rules, in words."""
    return tuple((proof.book.name, certain(proof)) for proof in proofs)


def certain(proof: Proof) -> str:
    """What holds for every record there can be."""
    book, analysis = proof.book, proof.analysis
    parts = [counted(len(book.lines), "rules" if book.hit is not HitPolicy.COLLECT else "tests")]
    if book.part.startswith(("entry of", "exit of")):
        parts.append(
            "not known whether a record can meet them all"
            if _unknown(proof, Kind.MISSING_RULE)
            else "records can meet them all"
            if analysis.of(Kind.MISSING_RULE)
            else "no record can meet them all"
        )
    if book.complete and not book.broken and not _about(proof, Kind.MISSING_RULE):
        parts.append("every record is taken")
    dead = analysis.of(Kind.NEVER_MATCHES, Kind.MASKED)
    if book.hit is not HitPolicy.COLLECT and not dead and not _about(proof, Kind.MASKED):
        parts.append("each rule decides something")
    if book.hit is HitPolicy.FIRST and len(book.lines) > 1:
        if analysis.overlaps:
            share = "shares" if analysis.overlaps == 1 else "share"
            pairs = counted(analysis.overlaps, "pairs")
            parts.append(f"{pairs} {share} records, where the first decides")
        else:
            parts.append("no two share a record")
    if book.hit is HitPolicy.UNIQUE and not analysis.of(Kind.CONFLICT, Kind.OVERLAPPING):
        parts.append("no two rules share a record")
    return "; ".join(parts)


def _unknown(proof: Proof, kind: Kind) -> bool:
    return any(each.about is kind for each in proof.analysis.findings)


def _about(proof: Proof, kind: Kind) -> bool:
    """Whether there is such a finding, or nobody knows."""
    return any(kind in (each.kind, each.about) for each in proof.analysis.findings)


def changes_text(changes: Sequence[PolicyChange], against: str, style: Style = PLAIN) -> str:
    """Which policies decide otherwise than the other version, and which records."""
    lines = [style.paint(Role.STRONG, changed_headline(changes, against)), ""]
    for each in changes:
        if shown := list(change_lines(each)):
            place = f"  {each.source}" if each.source else ""
            lines += [style.paint(Role.CHANGED, f"{each.address}{clean(place)}")]
            for line in shown:
                lines += hanging("  ", line, rest="    ")
            lines.append("")
    return "\n".join(lines) + "\n"


def changed_headline(changes: Sequence[PolicyChange], against: str) -> str:
    """How many policies decide otherwise, and how many are proved to decide alike."""
    with_rules = [each for each in changes if each.books]
    other = sum(each.equivalent is Verdict.NO for each in with_rules)
    alike = sum(each.equivalent is Verdict.YES for each in with_rules)
    open_ = len(with_rules) - other - alike
    parts = [f"{counted(other, 'policies')} {'decides' if other == 1 else 'decide'} otherwise"]
    parts += [f"{counted(alike, 'policies')} proved equivalent"]
    parts += [f"{counted(open_, 'policies')} not settled"] if open_ else []
    return f"Against {clean(against)}: {listed(parts)}."


def change_lines(change: PolicyChange) -> Iterator[str]:
    """What to say of one policy; nothing where nothing changed."""
    match change.status:
        case "added":
            yield "new"
        case "removed":
            yield "removed"
        case _:
            for book in change.books:
                yield from _book(change, book)
            if change.settings:
                yield f"also changed, and not a rule: {', '.join(change.settings)}"
            elif change.status == "changed" and not change.books and not change.decides:
                yield "changed; it has no rules"


def _book(change: PolicyChange, book: BookChange) -> Iterator[str]:
    comparison, part = book.comparison, f"{book.part}: " if book.part else ""
    edits = rule_edits(comparison)
    match comparison.equivalent:
        case Verdict.YES:
            if comparison.reordered_without_effect:
                yield f"{part}equivalent: {listed(comparison.moved)} only changed places"
            elif edits:
                yield f"{part}equivalent, written differently: {edits}"
            elif change.status == "changed" and not change.settings and not book.part:
                yield f"{part}equivalent"
        case Verdict.UNKNOWN:
            yield f"{part}it is not known whether the change matters: {edits}"
        case Verdict.NO:
            yield from (f"{part}{line}" for line in regions(book))
            if edits:
                yield f"{part}rules: {edits}"


def regions(book: BookChange) -> Iterator[str]:
    """``leads with region EMEA and employees 500 to 999: queue triage -> pool emea``."""
    for change in book.comparison.changes[:_SHOWN]:
        before, after = book.words(change.before, after=False), book.words(change.after, after=True)
        whom = f"{plural(book.record)} with {change.region.words}"
        if not change.region.sides:
            whom = f"every {book.record}"
        example = f" (such as {change.witness.words})" if change.witness else " (perhaps)"
        shown = example if change.witness and change.witness.words != change.region.words else ""
        yield f"{whom}: {before} -> {after}{shown}"
    more = len(book.comparison.changes) - _SHOWN
    if more > 0 or book.comparison.more:
        yield f"and {more} more regions" if more > 0 else "and perhaps others"


def plural(record: str) -> str:
    """``leads``, ``companies``."""
    return f"{record[:-1]}ies" if record.endswith("y") else f"{record}s"


def rule_edits(comparison: Comparison) -> str:
    """Which rules are new, gone, edited or elsewhere."""
    kinds = (
        ("added", comparison.added),
        ("removed", comparison.removed),
        ("changed", comparison.edited),
        ("moved", comparison.moved),
    )
    told = [f"{', '.join(_public(names))} {word}" for word, names in kinds if _public(names)]
    return "; ".join(told)


def _public(names: Sequence[str]) -> list[str]:
    """Without those that no user wrote."""
    return [clean(each) for each in names]

"""The one comment of a pull request: counts and risk, what records would see, then the details."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from html import escape
from typing import Any

from ixia_config.kinds.policy_test.coverage import overall
from ixia_config.model import Plan, Review
from ixia_config.render.comment_analysis import Analysis, answers, details
from ixia_config.render.impact import cells, headline, in_order, shown_tables
from ixia_config.render.impact_markdown import profile_bullets, section_lines, summary
from ixia_config.render.markup import capped, fold, plain, told, whole
from ixia_config.render.outline import Outline, needs, outline
from ixia_config.render.plan_markdown import PlanParts, plan_parts
from ixia_config.render.proof import Proof, percent
from ixia_config.render.wording import clean, counted, listed
from ixia_config.simulate.impact import Impact, Line, Section

LARGEST = 65_536
"""Bytes of UTF-8 in one comment: GitHub allows as many characters, which are never more."""
ROOM = 1_536
"""Bytes of it that stay for the marker in front."""
_SHARE = 20_000  # characters of one plan, or of the tables of one policy
_REST = "`ixia simulate --format json` has all"
_FIGURES = 2  # lines of each policy in the table that everybody reads
_KEPT = re.compile(r"[0-9a-z./_-]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One check that ran: what it is about and how it ended, with the details behind it."""

    title: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to say in a pull request.

    ``notes`` are sentences of our own about how it was made; ``links`` are addresses of artefacts,
    by name, which the runner gave.
    """

    plans: tuple[Plan, ...] = ()
    reviews: tuple[Review, ...] = ()
    impact: Impact | None = None
    analysis: Analysis | None = None
    proof: Proof | None = None
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A plan with its outline and its parts."""

    outline: Outline
    parts: PlanParts


def comment(material: Material, *, show_pay: bool = False) -> str:
    """Markdown that a VP of Sales can approve from; where nothing changes it is one line."""
    # Who must approve stands in the first lines, once for all plans.
    plans = [outline(replace(plan, reviews=())) for plan in material.plans]
    changing = [_Part(each, plan_parts(each, limit=_SHARE)) for each in plans if not each.is_empty]
    if _nothing(material, changing):
        return " ".join(["**Ixia**:", *(plain(each.agreement) for each in plans)]) + "\n"
    blocks = [
        list(_head(material, changing, plans)),
        *_risks(changing),
        *_answers(material, show_pay=show_pay),
        *_details(material, show_pay=show_pay),
        *(list(lines) for part in changing for lines in part.parts.details),
        *_checks(material),
        list(_foot(material, plans)),
    ]
    return "\n".join(_fitted([each for each in blocks if each])) + "\n"


def _nothing(material: Material, changing: Sequence[_Part]) -> bool:
    quiet = material.impact is None or not material.impact.changed
    quiet = quiet and (material.analysis is None or material.analysis.quiet)
    sound = material.proof is None or material.proof.sound
    return bool(material.plans) and not changing and quiet and sound and not material.findings


def _head(material: Material, changing: Sequence[_Part], plans: Sequence[Outline]) -> Iterator[str]:
    if not changing:
        quiet = listed([plain(each.place) for each in plans])
        yield "### Ixia"
        yield f"**Nothing changes in {quiet} itself.**" if plans else "**Nothing was planned.**"
    for part in changing:
        yield f"### Ixia: {part.parts.title}"
        yield f"**{part.parts.counts}**"
    needed = plain(needs(material.reviews))
    if needed:
        yield ""
        yield f"Needs the approval of {needed}."
    yield ""


def _risks(changing: Sequence[_Part]) -> Iterator[list[str]]:
    for part in changing:
        if any(part.parts.risks):
            yield list(part.parts.risks)


def _answers(material: Material, *, show_pay: bool) -> Iterator[list[str]]:
    """What everybody reads: what these records would have seen, and what any record would."""
    impact = material.impact
    if impact is not None:
        shown = in_order(impact)
        yield [f"#### {plain(headline(impact))}", ""]
        quoted = [[f"> **{plain(each.title)}**: {plain(each.headline)}", ">"] for each in shown]
        lines = whole(quoted, _SHARE // 2, "policies")
        yield [*(lines[:-1] if lines[-1] == ">" else lines), ""] if lines else []
        yield list(_figures(impact, shown, show_pay=show_pay))
    if material.analysis is not None:
        yield answers(material.analysis)


def _details(material: Material, *, show_pay: bool) -> Iterator[list[str]]:
    """The same for whoever opens it, policy by policy."""
    impact = material.impact
    if impact is None:
        return
    for each in in_order(impact):
        lines = list(section_lines(each, impact, show_pay=show_pay))
        yield fold(summary(each), capped(lines, _SHARE, _REST))
    facts = (list(profile_bullets(each)) for each in impact.profiles)
    yield fold("The records that this was worked out from", whole(facts, _SHARE // 2, "files"))


def _figures(impact: Impact, shown: Sequence[Section], *, show_pay: bool) -> Iterator[str]:
    """The lines that changed most, of every policy, in one table."""
    rows = [row for each in shown for row in _rows(each, impact, show_pay=show_pay)]
    if not impact.compared or not rows:
        return
    yield "| If this had been live | now | then | |"
    yield "|---|--:|--:|--:|"
    yield from rows
    yield ""


def _rows(section: Section, impact: Impact, *, show_pay: bool) -> Iterator[str]:
    for table in list(shown_tables(section, impact, show_pay=show_pay))[:1]:
        most = sorted(table.changed, key=_by_change)
        for line in most[:_FIGURES]:
            name, *figures = cells(line, table, impact, show_pay=show_pay)
            money = f", {table.currency}" if table.currency else ""
            what = plain(f"{section.title}: {name}{money}".replace(" -> ", " → "))
            yield f"| {what} | {' | '.join(each.replace('*', '•') for each in figures)} |"


def _by_change(line: Line) -> tuple[Decimal, str]:
    return -abs(Decimal(line.change or 0)), line.name


def _checks(material: Material) -> Iterator[list[str]]:
    if material.proof is not None:
        yield _proof(material.proof)
    if material.analysis is not None:
        yield details(material.analysis, _SHARE)
    for each in material.findings:
        # Escaping costs time, so what could never be shown is cut off before.
        kept = [told(line[:LARGEST]) for line in each.details[:_SHARE]]
        lines = capped(kept, _SHARE // 4)
        yield fold(escape(clean(each.title)), lines)


def _proof(proof: Proof) -> list[str]:
    failed = [f"- **{plain(each.test)}**, {plain(each.case)}: failed" for each in proof.failed]
    passed = len(proof.results) - len(failed)
    told_of = f"{passed:,} of {counted(len(proof.results), 'tests')} passed"
    covered = f"{percent(overall(proof.covered))} of rules and boundaries covered"
    summary = f"Checks: {told_of}, {covered}" if proof.results else "Checks: there is no test"
    return fold(summary, capped(failed, _SHARE // 4) or ["No test failed."], opened=bool(failed))


def _foot(material: Material, plans: Sequence[Outline]) -> Iterator[str]:
    for note in material.notes:
        yield f"- {plain(note)}"
    for plan in plans:
        yield f"- {plain(plan.place)}: {plain(plan.cost)}. Nothing has been written."
    links = [f"[{plain(name)}](<{_address(url)}>)" for name, url in material.links if _address(url)]
    if links:
        yield f"- In full: {', '.join(links)}"


def _address(url: str) -> str:
    """An address of the runner, or nothing where it could be more than one."""
    return url if re.fullmatch(r"https?://[\w.:~/?#=&%+-]+", url) else ""


def _fitted(blocks: Sequence[list[str]]) -> Iterator[str]:
    """As many blocks as a comment holds; the last one, where to read on, always has its place."""
    *most, last = blocks
    left = LARGEST - ROOM - _size(last) - 200
    dropped = 0
    for block in most:
        size = _size(block)
        if size > left:
            dropped += 1
            continue
        left -= size
        yield from block
    if dropped:
        parts = counted(dropped, "parts")
        yield f"- {parts} too long for a comment, left out here; the artefact has all of it"
    yield from last


def _size(lines: Sequence[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def marker(name: str, facts: Sequence[tuple[str, str]] = ()) -> str:
    """The first line of our comment, which nobody sees: which one it is and what it is about."""
    words = [name, *(f"{key}={value}" for key, value in facts if _KEPT.fullmatch(value))]
    return f"<!-- ixia {' '.join(words)} -->"


def marked(text: str) -> tuple[str, dict[str, str]] | None:
    """The name and the facts of a comment of ours; None for any other text."""
    first = text.partition("\n")[0].rstrip("\r")
    found = re.fullmatch(r"<!-- ixia ([0-9a-z./_-]+)((?: [a-z]+=[0-9a-z./_-]+)*) -->", first)
    if found is None:
        return None
    facts: Any = (pair.partition("=")[::2] for pair in found[2].split())
    return found[1], dict(facts)


__all__ = ["LARGEST", "ROOM", "Finding", "Material", "comment", "marked", "marker"]

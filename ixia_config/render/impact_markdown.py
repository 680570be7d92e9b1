"""An impact as part of a pull request's comment: counts first, details folded, no pay by person."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ixia_config.render.impact import (
    HIDING,
    cells,
    first_of,
    headline,
    hides,
    in_order,
    profile_facts,
    shown_lines,
    shown_tables,
)
from ixia_config.render.markup import capped, fold, plain, whole
from ixia_config.render.wording import clean
from ixia_config.simulate.impact import Impact, Profile, Section, Table

LIMIT = 20_000  # characters, a third of what a comment holds
_NAMED = 200  # characters of a name


def impact_markdown(impact: Impact, *, show_pay: bool = False) -> str:
    """Markdown for a comment or a job summary."""
    shown = in_order(impact)
    quoted = [[f"> **{plain(each.title)}**: {plain(each.headline)}", ">"] for each in shown]
    details = (_details(each, impact, show_pay=show_pay) for each in shown)
    records = [list(profile_bullets(each)) for each in impact.profiles]
    lines = [f"#### {plain(headline(impact))}", ""]
    answers = whole(quoted, LIMIT // 8, "policies")
    lines += [*(answers[:-1] if answers[-1:] == [">"] else answers), ""] if answers else []
    lines += whole(details, LIMIT * 3 // 4, "policies")
    lines += whole(records, LIMIT // 8, "files")
    return "\n".join(lines) + "\n"


def _details(section: Section, impact: Impact, *, show_pay: bool) -> list[str]:
    """One policy that a reader can open; what is too long for its share is in the JSON."""
    lines = list(section_lines(section, impact, show_pay=show_pay))
    return fold(summary(section), capped(lines, LIMIT // 3, "`--format json` has all"))


def summary(section: Section) -> str:
    """What a fold about this policy is called; in HTML, where Markdown counts for nothing."""
    kind, _, name = section.policy.partition("/")
    return escape(f"{kind} {clean(name)}"[:_NAMED])


def profile_bullets(profile: Profile) -> Iterator[str]:
    """What a file of records holds, as a list."""
    head, *facts = profile_facts(profile)
    yield f"- {plain(head)}"
    for fact in facts:
        yield f"  - {plain(fact)}"


def section_lines(section: Section, impact: Impact, *, show_pay: bool) -> Iterator[str]:
    """Everything about one policy: notes, tables, and the first records that moved."""
    for note in (*section.notes, *section.left_out):
        yield f"- {plain(note)}"
    for table in shown_tables(section, impact, show_pay=show_pay):
        yield ""
        yield from table_lines(table, impact, show_pay=show_pay)
    if hides(section, show_pay=show_pay):
        yield f"- {HIDING}"
    if section.examples:
        yield ""
        yield first_of(section)
        yield ""
        for each in section.examples:
            why = f" ({plain(each.why)})" if each.why else ""
            yield f"- {plain(each.record)}: {plain(each.before)} → {plain(each.after)}{why}"


def table_lines(table: Table, impact: Impact, *, show_pay: bool) -> Iterator[str]:
    """One table with numbers at the right."""
    kept, left = shown_lines(table, impact)
    money = f", {plain(table.currency)}" if table.currency else ""
    head = "now | then |" if impact.compared else ""
    yield f"| {plain(table.title)}{money} | {head}  |"
    yield "|---|--:|" + ("--:|--:|" if impact.compared else "")
    for line in kept:
        name, before, after, change = cells(line, table, impact, show_pay=show_pay)
        shown = (before, after, change) if impact.compared else (after,)
        hidden = (each.replace("*", "•") for each in shown)
        yield f"| {plain(name)} | {' | '.join(hidden)} |"
    if left:
        yield f"| and {left:,} more |" + " |" * (3 if impact.compared else 1)

"""An impact as part of a pull request's comment: counts first, details folded, no pay by person."""

from __future__ import annotations

from collections.abc import Iterator

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
from ixia_config.render.markup import capped, fold, plain
from ixia_config.simulate.impact import Impact, Section, Table

LIMIT = 20_000  # characters, a third of what a comment holds


def impact_markdown(impact: Impact, *, show_pay: bool = False) -> str:
    """Markdown for a comment or a job summary."""
    lines = [f"#### {plain(headline(impact))}", ""]
    for section in in_order(impact):
        lines += [f"> **{plain(section.title)}**: {plain(section.headline)}", ">"]
    if lines[-1] == ">":
        lines[-1] = ""
    for section in in_order(impact):
        details = list(section_lines(section, impact, show_pay=show_pay))
        lines += fold(
            f"{section.policy.split('/')[0]} {plain(section.policy.split('/')[1])}", details
        )
    for profile in impact.profiles:
        head, *facts = profile_facts(profile)
        lines += [f"- {plain(head)}", *(f"  - {plain(fact)}" for fact in facts)]
    return "\n".join(capped(lines, LIMIT)) + "\n"


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

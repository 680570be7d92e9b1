"""An impact in words: the sentence of each policy, its tables, and the records that moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ixia_config.render.layout import WIDTH, hanging, pad, width, wrap
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.wording import clean, counted
from ixia_config.simulate.impact import Figure, Impact, Line, Profile, Section, Table, Unit

SHOWN = 12
"""Lines of one table in text; the JSON has all of them."""
HIDDEN = "***"


def impact_text(impact: Impact, style: Style = PLAIN, *, show_pay: bool = False) -> str:
    """The answer first: what changed, policy by policy, then what the files hold."""
    lines = [style.paint(Role.STRONG, line) for line in wrap(headline(impact), WIDTH)]
    for section in in_order(impact):
        lines += ["", *_section(section, impact, style, show_pay=show_pay)]
    unchanged = [clean(each.policy) for each in impact.sections if not each.changed]
    if impact.compared and unchanged:
        lines += ["", *hanging("No difference: ", ", ".join(unchanged), rest="  ")]
    for profile in impact.profiles:
        lines += ["", *profile_lines(profile)]
    return "\n".join(lines) + "\n"


def headline(impact: Impact) -> str:
    """``If the working tree had been live: 2 of 5 policies decide otherwise than in main``."""
    if not impact.compared:
        total = sum(profile.usable for profile in impact.profiles)
        return f"{counted(len(impact.sections), 'policies')} on {counted(total, 'records')}"
    changed = len(impact.changed)
    if not changed:
        return f"Nothing is decided otherwise than in {clean(impact.before)}"
    of = counted(len(impact.sections), "policies")
    verb = "decides" if changed == 1 else "decide"
    return f"{changed} of {of} {verb} otherwise than in {clean(impact.before)}"


def in_order(impact: Impact) -> Sequence[Section]:
    """The sections that are shown: those that changed where there are two sides."""
    return impact.changed if impact.compared else impact.sections


def _section(section: Section, impact: Impact, style: Style, *, show_pay: bool) -> Iterator[str]:
    title = f" ({clean(section.title)})" if section.title not in section.policy else ""
    yield style.paint(Role.STRONG, f"{clean(section.policy)}{title}")
    yield from hanging("  ", section.headline)
    for note in (*section.notes, *section.left_out):
        yield from hanging("  ! " if note in section.left_out else "  ", clean(note))
    for table in shown_tables(section, impact, show_pay=show_pay):
        yield ""
        yield from _table(table, impact, show_pay=show_pay)
    if hides(section, show_pay=show_pay):
        yield from hanging("  ", HIDING)
    if section.examples:
        yield ""
        yield f"  {first_of(section)}"
        for each in section.examples:
            told = f"{clean(each.before)} -> {clean(each.after)}"
            yield from hanging(f"    {clean(each.record)}: ", told, rest="      ")
            if each.why:
                yield from hanging("      ", clean(each.why))


def first_of(section: Section) -> str:
    """``Among them:``; not every changed record is shown."""
    shown = len(section.examples)
    return "Which:" if shown >= section.changed else "Among them:"


HIDING = "what people are paid is shown with --show-pay"


def hides(section: Section, *, show_pay: bool) -> bool:
    """Whether amounts of this section are kept back."""
    return not show_pay and any(table.personal for table in section.tables)


def shown_tables(section: Section, impact: Impact, *, show_pay: bool) -> Iterator[Table]:
    """The tables that say something: with two sides, those in which a line differs."""
    for table in section.tables:
        if impact.compared and not table.changed:
            continue
        if show_pay or not table.personal or _tells(table, impact):
            yield table


def _tells(table: Table, impact: Impact) -> bool:
    """Whether a table of pay may say anything: the change of some group as a share."""
    return impact.compared and any(percent_change(each, table) != HIDDEN for each in table.lines)


def shown_lines(table: Table, impact: Impact, limit: int = SHOWN) -> tuple[tuple[Line, ...], int]:
    """The lines to show, those that changed most first, and how many are left out."""
    if not impact.compared:
        return table.lines[:limit], max(len(table.lines) - limit, 0)
    keep = table.changed if len(table.lines) > limit else table.lines
    if len(keep) > limit:
        keep = tuple(sorted(keep, key=_size)[:limit])
    return keep, len(table.lines) - len(keep)


def _size(line: Line) -> Decimal:
    """The lines that changed most come first."""
    return -abs(Decimal(line.change or 0))


def _table(table: Table, impact: Impact, *, show_pay: bool) -> Iterator[str]:
    kept, left = shown_lines(table, impact)
    head = ("now", "then", "") if impact.compared else ("", "", "")
    rows = [cells(line, table, impact, show_pay=show_pay) for line in kept]
    widths = [max(width(row[n]) for row in (*rows, ("", *head))) for n in range(1, 4)]
    title = f"{table.title}{f', {table.currency}' if table.currency else ''}"
    name = min(max([width(row[0]) for row in rows] + [width(title)]), 60)
    yield _row((title, *head), name, widths)
    for row in rows:
        yield _row(row, name, widths, indent="    ")
    if left:
        yield f"    and {left:,} more"


def _row(row: Sequence[str], name: int, widths: Sequence[int], indent: str = "  ") -> str:
    extra = 2 if indent == "  " else 0
    first = pad(row[0], name + extra)
    rest = (
        " " * (columns - width(cell)) + cell for cell, columns in zip(row[1:], widths, strict=True)
    )
    return f"{indent}{first}  {'  '.join(rest)}".rstrip()


def cells(line: Line, table: Table, impact: Impact, *, show_pay: bool) -> tuple[str, ...]:
    """Name, before, after and change; amounts of pay only where they are asked for."""
    name = clean(line.name)
    if table.personal and not show_pay:
        return (
            (name, HIDDEN, HIDDEN, percent_change(line, table))
            if impact.compared
            else (name, "", HIDDEN, "")
        )
    after = figure(line.after, table.unit)
    if not impact.compared:
        return (name, "", after, "")
    return (name, figure(line.before, table.unit), after, signed(line.change, table.unit))


def percent_change(line: Line, table: Table) -> str:
    """The change of a group's pay as a share; nothing for fewer than five people."""
    people = (table.people or {}).get(line.name, 1)
    if people < 5 or not line.before or line.change is None:
        return HIDDEN
    return f"{Decimal(line.change) * 100 / Decimal(line.before):+.1f} %"


def figure(value: Figure, unit: Unit) -> str:
    """``1,234``, ``1,234.50``, ``63.15 %``; a dash where there is none."""
    if value is None:
        return "-"
    match unit:
        case "share":
            return f"{Decimal(value) * 100:,.2f} %"
        case "money":
            return f"{Decimal(value):,.2f}"
        case "records":
            return f"{value:,.0f}"
        case "number":
            return f"{value:,f}"


def signed(value: Figure, unit: Unit) -> str:
    """The change with its sign; nothing where there is none."""
    if value is None or value == 0:
        return ""
    if unit == "share":
        return f"{Decimal(value) * 100:+,.2f} points"
    size: Figure = Decimal(abs(value)) if isinstance(value, Decimal) else abs(value)
    return ("+" if value > 0 else "-") + figure(size, unit)


def profile_lines(profile: Profile) -> Iterator[str]:
    """What a file holds, and what of it could not be used."""
    head, *facts = profile_facts(profile)
    yield from hanging("", head, rest="  ")
    for fact in facts:
        yield from hanging("  ", fact, rest="    ")


def profile_facts(profile: Profile) -> Iterator[str]:
    """The rows of a file and what can be used of them; then each problem, and what is empty."""
    span = ""
    if profile.since is not None and profile.until is not None:
        span = f", {profile.dated} {profile.since} to {profile.until}"
    rows = f"{counted(profile.rows, 'rows')} of {profile.record}{span}"
    yield f"{clean(profile.file)}: {rows}; {profile.usable:,} can be simulated"
    for problem in profile.problems[:5]:
        yield f"! {counted(problem.count, 'rows')} left out: {problem.code} {clean(problem.text)}"
    left = len(profile.problems) - 5
    if left > 0:
        yield f"! and {left:,} more kinds of problems"
    if profile.empty:
        yield f"fields without a value: {clean(', '.join(profile.empty))}"
    if profile.ignored:
        yield f"columns that no field has: {clean(', '.join(profile.ignored))}"

"""What a change does to real records: the answers first, then bars before and after."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.render.html.chart import Bar, bars
from ixia_config.render.html.page import Card, Chapter, fold, listing, pill, table
from ixia_config.render.html.svg import both
from ixia_config.render.html.tags import Content, Html, joined, tag
from ixia_config.render.impact import (
    HIDDEN,
    cells,
    figure,
    first_of,
    headline,
    hides,
    in_order,
    profile_facts,
    shown_lines,
    shown_tables,
)
from ixia_config.render.wording import capital, clean
from ixia_config.simulate.impact import Impact, Line, Section, Table

_WIDE, _NARROW = 1000, 340


def impact_chapter(impact: Impact, *, show_pay: bool) -> Chapter:
    """A card for each policy that decides otherwise, and what the files held."""
    cards = [_card(each, impact, show_pay=show_pay) for each in in_order(impact)]
    records = Card("impact-records", "The records", _records(impact))
    title = (
        "What it does to real records" if impact.compared else "What the rules do to real records"
    )
    return Chapter("impact", title, (*cards, records), f"{headline(impact)}.")


def answers(impact: Impact) -> Html:
    """The sentence of each policy, for the top of a report."""
    told = [
        joined([tag("strong", clean(each.title)), ": ", clean(each.headline)])
        for each in in_order(impact)
    ]
    return listing(told, "answers") if told else tag("p", f"{headline(impact)}.")


def _card(section: Section, impact: Impact, *, show_pay: bool) -> Card:
    anchor = f"impact-{section.policy.replace('/', '-')}"
    parts: list[Content] = [tag("p", tag("strong", clean(section.headline)))]
    parts += [tag("p", clean(each), class_="soft") for each in section.notes]
    parts += [
        tag("p", joined([pill("not simulated", "warn"), " ", clean(each)]))
        for each in section.left_out
    ]
    tables = list(shown_tables(section, impact, show_pay=show_pay))
    parts.append(_legend(impact) if tables else None)
    for number, each in enumerate(tables):
        parts.append(_table(each, impact, f"{anchor}-{number}", show_pay=show_pay))
    if hides(section, show_pay=show_pay):
        parts.append(
            tag(
                "p",
                "What people are paid is shown with ",
                tag("code", "--show-pay"),
                ".",
                class_="soft",
            )
        )
    parts.append(_examples(section))
    kind = section.policy.split("/", 1)[0]
    return Card(anchor, clean(section.title), joined(parts), ((_KINDS.get(kind, kind), ""),))


_KINDS = {
    "ApprovalPolicy": "approvals",
    "CompPlan": "pay",
    "Metric": "metric",
    "Pipeline": "pipeline",
    "RoutingPolicy": "routing",
    "SlaPolicy": "clock",
}


def _table(found: Table, impact: Impact, name: str, *, show_pay: bool) -> Html:
    money = f", {found.currency}" if found.currency else ""
    caption = clean(f"{found.title}{money}")
    kept, left = shown_lines(found, impact)
    head = (
        [found.title.capitalize(), "now", "then", "change"]
        if impact.compared
        else [caption, "", "records", ""]
    )
    rows = [cells(each, found, impact, show_pay=show_pay) for each in kept]
    if not impact.compared:
        head, rows = [caption, found.unit], [(row[0], row[2]) for row in rows]
    shown = [[each.replace(HIDDEN, "•••") for each in row] for row in rows]
    more = tag("p", f"and {left:,} more", class_="soft small") if left else None
    numbers = table(caption, [head[0], *head[1:]], shown, "figures")
    if found.personal and not show_pay:
        return joined([numbers, more])
    drawn = [_bar(each, found, impact, row) for each, row in zip(kept, rows, strict=True)]
    told = "; ".join(
        f"{bar.name}: {' to '.join(each for each in bar.said if each)}" for bar in drawn
    )
    chart = both(bars(drawn, _WIDE), bars(drawn, _NARROW), name, caption, clean(told))
    return joined([tag("h4", capital(caption)), chart, more, fold("The same as a table", numbers)])


def _bar(line: Line, found: Table, impact: Impact, row: tuple[str, ...]) -> Bar:
    said = (
        figure(line.before, found.unit) if impact.compared else "",
        figure(line.after, found.unit),
    )
    now = None if not impact.compared or line.before is None else float(line.before)
    then = None if line.after is None else float(line.after)
    return Bar(
        clean(line.name), now, then, said, row[-1] if impact.compared and len(row) > 2 else ""
    )


def _legend(impact: Impact) -> Html | None:
    if not impact.compared:
        return None
    return listing(
        [
            joined([_swatch("bar-now"), f"now, as in {clean(impact.before)}"]),
            joined([_swatch("bar-then"), "then"]),
        ],
        "key",
    )


def _swatch(kind: str) -> Html:
    return tag(
        "svg",
        tag("rect", width=12, height=12, rx=2, class_=kind),
        width=12,
        height=12,
        aria_hidden="true",
    )


def _examples(section: Section) -> Html | None:
    if not section.examples:
        return None
    rows = [
        (clean(each.record), clean(each.before), clean(each.after), clean(each.why))
        for each in section.examples
    ]
    made = table("Records that get another answer", ("Record", "Now", "Then", "Why"), rows)
    return fold(first_of(section).rstrip(":") + f" ({len(rows)})", made)


def _records(impact: Impact) -> Html:
    return listing(list(_facts(impact)))


def _facts(impact: Impact) -> Iterator[Content]:
    for profile in impact.profiles:
        head, *rest = profile_facts(profile)
        yield joined([clean(head), listing([clean(each) for each in rest]) if rest else None])

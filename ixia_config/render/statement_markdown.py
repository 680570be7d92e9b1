"""A statement as Markdown: the same rows as a table, for a page or a mail."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.kinds.comp_plan.result import Payout, Statement
from ixia_config.render.markup import plain
from ixia_config.render.statement import (
    NO_NAMES,
    Row,
    Section,
    headline,
    plan_words,
    sections,
)
from ixia_config.render.statement_words import Names, attained, carried, money, sentence


def statement_markdown(statement: Statement, names: Names = NO_NAMES) -> str:
    """A heading with the total, then a table for each payout."""
    lines = [f"### {plain(headline(statement, names))}", ""]
    lines += [f"- {plain(sentence(each))}" for each in statement.reasons]
    for payout in statement.payouts:
        lines += [f"**{plain(plan_words(payout, names))}**", "", *_table(payout, names), ""]
        lines += [*_after(payout), ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(payout: Payout, names: Names) -> Iterator[str]:
    yield "| deal | date | credit | rate | pays | working |"
    yield "|---|---|--:|--:|--:|---|"
    for section in sections(payout, names):
        yield from _rows(section)
    yield f"| **paid** | | | | **{money(payout.total)}** | |"


def _rows(section: Section) -> Iterator[str]:
    if section.heading:
        yield f"| *{plain(section.heading)}* | | | | | |"
    yield from map(_row, section.rows)
    if section.foot.cells[0]:
        told, _, credit, _, pays = section.foot.cells
        amount = f"**{credit}**" if credit else ""
        yield f"| **{told}** | | {amount} | | **{pays}** | |"


def _row(row: Row) -> str:
    cells = (*row.cells, "; ".join(filter(None, (row.note, *row.below))))
    return "| " + " | ".join(plain(each) for each in cells) + " |"


def _after(payout: Payout) -> Iterator[str]:
    told = [attained(each) for each in payout.attained]
    told += [sentence(reason) for each in payout.attained for reason in each.reasons]
    told += [*carried(payout.balance), *map(sentence, payout.reasons)]
    yield from (f"- {plain(each)}" for each in told)

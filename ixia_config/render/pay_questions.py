"""Why somebody is paid this and not that: the lines of the figure, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from ixia_config.kinds.comp_plan.result import Statement
from ixia_config.render.layout import WIDTH, table, wrap
from ixia_config.render.markup import plain
from ixia_config.render.plan_json import written
from ixia_config.render.statement import statement_text, totals
from ixia_config.render.statement_data import values
from ixia_config.render.statement_markdown import statement_markdown
from ixia_config.render.statement_words import Names, money, period
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.wording import clean


class WhatIf(Protocol):
    """A switch, what the plan says, and what would be paid if it said something else."""

    @property
    def plan(self) -> str: ...
    @property
    def switch(self) -> str: ...
    @property
    def is_now(self) -> str: ...
    @property
    def instead(self) -> str: ...
    @property
    def amount(self) -> Decimal: ...


class Accounted(Protocol):
    """A figure, the lines that make it, and the switches that would make it another one."""

    @property
    def whole(self) -> Statement: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def expected(self) -> Decimal | None: ...
    @property
    def subject(self) -> str: ...
    @property
    def others(self) -> Sequence[WhatIf]: ...
    @property
    def names(self) -> Names: ...


def account_headline(told: Accounted) -> str:
    """``Helio SA pays Ana Ruiz 1,650.00 USD in Q1 2027, not 1,350.00``."""
    who, when = told.names.person(told.whole.person), period(told.whole.period)
    paid = totals(told.whole.totals)
    what = f"{clean(told.subject)} pays {who} {paid}" if told.subject else f"{who} is paid {paid}"
    if told.expected is None:
        return f"{what} in {when}"
    if told.expected == told.amount:
        return f"{what} in {when}, as expected"
    return f"{what} in {when}, not {money(told.expected)}"


def account_text(told: Accounted, style: Style = PLAIN, *, columns: int = WIDTH) -> str:
    """The headline, the lines, and what would change the figure."""
    lines = [style.paint(Role.STRONG, each) for each in wrap(account_headline(told), columns)]
    body = statement_text(told.whole, told.names, style, columns=columns).split("\n", 1)[1]
    lines += body.rstrip("\n").split("\n")
    answer = _answer(told)
    if answer:
        lines += ["", *(style.paint(Role.STRONG, each) for each in wrap(answer, columns))]
        lines += table([_row(each) for each in told.others]) if told.others else []
    return "\n".join(lines) + "\n"


def _answer(told: Accounted) -> str:
    """Which switch makes the difference, or that none does by itself."""
    if told.expected is None or told.expected == told.amount:
        return ""
    expected = money(told.expected)
    if told.others and told.others[0].amount == told.expected:
        return f"It would be {expected} if the plan said otherwise in one place:"
    more = ", these come nearest:" if told.others else "; look at the records."
    return f"No single switch of the plan makes it {expected}{more}"


def _row(each: WhatIf) -> tuple[str, str, str]:
    said = f"{clean(each.instead)}, where {clean(each.plan)} says {clean(each.is_now)}"
    return money(each.amount), clean(each.switch), said


def account_markdown(told: Accounted) -> str:
    """The same for a page."""
    lines = [f"### {plain(account_headline(told))}", ""]
    lines += statement_markdown(told.whole, told.names).split("\n")[2:]
    return "\n".join([*lines, *_bullets(told)]).rstrip() + "\n"


def _bullets(told: Accounted) -> Iterator[str]:
    answer = _answer(told)
    if answer:
        yield plain(answer)
        yield ""
    for each in told.others:
        amount, switch, said = _row(each)
        yield f"- {amount}: {plain(switch)} {plain(said)}"


def account_json(told: Accounted) -> str:
    """The same as data."""
    return written(
        {
            "headline": account_headline(told),
            "amount": f"{told.amount:f}",
            "expected": None if told.expected is None else f"{told.expected:f}",
            "what_if": [
                {
                    "plan": each.plan,
                    "switch": each.switch,
                    "says": each.is_now,
                    "instead": each.instead,
                    "amount": f"{each.amount:f}",
                }
                for each in told.others
            ],
            "statement": values(told.whole),
        }
    )

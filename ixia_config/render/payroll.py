"""The pay of several people: a summary that shows amounts only to those who asked for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ixia_config.kinds.comp_plan.result import Attained, Statement
from ixia_config.render.csv_text import csv_text
from ixia_config.render.layout import fitted, pad, width, wrap
from ixia_config.render.markup import plain
from ixia_config.render.plan_json import written
from ixia_config.render.statement import totals
from ixia_config.render.statement_words import Names, money, percent, period
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.wording import clean, counted

HIDDEN = "***"
_KEYS = ("person", "plan", "attainment", "pays", "currency")
_HEAD = ("person", "plan", "attainment", "pays", "")
_TOGETHER = 5  # people; what fewer are paid together tells what each is


def summary_text(
    statements: Sequence[Statement],
    names: Names,
    style: Style = PLAIN,
    *,
    show_pay: bool = False,
) -> str:
    """One line for each person and plan, then the sum."""
    rows = [_HEAD, *_rows(statements, names, show_pay=show_pay)]
    widths = [min(max(width(row[place]) for row in rows), 40) for place in range(5)]
    lines = [_line(row, widths) for row in rows]
    told = wrap(summary_headline(statements, show_pay=show_pay), 100)
    painted = [style.paint(Role.STRONG, each) for each in told]
    return "\n".join([*painted, "", style.paint(Role.FAINT, lines[0]), *lines[1:]]) + "\n"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    words = [pad(fitted(row[place], widths[place]), widths[place]) for place in (0, 1)]
    numbers = [" " * (widths[place] - width(row[place])) + row[place] for place in (2, 3)]
    return ("  " + "  ".join([*words, *numbers, row[4]])).rstrip()


def summary_headline(statements: Sequence[Statement], *, show_pay: bool) -> str:
    """``Q1 2027: 12 people are paid 310,000.00 USD``."""
    who = counted(len({each.person for each in statements}), "people").replace(
        "1 people", "1 person"
    )
    when = period(statements[0].period) if statements else ""
    if show_pay or len(statements) >= _TOGETHER:
        verb = "is" if len(statements) == 1 else "are"
        return f"{when}: {who} {verb} paid {totals(whole(statements))}"
    return f"{when}: {who}; what each is paid is shown with --show-pay"


def whole(statements: Sequence[Statement]) -> dict[str, Decimal]:
    """What all are paid together, by currency."""
    found: dict[str, Decimal] = {}
    for statement in statements:
        for unit, amount in statement.totals.items():
            found[unit] = found.get(unit, Decimal(0)) + amount
    return found


def _rows(
    statements: Sequence[Statement], names: Names, *, show_pay: bool
) -> Iterator[tuple[str, str, str, str, str]]:
    for statement in statements:
        plans = list(dict.fromkeys((each.plan, each.currency) for each in statement.payouts))
        for plan, unit in plans:
            payouts = [each for each in statement.payouts if each.plan == plan]
            amount = money(sum((each.total for each in payouts), Decimal(0)))
            pays, named = (amount, clean(unit)) if show_pay else (HIDDEN, "")
            last = payouts[-1].attained[:1] if payouts else ()
            reached = _attained(last) if show_pay else HIDDEN
            yield names.person(statement.person), clean(plan), reached, pays, named


def _attained(found: Sequence[Attained]) -> str:
    return next((percent(each.share) for each in found if each.share is not None), "")


def summary_markdown(
    statements: Sequence[Statement], names: Names, *, show_pay: bool = False
) -> str:
    """The same as a table."""
    lines = [f"### {plain(summary_headline(statements, show_pay=show_pay))}", ""]
    lines += ["| person | plan | attainment | pays | |", "|---|---|--:|--:|---|"]
    for row in _rows(statements, names, show_pay=show_pay):
        lines.append("| " + " | ".join(plain(each) for each in row) + " |")
    return "\n".join(lines) + "\n"


def summary_csv(statements: Sequence[Statement], names: Names) -> str:
    """Who has a statement, without amounts."""
    return csv_text(_KEYS, _rows(statements, names, show_pay=False))


def summary_json(statements: Sequence[Statement], names: Names) -> str:
    """The same as data."""
    rows = _rows(statements, names, show_pay=False)
    people = [dict(zip(_KEYS, row, strict=True)) for row in rows]
    told = summary_headline(statements, show_pay=False)
    return written({"headline": told, "hidden": True, "people": people})

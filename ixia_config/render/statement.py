"""A statement as text that somebody can check by hand: deals, credits, rates, sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ixia_config.kinds.comp_plan.result import Line, Payout, Statement, What
from ixia_config.render.layout import WIDTH, fitted, hanging, pad, width, wrap
from ixia_config.render.statement_words import (
    Names,
    attained,
    called,
    carried,
    count,
    money,
    on,
    period,
    rate,
    sentence,
    span,
    workings,
)
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.wording import clean, counted, listed

NARROWEST = 80
_HEAD = ("deal", "date", "credit", "rate", "pays")
_GAP = "  "
_FOR_ALL = (What.BONUS, What.MBO)
_EARNED = (What.COMMISSION, What.BONUS, What.MBO, What.SPIFF)
NO_NAMES = Names()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; ``note`` stands beside it where there is room, ``below`` under it."""

    cells: tuple[str, str, str, str, str]
    note: str = ""
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one component with their sum; draws and the like have no heading."""

    heading: str
    rows: tuple[Row, ...]
    foot: Row


def statement_text(
    statement: Statement,
    names: Names = NO_NAMES,
    style: Style = PLAIN,
    *,
    columns: int = WIDTH,
) -> str:
    """A heading with the total, then each payout; no line is longer than ``columns``."""
    lines = [style.paint(Role.STRONG, each) for each in wrap(headline(statement, names), columns)]
    for reason in statement.reasons:
        lines += hanging("  ", sentence(reason), total=columns)
    for payout in statement.payouts:
        lines += ["", *(line.rstrip() for line in _payout(payout, names, style, columns))]
    return "\n".join(lines) + "\n"


def headline(statement: Statement, names: Names) -> str:
    """``Ana Ruiz, Q1 2027: 25,200.00 USD``."""
    who = f"{names.person(statement.person)}, {period(statement.period)}"
    return f"{who}: {totals(statement.totals)}"


def totals(found: Mapping[str, Decimal]) -> str:
    """What is paid, in each currency; ``nothing`` where nothing is."""
    words = [f"{money(amount)} {clean(unit)}" for unit, amount in sorted(found.items())]
    return listed(words) if words else "nothing to pay"


def plan_words(payout: Payout, names: Names) -> str:
    """``January 2027, plan ae-2027 (version of 2027-01-01), USD``."""
    versions = listed([clean(each) for each in payout.versions])
    noun = "versions" if len(payout.versions) > 1 else "version"
    version = f" ({noun} of {versions})" if versions else ""
    closed = ", closed" if payout.closed else ""
    plan = clean(names.plans.get(payout.plan) or payout.plan)
    return f"{period(payout.period)}, plan {plan}{version}, {clean(payout.currency)}{closed}"


def _payout(payout: Payout, names: Names, style: Style, columns: int) -> Iterator[str]:
    yield from (style.paint(Role.STRONG, each) for each in wrap(plan_words(payout, names), columns))
    yield ""
    found = sections(payout, names)
    layout = _Layout([row for each in found for row in (*each.rows, each.foot)], columns)
    yield style.paint(Role.FAINT, layout.line(_HEAD))
    for section in found:
        yield from layout.section(section, style)
    yield layout.rule("=")
    yield style.paint(Role.STRONG, layout.line(("paid", "", "", "", money(payout.total))))
    yield from _after(payout, columns)


def _after(payout: Payout, columns: int) -> Iterator[str]:
    told = [attained(each) for each in payout.attained]
    told += [sentence(reason) for each in payout.attained for reason in each.reasons]
    told += [*carried(payout.balance), *map(sentence, payout.reasons)]
    if told:
        yield ""
    for each in told:
        yield from hanging(_GAP, each, total=columns)


def sections(payout: Payout, names: Names) -> tuple[Section, ...]:
    """The lines by component, in the order in which they come."""
    by_component: dict[str, list[Line]] = {}
    for line in payout.lines:
        by_component.setdefault(line.component, []).append(line)
    ordered = sorted(by_component, key=lambda key: not key)  # draws and the like come last
    return tuple(_section(payout, names, key, by_component[key]) for key in ordered)


def _section(payout: Payout, names: Names, key: str, lines: Sequence[Line]) -> Section:
    units = (payout.plan, key) in names.units
    paying = [line for line in lines if line.amount or line.what not in _FOR_ALL]
    idle = [line for line in lines if line not in paying]
    rows = tuple(row for line in paying for row in line_rows(line, names, units=units))
    rows += _idle(idle, units=units)
    title = names.component(payout.plan, key) if key else ""
    own = [each.amount for each in payout.credits if each.component == key]
    credited = sum(own, Decimal(0))
    paid = payout.by_component[key]
    amount = (count(credited) if units else money(credited)) if own else ""
    told = "in all" if key and len(rows) > 1 else ""
    foot = Row((told, "", amount, "", money(paid)))
    return Section(title, rows, foot)


def _idle(lines: Sequence[Line], *, units: bool) -> tuple[Row, ...]:
    """One row for all credits of a bonus that does not pay."""
    if not lines:
        return ()
    credited = sum((each.credit.amount for each in lines if each.credit is not None), Decimal(0))
    told = counted(len(lines), "credits") if len(lines) > 1 else called(lines[0])
    below = dict.fromkeys(sentence(reason) for each in lines for reason in each.reasons)
    cells = (told, "", _amount(credited, units=units), "", money(Decimal(0)))
    return (Row(cells, "", tuple(below)),)


def line_rows(line: Line, names: Names, *, units: bool) -> Iterator[Row]:
    """One row for a line, and one more for each further tier part."""
    when = on(line.credit.on) if line.credit is not None else ""
    below = tuple(workings(names, line))
    if len(line.parts) <= 1 or line.amount != line.earned:
        part = line.parts[0] if len(line.parts) == 1 else None
        shown = rate(part, each=units) if part is not None else ""
        mixed = () if part is not None else tuple(_parts(line, units=units))
        new = line.credit is not None and line.what in _EARNED and not line.before
        amount = _amount(line.credit.amount, units=units) if line.credit and new else ""
        note = span(part) if part is not None else ""
        yield Row((called(line), when, amount, shown, money(line.amount)), note, (*mixed, *below))
        return
    yield from _tier_rows(line, when, below, units=units)


def _tier_rows(line: Line, when: str, below: tuple[str, ...], *, units: bool) -> Iterator[Row]:
    """The parts of a line, each with what it pays; the odd cent of rounding is with the last."""
    shares = part_amounts(line)
    for number, (part, pays) in enumerate(zip(line.parts, shares, strict=True)):
        last = number == len(line.parts) - 1
        first = (called(line), when) if not number else ("", "")
        credit = "" if part.credit is None else _amount(part.credit, units=units)
        cells = (*first, credit, rate(part, each=units), money(pays))
        yield Row(cells, span(part), below if last else ())


def part_amounts(line: Line) -> tuple[Decimal, ...]:
    """What each part pays, rounded like the line, so that they add up to it."""
    scale = line.earned.as_tuple().exponent
    unit = Decimal(1).scaleb(scale if isinstance(scale, int) and scale < -2 else -2)
    shares = [part.amount.quantize(unit) for part in line.parts]
    shares[-1] += line.earned - sum(shares, Decimal(0))
    return tuple(shares)


def _parts(line: Line, *, units: bool) -> Iterator[str]:
    """The parts of a line in words: ``10,000.00 at 8 % (tier 1) is 800.00``."""
    for part in line.parts:
        if part.credit is None:
            yield f"{span(part) or 'fixed'}: {count(part.amount)}"
            continue
        where = f" ({span(part)})" if part.tier else ""
        shown = rate(part, each=units)
        yield f"{_amount(part.credit, units=units)} at {shown}{where} is {count(part.amount)}"


def _amount(amount: Decimal, *, units: bool) -> str:
    return count(amount) if units else money(amount)


class _Layout:
    """Columns that are as wide as they must be; the first gives way."""

    def __init__(self, rows: Sequence[Row], columns: int) -> None:
        self.columns = columns
        cells = [_HEAD, *(row.cells for row in rows)]
        self.widths = [max(width(each[place]) for each in cells) for place in range(5)]
        room = NARROWEST - sum(self.widths[1:]) - 5 * len(_GAP)
        self.widths[0] = min(self.widths[0], max(room, 12))

    def line(self, cells: Sequence[str]) -> str:
        """One line: words to the left, numbers to the right."""
        name = pad(fitted(cells[0], self.widths[0]), self.widths[0])
        when = pad(cells[1], self.widths[1])
        numbers = [
            " " * (self.widths[place] - width(cells[place])) + cells[place] for place in (2, 3, 4)
        ]
        return _GAP + _GAP.join([name, when, *numbers])

    def section(self, section: Section, style: Style) -> Iterator[str]:
        """A component: its heading, its rows and its sum."""
        yield ""
        if section.heading:
            yield from hanging(_GAP, section.heading, total=self.columns)
        for row in section.rows:
            yield from self.row(row)
        if section.foot.cells[0]:
            yield self.rule("-")
            yield style.paint(Role.STRONG, self.line(section.foot.cells))

    def row(self, row: Row) -> Iterator[str]:
        """A row with its notes."""
        line = self.line(row.cells)
        beside = f"{line}   {row.note}" if row.note else line
        fits = width(beside) <= self.columns
        yield beside if fits else line
        told = "; ".join(row.below if fits or not row.note else (row.note, *row.below))
        if told:
            yield from hanging("      ", told, total=self.columns, rest="      ")

    def rule(self, character: str) -> str:
        """A line under the sums."""
        line = character * self.widths[4]
        return self.line(("", "", character * self.widths[2] if character == "-" else "", "", line))

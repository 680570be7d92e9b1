"""Lines of a component whose credits earn once and for all, in the payout of their own day."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.kinds.comp_plan.rounding import Mode
from ixia_config.kinds.comp_plan.sql_component import Paying
from ixia_config.kinds.comp_plan.sql_measures import ordered
from ixia_config.kinds.comp_plan.sql_rate import WHAT, elsewhere, rate
from ixia_config.kinds.comp_plan.sql_words import Refused, Relation, number, one_of, rounded
from ixia_config.rules.sql import identifier

OF = "assignment, person, payout, payout_start, payout_end"
UPTO = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"


def begun(paying: Paying) -> Iterator[Relation]:
    """The terms of people, their credits in order, and the credits of measures they share."""
    dialect, key, one = paying.source.ground.dialect, paying.source.name, paying.component.key
    terms = paying.desk.terms(paying.index, dialect, paying.amounts)
    yield Relation(f"{key}_terms", terms, f"{one}: what is asked of whom in which stretch")
    yield Relation(f"{key}_placed", _placed(paying), f"{one}: credits in order, and their sums")
    measures = {paying.measure} if elsewhere(paying) else set()
    if paying.factors or paying.component.threshold:
        measures.add(paying.measure)
    for measure in sorted({*measures, *paying.others} - {""}):
        if not paying.moves.own(paying.source, measure):
            moves = paying.moves.series(measure, joins(paying), paying.wide)
            yield Relation(f"{key}_{measure}_moves", moves, f"{one}: what counts to {measure}")


def _placed(paying: Paying) -> str:
    dialect = paying.source.ground.dialect
    columns = "".join(f", t.{name}" for name in paying.amounts)
    order = f"c.day, {ordered('c.record', dialect)}"
    return (
        f"SELECT t.assignment, t.person, t.stretch, k.payout, k.payout_start, k.payout_end,\n"
        f"    c.record, c.day, c.credit{columns},\n    CAST(sum(c.credit) OVER ("
        f"PARTITION BY t.assignment, t.stretch ORDER BY {order}\n      {UPTO}) AS {paying.kind})"
        f" AS after\n  FROM {identifier(paying.source.result, dialect)} AS c\n  {joins(paying)}"
    )


def joins(paying: Paying) -> str:
    """From credits ``c`` to the calendar ``k`` and the terms ``t``."""
    unit = paying.desk.unit(paying.desk.length(paying.index))
    start = "c.day" if unit == "day" else f"CAST(date_trunc('{unit}', c.day) AS DATE)"
    calendar = identifier(paying.calendar, paying.source.ground.dialect)
    return (
        f"JOIN {calendar} AS k ON k.unit = {start}\n"
        f"  JOIN {paying.name('terms')} AS t ON t.person = c.person AND t.stretch = k.stretch\n"
        "    AND c.day >= t.first_day AND c.day < t.day_after"
    )


def shared(paying: Paying) -> str:
    """The join from placed credits ``p`` to the moves ``m`` of a measure that others move, too."""
    if not elsewhere(paying):
        return ""
    record = paying.source.rule.object
    return (
        f"\n  JOIN {paying.name(f'{paying.measure}_moves')} AS m ON m.assignment = p.assignment"
        f" AND m.stretch = p.stretch\n    AND m.record = p.record AND m.object = '{record}'"
    )


def settled(paying: Paying) -> Iterator[Relation]:
    """The steps from placed credits to lines."""
    key, one = paying.source.name, paying.component.key
    if paying.factors and not paying.moves.own(paying.source, paying.measure):
        raise Refused("multipliers of single deals by a measure to which others count, too")
    reached = f"CAST(p.credit AS {paying.kind})" if paying.single else "p.after"
    if _flowing(paying):
        source, amount = "placed", _between(paying)
    else:
        exact = f"SELECT p.*, CAST({rate(paying, reached, 'p.after')} AS {paying.exact}) AS exact"
        body = f"{exact}\n  FROM {paying.name('placed')} AS p{shared(paying)}"
        yield Relation(f"{key}_rated", body, f"{one}: what each credit earns exactly")
        source, amount = "rated", paid(paying, "p.assignment, p.stretch", "p.day, {record}")
    what = f"'{one}' AS component, '{WHAT[paying.component.type]}' AS what"
    kept = ", p.most" if "most" in paying.amounts else ""
    kept += ", p.target_rate" if "target_rate" in paying.amounts else ""
    columns = ", ".join(f"p.{each}" for each in OF.split(", "))
    yield Relation(
        f"{key}_paid",
        f"SELECT {columns}, {what}, p.record, p.day, p.credit{kept},\n    {amount} AS amount\n"
        f"  FROM {paying.name(source)} AS p",
        f"{one}: the money of each credit",
    )
    yield Relation(f"{key}_lines", _capped(paying))


def _flowing(paying: Paying) -> bool:
    """Whether a line is just what its end of the curve pays more than its start, both rounded."""
    rates, rounding = paying.component.rates, paying.spec.rounding
    return (
        rates is not None
        and not (paying.single or paying.own_factors or paying.zero or elsewhere(paying))
        and rates.crossing == "split"
        and rounding.at == "component"
    )


def _between(paying: Paying) -> str:
    """The rounded pay for everything up to a credit, less that for everything before it."""
    table, rounding = paying.tables[0], paying.spec.rounding
    paying.check_width()
    rates = [band.rate for band in table.curve.bands]
    ends = [table.up_to(rates, each) for each in ("p.after", "(p.after - p.credit)")]
    high, low = (rounded(f"({each})", rounding.scale, rounding.mode) for each in ends)
    return f"CAST({high}\n    - {low} AS {paying.money})"


def paid(paying: Paying, partition: str, order: str) -> str:
    """The money of exact amounts: each by itself, or so that they add up; exact where later."""
    rounding = paying.spec.rounding
    if rounding.at == "total":
        return "exact"
    if rounding.at == "line":
        return f"CAST({rounded('exact', rounding.scale, rounding.mode)} AS {paying.money})"
    order = order.format(record=ordered("p.record", paying.source.ground.dialect))
    if rounding.residue == "largest_remainder":
        raise AssertionError("what later deals change is not settled")
    return running(f"PARTITION BY {partition} ORDER BY {order}", rounding.scale, rounding.mode)


def running(window: str, scale: int, mode: Mode) -> str:
    """The rounded sum up to a row, less the rounded sum before it."""
    upto = f"sum(exact) OVER ({window} {UPTO})"
    high, low = rounded(upto, scale, mode), rounded(f"({upto} - exact)", scale, mode)
    return f"CAST({high}\n    - {low} AS DECIMAL(18,{scale}))"


def limit(paying: Paying, credit: str) -> str:
    """The most that is paid; where it depends on credit, that is counted from 0."""
    cap, rounding = paying.component.cap, paying.spec.rounding
    if cap is None or cap.multiple is None:
        return "most"
    counted = one_of([(f"{credit} > 0", credit)], "0")
    times = f"({counted} * target_rate * {number(cap.multiple)})"
    return f"CAST({rounded(times, rounding.scale, rounding.mode)} AS {paying.money})"


def _capped(paying: Paying) -> str:
    """The lines, and what the cap of a deal withholds of them."""
    columns = f"{OF}, component, what, record, day, credit"
    lines = f"SELECT {columns}, amount FROM {paying.name('paid')}"
    if paying.component.cap is None:
        return lines
    most = limit(paying, "credit")
    taken = columns.replace("what", "'cap' AS what")
    return (
        f"{lines}\n  UNION ALL\n  SELECT {taken}, {most} - amount AS amount\n"
        f"  FROM {paying.name('paid')} WHERE amount > {most}"
    )

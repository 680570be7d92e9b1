"""Lines of a component where later deals change what earlier ones earn: to date, less paid.

Everything is worked out as of the end of each payout; a line is what is new since the last one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ixia_config.kinds.comp_plan.sql_component import Paying
from ixia_config.kinds.comp_plan.sql_measures import ordered
from ixia_config.kinds.comp_plan.sql_rate import WHAT, by_row, multiplied, rate
from ixia_config.kinds.comp_plan.sql_settled import limit, running, shared
from ixia_config.kinds.comp_plan.sql_words import Refused, Relation, number, one_of, rounded
from ixia_config.rules.sql import identifier

AT = ("assignment", "person", "stretch", "payout", "payout_start", "payout_end")
OF = ", ".join(AT)
NOW = ", ".join(f"s.{each}" for each in AT)


def moving(paying: Paying) -> Iterator[Relation]:
    """The steps from placed credits to lines."""
    if paying.spec.rounding.at == "total":
        raise Refused("rounding at the total, where later deals change earlier lines")
    if paying.single and paying.factors:
        raise Refused("multipliers of single deals together with what later deals change")
    key, one, asked = paying.source.name, paying.component.key, _asked(paying)
    yield Relation(f"{key}_days", _days(paying), f"{one}: the end of each payout in each stretch")
    for name, series in asked.items():
        yield Relation(f"{key}_{name}", _sum(paying, series, name))
    yield Relation(f"{key}_standing", _standing(paying, asked), f"{one}: what is reached by then")
    yield Relation(f"{key}_rated", _rated(paying), f"{one}: what is earned exactly by then")
    yield Relation(f"{key}_paid", _paid(paying), f"{one}: the same as money")
    yield Relation(f"{key}_capped", _capped(paying))
    yield Relation(f"{key}_to_date", _lifted(paying))
    yield Relation(f"{key}_lines", _lines(paying), f"{one}: what is new since the last payout")


def _asked(paying: Paying) -> Mapping[str, str]:
    """What has to be known by a day: a name, and the relation whose credits add up to it."""
    found = {"reached": _series(paying, paying.measure if paying.by_share else "")}
    if paying.measure and (paying.factors or paying.component.threshold):
        found["attained"] = _series(paying, paying.measure)
    for place, measure in enumerate(paying.others, 1):
        found[f"reached_{place}"] = _series(paying, measure)
    return found


def _series(paying: Paying, measure: str) -> str:
    if not measure or paying.moves.own(paying.source, measure):
        return paying.name("placed")
    return paying.name(f"{measure}_moves")


def _days(paying: Paying) -> str:
    columns = "".join(f", t.{name}" for name in paying.amounts)
    calendar = identifier(paying.calendar, paying.source.ground.dialect)
    upto = one_of([("k.payout_end < t.stretch_end", "k.payout_end")], "t.stretch_end")
    return (
        "SELECT t.assignment, t.person, t.stretch, k.payout, k.payout_start, k.payout_end,\n"
        f"    t.stretch_end, {upto} AS upto{columns}\n  FROM {paying.name('terms')} AS t\n"
        "  JOIN (SELECT DISTINCT stretch, payout, payout_start, payout_end\n"
        f"    FROM {calendar}) AS k ON k.stretch = t.stretch AND k.payout_end > t.first_day"
    )


def _sum(paying: Paying, series: str, name: str) -> str:
    return (
        f"SELECT d.assignment, d.stretch, d.payout_end, CAST(sum(m.credit) AS {paying.wide})"
        f" AS {name}\n  FROM {paying.name('days')} AS d JOIN {series} AS m\n"
        "    ON m.assignment = d.assignment AND m.stretch = d.stretch AND m.day < d.upto\n"
        "  GROUP BY d.assignment, d.stretch, d.payout_end"
    )


def _standing(paying: Paying, asked: Mapping[str, str]) -> str:
    """What is reached of everything that is asked for, by the end of each payout."""
    sums = "".join(f", COALESCE({each}.{each}, 0) AS {each}" for each in asked)
    joined = "".join(
        f"\n  LEFT JOIN {paying.name(each)} AS {each} ON {each}.assignment = d.assignment"
        f" AND {each}.stretch = d.stretch\n    AND {each}.payout_end = d.payout_end"
        for each in asked
    )
    return f"SELECT d.*{sums}\n  FROM {paying.name('days')} AS d{joined}"


def _rated(paying: Paying) -> str:
    """What every credit, and every fixed amount, has earned by the end of each payout."""
    parts = [_claims(paying)]
    if paying.has_fixed or paying.component.pay is not None:
        parts.append(_fixed(paying))
    return "\n  UNION ALL\n  ".join(parts)


def _claims(paying: Paying) -> str:
    reached = f"CAST(p.credit AS {paying.kind})" if paying.single else "s.reached"
    on = "ON {0}.assignment = p.assignment AND {0}.stretch = p.stretch\n    AND "
    day, standing = "s", paying.name("standing")
    joined = f"\n  JOIN {standing} AS s {on.format('s')}p.day < s.payout_end"
    if paying.spec.payout.method == "at_to_date_rate":
        day = "d"
        joined = (
            f"\n  JOIN {standing} AS s {on.format('s')}s.payout_end = p.payout_end"
            f"\n  JOIN {standing} AS d {on.format('d')}p.day < d.payout_end"
        )
    exact = rate(paying, reached, "s.attained")
    if open_ := _open(paying, day):
        exact = f"CASE WHEN {open_} THEN {exact} ELSE 0 END"
    columns = ", ".join(f"{day}.{each}" for each in AT)
    what = WHAT[paying.component.type]
    return (
        f"SELECT {columns}, '{what}' AS what, p.record, p.day, p.credit,\n"
        f"    p.payout_end = {day}.payout_end AS fresh{_limits(paying, day)},\n"
        f"    CAST({exact} AS {paying.exact}) AS exact\n"
        f"  FROM {paying.name('placed')} AS p{joined}{shared(paying)}"
    )


def _limits(paying: Paying, relation: str) -> str:
    kept = [each for each in ("most", "target_rate") if each in paying.amounts]
    return "".join(f", {relation}.{each}" for each in kept)


def _open(paying: Paying, day: str) -> str:
    """Whether gates and the threshold are reached; empty where there are none."""
    tests = []
    for gate in paying.component.gates:
        place = paying.others.index(gate.measure) + 1
        quota, reached = f"{day}.quota_{place}", f"{day}.reached_{place}"
        tests.append(f"{quota} > 0 AND {reached} >= {number(gate.at)} * {quota}")
    if paying.component.threshold is not None and paying.measure:
        at = number(paying.component.threshold.at)
        tests.append(f"({day}.quota = 0 OR {day}.attained >= {at} * {day}.quota)")
    return " AND ".join(tests)


def _fixed(paying: Paying) -> str:
    """The fixed amounts of a stretch: of its tiers, or the pay of a bonus."""
    component, tests = paying.component, [each for each in [_open(paying, "s")] if each]
    if component.pay is not None:
        if not tests:
            tests = ["s.payout_end >= s.stretch_end"]
        exact = f"{number(component.pay)} * s.worked"
        exact += " * s.factor" if paying.own_factors else ""
    else:
        tables = [replace(each, quota=each.quota and "s.quota") for each in paying.tables]
        amount = by_row(paying, [each.fixed("s.reached") for each in tables])
        exact = multiplied(paying, f"{amount} * s.worked", "s.attained", "s")
        tests += ["s.quota <> 0"] if paying.by_share else []
    given = f"CASE WHEN {' AND '.join(tests)} THEN {exact} ELSE 0 END" if tests else exact
    what = WHAT[component.type]
    return (
        f"SELECT {NOW}, '{what}' AS what, '' AS record, CAST(NULL AS DATE) AS day,\n"
        f"    CAST(NULL AS DECIMAL(18,{paying.source.scale})) AS credit, FALSE AS fresh"
        f"{_limits(paying, 's')},\n    CAST({given} AS {paying.exact}) AS exact\n"
        f"  FROM {paying.name('standing')} AS s"
    )


def _paid(paying: Paying) -> str:
    rounding, columns = paying.spec.rounding, _columns(paying)
    record = ordered("record", paying.source.ground.dialect)
    group = "assignment, stretch, payout_end"
    order = f"CASE WHEN record = '' THEN 1 ELSE 0 END, day, {record}"
    if rounding.at == "line":
        amount = f"CAST({rounded('exact', rounding.scale, rounding.mode)} AS {paying.money})"
    elif rounding.residue == "listed_order":
        window = f"PARTITION BY {group} ORDER BY {order}"
        amount = running(window, rounding.scale, rounding.mode)
    else:
        return _by_remainder(paying, group, order)
    return f"SELECT {columns},\n    {amount} AS amount\n  FROM {paying.name('rated')}"


def _columns(paying: Paying) -> str:
    return f"{OF}, what, record, day, credit, fresh{_limits(paying, 'r').replace('r.', '')}"


def _by_remainder(paying: Paying, group: str, order: str) -> str:
    """Rounded down, with the odd cents to the largest rests."""
    rounding, columns = paying.spec.rounding, _columns(paying)
    unit = 10**rounding.scale
    cent = "1" if unit == 1 else f"0.{'1':0>{rounding.scale}}"
    return (
        f"SELECT {columns},\n    CAST((low + CASE WHEN turn <= odd THEN 1 ELSE 0 END) * {cent}"
        f" AS {paying.money}) AS amount\n  FROM (\n"
        f"  SELECT *, row_number() OVER (PARTITION BY {group}\n"
        f"      ORDER BY low - units, {order}) AS turn,\n"
        f"    {rounded('units_in_all', 0, rounding.mode)} - low_in_all AS odd\n  FROM (\n"
        f"  SELECT *, sum(units) OVER (PARTITION BY {group}) AS units_in_all,\n"
        f"    sum(low) OVER (PARTITION BY {group}) AS low_in_all\n  FROM (\n"
        f"  SELECT *, exact * {unit} AS units, floor(exact * {unit}) AS low\n"
        f"  FROM {paying.name('rated')}\n  ) AS a ) AS b ) AS c"
    )


def _capped(paying: Paying) -> str:
    """The amounts to date, and what caps withhold of them."""
    plain = f"{OF}, what, record, day, credit, fresh"
    lines = f"SELECT {plain}, amount FROM {paying.name('paid')}"
    cap = paying.component.cap
    if cap is None:
        return lines
    if cap.per == "deal":
        most = limit(paying, "credit")
        over = one_of([(f"amount > {most}", f"{most} - amount")], "0")
        taken = f"{OF}, 'cap' AS what, record, day, credit, FALSE AS fresh, {over} AS amount"
        deals = f"SELECT {taken}\n  FROM {paying.name('paid')} WHERE record <> ''"
        return f"{lines}\n  UNION ALL\n  {deals}"
    most = limit(paying, "credited")
    over = one_of([(f"total > {most}", f"{most} - total")], "0")
    grouped = f"{OF}{_limits(paying, 'r').replace('r.', '')}"
    return (
        f"{lines}\n  UNION ALL\n  SELECT {OF}, 'cap', '', CAST(NULL AS DATE), NULL, FALSE, {over}\n"
        f"  FROM (SELECT {grouped}, sum(amount) AS total,\n"
        f"    CAST(COALESCE(sum(credit), 0) AS {paying.kind}) AS credited\n"
        f"    FROM {paying.name('paid')} GROUP BY {grouped}) AS w"
    )


def _lifted(paying: Paying) -> str:
    """With what lifts a finished stretch to its floor."""
    lines = f"SELECT * FROM {paying.name('capped')}"
    if paying.component.floor is None:
        return lines
    total = "COALESCE(w.total, 0)"
    return (
        f"{lines}\n  UNION ALL\n  SELECT {NOW}, 'floor', '', CAST(NULL AS DATE), NULL, FALSE,\n"
        f"    s.least - {total}\n  FROM {paying.name('standing')} AS s LEFT JOIN (\n"
        "    SELECT assignment, stretch, payout_end, sum(amount) AS total\n"
        f"    FROM {paying.name('capped')} GROUP BY assignment, stretch, payout_end\n"
        "  ) AS w ON w.assignment = s.assignment AND w.stretch = s.stretch"
        " AND w.payout_end = s.payout_end\n"
        f"  WHERE s.payout_end >= s.stretch_end AND s.least > {total}"
    )


def _lines(paying: Paying) -> str:
    window = "PARTITION BY assignment, stretch, what, record ORDER BY payout_end"
    columns = "assignment, person, payout, payout_start, payout_end"
    return (
        f"SELECT {columns}, '{paying.component.key}' AS component,\n"
        f"    what, record, day, credit, CAST(added AS {paying.money}) AS amount\n  FROM (\n"
        f"  SELECT *, amount - COALESCE(lag(amount) OVER ({window}), 0) AS added\n"
        f"  FROM {paying.name('to_date')}\n  ) AS w WHERE added <> 0 OR fresh"
    )

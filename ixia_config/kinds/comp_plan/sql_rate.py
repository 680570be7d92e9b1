"""What one credit earns, as an expression: the row, the factor and the tier that are reached."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.kinds.comp_plan.amounts import Share
from ixia_config.kinds.comp_plan.sql_component import Paying
from ixia_config.kinds.comp_plan.sql_words import Refused, number, one_of

WHAT = {"commission": "commission", "bonus": "bonus", "mbo": "objectives"}


def rate(paying: Paying, reached: str, attained: str) -> str:
    """What the credit ``p.credit`` earns exactly, once so much is reached.

    ``reached`` is the position on the table, ``attained`` what counts towards the quota, ``p`` the
    relation of placed credits.
    """
    if paying.component.type == "mbo":
        return "p.credit * p.target"
    if paying.component.rates is None:
        return "0"
    credit = f"CAST(p.credit AS {paying.kind})"
    before, after = span(paying)
    paid = [each.pay(credit, before, after, reached) for each in paying.tables]
    if paying.single and (fixed := paying.tables[0].fixed(after)):
        paid = [f"({each} + {fixed})" for each in paid]
    exact = multiplied(paying, by_row(paying, paid), attained, "p")
    return _without_quota(paying, exact)


def span(paying: Paying) -> tuple[str, str]:
    """The positions on the table before and after a credit."""
    if paying.single:
        return "0", f"CAST(p.credit AS {paying.kind})"
    if elsewhere(paying):
        return "(m.after - m.credit)", "m.after"
    return "(p.after - p.credit)", "p.after"


def elsewhere(paying: Paying) -> bool:
    """Whether other credits move the table, too; Refused where these move it by other amounts."""
    if paying.single or not paying.by_share or paying.moves.own(paying.source, paying.measure):
        return False
    if not paying.moves.alike(paying.source, paying.measure):
        raise Refused(f"{paying.measure} counts a record with another amount than it pays")
    return True


def by_row(paying: Paying, values: Sequence[str]) -> str:
    """One of the values, by the row of the matrix that the second measure has reached."""
    rates = paying.component.rates
    if rates is None or rates.matrix is None:
        return values[0]
    place = paying.others.index(rates.matrix.measure) + 1
    cases = []
    for value, row in list(zip(values, rates.matrix.rows, strict=True))[::-1]:
        quota = f"s.quota_{place}"
        test = f"{quota} > 0 AND s.reached_{place} >= {number(row.from_)} * {quota}"
        cases.append((test if row.from_ else f"({test}) OR {quota} = 0", value))
    return one_of(cases, values[0])


def multiplied(paying: Paying, exact: str, attained: str, terms: str) -> str:
    """Times the factor of the attainment, and the person's own; ``terms`` has the quota."""
    rates = paying.component.rates
    if rates is not None and rates.multipliers and paying.measure:
        quota = f"{terms}.quota"
        cases = [
            (
                f"{quota} > 0 AND {_inside(attained, quota, each.from_, each.to)}",
                number(each.factor),
            )
            for each in rates.multipliers
        ]
        exact = f"{exact} * {one_of(cases, '1')}"
    return f"{exact} * {terms}.factor" if paying.own_factors else exact


def _without_quota(paying: Paying, exact: str) -> str:
    """While the quota is 0, the plan says what pays."""
    if not paying.zero or paying.quota is None:
        return exact
    pays = "p.credit * p.target_rate" if paying.quota.zero == "target_rate" else "0"
    return f"CASE WHEN p.quota = 0 THEN {pays} ELSE {exact} END"


def _inside(reached: str, quota: str, start: Share, end: Share | None) -> str:
    low = f"{reached} >= {number(start)} * {quota}"
    return low if end is None else f"{low} AND {reached} < {number(end)} * {quota}"

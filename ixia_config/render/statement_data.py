"""A statement as data: JSON with everything, CSV with one row for each amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ixia_config.kinds.comp_plan.result import Attained, Credit, Line, Part, Payout, Statement
from ixia_config.kinds.reasons import Reason
from ixia_config.render.csv_text import csv_text
from ixia_config.render.plan_json import written
from ixia_config.render.statement_words import Names, workings

_COLUMNS = (
    *("person", "period", "plan", "payout", "currency", "component", "kind"),
    *("record", "deal", "date", "version", "credit", "share", "credited_as"),
    *("rates", "exact", "earned", "paid_before", "amount", "closed", "working"),
)


def statements_csv(statements: Sequence[Statement], names: Names) -> str:
    """One row for each line of each statement; the column ``amount`` adds up to what is paid."""
    rows = (
        _cells(statement, payout, line, names)
        for statement in statements
        for payout in statement.payouts
        for line in payout.lines
    )
    return csv_text(_COLUMNS, rows)


def _cells(statement: Statement, payout: Payout, line: Line, names: Names) -> Sequence[str]:
    credit = line.credit
    return (
        *(statement.person, statement.period, payout.plan, payout.period, payout.currency),
        *(line.component, line.what.value, line.record, line.title),
        credit.on.isoformat() if credit is not None else "",
        line.version,
        plain(credit.amount) if credit is not None else "",
        plain(credit.share) if credit is not None else "",
        credit.how.value if credit is not None else "",
        "; ".join(map(_part, line.parts)),
        *(plain(line.exact), plain(line.earned), plain(line.before), plain(line.amount)),
        "yes" if payout.closed else "no",
        "; ".join(workings(names, line)),
    )


def _part(part: Part) -> str:
    """``10000 x 0.08 = 800``."""
    if part.credit is None or part.rate is None:
        return plain(part.amount)
    return f"{plain(part.credit)} x {plain(part.rate)} = {plain(part.amount)}"


def plain(amount: Decimal) -> str:
    """A number without separators, for machines."""
    return f"{amount:f}"


def statements_json(statements: Sequence[Statement]) -> str:
    """Every statement with all that it says."""
    return written({"statements": [values(each) for each in statements]})


def values(statement: Statement) -> dict[str, Any]:
    """One statement as plain values; amounts are text, so that they stay exact."""
    return {
        "person": statement.person,
        "period": statement.period,
        "start": statement.start.isoformat(),
        "end": statement.end.isoformat(),
        "totals": _amounts(statement.totals),
        "payouts": [_payout(each) for each in statement.payouts],
        "reasons": [_reason(each) for each in statement.reasons],
    }


def _payout(payout: Payout) -> dict[str, Any]:
    balance = payout.balance
    return {
        "plan": payout.plan,
        "versions": list(payout.versions),
        "period": payout.period,
        "start": payout.start.isoformat(),
        "end": payout.end.isoformat(),
        "currency": payout.currency,
        "closed": payout.closed,
        "total": plain(payout.total),
        "earned": plain(payout.earned),
        "components": _amounts(payout.by_component),
        "lines": [_line(each) for each in payout.lines],
        "credits": [_credit(each) for each in payout.credits],
        "attained": [_attained(each) for each in payout.attained],
        "balance": _amounts(
            {"draw": balance.draw, "carried": balance.carried, "held": balance.held}
        ),
        "reasons": [_reason(each) for each in payout.reasons],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "kind": line.what.value,
        "component": line.component,
        "record": line.record,
        "deal": line.title,
        "version": line.version,
        "about": line.about,
        "credit": None if line.credit is None else _credit(line.credit),
        "parts": [_part_values(each) for each in line.parts],
        "exact": plain(line.exact),
        "earned": plain(line.earned),
        "paid_before": plain(line.before),
        "amount": plain(line.amount),
        "reasons": [_reason(each) for each in line.reasons],
    }


def _credit(credit: Credit) -> dict[str, Any]:
    return {
        "record": credit.record,
        "deal": credit.title,
        "component": credit.component,
        "person": credit.person,
        "date": credit.on.isoformat(),
        "amount": plain(credit.amount),
        "whole": plain(credit.whole),
        "share": plain(credit.share),
        "credited_as": credit.how.value,
        "through": credit.through,
        "version": credit.version,
        "steps": [_reason(each) for each in credit.steps],
    }


def _part_values(part: Part) -> dict[str, Any]:
    return {
        "tier": part.tier,
        "from": _or_none(part.from_),
        "to": _or_none(part.to),
        "credit": _or_none(part.credit),
        "rate": _or_none(part.rate),
        "amount": plain(part.amount),
    }


def _attained(each: Attained) -> dict[str, Any]:
    return {
        "measure": each.measure,
        "period": each.period,
        "quota": plain(each.quota),
        "credited": plain(each.credited),
        "attainment": _or_none(each.share),
        "reasons": [_reason(reason) for reason in each.reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    below = [_reason(each) for each in reason.below]
    found = {"subject": reason.subject, "verdict": reason.verdict.value, "why": reason.why}
    return {**found, "below": below} if below else found


def _or_none(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


def _amounts(found: Mapping[str, Decimal]) -> dict[str, str]:
    return {key: plain(amount) for key, amount in found.items()}

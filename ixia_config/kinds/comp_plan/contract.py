"""What a record is worth to a plan: contract value, product factors, currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ixia_config.kinds.comp_plan import fx
from ixia_config.kinds.comp_plan.component import Credit as Rule
from ixia_config.kinds.comp_plan.component import MultiYear
from ixia_config.kinds.comp_plan.ready import Version
from ixia_config.kinds.comp_plan.rounding import shown
from ixia_config.kinds.comp_plan.sales import Sale
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.model import Path

A_YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Valued:
    """The exact amount of a record in the currency of the plan, and how it came about."""

    amount: Fraction
    steps: tuple[Reason, ...] = ()


def value(version: Version, path: Path, rule: Rule, sale: Sale, on: date) -> Valued | Reason:
    """What a record is worth to a credit rule; or why that cannot be told."""
    if rule.amount is None:
        return Valued(Fraction(1))
    amount = sale.number(rule.amount)
    if amount is None:
        return Reason(sale.id, Verdict.SKIPPED, f"{rule.amount} is missing")
    valued = Valued(amount)
    if rule.multi_year is not None:
        valued = contract_value(rule.multi_year, sale, valued)
    for place, multiple in enumerate(rule.multipliers):
        if version.holds((*path, "multipliers", place, "when"), sale, on):
            step = Reason(multiple.when, Verdict.YES, f"counts {multiple.factor} times")
            valued = Valued(valued.amount * Fraction(multiple.factor), (*valued.steps, step))
            break
    return _converted(version, sale, on, valued)


def contract_value(rule: MultiYear, sale: Sale, valued: Valued) -> Valued:
    """What counts of a contract of several years, with the kicker.

    ACV is the amount / months x 12; a contract without months is one of a year.
    """
    months = (sale.number(rule.months) if rule.months else None) or Fraction(A_YEAR)
    match rule.basis:
        case "acv_average":
            amount = valued.amount / months * A_YEAR
        case "first_year":
            first = sale.number(rule.first_year) if rule.first_year else None
            amount = valued.amount if first is None else first
        case "tcv":
            amount = valued.amount
    steps = [Reason(rule.basis, Verdict.NOTE, f"{_text(amount)} of {_text(valued.amount)}")]
    years = max(int(months // A_YEAR) - 1, 0)
    if years and rule.kicker:
        more = 1 + Fraction(rule.kicker) * years
        steps.append(Reason("kicker", Verdict.NOTE, f"{_text(amount)} x {_text(more)}"))
        amount *= more
    return Valued(amount, (*valued.steps, *steps))


def _converted(version: Version, sale: Sale, on: date, valued: Valued) -> Valued | Reason:
    spec = version.spec
    currency = sale.get(spec.fx.currency)
    if not isinstance(currency, str) or currency == spec.currency:
        return valued
    day = sale.day(spec.fx.date) if spec.fx.date else on
    rate = fx.rate_on(spec.fx, currency, day) if day else None
    amount = fx.convert(spec.fx, rate, valued.amount) if rate else None
    if rate is None or amount is None:
        return Reason(sale.id, Verdict.SKIPPED, f"no rate for {currency} on {day or 'no date'}")
    step = Reason("currency", Verdict.NOTE, f"{currency} at {rate.rate} of {rate.from_}")
    return Valued(amount, (*valued.steps, step))


def _text(number: Fraction) -> str:
    return f"{shown(number):,f}"

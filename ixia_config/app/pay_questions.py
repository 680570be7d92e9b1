"""Why a figure of a statement is what it is: its lines, and the one switch that would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ixia_config.app.checking import Checked
from ixia_config.app.paying import Paid, Wanted, pay
from ixia_config.app.paying_codes import NoSuchDeal
from ixia_config.app.refusal import Refusal
from ixia_config.codes import Diagnostic
from ixia_config.exits import Exit
from ixia_config.kinds.comp_plan.alternatives import Alternative, alternatives, with_plan
from ixia_config.kinds.comp_plan.result import Line, Payout, Statement
from ixia_config.kinds.comp_plan.sales import Sale
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.comp_plan.statement import statement
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.record_schema.spec import RecordSchema
from ixia_config.render.statement_words import Names


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would be paid if one switch of the plan were turned."""

    plan: str
    switch: str
    is_now: str
    instead: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Accounted:
    """A figure with the lines that make it, and the switches that would make it another one.

    ``whole`` has only the lines that are asked about. ``others`` are those with the expected
    amount, else those that come nearest.
    """

    whole: Statement
    amount: Decimal
    expected: Decimal | None
    subject: str
    others: tuple[WhatIf, ...]
    names: Names
    remarks: tuple[Diagnostic, ...]


def account(
    checked: Checked, wanted: Wanted, deal: str = "", expected: Decimal | None = None
) -> Accounted:
    """What makes the pay of one person, or of one of their deals; Refusal for no such deal."""
    paid = pay(checked, wanted)
    whole, subject = paid.statements[0], ""
    if deal:
        whole, subject = _about(whole, deal)
    amount = _sum(whole)
    others: tuple[WhatIf, ...] = ()
    if expected is not None and expected != amount:
        found = sorted(_turned(checked.configuration, paid, wanted, whole, deal), key=_order)
        others = _nearest(found, amount, expected)
    return Accounted(whole, amount, expected, subject, others, paid.names, paid.remarks)


def _order(each: WhatIf) -> tuple[str, str, str]:
    return each.plan, each.switch, each.instead


def _nearest(found: Sequence[WhatIf], amount: Decimal, expected: Decimal) -> tuple[WhatIf, ...]:
    """Those that give the expected amount; else the few that come nearer than the plan does."""
    exact = tuple(each for each in found if each.amount == expected)
    nearer = [each for each in found if abs(each.amount - expected) < abs(amount - expected)]
    nearer.sort(key=lambda each: (abs(each.amount - expected), _order(each)))
    return exact or tuple(nearer[:5])


def _about(whole: Statement, deal: str) -> tuple[Statement, str]:
    """The statement with the lines of one record alone, and what that is called."""
    lines = [line for payout in whole.payouts for line in payout.lines if line.record]
    meant = [line for line in lines if _is(line, deal)]
    if not meant:
        known = tuple(dict.fromkeys(line.title or line.record for line in lines))
        raise Refusal(Exit.USAGE, NoSuchDeal(record=deal, person=whole.person, known=known))
    payouts = tuple(_only(payout, deal) for payout in whole.payouts)
    kept = tuple(each for each in payouts if each.lines)
    return replace(whole, payouts=kept, reasons=()), meant[0].title or meant[0].record


def _is(line: Line, deal: str) -> bool:
    return deal.casefold() in (line.record.casefold(), line.title.casefold())


def _only(payout: Payout, deal: str) -> Payout:
    lines = tuple(line for line in payout.lines if line.record and _is(line, deal))
    records = {line.record for line in lines}
    own = tuple(each for each in payout.credits if each.record in records)
    return replace(payout, lines=lines, credits=own)


def _sum(whole: Statement) -> Decimal:
    return sum((each.total for each in whole.payouts), Decimal(0))


def _turned(
    configuration: Configuration, paid: Paid, wanted: Wanted, whole: Statement, deal: str
) -> Iterator[WhatIf]:
    """What every switch that changes the figure makes of it.

    Had a plan always said otherwise, closed periods had been paid by it, too: only the difference
    that a switch makes without a history is added to what was paid.
    """
    sales = tuple(_concerning(paid, whole.person))
    now = _sum(whole)
    base = _paid(configuration, wanted, whole, sales, deal) if wanted.history else now
    for plan, each in _switches(configuration, whole):
        changed = with_plan(configuration, plan, each.spec)
        amount = _paid(changed, wanted, whole, sales, deal)
        if amount is not None and base is not None and amount != base:
            yield WhatIf(plan, each.switch, each.is_now, each.instead, now + amount - base)


def _concerning(paid: Paid, person: str) -> Iterator[Sale]:
    """The records that credit somebody or name them; contests are paid from those of all."""
    book = paid.records.book
    contests = any(own == person for own, _ in paid.records.prizes)
    credited = {
        claim.credit.record
        for (own, _), claims in book.claims.items()
        if own == person
        for claim in claims
    }
    for sale in book.sales:
        if contests or sale.id in credited or person in str(sale.values).lower():
            yield sale


def _switches(configuration: Configuration, whole: Statement) -> Iterator[tuple[str, Alternative]]:
    """Every switch of the plans and components that the lines come from; each once."""
    asked = dict.fromkeys(
        (payout.plan, line.component) for payout in whole.payouts for line in payout.lines
    )
    seen: set[tuple[str, str, str]] = set()
    for policy in configuration.every:
        for plan, component in asked:
            if not isinstance(policy.body, CompPlan) or policy.name != plan:
                continue
            dates = _dates(configuration, policy.body)
            for each in alternatives(policy.body.spec, component, dates):
                key = (policy.source, each.switch, each.instead)
                if key not in seen:
                    seen.add(key)
                    yield plan, each


def _dates(configuration: Configuration, plan: CompPlan) -> tuple[str, ...]:
    """The dates that might count: those of the records that a plan credits, and come to pass."""
    wanted = {each.credit.object for each in plan.spec.components}
    later = {each.clawback.field for each in plan.spec.components if each.clawback is not None}
    return tuple(
        name
        for schema in configuration.of(RecordSchema)
        if schema.name in wanted
        for name, field in schema.body.spec.fields.items()
        if field.type == "date" and name not in later
    )


def _paid(
    configuration: Configuration,
    wanted: Wanted,
    whole: Statement,
    sales: tuple[Sale, ...],
    deal: str,
) -> Decimal | None:
    """What the same records pay under another plan; None where it makes no sense of them."""
    try:
        other = statement(configuration, whole.person, wanted.period, sales)
    except (ArithmeticError, LookupError, ValueError):
        return None  # a table that no check would let pass, such as one without rates
    lines = [
        line
        for payout in other.payouts
        if not wanted.plan or payout.plan == wanted.plan
        for line in payout.lines
        if not deal or (line.record and _is(line, deal))
    ]
    return sum((line.amount for line in lines), Decimal(0))

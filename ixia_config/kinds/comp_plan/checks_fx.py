"""Currencies that records may have, and the rates that the plan has for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_plan.codes.periods import NoRate
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.record_schema.spec import RecordSchema


def exchange(policy: Policy[CompPlan], configuration: Configuration) -> Iterator[Diagnostic]:
    """Every currency has a rate from the first day of the plan."""
    spec = policy.body.spec
    start = spec.effective.from_
    first: dict[str, date] = {}
    for each in spec.fx.rates:
        first[each.currency] = min(each.from_, first.get(each.currency, each.from_))
    for currency in sorted({*first, *_currencies(policy, configuration)} - {spec.currency}):
        begins = first.get(currency)
        if begins is None or (start is not None and start < begins):
            day = start or begins
            yield NoRate(
                mark=policy.mark("spec", "fx", "rates")
                if first
                else policy.mark("spec", "currency"),
                currency=currency,
                start=day.isoformat() if day else "...",
                first=begins.isoformat() if begins else "",
            )


def _currencies(policy: Policy[CompPlan], configuration: Configuration) -> Iterator[str]:
    """The currencies of the records: choices of their field, or that of the amount."""
    spec = policy.body.spec
    for component in spec.components:
        schema = configuration.get(RecordSchema, component.credit.object)
        if schema is None:
            continue
        field = schema.body.spec.fields.get(spec.fx.currency)
        if field is not None:
            yield from (each.value for each in field.choices if each.active)
            continue
        amount = schema.body.spec.fields.get(component.credit.amount or "")
        if amount is not None and amount.type == "money":
            yield amount.currency or schema.body.spec.currency or spec.currency

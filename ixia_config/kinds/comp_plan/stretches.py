"""The stretches in which credit adds up: which components have one when, with its credits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ixia_config.kinds.comp_plan.component import Component
from ixia_config.kinds.comp_plan.credits import Claim
from ixia_config.kinds.comp_plan.days import cut
from ixia_config.kinds.comp_plan.measures import Measures
from ixia_config.kinds.comp_plan.periods import Period, months_later, periods
from ixia_config.kinds.comp_plan.quotas import Contract
from ixia_config.kinds.comp_plan.rating import Stretch

TRANSACTION = "transaction"
A_YEAR = 12  # months of a plan without an end


def stretches(
    contracts: Sequence[Contract], claims: Sequence[Claim], until: date
) -> Iterator[Stretch]:
    """Every stretch of every component that starts before a day and has days or credits."""
    claims = [claim for claim in claims if claim.credit.on < until]
    for contract in contracts:
        mine = tuple(claim for claim in claims if claim.version is contract.version)
        carried = contract.version.spec.versions == "carried"
        measures = Measures(contract, tuple(claims) if carried else mine)
        for index, component in enumerate(contract.version.spec.components):
            own = [claim for claim in mine if claim.component == index]
            each = addition(contract, component) == TRANSACTION
            for period in _periods(contract, component, own, until):
                inside = tuple(claim for claim in own if period.holds(claim.credit.on))
                if inside or _active(contract, period):
                    yield Stretch(contract, index, period, inside, measures, each)


def addition(contract: Contract, component: Component) -> str:
    """How long the credit of a component adds up."""
    quota = contract.version.quota(component.measure)
    if component.rates is not None and component.rates.accumulate is not None:
        return component.rates.accumulate
    if component.period is not None:
        return component.period
    if quota is not None:
        return quota.period
    return TRANSACTION if component.rates is not None else "quarter"


def _periods(
    contract: Contract, component: Component, claims: Sequence[Claim], until: date
) -> Iterator[Period]:
    """The stretches from the first credit or the first day of work, whichever is earlier."""
    length, version = addition(contract, component), contract.version
    first, last = cut(contract.span, version.span)
    days = [claim.credit.on for claim in claims]
    start, end = min([first, *days]), min(max([last, *(d + timedelta(1) for d in days)]), until)
    if length == "plan":
        first = version.span[0] if version.span[0] != date.min else contract.span[0]
        close = version.span[1]
        if close == date.max:
            close = months_later(first, A_YEAR * (1 + max(until.year - first.year, 0)))
        yield Period(min(first, start), max(close, end), "plan")
        return
    if length == TRANSACTION:
        quota = version.quota(component.measure)
        length = quota.period if quota else version.spec.payout.period
    if start < end:
        yield from periods(start, end, length, version.year_starts)  # type: ignore[arg-type]  # narrowed


def _active(contract: Contract, period: Period) -> bool:
    """Whether the assignment has a day in a stretch, under its version."""
    first, last = cut(cut(contract.span, contract.version.span), (period.start, period.end))
    return first < last

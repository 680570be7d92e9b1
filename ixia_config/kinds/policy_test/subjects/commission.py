"""What somebody is paid: asks a CompPlan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import accumulate
from typing import Any

from ixia_config.kinds.comp_assignments.spec import CompAssignments
from ixia_config.kinds.comp_plan.component import Component, Tier
from ixia_config.kinds.comp_plan.fields import called
from ixia_config.kinds.comp_plan.periods import Period, period_of, read_period
from ixia_config.kinds.comp_plan.ready import assigned, conditions, versions
from ixia_config.kinds.comp_plan.result import Credit, Line, Payout, What
from ixia_config.kinds.comp_plan.result import Part as Piece
from ixia_config.kinds.comp_plan.sales import Sale
from ixia_config.kinds.comp_plan.spec import CompPlan, CompPlanSpec
from ixia_config.kinds.comp_plan.statement import statement
from ixia_config.kinds.conditions import catalogue, condition
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.policy_test.answers import Answer, Condition, Fact, Headline, Part
from ixia_config.kinds.policy_test.boundaries import points, tried
from ixia_config.kinds.policy_test.spec import Case, ExpectedCommission
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.model import Path
from ixia_config.rules import normalise

SOMEBODY = "somebody@example.com"
"""Who is paid in a case that names nobody: on the plan from its first day, with its own quota."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The records of a case, who is paid, and for which period."""

    person: str
    period: Period
    sales: tuple[Sale, ...]
    told: tuple[Mapping[str, Any], ...]
    configuration: Configuration


def question(
    configuration: Configuration, policy: Policy[CompPlan], case: Case, clock: datetime
) -> Asked:
    """What a case asks; RecordProblem where a record is wrong."""
    expected = case.expect.commission
    wanted = expected if expected is not None else ExpectedCommission(plan=policy.name)
    spec, today = policy.body.spec, (case.clock or clock).date()
    person = (wanted.person or SOMEBODY).lower()
    changed = _assumed(configuration, policy, case, person)
    name = wanted.period
    starts = spec.year_starts or 1
    length = spec.quota.period if spec.quota is not None else spec.payout.period
    period = read_period(name, starts) if name else period_of(today, length, starts)
    day = today if period.holds(today) else period.start
    sales = tuple(
        _sale(configuration, spec, number, values, person, day)
        for number, values in enumerate(case.given.credits, 1)
    )
    return Asked(person, period, sales, case.given.credits, changed)


def _sale(
    configuration: Configuration,
    spec: CompPlanSpec,
    number: int,
    values: Mapping[str, Any],
    person: str,
    day: date,
) -> Sale:
    """A record as the plan reads it; whose it is and its days are filled in where no case says."""
    record = spec.components[0].credit.object
    fields = catalogue(configuration).records[record]
    exact = normalise(values, catalogue(configuration), record)
    assumed = {**dict.fromkeys(_dates(spec), day), spec.credit.person: person}
    missing = {
        name: value for name, value in assumed.items() if name in fields and name not in values
    }
    title = called(values) or f"credit {number}"
    return Sale(record, f"{number:04}", {**exact, **missing}, title)


def _dates(spec: CompPlanSpec) -> Iterator[str]:
    """The dates that decide the version and the period."""
    yield spec.governed_by
    yield from filter(None, [spec.credit.date, *(each.credit.date for each in spec.components)])


def _assumed(
    configuration: Configuration, policy: Policy[CompPlan], case: Case, person: str
) -> Configuration:
    """The configuration with somebody on the plan, and credits that hold where nothing is told.

    A condition of which a case tells no field is not asked: its records are credits already.
    """
    told = {key for values in case.given.credits for key in values}
    changed = {
        address: _trusting(configuration, each, told) if each.name == policy.name else each
        for address, each in configuration.policies.items()
    }
    every = {
        address: tuple(
            _trusting(configuration, each, told) if each.name == policy.name else each
            for each in found
        )
        for address, found in configuration.versions.items()
    }
    if person not in assigned(configuration):
        made = _somebody(configuration, policy, person)
        changed[made.address] = made
    return replace(configuration, policies=changed, versions=every)


def _somebody(configuration: Configuration, policy: Policy[CompPlan], person: str) -> Policy[Any]:
    known = versions(configuration).get(policy.name, ())
    first = min((each.span[0] for each in known), default=date(2000, 1, 1))
    start = max(first, date(2000, 1, 1))
    one = {"person": person, "plan": policy.name, "from": start.isoformat()}
    body = CompAssignments.model_validate(
        {
            "apiVersion": "ixia/v1",
            "kind": "CompAssignments",
            "metadata": {"name": "somebody-of-a-test"},
            "spec": {"assignments": [one]},
        }
    )
    return Policy(body, policy.document)


def _trusting(configuration: Configuration, policy: Policy[Any], told: set[str]) -> Policy[Any]:
    if not isinstance(policy.body, CompPlan):
        return policy
    spec = policy.body.spec
    parts = tuple(
        _asking(configuration, policy, place, each, told)
        for place, each in enumerate(spec.components)
    )
    whole = spec.model_copy(update={"components": parts})
    return replace(policy, body=policy.body.model_copy(update={"spec": whole}))


def _asking(
    configuration: Configuration,
    policy: Policy[CompPlan],
    place: int,
    component: Component,
    told: set[str],
) -> Component:
    if component.credit.when is None:
        return component
    path: Path = ("spec", "components", place, "credit", "when")
    typed, _ = condition(policy, path, configuration, component.credit.object)
    read = {name.partition(".")[0] for name in typed.reads} if typed is not None else set()
    if read & told:
        return component
    return component.model_copy(
        update={"credit": component.credit.model_copy(update={"when": None})}
    )


def ask(_: Configuration, policy: Policy[CompPlan], asked: Asked) -> Answer:
    """What the records pay."""
    whole = statement(asked.configuration, asked.person, asked.period.name, asked.sales)
    payouts = tuple(each for each in whole.payouts if each.plan == policy.name)
    total = _sum(each.total for each in payouts)
    paid = f"{total:,f} {policy.body.spec.currency} for {asked.period.name}"
    return Answer(
        subject="commission",
        policy=policy.address,
        headline=Headline("", f": {paid}, by {policy.name}"),
        facts=_facts(payouts, total),
        reasons=tuple(_reasons(payouts)),
        touched=_touched(asked, policy, payouts),
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def _facts(payouts: tuple[Payout, ...], total: Decimal) -> dict[str, Fact]:
    lines = [line for payout in payouts for line in payout.lines]
    keys = dict.fromkeys(line.component for line in lines if line.component)
    names = dict.fromkeys(line.title for line in lines if line.title)
    last = payouts[-1] if payouts else None
    return {
        "total": total,
        "earned": _sum(each.earned for each in payouts),
        "components": {
            key: _sum(line.amount for line in lines if line.component == key) for key in keys
        },
        "lines": {
            name: _sum(line.amount for line in lines if line.title == name) for name in names
        },
        "attainment": last.attained[0].share if last is not None and last.attained else None,
        "owed": last.balance.draw if last is not None else Decimal(0),
    }


def _reasons(payouts: tuple[Payout, ...]) -> Iterator[Reason]:
    for payout in payouts:
        for line in payout.lines:
            parts = " + ".join(map(_part, line.parts))
            why = f"{parts} = {line.amount:,f}" if parts else f"{line.amount:,f}"
            name = " ".join(filter(None, (payout.period, line.what.value, line.title)))
            yield Reason(name, Verdict.NOTE, why, line.reasons)
        yield from payout.reasons


def _part(part: Piece) -> str:
    if part.credit is None or part.rate is None:
        return f"{part.amount:,f}"
    return f"{part.credit:,f} x {part.rate:f}"


def parts(configuration: Configuration, policy: Policy[CompPlan]) -> tuple[Part, ...]:
    """Tiers and their bounds, caps, clawbacks, contests and draws, and comparisons."""
    return tuple(_parts(configuration, policy))


def _parts(configuration: Configuration, policy: Policy[CompPlan]) -> Iterator[Part]:
    source, spec = policy.source, policy.body.spec
    for place, component in enumerate(spec.components):
        path: Path = ("spec", "components", place)
        tiers = component.rates.tiers if component.rates is not None else ()
        for number, tier in enumerate(tiers, 1):
            inside: Path = (*path, "rates", "tiers", number - 1)
            yield Part(source, inside, f"tier {number} of {component.key}")
            if tier.from_.value:
                yield Part(source, inside, _exactly(component, tier))
        if component.pay is not None:
            yield Part(source, (*path, "pay"), f"{What.BONUS.value} of {component.key}")
        for name, what in _RULES:
            if getattr(component, name) is not None:
                yield Part(source, (*path, name), f"{what.value} of {component.key}")
    for place, spiff in enumerate(spec.spiffs):
        yield Part(source, ("spec", "spiffs", place), f"contest {spiff.key}")
    if spec.draw is not None:
        yield Part(source, ("spec", "draw"), What.DRAW.value)
    yield from points(source, tests(configuration, policy))


_RULES = (
    ("cap", What.CAP),
    ("floor", What.FLOOR),
    ("holdback", What.HOLDBACK),
    ("clawback", What.CLAWBACK),
)


def _exactly(component: Component, tier: Tier) -> str:
    return f"exactly {tier.from_} of {component.key}"


def tests(configuration: Configuration, policy: Policy[CompPlan]) -> tuple[Condition, ...]:
    """The conditions of credits, clawbacks and contests."""
    found: list[Condition] = []
    for path, record in conditions(policy.body.spec):
        whole: Path = ("spec", *path)
        typed, _ = condition(policy, whole, configuration, record)
        if typed is not None:
            found.append(Condition(whole, typed, "the condition"))
    return tuple(found)


def _touched(
    asked: Asked, policy: Policy[CompPlan], payouts: tuple[Payout, ...]
) -> frozenset[Part]:
    """What the lines show of each version that paid them; a test may reach into several."""
    known = versions(asked.configuration).get(policy.name, ())
    found: set[Part] = set()
    for version in known:
        lines = [
            line
            for payout in payouts
            for line in payout.lines
            if line.version in ("", version.name)
        ]
        credited = [
            credit for each in payouts for credit in each.credits if credit.version == version.name
        ]
        if credited or any(line.version for line in lines):
            words = {*_shown(lines), *_bounds(version.policy, credited, payouts)}
            words |= _tried(asked, version.policy)
            every = parts(asked.configuration, version.policy)
            found |= {part for part in every if part.words in words}
    return frozenset(found)


def _shown(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        for part in line.parts:
            yield f"tier {part.tier} of {line.component}"
        if line.what is What.SPIFF:
            yield f"contest {line.component}"
        elif line.what is What.DRAW:
            yield What.DRAW.value
        elif line.amount:
            yield f"{line.what.value} of {line.component}"


def _bounds(
    policy: Policy[CompPlan], credited: Sequence[Credit], payouts: tuple[Payout, ...]
) -> Iterator[str]:
    """The bounds that the credits of a component, added up one by one, meet exactly."""
    quota = next((each.quota for payout in payouts for each in payout.attained), Decimal(0))
    for component in policy.body.spec.components:
        if component.rates is None:
            continue
        own = [each.amount for each in credited if each.component == component.key]
        reached = {*accumulate(own), *own}
        for tier in component.rates.tiers:
            scale = quota if component.rates.basis == "attainment" else Decimal(1)
            if tier.from_.value and tier.from_.value * scale in reached:
                yield _exactly(component, tier)


def _tried(asked: Asked, policy: Policy[CompPlan]) -> set[str]:
    """The points that records try, of conditions of which they tell a field."""
    told = {key for values in asked.told for key in values}
    looked = [
        each
        for each in tests(asked.configuration, policy)
        if {name.partition(".")[0] for name in each.typed.reads} & told
    ]
    midnight = datetime.combine(asked.period.start, time(), UTC)
    return set[str]().union(*(tried(looked, sale.values, midnight) for sale in asked.sales))

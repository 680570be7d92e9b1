"""Which fields of which records a CompPlan reads, and what for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ixia_config.kinds.comp_plan.component import Component, Counts, Credit, Split
from ixia_config.kinds.comp_plan.spec import CompPlan, Spiff
from ixia_config.kinds.conditions import condition
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.model import Path

_CALLED = ("name", "title", "subject", "customer", "company", "account")


def called(*values: Mapping[str, object]) -> str:
    """What people call a record, by the usual fields; empty where none of them tells."""
    found = (each.get(key) for key in _CALLED for each in values)
    return next((each for each in found if isinstance(each, str) and each), "")


@dataclass(frozen=True, slots=True)
class Need:
    """A field of a record type; without an ``optional`` one a plan can still be paid."""

    record: str
    field: str
    purpose: str
    optional: bool = False


def needs(configuration: Configuration, plan: Policy[CompPlan]) -> tuple[Need, ...]:
    """Every field that the plan reads, each once and in its order."""
    found: dict[tuple[str, str], Need] = {}
    for need in _needs(configuration, plan):
        before = found.setdefault((need.record, need.field), need)
        if before.optional and not need.optional:
            found[need.record, need.field] = need
    return tuple(found.values())


def _needs(configuration: Configuration, plan: Policy[CompPlan]) -> Iterator[Need]:
    spec = plan.body.spec
    for record in sorted({*_records(spec.components), *(each.object for each in spec.spiffs)}):
        yield Need(record, spec.governed_by, "which selects the version of the plan")
        if spec.fx.rates:
            yield Need(record, spec.fx.currency, "the currency of an amount", optional=True)
        if spec.fx.rates and spec.fx.date is not None:
            yield Need(record, spec.fx.date, "which picks the exchange rate")
    for place, component in enumerate(spec.components):
        path: Path = ("spec", "components", place)
        yield from _credit(configuration, plan, path, component)
        yield from _later(configuration, plan, path, component)
    for place, quota in enumerate(spec.every_quota):
        first = 0 if spec.quota is None else 1
        inside = ("quota",) if not place and first else ("quotas", place - first)
        for number, counts in enumerate(quota.counts or ()):
            path = ("spec", *inside, "counts", number)
            yield from _counted(configuration, plan, path, counts, f"quota {quota.measure}")
    for place, spiff in enumerate(spec.spiffs):
        yield from _spiff(configuration, plan, ("spec", "spiffs", place), spiff)


def _records(components: tuple[Component, ...]) -> set[str]:
    return {each.credit.object for each in components}


def _credit(
    configuration: Configuration, plan: Policy[CompPlan], path: Path, component: Component
) -> Iterator[Need]:
    credit, key = component.credit, component.key
    yield from _counted(configuration, plan, (*path, "credit"), credit, key)
    if credit.multi_year is not None:
        for name in (credit.multi_year.months, credit.multi_year.first_year):
            if name is not None:
                yield Need(credit.object, name, f"which {key} needs for contracts of several years")
    for number in range(len(credit.multipliers)):
        inside: Path = (*path, "credit", "multipliers", number, "when")
        yield from _tested(configuration, plan, inside, credit.object, key)
    if credit.weight is not None:
        yield Need(credit.object, credit.weight, f"the weight of an objective of {key}")


def _counted(
    configuration: Configuration,
    plan: Policy[CompPlan],
    path: Path,
    counts: Credit | Counts,
    key: str,
) -> Iterator[Need]:
    """Amount, date, people and condition of a credit or of what counts towards a quota."""
    common, record = plan.body.spec.credit, counts.object
    if counts.amount is not None:
        yield Need(record, counts.amount, f"the amount that {key} credits")
    date = counts.date or common.date or plan.body.spec.governed_by
    yield Need(record, date, f"the date of a credit of {key}")
    if counts.split is None:
        yield Need(record, counts.person or common.person, f"the person whom {key} credits")
    else:
        person = counts.person or common.person
        yield Need(record, person, f"the person whom {key} credits", optional=True)
        yield from _shares(record, counts.split, key)
    if counts.when is not None:
        yield from _tested(configuration, plan, (*path, "when"), record, key)


def _shares(record: str, split: Split, key: str) -> Iterator[Need]:
    purpose = f"among whom {key} divides a credit"
    if split.field is not None:
        yield Need(record, split.field, purpose, optional=True)
    for role in split.roles:
        yield Need(record, role.field, purpose)


def _later(
    configuration: Configuration, plan: Policy[CompPlan], path: Path, component: Component
) -> Iterator[Need]:
    """What happens after a deal is won; without the field it has not happened."""
    record, key = component.credit.object, component.key
    if component.clawback is not None:
        purpose = f"on which {key} is taken back"
        yield Need(record, component.clawback.field, purpose, optional=True)
        if component.clawback.when is not None:
            yield from _tested(configuration, plan, (*path, "clawback", "when"), record, key)
    if component.holdback is not None:
        purpose = f"on which the rest of {key} is paid"
        yield Need(record, component.holdback.release, purpose, optional=True)


def _spiff(
    configuration: Configuration, plan: Policy[CompPlan], path: Path, spiff: Spiff
) -> Iterator[Need]:
    date = spiff.date or plan.body.spec.governed_by
    yield Need(spiff.object, date, f"the date that counts for {spiff.key}")
    yield Need(spiff.object, spiff.person, f"the person whom {spiff.key} pays")
    if spiff.amount is not None:
        yield Need(spiff.object, spiff.amount, f"the amount that {spiff.key} counts")
    if spiff.when is not None:
        yield from _tested(configuration, plan, (*path, "when"), spiff.object, spiff.key)


def _tested(
    configuration: Configuration, plan: Policy[CompPlan], path: Path, record: str, key: str
) -> Iterator[Need]:
    typed, _ = condition(plan, path, configuration, record)
    for name in sorted(typed.reads) if typed is not None else ():
        yield Need(record, name, f"which {key} asks for")


def by_record(found: tuple[Need, ...]) -> Mapping[str, tuple[Need, ...]]:
    """The needs of each record type, by its name."""
    names = dict.fromkeys(each.record for each in found)
    return {name: tuple(each for each in found if each.record == name) for name in names}

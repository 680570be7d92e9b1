"""Which fields a CompPlan reads, where it says so, and what each has to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ixia_config.kinds.comp_plan.component import Component, Counts, Credit
from ixia_config.kinds.comp_plan.ready import quotas
from ixia_config.kinds.comp_plan.spec import CompPlan, Spiff
from ixia_config.kinds.policy import Policy
from ixia_config.model import Path

Purpose = Literal["person", "amount", "day", "any"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A field of a record type, the place that names it, and what it must hold.

    ``decides`` says that the field decides who is paid how much for which period.
    """

    path: Path
    record: str
    field: str
    purpose: Purpose
    decides: bool = False


def readings(policy: Policy[CompPlan]) -> Iterator[Reading]:
    """Every field outside conditions that a plan reads."""
    spec = policy.body.spec
    for index, component in enumerate(spec.components):
        path: Path = ("spec", "components", index)
        if component.type != "mbo":
            yield from _credited(policy, (*path, "credit"), component.credit)
        yield from _component(path, component)
    for root, quota in quotas(spec):
        for index, counts in enumerate(quota.counts or ()):
            yield from _credited(policy, ("spec", *root, "counts", index), counts)
    for index, spiff in enumerate(spec.spiffs):
        yield from _spiff(policy, ("spec", "spiffs", index), spiff)


def _credited(policy: Policy[CompPlan], path: Path, credit: Credit | Counts) -> Iterator[Reading]:
    record = credit.object
    if credit.amount is not None:
        yield Reading((*path, "amount"), record, credit.amount, "amount", decides=True)
    yield _day(policy, path, credit.date, record)
    if credit.split is None:
        yield _person(policy, path, credit.person, record)
        return
    here = (*path, "split")
    for index, role in enumerate(credit.split.roles):
        inside = (*here, "roles", index, "field")
        yield Reading(inside, record, role.field, "person", decides=True)
    if credit.split.field is not None:
        yield Reading(here, record, credit.split.field, "any", decides=True)


def _day(policy: Policy[CompPlan], path: Path, own: str | None, record: str) -> Reading:
    """The date of the credit: its own, or that of the plan."""
    spec = policy.body.spec
    if own is not None:
        return Reading((*path, "date"), record, own, "day", decides=True)
    if spec.credit.date is not None:
        return Reading(("spec", "credit", "date"), record, spec.credit.date, "day", decides=True)
    return Reading(("spec", "governed_by"), record, spec.governed_by, "day", decides=True)


def _person(policy: Policy[CompPlan], path: Path, own: str | None, record: str) -> Reading:
    if own is not None:
        return Reading((*path, "person"), record, own, "person", decides=True)
    common = policy.body.spec.credit.person
    return Reading(("spec", "credit", "person"), record, common, "person", decides=True)


def _component(path: Path, component: Component) -> Iterator[Reading]:
    credit, record = component.credit, component.credit.object
    several = credit.multi_year
    if several is not None and several.months is not None:
        yield Reading((*path, "credit", "multi_year", "months"), record, several.months, "amount")
    if several is not None and several.first_year is not None:
        inside = (*path, "credit", "multi_year", "first_year")
        yield Reading(inside, record, several.first_year, "amount")
    if credit.weight is not None:
        yield Reading((*path, "credit", "weight"), record, credit.weight, "amount")
    if component.clawback is not None:
        yield Reading((*path, "clawback", "field"), record, component.clawback.field, "day")
    if component.holdback is not None:
        yield Reading((*path, "holdback", "release"), record, component.holdback.release, "day")


def _spiff(policy: Policy[CompPlan], path: Path, spiff: Spiff) -> Iterator[Reading]:
    yield _day(policy, path, spiff.date, spiff.object)
    yield Reading((*path, "person"), spiff.object, spiff.person, "person")
    if spiff.amount is not None:
        yield Reading((*path, "amount"), spiff.object, spiff.amount, "amount")

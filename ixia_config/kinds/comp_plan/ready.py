"""Plans whose conditions are read, in every version, and the people who are on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from ixia_config.kinds.calendar.clocks import BusinessClock
from ixia_config.kinds.calendar.decide import clock
from ixia_config.kinds.calendar.hours import holds
from ixia_config.kinds.comp_assignments.spec import Assignment, CompAssignments
from ixia_config.kinds.comp_plan.sales import Sale
from ixia_config.kinds.comp_plan.spec import CompPlan, CompPlanSpec, Quota
from ixia_config.kinds.conditions import condition
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.project.spec import Project
from ixia_config.model import Path
from ixia_config.rules import Typed


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a plan, with its conditions by their path in ``spec``."""

    policy: Policy[CompPlan]
    conditions: Mapping[Path, Typed]
    year_starts: int
    clock: BusinessClock | None = field(default=None, compare=False)

    @property
    def spec(self) -> CompPlanSpec:
        """The declaration."""
        return self.policy.body.spec

    @property
    def name(self) -> str:
        """The first day of the version; empty for a plan without one."""
        start = self.spec.effective.from_
        return start.isoformat() if start else ""

    @property
    def span(self) -> tuple[date, date]:
        """From the first day to before the last; open ends are those of time."""
        effective = self.spec.effective
        return effective.from_ or date.min, effective.to or date.max

    def holds(self, path: Path, sale: Sale, on: date) -> bool:
        """Whether the condition at a path, if there is one, is true of a record."""
        typed = self.conditions.get(path)
        midnight = datetime.combine(on, time(), UTC)
        return typed is None or typed.evaluate(sale.values, midnight)

    def quota(self, measure: str | None) -> Quota | None:
        """The quota of a measure; the main one where none is named."""
        if measure is None:
            return self.spec.quota
        return next((each for each in self.spec.every_quota if each.measure == measure), None)


def versions(configuration: Configuration) -> Mapping[str, tuple[Version, ...]]:
    """Every plan without errors in its conditions, in all versions by their dates; read once."""
    return configuration.derive(_versions)


def version_on(configuration: Configuration, plan: str, day: date) -> Version | None:
    """The version of a plan that holds on a day."""
    found = versions(configuration).get(plan, ())
    return next((each for each in found if holds(each.spec.effective, day)), None)


def assigned(configuration: Configuration) -> Mapping[str, tuple[Assignment, ...]]:
    """The assignments of each person, by address in lower case, in the order of their starts."""
    return configuration.derive(_assigned)


def _assigned(configuration: Configuration) -> Mapping[str, tuple[Assignment, ...]]:
    found: dict[str, list[Assignment]] = {}
    for policy in configuration.of(CompAssignments):
        for each in policy.body.spec.assignments:
            found.setdefault(each.person.lower(), []).append(each)
    return {
        person: tuple(sorted(each, key=lambda one: (one.from_, one.plan)))
        for person, each in sorted(found.items())
    }


def _versions(configuration: Configuration) -> Mapping[str, tuple[Version, ...]]:
    found: dict[str, tuple[Version, ...]] = {}
    for policy in configuration.every:
        if isinstance(policy.body, CompPlan):
            one = _ready(policy, configuration)  # type: ignore[arg-type]  # narrowed by its body
            found[policy.name] = (*found.get(policy.name, ()), *((one,) if one else ()))
    return found


def _ready(policy: Policy[CompPlan], configuration: Configuration) -> Version | None:
    spec, read = policy.body.spec, dict[Path, Typed]()
    for path, record in conditions(spec):
        typed = condition(policy, ("spec", *path), configuration, record)[0]
        if typed is None:
            return None
        read[path] = typed
    days = clock(configuration, spec.proration.calendar) if spec.proration.calendar else None
    return Version(policy, read, spec.year_starts or _fiscal(configuration), days)


def conditions(spec: CompPlanSpec) -> Iterator[tuple[Path, str]]:
    """The path of every condition below ``spec``, and the record type that it is about."""
    for n, each in enumerate(spec.components):
        record, path = each.credit.object, ("components", n)
        if each.credit.when is not None:
            yield (*path, "credit", "when"), record
        for place, _ in enumerate(each.credit.multipliers):
            yield (*path, "credit", "multipliers", place, "when"), record
        if each.clawback is not None and each.clawback.when is not None:
            yield (*path, "clawback", "when"), record
    for root, quota in quotas(spec):
        for place, counts in enumerate(quota.counts or ()):
            if counts.when is not None:
                yield (*root, "counts", place, "when"), counts.object
    for n, spiff in enumerate(spec.spiffs):
        if spiff.when is not None:
            yield ("spiffs", n, "when"), spiff.object


def quotas(spec: CompPlanSpec) -> Iterator[tuple[Path, Quota]]:
    """Every quota with its path below ``spec``."""
    if spec.quota is not None:
        yield ("quota",), spec.quota
    for n, quota in enumerate(spec.quotas):
        yield ("quotas", n), quota


def _fiscal(configuration: Configuration) -> int:
    projects = configuration.of(Project)
    return projects[0].body.spec.fiscal_year_start if projects else 1

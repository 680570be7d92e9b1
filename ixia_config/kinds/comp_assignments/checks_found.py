"""Every assignment of a configuration with its place, and the plan that it is on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ixia_config.kinds.comp_assignments.spec import Assignment, CompAssignments
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.model import Mark


@dataclass(frozen=True, slots=True)
class Placed:
    """One assignment, the document that it stands in, and where."""

    policy: Policy[CompAssignments]
    index: int

    @property
    def assignment(self) -> Assignment:
        """What is declared."""
        return self.policy.body.spec.assignments[self.index]

    def mark(self, *path: str | int, key: bool = False) -> Mark:
        """Where a value of it stands."""
        return self.policy.mark("spec", "assignments", self.index, *path, key=key)

    @property
    def start(self) -> date:
        """First day."""
        return self.assignment.from_

    @property
    def end(self) -> date:
        """First day after the last; the end of time where it is open."""
        return self.assignment.to or date.max

    def meets(self, other: Placed) -> bool:
        """Whether both hold on one day."""
        return self.start < other.end and other.start < self.end


def placed(policy: Policy[CompAssignments]) -> tuple[Placed, ...]:
    """Every assignment of a document, in its order."""
    return tuple(Placed(policy, index) for index in range(len(policy.body.spec.assignments)))


def by_person(configuration: Configuration) -> Mapping[str, tuple[Placed, ...]]:
    """The assignments of each person, by address in lower case, by their first days."""
    return configuration.derive(_by_person)


def _by_person(configuration: Configuration) -> Mapping[str, tuple[Placed, ...]]:
    found: dict[str, list[Placed]] = {}
    for policy in configuration.of(CompAssignments):
        for each in placed(policy):
            found.setdefault(each.assignment.person.lower(), []).append(each)
    return {who: tuple(sorted(every, key=_order)) for who, every in found.items()}


def _order(each: Placed) -> tuple[date, str, int]:
    return (each.start, each.policy.name, each.index)


def plan_of(configuration: Configuration, each: Placed) -> Policy[CompPlan] | None:
    """The version of the plan in force when an assignment starts; else the first after it."""
    latest = configuration.get(CompPlan, each.assignment.plan)
    if latest is None:
        return None
    for version in versions_of(configuration, latest):
        end = version.body.spec.effective.to
        if end is None or each.start < end:
            return version
    return latest


def versions_of(
    configuration: Configuration, latest: Policy[CompPlan]
) -> tuple[Policy[CompPlan], ...]:
    """Every version of a plan, by their first days."""
    return configuration.versions.get(latest.address, (latest,))  # type: ignore[return-value]  # of one kind

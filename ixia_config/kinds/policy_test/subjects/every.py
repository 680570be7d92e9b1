"""The subjects by name: which kind of policy answers, how it is asked, and what it consists of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.calendar.hours import holds
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.policy_test.answers import Answer, Condition, Part, Question
from ixia_config.kinds.policy_test.question import of_case
from ixia_config.kinds.policy_test.spec import Case
from ixia_config.kinds.policy_test.subjects import approval, commission, routing, sla, stage
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.kinds.sla_policy.spec import SlaPolicy


def of_record(
    configuration: Configuration, policy: Policy[Any], case: Case, clock: datetime
) -> Question:
    """What a case asks about the record of which a policy decides."""
    return of_case(configuration, case, clock, policy.body.spec.object)


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be expected of one kind of policy: ``question`` is what ``ask`` takes."""

    kind: type[Envelope]
    ask: Callable[[Configuration, Policy[Any], Any], Answer]
    parts: Callable[[Configuration, Policy[Any]], tuple[Part, ...]]
    tests: Callable[[Configuration, Policy[Any]], tuple[Condition, ...]]
    question: Callable[[Configuration, Policy[Any], Case, datetime], Any] = of_record

    def reads(self, configuration: Configuration, policy: Policy[Any]) -> frozenset[str]:
        """The fields that the conditions of a policy read."""
        conditions = (each.typed.reads for each in self.tests(configuration, policy))
        return frozenset[str]().union(*conditions)


SUBJECTS: Mapping[str, Subject] = MappingProxyType(
    {
        "routing": Subject(RoutingPolicy, routing.ask, routing.parts, routing.tests),
        "sla": Subject(SlaPolicy, sla.ask, sla.parts, sla.tests),
        "approval": Subject(ApprovalPolicy, approval.ask, approval.parts, approval.tests),
        "stage": Subject(Pipeline, stage.ask, stage.parts, stage.tests),
    }
)
"""What policies decide about one record."""

EVERY: Mapping[str, Subject] = MappingProxyType(
    {
        **SUBJECTS,
        "commission": Subject(
            CompPlan, commission.ask, commission.parts, commission.tests, commission.question
        ),
    }
)
"""The same, and what several records pay."""


def in_force(
    configuration: Configuration, kind: type[Envelope], name: str, day: date
) -> Policy[Any] | None:
    """The version of a policy that holds on a day; the latest where none does."""
    latest = configuration.get(kind, name)
    if latest is None:
        return None
    for version in configuration.versions.get(latest.address, ()):
        effective = getattr(version.body.spec, "effective", None)
        if effective is not None and holds(effective, day):
            return version
    return latest


def decisive(configuration: Configuration) -> Iterator[tuple[Subject, Policy[Envelope]]]:
    """Every policy that decides, in every version."""
    by_kind = {subject.kind: subject for subject in EVERY.values()}
    for policy in configuration.every:
        if type(policy.body) in by_kind:
            yield by_kind[type(policy.body)], policy

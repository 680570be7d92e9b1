"""The conditions of an ApprovalPolicy, read once for a configuration and ready to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ixia_config.kinds.approval_policy.request import Deputy
from ixia_config.kinds.approval_policy.spec import (
    ApprovalPolicy,
    Approver,
    Delegation,
    Due,
    Rule,
    Step,
)
from ixia_config.kinds.conditions import catalogue, condition
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.model import Path
from ixia_config.rules import FieldType, Typed, read
from ixia_config.rules.index import RuleIndex, index

Conditions = Mapping[Path, Typed]


@dataclass(frozen=True)
class Ladder:
    """The rules of a policy with their conditions, by the path of each in the document."""

    policy: Policy[ApprovalPolicy]
    conditions: Conditions
    broken: tuple[Path, ...]
    deputies: tuple[Deputy, ...]
    always: Typed

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in order."""
        return self.policy.body.spec.rules

    def typed(self, *path: str | int) -> Typed | None:
        """The condition at a place; None where the place has none."""
        return self.conditions.get(("spec", *path))

    @cached_property
    def index(self) -> RuleIndex:
        """All rules at once, for many requests."""
        return index([self.typed("rules", i, "when") or self.always for i in range(self.size)])

    @property
    def size(self) -> int:
        """How many rules there are."""
        return len(self.rules)


def ladder(configuration: Configuration, policy: Policy[ApprovalPolicy]) -> Ladder:
    """The rules of a policy, ready to be asked."""
    return configuration.derive(_ladders)[policy.source, policy.name]


def _ladders(configuration: Configuration) -> Mapping[tuple[str, str], Ladder]:
    return {
        (policy.source, policy.name): _ladder(configuration, policy)
        for policy in _policies(configuration)
    }


def _policies(configuration: Configuration) -> Iterator[Policy[ApprovalPolicy]]:
    for policy in configuration.every:
        if isinstance(policy.body, ApprovalPolicy):
            yield Policy(policy.body, policy.document)


def _ladder(configuration: Configuration, policy: Policy[ApprovalPolicy]) -> Ladder:
    record = policy.body.spec.object
    read_all = {path: condition(policy, path, configuration, record)[0] for path in places(policy)}
    conditions = {path: typed for path, typed in read_all.items() if typed is not None}
    always, _ = read("true", catalogue(configuration), record)
    if always is None:
        raise ValueError("true is a condition")
    deputies = tuple(
        Deputy(each, measure(configuration, policy, each), conditions.get(_when(number)))
        for number, each in enumerate(policy.body.spec.delegation)
    )
    broken = tuple(path for path, typed in read_all.items() if typed is None)
    return Ladder(policy, conditions, broken, deputies, always)


def _when(number: int) -> Path:
    return ("spec", "delegation", number, "when")


def places(policy: Policy[ApprovalPolicy]) -> Iterator[Path]:
    """Every place of a policy that has a condition."""
    spec = policy.body.spec
    owners: list[tuple[Path, object]] = [((), spec)]
    owners += [(("rules", number), each) for number, each in enumerate(spec.rules)]
    owners += [(("also", number), each) for number, each in enumerate(spec.also)]
    owners += [(("delegation", number), each) for number, each in enumerate(spec.delegation)]
    owners += [(path[1:], step) for path, step in steps(policy)]
    for path, owner in owners:
        for part in ("applies_when", "when", "escalate_when", "skip_when"):
            if getattr(owner, part, None) is not None:
                yield ("spec", *path, part)


def steps(policy: Policy[ApprovalPolicy]) -> Iterator[tuple[Path, Step]]:
    """Every step of a policy with its place."""
    spec = policy.body.spec
    owners = [(("rules", number), each.steps) for number, each in enumerate(spec.rules)]
    owners += [(("also", number), each.steps) for number, each in enumerate(spec.also)]
    for path, members in owners:
        for place, step in enumerate(members):
            yield ("spec", *path, "steps", place), step


def measure(configuration: Configuration, policy: Policy[ApprovalPolicy], given: Delegation) -> str:
    """The field that the limit of a delegation is about; empty where that is not clear.

    It is the one that is written, else the only amount or percentage that the rules read.
    """
    if given.limit is None or given.field is not None:
        return given.field or ""
    wanted = FieldType.PERCENT if given.limit.share else FieldType.MONEY
    fields = catalogue(configuration).records.get(policy.body.spec.object, {})
    fitting = {name for name in _reads(configuration, policy) if name in fields}
    found = [name for name in sorted(fitting) if fields[name].type is wanted]
    return found[0] if len(found) == 1 else ""


def _reads(configuration: Configuration, policy: Policy[ApprovalPolicy]) -> frozenset[str]:
    record = policy.body.spec.object
    typed = (
        condition(policy, ("spec", "rules", number, "when"), configuration, record)[0]
        for number, rule in enumerate(policy.body.spec.rules)
        if rule.when is not None
    )
    return frozenset().union(*(each.reads for each in typed if each is not None))


def named(policy: Policy[ApprovalPolicy]) -> Iterator[tuple[Path, Approver]]:
    """Every approver of a policy, in steps and in escalations, with its place."""
    for path, step in steps(policy):
        if step.approver is not None:
            yield (*path, "approver"), step.approver
        for number, approver in enumerate(step.approvers):
            yield (*path, "approvers", number), approver
    for path, due in dues(policy):
        for number, escalation in enumerate(due.escalate):
            if escalation.to is not None:
                yield (*path, "escalate", number, "to"), escalation.to


def dues(policy: Policy[ApprovalPolicy]) -> Iterator[tuple[Path, Due]]:
    """Every due time of a policy: its own, and those of steps."""
    if policy.body.spec.due is not None:
        yield ("spec", "due"), policy.body.spec.due
    for path, step in steps(policy):
        if step.due is not None:
            yield (*path, "due"), step.due

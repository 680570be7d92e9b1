"""Rules, steps and approvers that say too little, too much, or the same twice."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.approval_policy.codes.rules import (
    ApproverUnclear,
    DuplicateRule,
    RuleWithoutOutcome,
    StepWithoutApprover,
)
from ixia_config.kinds.approval_policy.codes.steps import QuorumUnclear, SeparationUnclear
from ixia_config.kinds.approval_policy.ladder import named, steps
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy, Step
from ixia_config.kinds.policy import Policy
from ixia_config.model import Path


def rules(policy: Policy[ApprovalPolicy]) -> Iterator[Diagnostic]:
    """Everything that is wrong with the shape of rules, steps and approvers."""
    yield from _rules(policy)
    for path, step in steps(policy):
        yield from _step(policy, path, step)
    for path, approver in named(policy):
        given = approver.given
        stray = ("level",) if approver.level is not None and given != ("manager_of",) else ()
        if len(given) != 1 or stray:
            yield ApproverUnclear(
                mark=policy.mark(*path), given=stray if len(given) == 1 else given
            )
    separation = policy.body.spec.separation
    if separation and ("approver" not in separation or len(set(separation)) == 1):
        yield SeparationUnclear(mark=policy.mark("spec", "separation"), given=separation)


def _rules(policy: Policy[ApprovalPolicy]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for number, rule in enumerate(policy.body.spec.rules):
        path: Path = ("spec", "rules", number, "key")
        if rule.key in seen:
            yield DuplicateRule(mark=policy.mark(*path), key=rule.key)
        seen.add(rule.key)
        if (rule.approve is None) == (not rule.steps):
            mark = policy.mark(*path)
            yield RuleWithoutOutcome(mark=mark, rule=rule.key, both=bool(rule.steps))


def _step(policy: Policy[ApprovalPolicy], path: Path, step: Step) -> Iterator[Diagnostic]:
    if not step.asked:
        owner = policy.body.spec.rules if path[1] == "rules" else policy.body.spec.also
        name = owner[int(path[2])].key or "also"
        yield StepWithoutApprover(mark=policy.mark(*path), rule=name)
    quorum = step.mode == "quorum"
    if quorum is not bool(step.need):
        part = "mode" if quorum else "need"
        yield QuorumUnclear(mark=policy.mark(*path, part), mode=step.mode, need=step.need)

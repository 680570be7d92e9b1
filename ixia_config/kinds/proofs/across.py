"""Checks across kinds: stages, pools and queues that one policy names and no other has."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.approval_policy.ladder import named
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.conditions import condition
from ixia_config.kinds.directory.spec import Directory
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.places import within as placed
from ixia_config.kinds.policy import Configuration, Context, Policy
from ixia_config.kinds.proofs.codes.across import NobodySends, QueueNotRouted, StageNotThere
from ixia_config.kinds.proofs.lone import every_condition
from ixia_config.kinds.routing_policy.spec import Assign, RoutingPolicy
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.model import Path
from ixia_config.rules import Problem, Typed
from ixia_config.rules.nodes import Constant, Equal, FieldValue, In, within

_STAGE = "stage"
_PLACES = ("queue", "pool")


def across(policy: Policy[Envelope], context: Context) -> Iterator[Diagnostic]:
    """What a policy asks for that no other policy of the configuration has."""
    for path, record in every_condition(policy):
        typed, problems = condition(policy, path, context.configuration, record)
        if typed is not None and not problems:
            yield from _stages(policy, path, typed, context.configuration)
            if isinstance(policy.body, SlaPolicy):
                yield from _queues(policy, path, typed, context.configuration)


def _stages(
    policy: Policy[Envelope], path: Path, typed: Typed, configuration: Configuration
) -> Iterator[Diagnostic]:
    if not any(name.split(".")[-1] == _STAGE for name in typed.reads):
        return
    known = {
        name
        for pipeline in configuration.of(Pipeline)
        if pipeline.body.spec.object == typed.record
        for stage in pipeline.body.spec.stages
        for name in (stage.key, stage.title)
    }
    for constant in _compared(typed, (_STAGE,)) if known else ():
        if constant.value not in known:
            told = StageNotThere(
                stage=str(constant.value), record=typed.record, known=tuple(sorted(known))
            )
            yield Problem(constant.span, told).at(placed(policy.document, path, typed.text))


def _queues(
    policy: Policy[Envelope], path: Path, typed: Typed, configuration: Configuration
) -> Iterator[Diagnostic]:
    known = {
        target
        for routing in configuration.of(RoutingPolicy)
        if routing.body.spec.object == typed.record
        for assign in _assigned(routing.body)
        for target in (assign.queue, assign.pool)
        if target is not None
    }
    for constant in _compared(typed, _PLACES) if known else ():
        if constant.value not in known:
            told = QueueNotRouted(
                name=str(constant.value), record=typed.record, known=tuple(sorted(known))
            )
            yield Problem(constant.span, told).at(placed(policy.document, path, typed.text))


def _compared(typed: Typed, names: tuple[str, ...]) -> Iterator[Constant]:
    """The texts with which these fields of the record are compared."""
    for node in within(typed.root):
        match node:
            case Equal(left=FieldValue(path=path), right=Constant() as constant):
                found: tuple[object, ...] = (constant,)
            case Equal(left=Constant() as constant, right=FieldValue(path=path)):
                found = (constant,)
            case In(subject=FieldValue(path=path), source=tuple() as options):
                found = options
            case _:
                continue
        if path in {(name,) for name in names}:
            yield from (
                each for each in found if isinstance(each, Constant) and isinstance(each.value, str)
            )


def _assigned(body: RoutingPolicy) -> Iterator[Assign]:
    """Everywhere that a policy sends records."""
    spec = body.spec
    places = (spec.otherwise, spec.on_no_eligible)
    rules = (each for rule in spec.rules for each in (rule.assign, rule.on_no_eligible))
    yield from (each for each in (*places, *rules) if isinstance(each, Assign))


def unused(policy: Policy[Envelope], context: Context) -> Iterator[Diagnostic]:
    """Pools and queues of a Directory that no policy names."""
    if not isinstance(policy.body, Directory) or not context.configuration.of(RoutingPolicy):
        return
    used = context.configuration.derive(_used)
    for part, what, names in (
        ("pools", "pool", policy.body.spec.pools),
        ("queues", "queue", policy.body.spec.queues),
    ):
        for name in names:
            if (what, name) not in used:
                mark = policy.mark("spec", part, name, key=True)
                yield NobodySends(mark=mark, what=what, name=name)


def _used(configuration: Configuration) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str | None]] = set()
    for policy in configuration.every:
        if isinstance(policy.body, RoutingPolicy):
            for assign in _assigned(policy.body):
                found |= {("pool", assign.pool), ("queue", assign.queue)}
        if isinstance(policy.body, ApprovalPolicy):
            approval = Policy(policy.body, policy.document)
            found |= {("pool", approver.pool) for _, approver in named(approval)}
    return frozenset((what, name) for what, name in found if name is not None)

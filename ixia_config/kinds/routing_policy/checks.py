"""What can be wrong with a RoutingPolicy; each group of questions has a module of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.directory.checks import inverted
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.record_schema.codes.structure import UnknownRecord
from ixia_config.kinds.record_schema.spec import RecordSchema
from ixia_config.kinds.routing_policy.assignments import assignments
from ixia_config.kinds.routing_policy.inputs import inputs
from ixia_config.kinds.routing_policy.order import order
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.kinds.routing_policy.timeouts import timeouts


def check(policy: Policy[RoutingPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with a RoutingPolicy, seen with the fields, people and hours."""
    spec = policy.body.spec
    known = tuple(each.name for each in context.configuration.of(RecordSchema))
    if spec.object not in known:
        mark = policy.mark("spec", "object")
        yield UnknownRecord(mark=mark, name=spec.object, known=known)
    yield from inverted(policy, ("spec", "effective"), spec.effective.from_, spec.effective.to)
    yield from assignments(policy, context)
    yield from order(policy, context)
    yield from timeouts(policy, context)
    yield from inputs(policy, context)

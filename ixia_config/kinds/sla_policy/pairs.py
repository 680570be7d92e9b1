"""What can be wrong between two SlaPolicies of one record type."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.calendar.spec import Effective
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.scalars import Duration
from ixia_config.kinds.sla_policy.codes.doubts import ResponseAfterResolution, TwoApply
from ixia_config.kinds.sla_policy.lengths import longer
from ixia_config.kinds.sla_policy.spec import SlaPolicy, SlaSpec
from ixia_config.kinds.sla_policy.workings import Questions

_FIRST = frozenset({"first_touch", "first_response", "first_reply", "acceptance"})
_LAST = frozenset({"resolution", "resolved", "close", "closed"})


def pairs(policy: Policy[SlaPolicy], context: Context) -> Iterator[Diagnostic]:
    """What two policies get wrong together, told of the later one by name."""
    spec = policy.body.spec
    for other in context.configuration.of(SlaPolicy):
        if other.name == policy.name or other.body.spec.object != spec.object:
            continue
        if not _meet(spec.effective, other.body.spec.effective):
            continue
        if spec.metric == other.body.spec.metric and other.name < policy.name:
            yield from _both(policy, other, context)
        elif spec.metric in _FIRST and other.body.spec.metric in _LAST:
            yield from _order(policy, other)


def _both(
    policy: Policy[SlaPolicy], other: Policy[SlaPolicy], context: Context
) -> Iterator[Diagnostic]:
    condition = other.body.spec.when
    found = Questions(policy, context).any(*(() if condition is None else (condition,)))
    if found.record is not None:
        key = policy.body.spec.when is None
        mark = policy.mark("spec", "metric" if key else "when")
        yield TwoApply(
            mark=mark,
            other=other.name,
            metric=policy.body.spec.metric,
            record=policy.body.spec.object,
            example=found.words,
        )


def _order(policy: Policy[SlaPolicy], other: Policy[SlaPolicy]) -> Iterator[Diagnostic]:
    response, resolution = _longest(policy.body.spec), _longest(other.body.spec)
    if longer(response, resolution):
        yield ResponseAfterResolution(
            mark=policy.mark("spec", "targets", key=True),
            response=str(response),
            resolution=str(resolution),
            other=other.name,
        )


def _longest(spec: SlaSpec) -> Duration:
    """The target of ordinary records, which is the last."""
    return spec.targets[-1].within


def _meet(one: Effective, other: Effective) -> bool:
    """Whether two policies hold on one day."""
    ends = (one.to, other.from_), (other.to, one.from_)
    return not any(to is not None and start is not None and to <= start for to, start in ends)

"""Records that a policy cannot tell apart: what it asks of a record on either side.

Records with the same answers get the same decision, so one of them is decided for all. Records
whose decision depends on those before them, such as the next turn of a pool, stay single.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from ixia_config.kinds.approval_policy.ladder import ladder
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.metric.spec import Metric
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.kinds.routing_policy.table import table
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.rules import Typed, read
from ixia_config.simulate.alike_metrics import ask_metric
from ixia_config.simulate.alike_stages import ask_stages
from ixia_config.simulate.approvals import POINT, SUBMITTERS, bounds
from ixia_config.simulate.columns import Fields
from ixia_config.simulate.questions import Alike, Asked, Single
from ixia_config.simulate.replay import Setting, Sides
from ixia_config.simulate.sql import NOTHING

_WHY: Mapping[type[Any], str] = MappingProxyType(
    {
        SlaPolicy: "each clock runs by the hours of a calendar, from its own start",
        CompPlan: "every sale moves the attainment of those that follow",
    }
)


def alike(
    policy: tuple[type[Any], str], sides: Sides, setting: Setting, fields: Fields, arrival: str
) -> Alike:
    """What a policy asks on both sides; Single where another engine has to decide."""
    kind, name = policy
    asked = Asked(fields, setting, arrival)
    for configuration in sides.both:
        found = configuration.get(kind, name) if configuration else None
        if configuration is None or found is None:
            continue
        if len(configuration.versions.get(found.address, ())) > 1:
            raise Single("the policy has versions, and the date of a record says which one counts")
        match found.body:
            case RoutingPolicy():
                _routing(asked, configuration, found)
            case ApprovalPolicy():
                _approvals(asked, configuration, found)
            case Pipeline():
                ask_stages(asked, configuration, found)
            case Metric():
                ask_metric(asked, configuration, found)
            case _:
                raise Single(_WHY.get(kind, f"a {found.body.kind} looks at each record by itself"))
    return asked.found()


def _routing(asked: Asked, configuration: Configuration, policy: Policy[RoutingPolicy]) -> None:
    """The rule; where that leads to a person or a pool, the records before count, and the hour."""
    asked.values(asked.setting.by)
    asked.named(policy.body.spec)
    ready, spec = table(configuration, policy), policy.body.spec
    first = spec.hit_policy == "first" and not ready.goes_on
    rule = asked.rules(ready.conditions, first=first)
    turning = [place for place, each in enumerate(ready.rules) if each.assign.queue is None]
    if spec.otherwise is not None and spec.otherwise.queue is None:
        turning.append(NOTHING)
    if turning and rule is None:
        asked.alone = True
    elif turning and rule is not None:
        asked.single.append((rule, tuple(turning)))


def _approvals(asked: Asked, configuration: Configuration, policy: Policy[ApprovalPolicy]) -> None:
    """The rule, every other condition, who asks, and the bounds that requests are counted at."""
    asked.values(asked.setting.by)
    asked.named(policy.body.spec)
    ready = ladder(configuration, policy)
    rules = [("spec", "rules", place, "when") for place in range(ready.size)]
    asked.rules(
        (ready.conditions.get(path, ready.always) for path in rules),
        first=policy.body.spec.hit_policy == "first",
    )
    for path, typed in ready.conditions.items():
        if path not in rules:
            asked.truth(typed)
    asked.values(SUBMITTERS)
    asked.values(each.field for each in ready.deputies)
    for near in _near(configuration, policy):
        asked.truth(near)
    if asked.arrival and (ready.deputies or _comes_and_goes(configuration)):
        asked.values((asked.arrival,))


def _near(configuration: Configuration, policy: Policy[ApprovalPolicy]) -> Iterator[Typed]:
    """Whether a record is just below a bound, or just at it."""
    known, record = catalogue(configuration), policy.body.spec.object
    for name, bound in dict.fromkeys(bounds(configuration, policy)):
        low, middle, high = (f"{each * 100:f}%" for each in (bound - POINT, bound, bound + POINT))
        for text in (
            f"{name} >= {low} && {name} < {middle}",
            f"{name} >= {middle} && {name} <= {high}",
        ):
            typed, _ = read(text, known, record)
            if typed is None:
                raise Single(f"the bound {middle} of {name} cannot be asked for")
            yield typed


def _comes_and_goes(configuration: Configuration) -> bool:
    """Whether it depends on the day who can answer."""
    people = roster(configuration).people.values()
    return any(each.away or each.from_ is not None or each.to is not None for each in people)

"""Who gets a record: asks a RoutingPolicy."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.policy_test.answers import Answer, Condition, Headline, Part, Question
from ixia_config.kinds.policy_test.boundaries import points, tried
from ixia_config.kinds.routing_policy.decide import Decision, route
from ixia_config.kinds.routing_policy.spec import Assign, RoutingPolicy, Rule
from ixia_config.kinds.routing_policy.table import Table, table

OTHERWISE = "otherwise"
_NOBODY = "on_no_eligible"


def ask(configuration: Configuration, policy: Policy[RoutingPolicy], asked: Question) -> Answer:
    """Who gets the record."""
    decision, _ = route(
        configuration,
        policy,
        asked.record,
        now=asked.now,
        rotation=asked.rotation,
        absent=asked.absent,
    )
    return Answer(
        subject="routing",
        policy=policy.address,
        headline=Headline("", f" {decision.headline}"),
        facts={
            "rule": decision.rule or OTHERWISE,
            "person": decision.person,
            "pool": decision.pool,
            "queue": decision.queue,
        },
        reasons=decision.reasons,
        touched=_touched(table(configuration, policy), policy, asked, decision),
    )


def _touched(
    ready: Table, policy: Policy[RoutingPolicy], asked: Question, decision: Decision
) -> frozenset[Part]:
    holding = ready.index.all(asked.record, asked.now)
    keys = [rule.key for rule in ready.rules]
    first = policy.body.spec.hit_policy == "first"
    last = keys.index(decision.rule) if decision.rule in keys else len(keys) - 1
    seen = range(last + 1) if first else range(len(keys))
    words = {f"rule {keys[place]}" for place in holding if place in seen}
    words |= {reason.subject for reason in decision.reasons if reason.subject in _BRANCHES}
    words |= tried([_tested(ready, place) for place in seen], asked.record, asked.now)
    return frozenset(part for part in _parts(ready, policy) if part.words in words)


_BRANCHES = (OTHERWISE, _NOBODY)


def parts(configuration: Configuration, policy: Policy[RoutingPolicy]) -> tuple[Part, ...]:
    """Rules, what follows when none or nobody takes a record, and comparisons."""
    return tuple(_parts(table(configuration, policy), policy))


def tests(configuration: Configuration, policy: Policy[RoutingPolicy]) -> tuple[Condition, ...]:
    """The conditions of the rules."""
    ready = table(configuration, policy)
    return tuple(_tested(ready, place) for place in range(len(ready.rules)))


def _parts(ready: Table, policy: Policy[RoutingPolicy]) -> Iterator[Part]:
    spec = policy.body.spec
    for place, rule in enumerate(ready.rules):
        yield Part(policy.source, ("spec", "rules", place), f"rule {rule.key}")
    if spec.otherwise is not None and not any(_takes_all(rule) for rule in ready.rules):
        yield Part(policy.source, ("spec", OTHERWISE), OTHERWISE)
    fallbacks = (spec.on_no_eligible, *(rule.on_no_eligible for rule in ready.rules))
    if any(isinstance(each, Assign) for each in fallbacks):
        yield Part(policy.source, ("spec", _NOBODY), _NOBODY)
    yield from points(policy.source, [_tested(ready, i) for i in range(len(ready.rules))])


def _tested(ready: Table, place: int) -> Condition:
    key = ready.rules[place].key
    return Condition(("spec", "rules", place, "when"), ready.conditions[place], f"rule {key}")


def _takes_all(rule: Rule) -> bool:
    return rule.when is None and not rule.cells

"""Checks of the rules of a RoutingPolicy: conditions, keys, and a rule that takes all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ixia_config.codes import Diagnostic
from ixia_config.kinds.conditions import catalogue, condition
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.routing_policy.codes.rules import (
    DuplicateRule,
    RuleAfterAll,
    TwoConditions,
)
from ixia_config.kinds.routing_policy.spec import RoutingPolicy, Rule
from ixia_config.model import Path
from ixia_config.rules.codes.names import UnknownField
from ixia_config.rules.decision_table import row


def order(policy: Policy[RoutingPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with the rules and their order."""
    for number, rule in enumerate(policy.body.spec.rules):
        yield from _condition(policy, ("spec", "rules", number), rule, context)
    yield from _keys(policy)
    yield from _end(policy)


def takes_all(rule: Rule) -> bool:
    """Whether a rule has no condition."""
    asked = [cell for cell in (rule.cells or {}).values() if cell not in (None, "", "-")]
    return rule.when is None and not asked


def _condition(
    policy: Policy[RoutingPolicy], path: Path, rule: Rule, context: Context
) -> tuple[Diagnostic, ...]:
    record = policy.body.spec.object
    if rule.when is not None and rule.cells is not None:
        mark = policy.mark(*path, "cells", key=True)
        return (TwoConditions(mark=mark, rule=rule.key),)
    if rule.when is not None:
        return condition(policy, (*path, "when"), context.configuration, record)[1]
    fields = catalogue(context.configuration)
    if record not in fields.records:
        return ()
    _, found = row(rule.cells or {}, fields, record)
    return tuple(_placed(policy, (*path, "cells", name), each) for name, each in found)


def _placed(policy: Policy[RoutingPolicy], path: Path, found: Diagnostic) -> Diagnostic:
    key = isinstance(found, UnknownField)
    return replace(found, mark=policy.mark(*path, key=key))


def _keys(policy: Policy[RoutingPolicy]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for number, rule in enumerate(policy.body.spec.rules):
        if rule.key in seen:
            yield DuplicateRule(mark=policy.mark("spec", "rules", number, "key"), rule=rule.key)
        seen.add(rule.key)


def _end(policy: Policy[RoutingPolicy]) -> Iterator[Diagnostic]:
    """The rule that takes all comes last; what the others leave out is proved elsewhere."""
    spec = policy.body.spec
    whole = next((n for n, rule in enumerate(spec.rules) if takes_all(rule)), None)
    if whole is None or spec.hit_policy == "unique":
        return
    for number, rule in enumerate(spec.rules[whole + 1 :], whole + 1):
        mark = policy.mark("spec", "rules", number, "key")
        yield RuleAfterAll(mark=mark, rule=rule.key, earlier=spec.rules[whole].key)

"""Checks of the rules of a RoutingPolicy: conditions, keys, and rules that never count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ixia_config.codes import Diagnostic
from ixia_config.kinds.conditions import catalogue, condition
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.routing_policy.codes.rules import (
    DuplicateRule,
    NoCatchAll,
    OverlappingRules,
    RuleAfterAll,
    RuleNeverHolds,
    ShadowedRule,
    TwoConditions,
)
from ixia_config.kinds.routing_policy.spec import RoutingPolicy, Rule
from ixia_config.model import Mark, Path
from ixia_config.rules import Typed
from ixia_config.rules.codes.names import UnknownField
from ixia_config.rules.decision_table import row
from ixia_config.rules.imply import relations


def order(policy: Policy[RoutingPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with the rules and their order."""
    known: dict[int, Typed] = {}
    for number, rule in enumerate(policy.body.spec.rules):
        path: Path = ("spec", "rules", number)
        typed, found = _condition(policy, path, rule, context)
        yield from found
        if typed is not None and not found:
            known[number] = typed
    yield from _keys(policy)
    yield from _end(policy)
    yield from _relations(policy, known)


def takes_all(rule: Rule) -> bool:
    """Whether a rule has no condition."""
    asked = [cell for cell in (rule.cells or {}).values() if cell not in (None, "", "-")]
    return rule.when is None and not asked


def _condition(
    policy: Policy[RoutingPolicy], path: Path, rule: Rule, context: Context
) -> tuple[Typed | None, tuple[Diagnostic, ...]]:
    record = policy.body.spec.object
    if rule.when is not None and rule.cells is not None:
        mark = policy.mark(*path, "cells", key=True)
        return None, (TwoConditions(mark=mark, rule=rule.key),)
    if rule.when is not None:
        return condition(policy, (*path, "when"), context.configuration, record)
    fields = catalogue(context.configuration)
    if record not in fields.records:
        return None, ()
    typed, found = row(rule.cells or {}, fields, record)
    return typed, tuple(_placed(policy, (*path, "cells", name), each) for name, each in found)


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
    """Every record goes somewhere, and the rule that takes all comes last."""
    spec = policy.body.spec
    whole = next((n for n, rule in enumerate(spec.rules) if takes_all(rule)), None)
    if whole is None:
        if spec.otherwise is None:
            yield NoCatchAll(mark=policy.mark("spec", "rules", key=True))
        return
    if spec.hit_policy == "unique":
        return
    for number, rule in enumerate(spec.rules[whole + 1 :], whole + 1):
        mark = policy.mark("spec", "rules", number, "key")
        yield RuleAfterAll(mark=mark, rule=rule.key, earlier=spec.rules[whole].key)


def _relations(policy: Policy[RoutingPolicy], known: dict[int, Typed]) -> Iterator[Diagnostic]:
    """Rules that never hold, that an earlier rule takes whole, or that overlap where none may."""
    spec, numbers = policy.body.spec, list(known)
    found = relations(tuple(known.values()))
    for place in found.never:
        yield RuleNeverHolds(mark=_at(policy, numbers[place]), rule=spec.rules[numbers[place]].key)
    unique = spec.hit_policy == "unique"
    for later, earlier in found.overlapping if unique else found.implied:
        rule, above = spec.rules[numbers[later]], spec.rules[numbers[earlier]]
        mark = _at(policy, numbers[later])
        if unique:
            yield OverlappingRules(mark=mark, rule=rule.key, earlier=above.key)
        elif not takes_all(above):
            yield ShadowedRule(mark=mark, rule=rule.key, earlier=above.key)


def _at(policy: Policy[RoutingPolicy], number: int) -> Mark:
    return policy.mark("spec", "rules", number, "key")

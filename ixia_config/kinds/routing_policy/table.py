"""The rules of a RoutingPolicy made ready: typed conditions with an index over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.routing_policy.spec import RoutingPolicy, Rule
from ixia_config.rules import Catalogue, Typed, read
from ixia_config.rules.decision_table import row
from ixia_config.rules.index import RuleIndex, index


@dataclass(frozen=True)
class Table:
    """Rules in order with their conditions."""

    rules: tuple[Rule, ...]
    conditions: tuple[Typed, ...]
    index: RuleIndex
    goes_on: bool
    """Whether the next rule is tried somewhere when nobody can take a record"""


def typed(rule: Rule, known: Catalogue, record: str) -> Typed | None:
    """The condition of a rule; None where it has errors."""
    if rule.when is not None:
        return read(rule.when, known, record)[0]
    return row(rule.cells or {}, known, record)[0]


def table(configuration: Configuration, policy: Policy[RoutingPolicy]) -> Table:
    """The rules of a policy, made ready once; ValueError where they have errors."""
    ready = configuration.derive(_tables).get(policy.source)
    if ready is None:
        raise ValueError(f"the conditions of {policy.address} have errors: run ixia validate")
    return ready


def _tables(configuration: Configuration) -> Mapping[str, Table]:
    found = {
        policy.source: _table(configuration, policy.body)
        for policy in configuration.every
        if isinstance(policy.body, RoutingPolicy)
    }
    return {source: ready for source, ready in found.items() if ready is not None}


def _table(configuration: Configuration, body: RoutingPolicy) -> Table | None:
    known, spec = catalogue(configuration), body.spec
    if spec.object not in known.records:
        return None
    conditions = tuple(
        condition
        for rule in spec.rules
        if (condition := typed(rule, known, spec.object)) is not None
    )
    if len(conditions) < len(spec.rules):
        return None
    fallbacks = (spec.on_no_eligible, *(rule.on_no_eligible for rule in spec.rules))
    return Table(spec.rules, conditions, index(conditions), "next_rule" in fallbacks)

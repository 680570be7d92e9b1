"""The decision graph of a RoutingPolicy: its rules in order, and what follows when nobody can."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ixia_config.flows.graph import (
    Assign,
    Branch,
    Case,
    End,
    Goal,
    Graph,
    Node,
    Person,
    Pool,
    Start,
    ToOwner,
    ToPerson,
    ToPool,
    ToQueue,
)
from ixia_config.flows.people import member, person
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.routing_policy.spec import Assign as Destination
from ixia_config.kinds.routing_policy.spec import RoutingPolicy, Rule
from ixia_config.kinds.routing_policy.staff import desks
from ixia_config.kinds.routing_policy.table import Table, table


def routing_graph(configuration: Configuration, policy: Policy[RoutingPolicy]) -> Graph:
    """The graph of a policy; ValueError where its conditions have errors."""
    nodes = tuple(_Writer(policy.body, table(configuration, policy)).nodes())
    known, record = catalogue(configuration), policy.body.spec.object
    pools = _pools(configuration, nodes)
    return Graph(
        policy=policy.address,
        title=policy.title,
        version=version_of(policy),
        record=record,
        fields=known.records[record],
        related=known.records,
        nodes=nodes,
        pools=pools,
        people=_people(configuration, nodes, pools),
    )


def version_of(policy: Policy[Envelope]) -> str:
    """A short name for this very text of a policy: it changes with every word."""
    text = json.dumps(policy.document.tree, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the nodes of one policy."""

    body: RoutingPolicy
    table: Table

    def nodes(self) -> Iterator[Node]:
        groups = tuple(self.groups())
        first = f"rules-{groups[0][0]}" if groups else self.last
        yield Start("start", self.body.spec.object, first)
        for number, (start, end) in enumerate(groups):
            after = f"rules-{groups[number + 1][0]}" if number + 1 < len(groups) else self.last
            yield self.branch(start, end, after)
            for place in range(start, end):
                yield from self.rule(place, after)
        if self.body.spec.otherwise is not None:
            yield Assign("otherwise", "", goal(self.body.spec.otherwise), "end", "end")
        yield End("end")

    @property
    def last(self) -> str:
        """Where records go that no rule takes."""
        return "end" if self.body.spec.otherwise is None else "otherwise"

    def groups(self) -> Iterator[tuple[int, int]]:
        """Rules that stand in one branch: up to one behind which the next rule is tried."""
        start = 0
        for place, rule in enumerate(self.table.rules):
            if self.fallback(rule) == "next_rule" or place + 1 == len(self.table.rules):
                yield start, place + 1
                start = place + 1

    def fallback(self, rule: Rule) -> Destination | str | None:
        return rule.on_no_eligible or self.body.spec.on_no_eligible

    def branch(self, start: int, end: int, otherwise: str) -> Branch:
        cases = tuple(self.case(place) for place in range(start, end))
        return Branch(f"rules-{start}", cases, otherwise)

    def case(self, place: int) -> Case:
        rule, test = self.table.rules[place], self.table.conditions[place]
        return Case(rule.key, rule.title or rule.key, test, f"assign-{rule.key}")

    def rule(self, place: int, after: str) -> Iterator[Node]:
        rule = self.table.rules[place]
        fallback = self.fallback(rule)
        key = f"assign-{rule.key}"
        if fallback == "next_rule":
            yield Assign(key, rule.key, goal(rule.assign), "end", after)
        elif isinstance(fallback, Destination):
            yield Assign(key, rule.key, goal(rule.assign), "end", f"fallback-{rule.key}")
            yield Assign(f"fallback-{rule.key}", rule.key, goal(fallback), "end", self.last)
        else:
            yield Assign(key, rule.key, goal(rule.assign), "end", self.last)


def goal(assign: Destination) -> Goal:
    """Where an assignment leads."""
    if assign.queue is not None:
        return ToQueue(assign.queue)
    if assign.pool is not None:
        return ToPool(assign.pool, frozenset(assign.skills))
    if assign.person is not None:
        return ToPerson(assign.person)
    return ToOwner(assign.owner_of or "")


def _pools(configuration: Configuration, nodes: tuple[Node, ...]) -> Mapping[str, Pool]:
    found = roster(configuration).pools
    named = {
        node.to.pool for node in nodes if isinstance(node, Assign) and isinstance(node.to, ToPool)
    }
    return {
        name: Pool(name, found[name].method, tuple(map(member, found[name].members)))
        for name in sorted(named)
        if name in found
    }


def _people(
    configuration: Configuration, nodes: tuple[Node, ...], pools: Mapping[str, Pool]
) -> Mapping[str, Person]:
    """Those whom the graph can meet; everybody, where a record says who."""
    goals = [node.to for node in nodes if isinstance(node, Assign)]
    known = desks(configuration)
    if any(isinstance(each, ToOwner) for each in goals):
        wanted = set(known)
    else:
        wanted = {each.email.lower() for each in goals if isinstance(each, ToPerson)}
        wanted |= {each.email.lower() for pool in pools.values() for each in pool.members}
    return {
        email: person(configuration, known[email]) for email in sorted(wanted) if email in known
    }

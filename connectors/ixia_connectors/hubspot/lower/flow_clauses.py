"""How well a workflow holds each clause of a routing policy."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.sdk import Clause, Level, Policy, RoutingPolicy
from ixia_config.sdk.flows import Assign, Graph, ToQueue
from ixia_connectors.hubspot.lower.flow_program import Program
from ixia_connectors.hubspot.names import RecordType, decision_property
from ixia_connectors.hubspot.values import sentence_list

_TAKEN = "the rules after it take its records"


def routing_clauses(
    policy: Policy[RoutingPolicy], kind: RecordType, graph: Graph, made: Program
) -> Iterator[Clause]:
    """Every clause, held or not."""
    at, new = policy.address, f"new {kind.plural} without an owner"
    yield Clause(at, "rules, in order", Level.AUTOMATION, f"a workflow decides on {new}")
    yield Clause(at, "assignments and rotation", Level.AUTOMATION, _TURNS)
    for rule, why in made.left_out.items():
        yield Clause(at, f"condition of rule {rule}", Level.UNSUPPORTED, f"{why}; {_TAKEN}")
    for rule, why in made.loose.items():
        yield Clause(at, f"texts of rule {rule}", Level.AUTOMATION, why)
    yield from _unheld(policy, graph, made)
    yield from _people(policy, made)
    yield from _queues(policy, graph)
    yield from _beside(policy)


_TURNS = (
    "HubSpot takes turns (Sales or Service Hub Professional, a paid seat each), anew when the "
    "people of a pool change"
)


def _unheld(policy: Policy[RoutingPolicy], graph: Graph, made: Program) -> Iterator[Clause]:
    for key, why in made.unheld.items():
        node = graph.node(key)
        rule = node.rule if isinstance(node, Assign) and node.rule else "otherwise"
        of = "the rest" if rule == "otherwise" else f"rule {rule}"
        for each in why.split("; "):
            what, parted, note = each.partition(": ")
            subject = f"{what if parted else 'assignment'} of {of}"
            yield Clause(policy.address, subject, Level.UNSUPPORTED, note or each)


def _people(policy: Policy[RoutingPolicy], made: Program) -> Iterator[Clause]:
    if made.missing:
        who = sentence_list(made.missing)
        note = f"no active user of this account: {who}; they get no records"
        yield Clause(policy.address, "people who are not in HubSpot", Level.UNSUPPORTED, note)


def _queues(policy: Policy[RoutingPolicy], graph: Graph) -> Iterator[Clause]:
    if any(isinstance(node, Assign) and isinstance(node.to, ToQueue) for node in graph.nodes):
        name = decision_property(policy.name)
        note = f"the record keeps no owner, and {name} names the queue: make a view of it"
        yield Clause(policy.address, "queues", Level.AUTOMATION, note)


def _beside(policy: Policy[RoutingPolicy]) -> Iterator[Clause]:
    spec, at = policy.body.spec, policy.address
    if spec.hit_policy == "unique":
        yield Clause(at, "only one rule may hold", Level.UNSUPPORTED, "the first one is taken")
    for name, part in (("match", spec.match), ("score", spec.score)):
        if part is not None:
            yield Clause(at, name, Level.UNSUPPORTED, "fill the fields before a record comes in")
    if spec.acceptance is not None:
        note = "HubSpot does not wait for an owner to accept"
        yield Clause(at, "acceptance", Level.UNSUPPORTED, note)

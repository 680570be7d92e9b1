"""Policies as flows: what Node-RED shall hold, and how well it holds each clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ixia_config.sdk import (
    ApprovalPolicy,
    Clause,
    Configuration,
    Desired,
    Level,
    Live,
    LiveResource,
    Lowered,
    Policy,
    Project,
    RoutingPolicy,
    SlaPolicy,
    Value,
)
from ixia_config.sdk.flows import (
    Assign,
    Branch,
    Graph,
    NotYet,
    ToPool,
    approval_graph,
    routing_graph,
    sla_graph,
)
from ixia_connectors.nodered.coverage import approval_clauses, sla_clauses
from ixia_connectors.nodered.information import digest, information
from ixia_connectors.nodered.names import tab_id
from ixia_connectors.nodered.nodes import nodes


def lower(configuration: Configuration, live: Live) -> Lowered:
    """Every policy of this target that a tab can carry out, as a flow."""
    desired: list[Desired] = []
    clauses: list[Clause] = []
    targets = _targets(configuration, live)
    policies: list[Carried] = [
        *configuration.of(RoutingPolicy),
        *configuration.of(SlaPolicy),
        *configuration.of(ApprovalPolicy),
    ]
    for policy in policies:
        named = policy.body.metadata.targets
        if named is not None and targets and not set(named) & targets:
            continue
        graph = _graph(configuration, policy)
        clauses.extend(_clauses(policy, graph))
        if isinstance(graph, Graph):
            desired.append(_desired(policy, graph, live))
    return Lowered(tuple(desired), clauses=tuple(clauses))


Carried = Policy[RoutingPolicy] | Policy[SlaPolicy] | Policy[ApprovalPolicy]


def _graph(configuration: Configuration, policy: Carried) -> Graph | NotYet:
    match policy.body:
        case SlaPolicy() as body:
            return sla_graph(configuration, Policy(body, policy.document))
        case ApprovalPolicy() as body:
            return approval_graph(configuration, Policy(body, policy.document))
        case RoutingPolicy() as body:
            return routing_graph(configuration, Policy(body, policy.document))


def _clauses(policy: Carried, graph: Graph | NotYet) -> Iterator[Clause]:
    """How well each part is held."""
    if isinstance(graph, NotYet):
        yield Clause(policy.address, graph.part, Level.UNSUPPORTED, graph.reason)
        return
    match policy.body:
        case SlaPolicy() as body:
            yield from sla_clauses(body, policy.address, graph)
        case ApprovalPolicy():
            yield from approval_clauses(policy.address, graph)
        case RoutingPolicy() as body:
            yield from _routing_clauses(Policy(body, policy.document), graph)


def _targets(configuration: Configuration, live: Live) -> frozenset[str]:
    """The targets of the project that are this instance."""
    ours = {
        name: target
        for project in configuration.of(Project)
        for name, target in project.body.spec.targets.items()
        if target.connector == live.identity.connector
    }
    account = live.identity.account
    exact = [
        name
        for name, target in ours.items()
        if any(each.account == account for each in target.environments.values())
    ]
    return frozenset(exact or ours)


def _desired(policy: Carried, graph: Graph, live: Live) -> Desired:
    made = nodes(graph)
    tree = policy.document.tree
    held = tree if isinstance(tree, dict) else {}
    fields: dict[str, Value] = {
        "title": policy.title,
        "enabled": True,
        "info": information(str(policy.address), graph.version, held, digest(made)),
        **_leaving(policy, made, live),
        **{f"nodes.{key}": body for key, body in made.items()},
    }
    return Desired(
        "flow",
        policy.address,
        policy.title,
        policy.title,
        fields,
        choose_id=tab_id(policy.address),
        source=policy.source,
    )


def _leaving(policy: Carried, made: Mapping[str, str], live: Live) -> Mapping[str, None]:
    """Nodes of ours that the policy has no use for any more."""
    ids = {live.facts.get("bound", {}).get(policy.address), tab_id(policy.address)}
    found = [each for each in live.resources if each.remote_id in ids]
    return {
        path: None for each in found for path in _ours(each) if path[len("nodes.") :] not in made
    }


def _ours(live: LiveResource) -> Iterator[str]:
    return (path for path in live.fields if path.startswith("nodes."))


def _routing_clauses(policy: Policy[RoutingPolicy], graph: Graph) -> Iterator[Clause]:
    """How well each part is held."""
    spec, at = policy.body.spec, policy.address
    yield Clause(at, "rules, in order", Level.AUTOMATION, "for records sent to its address")
    yield Clause(at, "assignments and rotation", Level.AUTOMATION, _KEPT)
    if any(case.test.clocked for node in _branches(graph) for case in node.cases):
        yield Clause(at, "today in conditions", Level.AUTOMATION, "the date in UTC counts")
    if _counts_open(graph):
        yield Clause(at, "open records of each person", Level.DETECT, _OPEN)
    if _keeps_hours(graph):
        yield Clause(at, "working hours", Level.AUTOMATION, _HOURS)
    if spec.hit_policy == "unique":
        yield Clause(at, "only one rule may hold", Level.UNSUPPORTED, "the first one is taken")
    for name, part in (("match", spec.match), ("score", spec.score)):
        if part is not None:
            yield Clause(at, name, Level.UNSUPPORTED, "fill the fields before a record is sent")
    if spec.acceptance is not None:
        yield Clause(at, "acceptance", Level.UNSUPPORTED, "Node-RED does not wait for an answer")


_KEPT = "the rotation is lost on a restart unless Node-RED has a persistent context store"
_OPEN = "only what this instance assigned is counted, and never less"
_HOURS = "to the minute, but for the hour in which the clocks change"


def _branches(graph: Graph) -> Iterator[Branch]:
    return (node for node in graph.nodes if isinstance(node, Branch))


def _counts_open(graph: Graph) -> bool:
    return any(
        pool.method == "least_loaded" or any(each.open_cap is not None for each in pool.members)
        for pool in graph.pools.values()
    )


def _keeps_hours(graph: Graph) -> bool:
    """Whether somebody's working hours count."""
    pooled = any(isinstance(node, Assign) and isinstance(node.to, ToPool) for node in graph.nodes)
    return pooled and any(person.hours is not None for person in graph.people.values())

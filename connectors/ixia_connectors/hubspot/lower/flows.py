"""Routing policies as workflows: enrolment, steps, switch and the field with the decision."""

from __future__ import annotations

from collections.abc import Mapping

from ixia_config.sdk import Lowered, Policy, RoutingPolicy
from ixia_config.sdk.flows import routing_graph
from ixia_connectors.hubspot.flow_filters import ANY_PROPERTY, Filter, plain
from ixia_connectors.hubspot.flow_steps import OWNER
from ixia_connectors.hubspot.lower.flow_clauses import routing_clauses
from ixia_connectors.hubspot.lower.flow_objects import (
    Subject,
    Workflow,
    not_held,
    obstacle,
    own_field,
    workflow,
)
from ixia_connectors.hubspot.lower.flow_places import places
from ixia_connectors.hubspot.lower.flow_program import Means, program
from ixia_connectors.hubspot.names import RecordType, decision_property
from ixia_connectors.hubspot.target import Target


def lower_routing(target: Target, policy: Policy[RoutingPolicy]) -> Lowered:
    """Compile one routing policy."""
    noun = policy.body.spec.object
    kind = target.record_type(noun)
    why = obstacle(target) if kind else f'HubSpot has no record type "{noun}"'
    if kind is None or why:
        return not_held(policy, "rules, in order", why)
    graph = routing_graph(target.configuration, policy)
    made = program(graph, means(target, policy, kind))
    subject = Subject(target, policy, kind)
    name, title = decision_property(policy.name), f"{policy.title}: rule"
    unowned = Filter(OWNER, ANY_PROPERTY, "IS_UNKNOWN")
    enrols = {"on": "created", "when": plain(((unowned,),))}
    flow = Workflow(graph.version, enrols, made.first, made.steps)
    return Lowered(
        desired=(
            own_field(subject, ".decision", name, title),
            *workflow(subject, policy.title, flow),
        ),
        clauses=tuple(routing_clauses(policy, kind, graph, made)),
    )


def present(target: Target) -> frozenset[str] | None:
    """The active people of the account; None where nobody could be asked."""
    live = target.live
    asked = live.asked and not any(each.startswith("owners") for each in live.incomplete)
    return frozenset(each.email for each in live.people if each.active) if asked else None


def means(target: Target, policy: Policy[RoutingPolicy], kind: RecordType) -> Means:
    """What the account has for a policy."""
    actions: Mapping[str, frozenset[str] | None] = target.live.facts.get("actions", {})
    return Means(
        places=places(target, kind, policy.body.spec.object),
        decision=decision_property(policy.name),
        people=present(target),
        actions=actions.get(kind.type_id),
    )

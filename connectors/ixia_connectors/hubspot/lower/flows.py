"""Routing policies as workflows: enrolment, steps, switch and the field with the decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ixia_config.sdk import (
    Clause,
    Desired,
    Level,
    LiveResource,
    Lowered,
    Policy,
    RoutingPolicy,
    Value,
)
from ixia_config.sdk.flows import Graph, routing_graph
from ixia_connectors.hubspot.flow_about import about, digest
from ixia_connectors.hubspot.flow_filters import ANY_PROPERTY, Filter, plain
from ixia_connectors.hubspot.flow_steps import OWNER, text
from ixia_connectors.hubspot.lower.flow_clauses import routing_clauses
from ixia_connectors.hubspot.lower.flow_places import places
from ixia_connectors.hubspot.lower.flow_program import Means, Program, program
from ixia_connectors.hubspot.lower.ids import choose
from ixia_connectors.hubspot.names import RecordType, decision_property, remote
from ixia_connectors.hubspot.target import Target

FLOWS = "workflows"
"""How a read names what it could not read of them."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """One routing policy on its way down."""

    target: Target
    policy: Policy[RoutingPolicy]
    kind: RecordType
    graph: Graph
    program: Program


def lower_routing(target: Target, policy: Policy[RoutingPolicy]) -> Lowered:
    """Compile one routing policy."""
    noun = policy.body.spec.object
    kind = target.record_type(noun)
    if kind is None:
        return _not_held(policy, f'HubSpot has no record type "{noun}"')
    unreadable = [each for each in target.live.incomplete if each.startswith(FLOWS)]
    if unreadable:
        return _not_held(policy, f"not readable here: {unreadable[0]}")
    graph = routing_graph(target.configuration, policy)
    subject = _Subject(target, policy, kind, graph, program(graph, means(target, policy, kind)))
    return Lowered(
        desired=(_decision(subject), _flow(subject), _switch(subject)),
        clauses=tuple(routing_clauses(policy, kind, graph, subject.program)),
    )


def _not_held(policy: Policy[RoutingPolicy], why: str) -> Lowered:
    clause = Clause(policy.address, "rules, in order", Level.UNSUPPORTED, why)
    return Lowered(clauses=(clause,))


def means(target: Target, policy: Policy[RoutingPolicy], kind: RecordType) -> Means:
    """What the account has for a policy."""
    live = target.live
    people = frozenset(each.email for each in live.people if each.active)
    asked = live.asked and not any(each.startswith("owners") for each in live.incomplete)
    actions: Mapping[str, frozenset[str] | None] = live.facts.get("actions", {})
    return Means(
        places=places(target, kind, policy.body.spec.object),
        decision=decision_property(policy.name),
        people=people if asked else None,
        actions=actions.get(kind.type_id),
    )


def _decision(subject: _Subject) -> Desired:
    """The field in which a record says by which rule it was given away."""
    policy, kind = subject.policy, subject.kind
    name = remote(kind.api, decision_property(policy.name))
    address = policy.address.at(".decision")
    title = f"{policy.title}: rule"
    return Desired(
        type="property",
        address=address,
        title=title,
        natural_key=name,
        fields={"title": title, "type": "text"},
        choose_id=choose(subject.target, "property", [name], address),
        source=policy.source,
    )


def _flow(subject: _Subject) -> Desired:
    policy, made = subject.policy, subject.program
    steps = {f"steps.{number}": text(step) for number, step in made.steps.items()}
    unowned = Filter(OWNER, ANY_PROPERTY, "IS_UNKNOWN")
    enrols = text({"on": "created", "when": plain(((unowned,),))})
    decided: dict[str, Value] = {
        "title": policy.title,
        "record": subject.kind.api,
        "enrols": enrols,
        "first": made.first,
        **steps,
    }
    tree = policy.document.tree
    held = tree if isinstance(tree, dict) else {}
    fields: dict[str, Value] = {
        **decided,
        "about": about(str(policy.address), subject.graph.version, held, digest(decided)),
        **_leaving(subject, steps),
    }
    return Desired(
        type="flow",
        address=policy.address,
        title=policy.title,
        natural_key=str(policy.address),
        fields=fields,
        choose_id=_marked(subject),
        source=policy.source,
    )


def _marked(subject: _Subject) -> str | None:
    """The one workflow that bears the mark of this policy; two are for a person to judge."""
    found = _live(subject)
    return found[0].remote_id if len(found) == 1 else None


def _live(subject: _Subject) -> list[LiveResource]:
    mark = str(subject.policy.address)
    every = subject.target.live.resources
    return [each for each in every if each.type == "flow" and each.natural_key == mark]


def _leaving(subject: _Subject, steps: Mapping[str, str]) -> Mapping[str, None]:
    """Steps that the workflow has and the policy has no use for."""
    bound = subject.target.bound.get(subject.policy.address)
    ids = {bound, _marked(subject)}
    every = subject.target.live.resources
    found = [each for each in every if each.type == "flow" and each.remote_id in ids]
    return {path: None for each in found for path in _steps(each) if path not in steps}


def _steps(live: LiveResource) -> Iterator[str]:
    return (path for path in live.fields if path.startswith("steps."))


def _switch(subject: _Subject) -> Desired:
    policy = subject.policy
    return Desired(
        type="switch",
        address=policy.address.at(".on"),
        title=f"switch of {policy.title}",
        natural_key=str(policy.address),
        fields={"on": True},
        choose_id=_switched(subject),
        source=policy.source,
    )


def _switched(subject: _Subject) -> str | None:
    marked = _marked(subject)
    return remote("flow", marked.split("/")[1], "on") if marked else None

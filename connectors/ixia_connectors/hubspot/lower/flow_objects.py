"""What carries out one policy in HubSpot: a workflow, its switch, and fields of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ixia_config.sdk import Clause, Desired, Envelope, Level, LiveResource, Lowered, Policy, Value
from ixia_connectors.hubspot.flow_about import about, digest
from ixia_connectors.hubspot.flow_steps import Step, text
from ixia_connectors.hubspot.lower.ids import choose
from ixia_connectors.hubspot.names import RecordType, parts, remote
from ixia_connectors.hubspot.target import Target

FLOWS = "workflows"
"""How a read names what it could not read of them."""


@dataclass(frozen=True, slots=True)
class Workflow:
    """What a policy makes a workflow of: which records come in, and every step by its id."""

    version: str
    enrols: Step
    first: str
    steps: Mapping[str, Step]


@dataclass(frozen=True, slots=True)
class Subject:
    """One policy on its way down; ``part`` names its workflow where a policy has several."""

    target: Target
    policy: Policy[Envelope]
    kind: RecordType
    part: str = ""

    @property
    def mark(self) -> str:
        """What the workflow is marked with."""
        return str(self.policy.address.at(self.part)) if self.part else str(self.policy.address)


def not_held(policy: Policy[Envelope], subject: str, why: str) -> Lowered:
    """A policy of which HubSpot holds nothing."""
    return Lowered(clauses=(Clause(policy.address, subject, Level.UNSUPPORTED, why),))


def obstacle(target: Target) -> str:
    """Why no workflow can be written; empty where some can."""
    unreadable = [each for each in target.live.incomplete if each.startswith(FLOWS)]
    return f"not readable here: {unreadable[0]}" if unreadable else ""


def own_field(subject: Subject, part: str, name: str, title: str, kind: str = "text") -> Desired:
    """A field that a workflow writes or waits for."""
    found = remote(subject.kind.api, name)
    address = subject.policy.address.at(part)
    return Desired(
        type="property",
        address=address,
        title=title,
        natural_key=found,
        fields={"title": title, "type": kind},
        choose_id=choose(subject.target, "property", [found], address),
        source=subject.policy.source,
    )


def workflow(subject: Subject, title: str, made: Workflow) -> tuple[Desired, Desired]:
    """The workflow of a policy, and what turns it on."""
    return _flow(subject, title, made), _switch(subject, title)


def _flow(subject: Subject, title: str, made: Workflow) -> Desired:
    policy = subject.policy
    decided: dict[str, Value] = {
        "record": subject.kind.api,
        "enrols": text(made.enrols),
        "first": made.first,
        **{f"steps.{number}": text(step) for number, step in made.steps.items()},
    }
    tree = policy.document.tree
    held = tree if isinstance(tree, dict) else {}
    told = about(str(policy.address), made.version, held, digest(decided))
    return Desired(
        type="flow",
        address=policy.address.at(subject.part) if subject.part else policy.address,
        title=title,
        natural_key=subject.mark,
        fields={"title": title, "about": told, **decided, **_leaving(subject, decided)},
        choose_id=_marked(subject),
        source=policy.source,
    )


def _switch(subject: Subject, title: str) -> Desired:
    marked = _marked(subject)
    return Desired(
        type="switch",
        address=subject.policy.address.at(f"{subject.part}.on"),
        title=title,
        natural_key=subject.mark,
        fields={"on": True},
        choose_id=remote("flow", parts(marked)[1], "on") if marked else None,
        source=subject.policy.source,
    )


def _flows(subject: Subject) -> Iterator[LiveResource]:
    return (each for each in subject.target.live.resources if each.type == "flow")


def _marked(subject: Subject) -> str | None:
    """The one workflow with the mark of this policy; two are for a person to judge."""
    found = [each for each in _flows(subject) if each.natural_key == subject.mark]
    return found[0].remote_id if len(found) == 1 else None


def _leaving(subject: Subject, decided: Mapping[str, Value]) -> Mapping[str, None]:
    """Steps that the workflow has and the policy has no use for."""
    address = subject.policy.address
    bound = subject.target.bound.get(address.at(subject.part) if subject.part else address)
    ids = {bound, _marked(subject)}
    found = (each for each in _flows(subject) if each.remote_id in ids)
    return {
        path: None
        for each in found
        for path in each.fields
        if path.startswith("steps.") and path not in decided
    }

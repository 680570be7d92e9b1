"""A pipeline policy as HubSpot's pipeline, stages and reason fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ixia_config.sdk import (
    Address,
    Clause,
    Desired,
    Level,
    Lowered,
    Pipeline,
    Policy,
    Retired,
    Stage,
    Value,
)
from ixia_connectors.hubspot import names
from ixia_connectors.hubspot.lower.flow_objects import Subject as Workflows
from ixia_connectors.hubspot.lower.gate_flows import PART, lower_gates
from ixia_connectors.hubspot.lower.ids import choose
from ixia_connectors.hubspot.lower.moves import pipeline_clauses
from ixia_connectors.hubspot.lower.rules import lower_rules
from ixia_connectors.hubspot.lower.stages import stage_clauses
from ixia_connectors.hubspot.names import RecordType, parts, remote
from ixia_connectors.hubspot.target import Target
from ixia_connectors.hubspot.told import Watch
from ixia_connectors.hubspot.values import decimal_text, held_probability


@dataclass(frozen=True, slots=True)
class _Subject:
    """One pipeline on its way down: the policy, its record type and its id in HubSpot."""

    target: Target
    policy: Policy[Pipeline]
    kind: RecordType
    pipeline: str


def lower_pipeline(target: Target, policy: Policy[Pipeline]) -> Lowered:
    """Compile one pipeline."""
    noun = policy.body.spec.object
    kind = target.record_type(noun)
    if kind is None:
        return Lowered(clauses=(_unknown_record_type(policy.address, noun),))
    subject = _Subject(target, policy, kind, target.pipeline_id(policy, kind))
    rules = lower_rules(target, policy, kind, subject.pipeline)
    stages = tuple(_stages(subject))
    workflow = Workflows(target, policy, kind, PART)
    gates = lower_gates(workflow, policy, subject.pipeline, _stage_ids(subject, stages))
    parts = (*_reasons(subject), *rules.desired, *gates.desired)
    return Lowered(
        desired=(_pipeline(subject), *stages, *parts),
        retired=tuple(_retired(subject)),
        clauses=(*_clauses(subject), *rules.clauses, *gates.clauses),
    )


def _stage_ids(subject: _Subject, stages: Iterable[Desired]) -> Mapping[str, str]:
    """The id in HubSpot that each stage has or gets, by key."""
    target, found = subject.target, dict[str, str]()
    for each in stages:
        there = target.matching("stage", each.natural_key)
        chosen = each.remote_id or each.choose_id or ""
        titled = there.remote_id if there and not target.found("stage", chosen) else chosen
        found[each.address.part] = parts(target.bound.get(each.address, titled))[-1]
    return found


def _unknown_record_type(address: Address, noun: str) -> Clause:
    return Clause(
        address,
        f'records of type "{noun}"',
        Level.UNSUPPORTED,
        f'HubSpot has no record type "{noun}"; name its object in the RecordSchema, under external',
    )


def _clauses(subject: _Subject) -> Iterator[Clause]:
    policy = subject.policy
    yield Clause(policy.address, "title, stages and their order", Level.NATIVE)
    watch = Watch.of(subject.target, policy, subject.kind)
    for stage in policy.body.spec.stages:
        yield from stage_clauses(policy, subject.kind, stage, watch)
    yield from pipeline_clauses(policy, subject.kind, subject.target.live.identity, watch)


def _pipeline(subject: _Subject) -> Desired:
    policy, api = subject.policy, subject.kind.api
    external = subject.target.external_pipeline(policy)
    chosen = remote(api, names.pipeline_id(policy.name))
    stages = policy.body.spec.stages
    fields: dict[str, Value] = {
        "order": tuple(str(policy.address.at(stage.key)) for stage in stages)
    }
    if policy.body.metadata.title is not None:
        fields["title"] = policy.title
    return Desired(
        type="pipeline",
        address=policy.address,
        title=policy.title,
        natural_key=remote(api, policy.title),
        fields=fields,
        remote_id=remote(api, external) if external else None,
        choose_id=choose(subject.target, "pipeline", [chosen], policy.address),
        source=policy.source,
    )


def _stages(subject: _Subject) -> Iterator[Desired]:
    policy = subject.policy
    external = subject.target.external_stages(policy)
    for stage in policy.body.spec.stages:
        previous = _previous(policy, stage.key)
        keys = [stage.key, *(each.part for each in previous)]
        named = external.get(stage.key)
        yield Desired(
            type="stage",
            address=policy.address.at(stage.key),
            title=stage.title,
            natural_key=remote(subject.kind.api, subject.pipeline, stage.title),
            fields=_stage_fields(subject.kind, stage),
            parent=policy.address,
            remote_id=_stage_remote(subject, named) if named else None,
            choose_id=_chosen_stage(subject, keys),
            previous=previous,
            source=policy.source,
        )


def _chosen_stage(subject: _Subject, keys: list[str]) -> str:
    """The id that we choose for this key; what we made under an older key keeps that one's."""
    name, address = subject.policy.name, subject.policy.address
    current = {stage.key for stage in subject.policy.body.spec.stages}
    older = [key for key in keys[1:] if key not in current]
    chosen = [_stage_remote(subject, names.stage_id(name, key)) for key in [keys[0], *older]]
    return choose(subject.target, "stage", chosen, address.at(keys[0]))


def _stage_remote(subject: _Subject, stage: str) -> str:
    return remote(subject.kind.api, subject.pipeline, stage)


def _previous(policy: Policy[Pipeline], key: str) -> tuple[Address, ...]:
    """The keys that this stage had before, the latest first; a cycle is walked once."""
    came_from = {each.to: each.from_ for each in policy.body.spec.moved}
    found: list[str] = []
    while key in came_from and came_from[key] not in found:
        key = came_from[key]
        found.append(key)
    return tuple(policy.address.at(each) for each in found)


def _stage_fields(kind: RecordType, stage: Stage) -> dict[str, Value]:
    fields: dict[str, Value] = {"title": stage.title}
    if kind.api == "deals" and stage.chance is not None:
        fields["probability"] = decimal_text(held_probability(stage.chance, stage.type))
    if kind.api == "tickets":
        fields["state"] = "open" if stage.type == "open" else "closed"
    return fields


def _retired(subject: _Subject) -> Iterable[Retired]:
    policy, api = subject.policy, subject.kind.api
    external = subject.target.external_stages(policy)
    for each in policy.body.spec.retired:
        named = external.get(each.key)
        yield Retired(
            type="stage",
            address=policy.address.at(each.key),
            title=each.title or each.key,
            parent=policy.address,
            remote_id=_stage_remote(subject, named) if named else _made_by_us(subject, each.key),
            natural_key=remote(api, subject.pipeline, each.title) if each.title else "",
            migrate_to=policy.address.at(each.migrate_to),
            source=policy.source,
        )


def _made_by_us(subject: _Subject, key: str) -> str | None:
    """The stage that we made under this key, where it is still there."""
    chosen = _stage_remote(subject, names.stage_id(subject.policy.name, key))
    return chosen if subject.target.found("stage", chosen) else None


def _reasons(subject: _Subject) -> Iterator[Desired]:
    """A choice field for each stage whose records must say why they are there."""
    policy, kind = subject.policy, subject.kind
    for stage in policy.body.spec.stages:
        if not stage.reasons:
            continue
        name = remote(kind.api, names.reason_property(policy.name, stage.key))
        title = f"{policy.title}: {stage.title} reason"
        address = policy.address.at(f".reason.{stage.key}")
        choices = {f"choices.{each.key}": each.title or each.key for each in stage.reasons}
        yield Desired(
            type="property",
            address=address,
            title=title,
            natural_key=name,
            fields={
                "title": title,
                "type": "choice",
                "order": tuple(each.key for each in stage.reasons),
                **choices,
            },
            choose_id=choose(subject.target, "property", [name], address),
            source=policy.source,
        )

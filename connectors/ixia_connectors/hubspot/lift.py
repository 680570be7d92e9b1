"""Live pipelines and properties as policy documents that lower to exactly what is live."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ixia_config.sdk import Address, Lifted, Live, LiveResource
from ixia_connectors.hubspot import names
from ixia_connectors.hubspot.lifted_fields import lift_schema
from ixia_connectors.hubspot.lifted_flows import lift_flows
from ixia_connectors.hubspot.lifted_rules import lift_rules
from ixia_connectors.hubspot.names import RecordType, parts, record_type
from ixia_connectors.hubspot.parts_of import Part, document, key_of, unique
from ixia_connectors.hubspot.values import percent

_NEVER_CLOSED = ("leads",)


def lift(live: Live) -> Lifted:
    """Describe everything that was read, as far as the language can say it."""
    flows = list(lift_flows(live))
    schemas = _without(live, {each for part in flows for each in part.bindings.values()})
    found = [lift_schema(schemas, kind, _target(live)) for kind in _kinds(live)]
    taken: set[str] = set()
    found += [_pipeline(live, each, taken) for each in live.resources if each.type == "pipeline"]
    found += flows
    return Lifted(
        documents=tuple(part.document for part in found if part.document is not None),
        bindings={address: each for part in found for address, each in part.bindings.items()},
        lost=tuple(sentence for part in found for sentence in part.lost),
    )


def _without(live: Live, remote_ids: Collection[str]) -> Live:
    """Without the fields that come with a policy."""
    kept = (
        each
        for each in live.resources
        if each.type != "property" or each.remote_id not in remote_ids
    )
    return replace(live, resources=tuple(kept))


def _target(live: Live) -> str:
    """The name of this target in the project; ``crm`` before there is one."""
    targets = live.facts.get("targets") or ("crm",)
    return str(targets[0])


def _kinds(live: Live) -> list[RecordType]:
    """Record types whose properties were read."""
    found = (parts(each.remote_id)[0] for each in live.resources if each.type == "property")
    return [record_type(api) for api in dict.fromkeys(found)]


@dataclass(frozen=True, slots=True)
class _Stages:
    """The stages of one pipeline with the key that each gets."""

    kind: RecordType
    name: str
    keys: Mapping[str, str]  # by remote id
    resources: tuple[LiveResource, ...]


def _pipeline(live: Live, own: LiveResource, taken: set[str]) -> Part:
    api, pipeline = parts(own.remote_id)
    kind = record_type(api)
    name = unique(_name(pipeline, own.title), taken)
    stages = _stages(live, own, kind, name)
    address = Address("Pipeline", name)
    rules = lift_rules(live, own, stages.keys)
    spec = {
        "object": kind.noun if names.by_noun(kind.noun) else api,
        **rules.spec,
        "stages": [_stage(stages, each) | rules.of_stage(each) for each in stages.resources],
        **_external(_target(live), pipeline, stages),
    }
    bindings = {address: own.remote_id}
    bindings |= {address.at(key): remote_id for remote_id, key in stages.keys.items()}
    if rules.remote_id is not None:
        bindings[address.at(".rules")] = rules.remote_id
    return Part(document("Pipeline", name, own.title, spec), bindings, rules.lost)


def _name(pipeline: str, title: str) -> str:
    """The name that our own id carries, else one made of the title."""
    own = pipeline.removeprefix("ixia_").replace("_", "-")
    return own if own and names.pipeline_id(own) == pipeline else names.slug(title)


def _stages(live: Live, own: LiveResource, kind: RecordType, name: str) -> _Stages:
    by_id = {each.remote_id: each for each in live.resources if each.type == "stage"}
    order = own.fields["order"]
    resources = tuple(by_id[each] for each in order) if isinstance(order, tuple) else ()
    taken: set[str] = set()
    keys = {each.remote_id: unique(_key(name, each), taken, sign="_") for each in resources}
    return _Stages(kind, name, keys, resources)


def _key(name: str, stage: LiveResource) -> str:
    """The key that our own id carries, else one made of the title."""
    return names.key_of_stage(name, parts(stage.remote_id)[2]) or key_of(stage.title)


def _stage(stages: _Stages, stage: LiveResource) -> dict[str, Any]:
    described: dict[str, Any] = {"key": stages.keys[stage.remote_id], "title": stage.title}
    meaning = _meaning(stages.kind, stage)
    if meaning != "open":
        return {**described, "type": meaning}
    probability = stage.fields.get("probability")
    if probability is not None:
        described["probability"] = percent(Decimal(str(probability)))
    return described


def _meaning(kind: RecordType, stage: LiveResource) -> str:
    """open, won or lost: as HubSpot says, or for leads, of which it says nothing, by the title."""
    probability = stage.fields.get("probability")
    if probability is not None:
        return {"1": "won", "0": "lost"}.get(str(probability), "open")
    if kind.api == "tickets":
        return "open" if stage.fields.get("state") == "open" else _closed(stage.title)
    return _closed(stage.title) if kind.api in _NEVER_CLOSED and _sounds_closed(stage) else "open"


_LOST = ("disqualified", "unqualified", "lost", "rejected", "spam", "cancelled", "duplicate")
_WON = ("qualified", "converted", "won")


def _closed(title: str) -> str:
    return "lost" if any(word in title.lower() for word in _LOST) else "won"


def _sounds_closed(stage: LiveResource) -> bool:
    return any(word in stage.title.lower() for word in (*_LOST, *_WON))


def _external(target: str, pipeline: str, stages: _Stages) -> dict[str, Any]:
    """Ids that are not of our choice; ours are known by the names that they carry."""
    foreign = {
        key: parts(remote_id)[2]
        for remote_id, key in stages.keys.items()
        if parts(remote_id)[2] != names.stage_id(stages.name, key)
    }
    if not foreign and pipeline == names.pipeline_id(stages.name):
        return {}
    found: dict[str, Any] = {"id": pipeline}
    return {"external": {target: {**found, "stages": foreign} if foreign else found}}

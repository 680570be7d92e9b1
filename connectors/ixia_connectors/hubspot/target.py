"""What a configuration asks of one HubSpot account, and which live objects its policies mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ixia_config.sdk import (
    Address,
    Configuration,
    Envelope,
    Live,
    LiveResource,
    Pipeline,
    Policy,
    Project,
    RecordSchema,
    RoutingPolicy,
    Stage,
)
from ixia_config.sdk.service import SlaPolicy
from ixia_connectors.hubspot import names
from ixia_connectors.hubspot.names import RecordType, parts, remote

CONNECTOR_NAME = "hubspot"


def target_names(configuration: Configuration, account: str) -> tuple[str, ...]:
    """The targets of the project that are this account; ``external`` in policies names them."""
    ours = {
        name: target
        for project in configuration.of(Project)
        for name, target in project.body.spec.targets.items()
        if target.connector == CONNECTOR_NAME
    }
    exact = tuple(
        name
        for name, target in ours.items()
        if any(each.account == account for each in target.environments.values())
    )
    return exact or tuple(ours)


@dataclass(frozen=True)
class Target:
    """Policies and live objects, looked up together."""

    configuration: Configuration
    live: Live
    targets: tuple[str, ...]
    bound: Mapping[Address, str] = field(default_factory=dict)

    @classmethod
    def of(cls, configuration: Configuration, live: Live) -> Target:
        """Put together what a read of this account left for the pure functions."""
        targets = target_names(configuration, live.identity.account)
        return cls(configuration, live, targets, live.facts.get("bound", {}))

    @cached_property
    def pipelines(self) -> tuple[Policy[Pipeline], ...]:
        """The pipelines that this target is to hold."""
        return tuple(each for each in self.configuration.of(Pipeline) if self.wants(each))

    @cached_property
    def schemas(self) -> tuple[Policy[RecordSchema], ...]:
        """The record schemas that this target is to hold."""
        return tuple(each for each in self.configuration.of(RecordSchema) if self.wants(each))

    @cached_property
    def routings(self) -> tuple[Policy[RoutingPolicy], ...]:
        """The routing policies that this target is to carry out."""
        return tuple(each for each in self.configuration.of(RoutingPolicy) if self.wants(each))

    @cached_property
    def slas(self) -> tuple[Policy[SlaPolicy], ...]:
        """The SLA policies that this target is to carry out."""
        return tuple(each for each in self.configuration.of(SlaPolicy) if self.wants(each))

    def wants(self, policy: Policy[Envelope]) -> bool:
        """Whether the policy goes to this target at all."""
        targets = policy.body.metadata.targets
        return targets is None or not self.targets or bool(set(targets) & set(self.targets))

    def record_type(self, noun: str) -> RecordType | None:
        """What HubSpot calls the record type of a policy; None where nobody said."""
        schema = self.configuration.get(RecordSchema, noun)
        named = [
            external.object
            for name, external in (schema.body.spec.external.items() if schema else ())
            if name in self.targets and external.object
        ]
        return names.record_type(named[0]) if named else names.by_noun(noun)

    def external_pipeline(self, policy: Policy[Pipeline]) -> str | None:
        """The pipeline id that the YAML names."""
        found = [x.id for name, x in policy.body.spec.external.items() if name in self.targets]
        return found[0] if found else None

    def external_stages(self, policy: Policy[Pipeline]) -> Mapping[str, str]:
        """The stage ids that the YAML names, by key."""
        external = policy.body.spec.external.items()
        return {
            key: stage
            for name, found in external
            if name in self.targets
            for key, stage in found.stages.items()
        }

    def external_fields(self, policy: Policy[RecordSchema]) -> Mapping[str, str]:
        """The property names that the YAML gives, by field."""
        external = policy.body.spec.external.items()
        return {
            key: name
            for target, found in external
            if target in self.targets
            for key, name in found.fields.items()
        }

    @cached_property
    def _live(self) -> Mapping[tuple[str, str], LiveResource]:
        return {(each.type, each.remote_id): each for each in self.live.resources}

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str], LiveResource]:
        return {(each.type, each.natural_key): each for each in self.live.resources}

    @cached_property
    def _holders(self) -> Mapping[tuple[str, str], Address]:
        return {(type_of(each), remote_id): each for each, remote_id in self.bound.items()}

    def holder(self, type_name: str, remote_id: str) -> Address | None:
        """The address that the state has bound to this object."""
        return self._holders.get((type_name, remote_id))

    def found(self, type_name: str, remote_id: str | None) -> LiveResource | None:
        """The live object of this type and remote id."""
        return None if remote_id is None else self._live.get((type_name, remote_id))

    def matching(self, type_name: str, natural_key: str) -> LiveResource | None:
        """The live object of this type with this natural key."""
        return self._by_key.get((type_name, natural_key))

    def pipeline_id(self, policy: Policy[Pipeline], kind: RecordType) -> str:
        """The id that this pipeline has, or will have, in HubSpot.

        What the YAML names comes first, then what the state has bound, then what stands under the
        id that we choose, then a pipeline of the same title; else the id that we choose.
        """
        external = self.external_pipeline(policy)
        if external is not None:
            return external
        bound = self.bound.get(policy.address)
        if bound is not None:
            return parts(bound)[1]
        chosen = names.pipeline_id(policy.name)
        same_title = self.matching("pipeline", remote(kind.api, policy.title))
        if same_title is not None and self.found("pipeline", remote(kind.api, chosen)) is None:
            return parts(same_title.remote_id)[1]
        return chosen


_AUTOMATED = ("RoutingPolicy", "SlaPolicy")
"""Kinds of policies that a workflow carries out."""


def type_of(address: Address) -> str:
    """The resource type that stands under an address."""
    if address.kind == "Pipeline":
        parted = {"": "pipeline", ".rules": "rules"}
        parted |= {".gate": "flow", ".gate.on": "switch", ".gate.field": "property"}
        reason = address.part.startswith(".reason.")
        return parted.get(address.part, "property" if reason else "stage")
    if address.kind in _AUTOMATED:
        return {"": "flow", ".on": "switch"}.get(address.part, "property")
    if address.part.startswith(".checks."):
        return "checks"
    return "group" if address.part.startswith(".group.") else "property"


def needs_rules(policy: Policy[Pipeline]) -> bool:
    """Whether the policy says anything that HubSpot keeps in pipeline rules."""
    spec = policy.body.spec
    return (
        spec.moves.skip is not None
        or spec.moves.back is not None
        or "create_in" in spec.model_fields_set
        or any(needs_approval(stage) for stage in spec.stages)
    )


def needs_approval(stage: Stage) -> bool:
    """Whether a person must release a record before it enters the stage."""
    return stage.approval is not None

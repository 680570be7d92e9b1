"""What a configuration asks of one Odoo, and which live objects its policies mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from ixia_config.sdk import (
    Address,
    Configuration,
    Envelope,
    Live,
    LiveResource,
    Policy,
    Project,
    RecordField,
    RecordSchema,
)
from ixia_config.sdk.rules import FieldType
from ixia_connectors.odoo.domains import Place
from ixia_connectors.odoo.names import field_name
from ixia_connectors.odoo.resources import STANDARD, TTYPES

CONNECTOR_NAME = "odoo"
OBJECTS = ("deal", "lead")
"""Record types that are rows of crm.lead."""

E = TypeVar("E", bound=Envelope)


def target_names(configuration: Configuration, account: str) -> tuple[str, ...]:
    """The targets of the project that are this database; ``external`` in policies names them."""
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
        """Put together what a read of this database left for the pure functions."""
        targets = target_names(configuration, live.identity.account)
        return cls(configuration, live, targets, live.facts.get("bound", {}))

    def policies(self, kind: type[E]) -> tuple[Policy[E], ...]:
        """The policies of a kind that this target is to hold."""
        return tuple(each for each in self.configuration.of(kind) if self.wants(each))

    def wants(self, policy: Policy[Envelope]) -> bool:
        """Whether the policy goes to this target at all."""
        named = policy.body.metadata.targets
        return named is None or not self.targets or bool(set(named) & set(self.targets))

    @cached_property
    def _by_id(self) -> Mapping[tuple[str, str], LiveResource]:
        return {(each.type, each.remote_id): each for each in self.live.resources}

    @cached_property
    def _by_number(self) -> Mapping[tuple[str, str], LiveResource]:
        return {(each.type, str(each.raw.get("id"))): each for each in self.live.resources}

    @cached_property
    def _holders(self) -> Mapping[str, Address]:
        return {remote_id: address for address, remote_id in self.bound.items()}

    def found(self, type_name: str, remote_id: str) -> LiveResource | None:
        """The live object of this type and remote id."""
        return self._by_id.get((type_name, remote_id))

    def holder(self, remote_id: str) -> Address | None:
        """The address that the state has bound to this object of ours."""
        return self._holders.get(remote_id)

    def field(self, name: str) -> LiveResource | None:
        """The field of this name on Odoo's leads."""
        return self._fields.get(name)

    @cached_property
    def _fields(self) -> Mapping[str, LiveResource]:
        return {each.natural_key: each for each in self.live.resources if each.type == "field"}

    def named(self, type_name: str, number: str | None) -> str | None:
        """The remote id of what the YAML names by its number in the database."""
        if number is None:
            return None
        found = self._by_number.get((type_name, number))
        return found.remote_id if found else number

    def place(self, record: str, key: str) -> Place | None:
        """Where Odoo keeps a field of this record type; None where it does not."""
        schema = self.configuration.get(RecordSchema, record)
        declared = schema.body.spec.fields.get(key) if schema else None
        if declared is None or declared.type not in TTYPES or record not in OBJECTS:
            return None
        name = self.name_of(record, key)
        person = declared.type == FieldType.PERSON.value
        return Place(f"{name}.login" if person else name, name)

    def name_of(self, record: str, key: str) -> str:
        """The name of a field in Odoo: as the YAML says, Odoo's own, else one of ours."""
        schema = self.configuration.get(RecordSchema, record)
        if schema is None:
            return field_name(key)
        for target, external in schema.body.spec.external.items():
            if target in self.targets and key in external.fields:
                return external.fields[key]
        standard, kinds = STANDARD.get(key, ("", frozenset[str]()))
        if schema.body.spec.fields[key].type in kinds:
            return standard
        return field_name(key)

    def sharing(self, name: str) -> tuple[tuple[Address, RecordField], ...]:
        """The fields of schemas that are this one field of Odoo; whose it is already comes first.

        Leads and opportunities are rows of one model.
        """
        found = [
            (policy.address.at(key), declared)
            for policy in self.policies(RecordSchema)
            if policy.name in OBJECTS
            for key, declared in policy.body.spec.fields.items()
            if self.name_of(policy.name, key) == name
        ]
        return tuple(sorted(found, key=lambda each: each[0] not in self.bound))

    def places(self, record: str) -> Mapping[str, Place]:
        """Where Odoo keeps each field of this record type that it holds."""
        schema = self.configuration.get(RecordSchema, record)
        keys = schema.body.spec.fields if schema else {}
        found = {key: self.place(record, key) for key in keys}
        return {key: place for key, place in found.items() if place is not None}


def choose(target: Target, type_name: str, chosen: list[str], address: Address) -> str:
    """The name of ours that is there and belongs to no other address; else the first, made free.

    A name of ours tells its policy, so that what we made is known again without a state file.
    """

    def is_anothers(remote_id: str) -> bool:
        return target.holder(remote_id) not in (None, address)

    for each in chosen:
        if not is_anothers(each) and target.found(type_name, each) is not None:
            return each
    free, attempt = chosen[0], 2
    while is_anothers(free) or target.found(type_name, free) is not None:
        free = f"{chosen[0]}_{attempt}"
        attempt += 1
    return free

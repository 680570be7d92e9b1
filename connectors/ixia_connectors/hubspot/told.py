"""Which fields of a record HubSpot can tell, under which property, and why not the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ixia_config.sdk import (
    Breach,
    LiveResource,
    Pipeline,
    Policy,
    RecordField,
    RecordSchema,
    watched_rules,
)
from ixia_connectors.hubspot.names import WITH_ACTIVITY, RecordType, remote
from ixia_connectors.hubspot.resources import held_type
from ixia_connectors.hubspot.target import Target


@dataclass(frozen=True, slots=True)
class Told:
    """The property of each field that can be read, and in words why the others cannot."""

    properties: Mapping[str, str]
    untold: Mapping[str, str]

    @property
    def fields(self) -> frozenset[str]:
        """The fields that can be read."""
        return frozenset(self.properties)


def told(target: Target, kind: RecordType, noun: str, *, planned: bool) -> Told:
    """The fields of a record type; ``planned`` counts those that an apply would make."""
    schema = target.configuration.get(RecordSchema, noun)
    properties: dict[str, str] = {}
    untold: dict[str, str] = {}
    for key, field in schema.body.spec.fields.items() if schema else ():
        name = property_of(target, schema, kind, key) if schema else key
        live = target.found("property", remote(kind.api, name))
        why = _why_not(field, live, planned=planned or name in kind.standard.values())
        if why and name not in (kind.stage, kind.pipeline):  # told by key, whatever their type
            untold[key] = why
        else:
            properties[key] = name
    return Told(properties, untold)


def property_of(target: Target, schema: Policy[RecordSchema], kind: RecordType, key: str) -> str:
    """The property that holds a field: what the YAML names, else HubSpot's own, else our name."""
    named = target.external_fields(schema).get(key)
    return named or kind.standard.get(key) or key.replace(".", "_")


def _why_not(field: RecordField, live: LiveResource | None, *, planned: bool) -> str:
    held = held_type(field.type)
    if held is None:
        return "it is in a related record, which is not read"
    if field.sensitive:
        return "it is sensitive, and not read"
    if field.type == "duration":
        return "HubSpot keeps a number without a unit"
    if live is None:
        return "" if planned and field.source == "user" else "HubSpot has no such field"
    there = live.fields["type"]
    dates = {"date", "datetime"}
    fits = there == held or (bool(live.raw.get("hubspotDefined")) and {there, held} <= dates)
    return "" if fits else f"HubSpot's property holds a {there}"


SHOWN = "`ixia drift --records` shows violations"
"""The note of every clause that ``records`` really lets somebody check."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What `ixia drift --records` notices of a pipeline's records: breach, stage and key."""

    rules: frozenset[tuple[Breach, str, str]]

    @classmethod
    def of(cls, target: Target, policy: Policy[Pipeline], kind: RecordType) -> Watch:
        """Without what HubSpot tells of no record of this type."""
        fields = told(target, kind, policy.body.spec.object, planned=True).fields
        found = watched_rules(policy, target.configuration, fields)
        blind = set[Breach]()
        if "close_date" not in kind.standard:
            blind.add(Breach.CLOSE_DATE)
        if kind.api not in WITH_ACTIVITY:
            blind.add(Breach.STALE)
        kept = (each for each in found if each.breach not in blind)
        return cls(frozenset((each.breach, each.address.part, each.key) for each in kept))

    def notices(self, breach: Breach, part: str = "", key: str = "") -> bool:
        """Whether a record that breaks this is shown."""
        return (breach, part, key) in self.rules

"""Which fields of a record HubSpot can tell, under which property, and why not the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ixia_config.sdk import LiveResource, Policy, RecordField, RecordSchema
from ixia_connectors.hubspot.names import RecordType, remote
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
        if why:
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

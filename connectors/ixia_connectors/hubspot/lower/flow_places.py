"""Which fields a workflow can ask about: those of the record, and of records linked to it."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.sdk import RecordSchema
from ixia_connectors.hubspot.lower.flow_conditions import Place, Places
from ixia_connectors.hubspot.names import RecordType
from ixia_connectors.hubspot.target import Target
from ixia_connectors.hubspot.told import told

ASSOCIATIONS = {
    ("deals", "companies"): 341,
    ("deals", "contacts"): 3,
    ("leads", "companies"): 610,
    ("leads", "contacts"): 578,
    ("tickets", "companies"): 339,
    ("tickets", "contacts"): 16,
    ("contacts", "companies"): 279,
}
"""HubSpot's unlabelled association types, from the first record type to the second."""

_KEYED = "HubSpot keeps its own ids of stages and pipelines there"
_PRESENCE = "hs_object_id"


def places(target: Target, kind: RecordType, noun: str) -> Places:
    """Where the fields of a record type stand, one link deep."""
    known: dict[tuple[str, ...], Place] = {}
    unknown: dict[tuple[str, ...], str] = {}
    own = told(target, kind, noun, planned=True)
    for key, name in own.properties.items():
        if name in (kind.stage, kind.pipeline):
            unknown[(key,)] = _KEYED
        else:
            known[(key,)] = Place(name)
    unknown |= {(key,): why for key, why in own.untold.items()}
    for key, of, other in _links(target, kind, noun):
        known[(key,)] = Place(_PRESENCE, of)
        unknown.pop((key,), None)
        theirs = told(target, other[0], other[1], planned=True)
        known |= {(key, each): Place(name, of) for each, name in theirs.properties.items()}
        unknown |= {(key, each): why for each, why in theirs.untold.items()}
    return Places(known, unknown)


def _links(
    target: Target, kind: RecordType, noun: str
) -> Iterator[tuple[str, str, tuple[RecordType, str]]]:
    """Each reference, the association that it is, and the record type on the other side."""
    schema = target.configuration.get(RecordSchema, noun)
    for key, field in schema.body.spec.fields.items() if schema else ():
        other = target.record_type(field.to) if field.type == "reference" and field.to else None
        number = ASSOCIATIONS.get((kind.api, other.api)) if other else None
        if other is not None and field.to and number is not None:
            yield key, f"{other.type_id}/{number}", (other, field.to)

"""The object types of an account, and the names and ids that a path may call them by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ixia_connectors.hubspot.sandbox.errors import invalid
from ixia_connectors.hubspot.sandbox.profile import Tier


@dataclass(frozen=True, slots=True)
class ObjectType:
    """One type of record. ``stage`` and ``pipeline`` are empty where it has no pipelines.

    ``schema_scope`` and ``record_scope`` name it inside scopes; ``shown`` are the properties that
    a read returns when it asks for none; ``pipelines_from`` is the tier that may add pipelines.
    """

    name: str
    id: str
    singular: str
    plural: str
    shown: tuple[str, ...]
    title: str  # the property that names a record
    schema_scope: str = "contacts"
    record_scope: str = "contacts"
    pipeline: str = ""
    stage: str = ""
    default_pipeline: str = ""
    pipelines_from: Tier = Tier.STARTER
    records_from: Tier = Tier.FREE


_TYPES = (
    ObjectType(
        "deals",
        "0-3",
        "Deal",
        "Deals",
        ("dealname", "amount", "closedate", "pipeline", "dealstage"),
        "dealname",
        schema_scope="deals",
        record_scope="deals",
        pipeline="pipeline",
        stage="dealstage",
        default_pipeline="default",
    ),
    ObjectType(
        "tickets",
        "0-5",
        "Ticket",
        "Tickets",
        ("subject", "content", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_priority"),
        "subject",
        schema_scope="tickets",
        record_scope="tickets",
        pipeline="hs_pipeline",
        stage="hs_pipeline_stage",
        default_pipeline="0",
    ),
    ObjectType(
        "leads",
        "0-136",
        "Lead",
        "Leads",
        ("hs_lead_name", "hs_pipeline", "hs_pipeline_stage"),
        "hs_lead_name",
        record_scope="leads",
        pipeline="hs_pipeline",
        stage="hs_pipeline_stage",
        default_pipeline="lead-pipeline-id",
        pipelines_from=Tier.PROFESSIONAL,
        records_from=Tier.PROFESSIONAL,
    ),
    ObjectType(
        "contacts", "0-1", "Contact", "Contacts", ("email", "firstname", "lastname"), "email"
    ),
    ObjectType(
        "companies",
        "0-2",
        "Company",
        "Companies",
        ("name", "domain"),
        "name",
        schema_scope="companies",
        record_scope="companies",
    ),
    ObjectType("notes", "0-46", "Note", "Notes", ("hs_note_body", "hs_timestamp"), "hs_note_body"),
    ObjectType(
        "emails",
        "0-49",
        "Email",
        "Emails",
        ("hs_email_subject", "hs_timestamp"),
        "hs_email_subject",
    ),
    ObjectType(
        "tasks", "0-27", "Task", "Tasks", ("hs_task_subject", "hs_timestamp"), "hs_task_subject"
    ),
)

OBJECTS: Mapping[str, ObjectType] = {found.name: found for found in _TYPES}

_NAMES: Mapping[str, ObjectType] = {
    name: found
    for found in _TYPES
    for name in (found.name, found.id, found.singular.lower(), found.plural.lower())
}


def object_type(name: str) -> ObjectType:
    """The object type that a path names; a refusal for an unknown one."""
    found = _NAMES.get(name.lower())
    if found is None:
        raise invalid(f"Unable to infer object type from: {name}", context={"type": [name]})
    return found


def pipeline_object(name: str) -> ObjectType:
    """The same, for an object type that has pipelines."""
    found = object_type(name)
    if not found.pipeline:
        raise invalid(f"{found.plural} have no pipelines", context={"type": [name]})
    return found

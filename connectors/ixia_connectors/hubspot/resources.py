"""The resource types that HubSpot holds, as data, and the types of its properties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ixia_config.sdk import FieldType, ResourceType

GROUP = ResourceType(
    name="group",
    title="property group",
    plural="property groups",
    rank=10,
    removal="delete",
    fields={"title": FieldType("title")},
)
PROPERTY = ResourceType(
    name="property",
    title="field",
    plural="fields",
    rank=20,
    fields={
        "title": FieldType("title"),
        "description": FieldType("description"),
        "type": FieldType("type", immutable=True),
        "unique": FieldType("unique", format="boolean", immutable=True),
        "group": FieldType("group", format="reference"),
        "choices.*": FieldType("choice"),
        "offered.*": FieldType("offered", format="boolean"),
        "order": FieldType("order of choices", format="list", semantics="order"),
    },
)
CHECKS = ResourceType(
    name="checks",
    title="value checks of",
    plural="value checks",
    rank=25,
    removal="none",
    fields={
        "minimum": FieldType("smallest value"),
        "maximum": FieldType("largest value"),
        "max_length": FieldType("longest text"),
    },
)
PIPELINE = ResourceType(
    name="pipeline",
    title="pipeline",
    plural="pipelines",
    rank=30,
    container=True,
    fields={
        "title": FieldType("title"),
        "order": FieldType("order of stages", format="reference", semantics="order"),
    },
)
STAGE = ResourceType(
    name="stage",
    title="stage",
    plural="stages",
    rank=40,
    container=True,
    fields={
        "title": FieldType("title"),
        "probability": FieldType("probability", format="percent"),
        "state": FieldType("state"),
    },
)
RULES = ResourceType(
    name="rules",
    title="pipeline rules",
    plural="pipeline rules",
    rank=50,
    removal="delete",
    fields={
        "no_skipping": FieldType("no skipping of stages", format="boolean"),
        "no_backwards": FieldType("no moving back", format="boolean"),
        "create_in": FieldType("stages to start in", format="reference", semantics="set"),
        "approval.stage": FieldType("stage that needs approval", format="reference"),
        "approval.approvers": FieldType("approvers", format="list", semantics="set"),
        "approval.mode": FieldType("who of them must approve"),
        "approval.comment": FieldType("why approval is needed"),
    },
)
FLOW = ResourceType(
    name="flow",
    title="workflow",
    plural="workflows",
    rank=60,
    fields={
        "title": FieldType("title"),
        "record": FieldType("record type", immutable=True),
        "about": FieldType("description with the policy", format="program"),
        "enrols": FieldType("which records come in", format="program"),
        "first": FieldType("first step"),
        "steps.*": FieldType("step", format="program"),
    },
)
SWITCH = ResourceType(
    name="switch",
    title="switch of",
    plural="switches",
    rank=70,
    removal="delete",
    fields={"on": FieldType("on", format="boolean")},
)
TYPES = (GROUP, PROPERTY, CHECKS, PIPELINE, STAGE, RULES, FLOW, SWITCH)

RULE_OF = {"minimum": "MIN_NUMBER", "maximum": "MAX_NUMBER", "max_length": "MAX_LENGTH"}
"""The validation rule behind each path of the checks; HubSpot can set one but not remove it."""


@dataclass(frozen=True, slots=True)
class PropertyType:
    """How HubSpot spells one of our types of value; ``more`` is sent besides."""

    name: str
    type: str
    field_type: str
    more: tuple[tuple[str, str | bool], ...] = ()


_TYPES = (
    PropertyType("text", "string", "text"),
    PropertyType("number", "number", "number"),
    PropertyType("boolean", "bool", "booleancheckbox"),
    PropertyType("date", "date", "date"),
    PropertyType("datetime", "datetime", "date"),
    PropertyType("choice", "enumeration", "select"),
    PropertyType("choices", "enumeration", "checkbox"),
    PropertyType(
        "person",
        "enumeration",
        "select",
        (("externalOptions", True), ("referencedObjectType", "OWNER")),
    ),
)
PROPERTY_TYPES: Mapping[str, PropertyType] = {found.name: found for found in _TYPES}

_OF_FIELD_KIND = {
    "integer": "number",
    "decimal": "number",
    "money": "number",
    "percent": "number",
    "duration": "number",
}


def held_type(field_kind: str) -> str | None:
    """The type of property that holds this kind of field; None for a reference."""
    held = _OF_FIELD_KIND.get(field_kind, field_kind)
    return held if held in PROPERTY_TYPES else None


def live_type(body: Mapping[str, Any]) -> str:
    """Our name for the type of a property as HubSpot describes it."""
    match body.get("type"):
        case "enumeration" if body.get("referencedObjectType") == "OWNER":
            return "person"
        case "enumeration":
            return "choices" if body.get("fieldType") == "checkbox" else "choice"
        case "bool":
            return "boolean"
        case "number" | "date" | "datetime" as same:
            return str(same)
        case _:
            return "text"

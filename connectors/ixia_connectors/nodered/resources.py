"""What the connector declares of Node-RED: flows, each a tab with its nodes."""

from __future__ import annotations

from ixia_config.sdk import FieldType, ResourceType

FLOW = ResourceType(
    "flow",
    "flow",
    rank=1,
    plural="flows",
    removal="delete",
    fields={
        "title": FieldType("title"),
        "enabled": FieldType("enabled", format="boolean"),
        "info": FieldType("description with the policy", format="program"),
        "nodes.*": FieldType("node", format="program"),
    },
)
TYPES = (FLOW,)

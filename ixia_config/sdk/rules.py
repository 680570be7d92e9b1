"""Checked conditions for connectors that write them in their system's own words."""

from __future__ import annotations

from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.policy import Configuration
from ixia_config.rules import FieldType, Typed, nodes, read
from ixia_config.rules.describe import type_of


def condition(configuration: Configuration, record: str, text: str) -> Typed | None:
    """The condition on this record type; None where it has errors or the type is not declared."""
    known = catalogue(configuration)
    return read(text, known, record)[0] if record in known.records else None


__all__ = ["FieldType", "Typed", "condition", "nodes", "type_of"]

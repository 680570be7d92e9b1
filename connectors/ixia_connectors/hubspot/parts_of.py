"""What documents made of live objects have in common: envelopes, unique names, what is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ixia_config.sdk import Address
from ixia_connectors.hubspot import names


@dataclass(frozen=True, slots=True)
class Part:
    """One document, the objects that its addresses are, and what it cannot say."""

    document: Mapping[str, Any] | None
    bindings: Mapping[Address, str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()


def document(kind: str, name: str, title: str | None, spec: Mapping[str, Any]) -> dict[str, Any]:
    """An envelope of plain values, as the YAML of a policy would be read."""
    metadata = {"name": name} if title is None else {"name": name, "title": title}
    return {"apiVersion": "ixia/v1", "kind": kind, "metadata": metadata, "spec": dict(spec)}


def unique(wanted: str, taken: set[str], *, sign: str = "-") -> str:
    """The wanted name, or with a number; it is taken from then on."""
    found, number = wanted, 2
    while found in taken:
        found = f"{wanted}{sign}{number}"
        number += 1
    taken.add(found)
    return found


def key_of(title: str) -> str:
    """A key made of a title."""
    return names.slug(title, sign="_")

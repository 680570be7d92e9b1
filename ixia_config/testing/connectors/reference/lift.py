"""Live pipelines of the reference CRM as policy documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ixia_config.sdk import Address, Lifted, Live, LiveResource


def lift(live: Live) -> Lifted:
    """Every pipeline as a policy that names the ids of what it describes."""
    documents: list[dict[str, Any]] = []
    bindings: dict[Address, str] = {}
    names: set[str] = set()
    stages = {each.remote_id: each for each in live.resources if each.type == "stage"}
    for own in (each for each in live.resources if each.type == "pipeline"):
        order = own.fields["order"]
        members = [stages[each] for each in order] if isinstance(order, tuple) else []
        if not members:
            continue  # the language knows no pipeline without a stage
        address = Address("Pipeline", _unique(_slug(own.title), names))
        keys = _keys(members)
        documents.append(_document(address.name, own, members, keys))
        bindings[address] = own.remote_id
        bindings |= {address.at(key): remote_id for remote_id, key in keys.items()}
    lost = tuple(
        f"{own.title} has no stages"
        for own in live.resources
        if own.type == "pipeline" and not own.fields["order"]
    )
    return Lifted(tuple(documents), bindings, lost)


def _document(
    name: str, own: LiveResource, members: Sequence[LiveResource], keys: dict[str, str]
) -> dict[str, Any]:
    external = {"id": own.remote_id, "stages": {key: each for each, key in keys.items()}}
    return {
        "apiVersion": "ixia/v1",
        "kind": "Pipeline",
        "metadata": {"name": name, "title": own.title},
        "spec": {
            "object": "deal",
            "stages": [_stage(each, keys[each.remote_id]) for each in members],
            "external": {"crm": external},
        },
    }


def _stage(stage: LiveResource, key: str) -> dict[str, Any]:
    chance = stage.fields["chance"]
    described: dict[str, Any] = {"key": key, "title": stage.title}
    if chance in ("0", "1"):
        return described | {"type": "won" if chance == "1" else "lost"}
    if chance is None:
        return described
    return described | {"probability": f"{(Decimal(str(chance)) * 100).normalize():f}%"}


def _keys(members: Sequence[LiveResource]) -> dict[str, str]:
    taken: set[str] = set()
    return {each.remote_id: _unique(_slug(each.title), taken) for each in members}


def _slug(title: str) -> str:
    words = re.findall(r"[a-z0-9]+", title.lower())
    text = "-".join(words)
    return text if text[:1].isalpha() else f"x-{text}".rstrip("-")


def _unique(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    taken.add(found)
    return found

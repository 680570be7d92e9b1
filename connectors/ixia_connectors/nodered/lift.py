"""Tabs of ours as the policies that they carry in their description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ixia_config.sdk import Address, Lifted, Live, LiveResource
from ixia_connectors.nodered.information import is_ours, policy_in


def lift(live: Live) -> Lifted:
    """The policy of every tab whose nodes are still the ones that were made of it."""
    documents: list[Mapping[str, Any]] = []
    bindings: dict[Address, str] = {}
    lost: list[str] = []
    for own in live.resources:
        policy = policy_in(str(own.fields["info"]), _nodes(own))
        address = None if policy is None else _address(policy)
        if policy is None or address is None or address in bindings:
            lost.append(_why(own))
            continue
        documents.append(policy)
        bindings[address] = own.remote_id
    return Lifted(tuple(documents), bindings, tuple(lost))


def _nodes(own: LiveResource) -> Mapping[str, str]:
    found = {path: str(value) for path, value in own.fields.items() if path.startswith("nodes.")}
    return {path[len("nodes.") :]: value for path, value in found.items()}


def _address(policy: Mapping[str, Any]) -> Address | None:
    try:
        return Address.parse(f"{policy['kind']}/{policy['metadata'].get('name')}")
    except ValueError:
        return None


def _why(own: LiveResource) -> str:
    if is_ours(str(own.fields["info"])):
        return f"the flow {own.title} was changed by hand: its nodes say something else now"
    return f"the flow {own.title} was drawn by hand, and no policy says the same"

"""The ids of what we put into Node-RED: chosen by us, and told apart from those of others."""

from __future__ import annotations

from ixia_config.sdk import Address

OURS = "ixia-"


def tab_id(address: Address) -> str:
    """The id of the tab that carries out a policy."""
    return f"{OURS}{address.kind.removesuffix('Policy').lower()}-{address.name}"


def node_id(address: Address, key: str) -> str:
    """The id of one node of it."""
    return f"{tab_id(address)}.{key}"


def key_of(remote_id: str) -> str | None:
    """The key in the id of a node of ours; None for a node of somebody else."""
    head, dot, key = remote_id.partition(".")
    return key if dot and head.startswith(OURS) else None


def path_of(address: Address) -> str:
    """Where records come in over HTTP."""
    return f"/ixia/{address.kind.removesuffix('Policy').lower()}/{address.name}"

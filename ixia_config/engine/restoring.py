"""A target as it was before somebody's edits, and how both are described in a policy's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ixia_config.engine.taking import renamed
from ixia_config.model import Address, Value
from ixia_config.sdk.connector import Connector, Live, LiveResource

Fields = Mapping[tuple[str, str, str], Value]
"""Values by type, remote id and path."""


def restored(live: Live, fields: Fields) -> Live:
    """The target with these values put back, for describing it only."""
    by_object: dict[tuple[str, str], dict[str, Value]] = {}
    for (type_name, remote_id, path), value in fields.items():
        by_object.setdefault((type_name, remote_id), {})[path] = value
    resources = tuple(
        _with(each, by_object[each.type, each.remote_id])
        if (each.type, each.remote_id) in by_object
        else each
        for each in live.resources
    )
    return replace(live, resources=resources)


def _with(live: LiveResource, fields: Mapping[str, Value]) -> LiveResource:
    title = fields.get("title", live.title)
    return replace(live, fields={**live.fields, **fields}, title=str(title or live.title))


def described(
    connector: Connector, live: Live, ours: Mapping[Address, str]
) -> Mapping[Address, Any]:
    """What is live as policies, by our address of each, with our keys for their parts."""
    lifted = connector.lift(live)
    documents = {_address(each): each for each in lifted.documents}
    by_id = {(address.kind, remote_id): address for address, remote_id in ours.items()}
    names: dict[Address, dict[str, str]] = {}
    owners: dict[Address, Address] = {}
    for theirs, remote_id in lifted.bindings.items():
        mine = by_id.get((theirs.kind, remote_id))
        if mine is not None:
            owners[theirs.policy] = mine.policy
            names.setdefault(theirs.policy, {})[theirs.part] = mine.part
    return {
        mine: renamed(documents[theirs], _keys(names[theirs]))
        for theirs, mine in owners.items()
        if theirs in documents
    }


def _keys(names: Mapping[str, str]) -> Mapping[str, str]:
    """Parts with a key of their own; what starts with a dot has none in the YAML."""
    return {theirs: mine for theirs, mine in names.items() if theirs and theirs[0] != "."}


def _address(document: Mapping[str, Any]) -> Address:
    return Address(document["kind"], document["metadata"]["name"])

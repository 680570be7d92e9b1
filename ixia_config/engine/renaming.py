"""Renames that nobody declared: another key and another title where the old one stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ixia_config.codes import Diagnostic
from ixia_config.engine.equality import same
from ixia_config.engine.ownership_codes import LooksRenamed
from ixia_config.engine.resolve import How, Leaving, Pair, Resolution
from ixia_config.engine.state import State
from ixia_config.model import Address, Value
from ixia_config.sdk.connector import Connector

_NAMES = ("title",)  # what a rename changes


def renames(
    connector: Connector, resolution: Resolution, state: State
) -> Iterator[tuple[Address, Diagnostic]]:
    """New members that took the place of one that left, with the same settings."""
    refused = {address for address, _ in resolution.refusals}
    places = _places(connector, resolution)
    gone = {
        (each.binding.type, each.binding.parent, place): each
        for each in resolution.leaving
        if each.binding is not None and each.retired is None and each.live is not None
        for place in [_place_of(state, each)]
        if place is not None
    }
    for pair in resolution.pairs:
        desired = pair.desired
        place = places.get(desired.address)
        old = gone.get((desired.type, desired.parent, place)) if place is not None else None
        if pair.how is not How.NEW or old is None or desired.address in refused:
            continue
        if _alike(connector, pair, old):
            yield desired.address, _refusal(pair, old)


def _places(connector: Connector, resolution: Resolution) -> Mapping[Address, int]:
    """Where each desired member stands in the order of its collection."""
    places: dict[Address, int] = {}
    ids = {pair.live.remote_id: pair.desired.address for pair in resolution.pairs if pair.live}
    for pair in resolution.pairs:
        declared = connector.resource_type(pair.desired.type)
        for path, value in pair.desired.fields.items():
            field = declared.field(path)
            if field.semantics == "order" and field.format == "reference":
                places |= _numbered(value, ids)
    return places


def _numbered(value: Value, ids: Mapping[str, Address]) -> Mapping[Address, int]:
    members = value if isinstance(value, tuple) else ()
    return {
        ids[each] if each in ids else Address.parse(each): place
        for place, each in enumerate(members)
        if each in ids or "#" in each
    }


def _place_of(state: State, leaving: Leaving) -> int | None:
    """Where the object stood in the order that was applied last."""
    binding = leaving.binding
    parent = state.bindings.get(binding.parent) if binding and binding.parent else None
    for value in parent.fields.values() if parent else ():
        if binding is not None and isinstance(value, tuple) and binding.remote_id in value:
            return value.index(binding.remote_id)
    return None


def _alike(connector: Connector, pair: Pair, old: Leaving) -> bool:
    """Whether both have the same fields with the same values, their names left out."""
    before = old.binding.fields if old.binding is not None else {}
    wanted = pair.desired.fields
    declared = connector.resource_type(pair.desired.type)
    paths = {path for path in (*before, *wanted) if path not in _NAMES}
    return bool(paths) and all(
        same(before.get(path), wanted.get(path), declared.field(path)) for path in paths
    )


def _refusal(pair: Pair, old: Leaving) -> Diagnostic:
    return LooksRenamed(
        title=pair.desired.title,
        was=old.live.title if old.live is not None else str(old.address),
        old=old.address.part or old.address.name,
        new=pair.desired.address.part or pair.desired.address.name,
    )

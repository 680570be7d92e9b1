"""Which live object each desired one is: by binding, by the id that we chose, or not at all.

An object that we did not bind is never taken over to be changed: the YAML names it (``external``),
or the id is one that only we would choose, or the target's ``if_exists: adopt`` says so; otherwise
the plan is refused with the lines to paste. One that is exactly as desired is bound, since nothing
is written then: so a lost state, or a lost answer to a create, costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ixia_config.codes import Diagnostic
from ixia_config.engine.codes import ExistsAlready, ExternalMissing, RenamedWithoutMoved
from ixia_config.engine.equality import same, seen
from ixia_config.engine.state import Binding, State
from ixia_config.model import Address, Value
from ixia_config.sdk.connector import (
    Connector,
    Desired,
    Live,
    LiveResource,
    Lowered,
    ResourceType,
    Retired,
)


class How(StrEnum):
    """How a desired object was found."""

    BOUND = "bound"
    MOVED = "moved"  # bound under a previous address
    ADOPTED = "adopted"  # named by the YAML, or taken over by its title
    OURS = "ours"  # not bound, but of an id that we chose, or just as desired
    MISSING = "missing"  # bound, and gone from the target
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Pair:
    """A desired object and the live one that it is, if any."""

    desired: Desired
    live: LiveResource | None
    binding: Binding | None
    how: How
    previous: Address | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """A bound or named object that the policies no longer want."""

    address: Address
    binding: Binding | None
    live: LiveResource | None
    retired: Retired | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Every desired object paired, what leaves, what nobody declared, and what was refused."""

    pairs: tuple[Pair, ...]
    leaving: tuple[Leaving, ...]
    unmanaged: tuple[LiveResource, ...]
    refusals: tuple[tuple[Address, Diagnostic], ...]
    ids: Mapping[Address, str] = field(default_factory=dict)

    def address_of(self) -> Mapping[tuple[str, str], Address]:
        """The address of each live object, by type and remote id."""
        return {
            (pair.live.type, pair.live.remote_id): pair.desired.address
            for pair in self.pairs
            if pair.live is not None
        }


def resolve(
    connector: Connector, lowered: Lowered, live: Live, state: State, *, if_exists: str
) -> Resolution:
    """Pair what is desired with what is there."""
    search = _Search(connector, lowered, live, state, adopt=if_exists == "adopt")
    ranked = sorted(lowered.desired, key=lambda each: connector.resource_type(each.type).rank)
    pairs = [search.find(desired) for desired in ranked]
    leaving = _leaving(lowered, pairs, search, state)
    renames = _renames(pairs, leaving)
    ids = {str(address): remote_id for address, remote_id in search.ids.items()}
    pairs = [replace(pair, desired=_referring(connector, pair.desired, ids)) for pair in pairs]
    taken = search.taken | {(each.live.type, each.live.remote_id) for each in leaving if each.live}
    unmanaged = tuple(
        each
        for each in live.resources
        if not each.reserved and (each.type, each.remote_id) not in taken
    )
    return Resolution(
        tuple(pairs), leaving, unmanaged, (*search.refusals, *renames), dict(search.ids)
    )


class _Search:
    """Finds live objects; remembers what is taken, so that nothing is bound twice."""

    def __init__(
        self, connector: Connector, lowered: Lowered, live: Live, state: State, *, adopt: bool
    ) -> None:
        self.connector = connector
        self.state = state
        self.adopt = adopt
        self.by_id = {(each.type, each.remote_id): each for each in live.resources}
        self.by_key: dict[tuple[str, str | None, str], list[LiveResource]] = {}
        for each in live.resources:
            self.by_key.setdefault((each.type, each.parent, each.natural_key), []).append(each)
        self.bound = {(each.type, each.remote_id) for each in state.bindings.values()}
        self.members: dict[Address, list[Desired]] = {}
        for wanted in lowered.desired:
            if wanted.parent is not None:
                self.members.setdefault(wanted.parent, []).append(wanted)
        self.taken: set[tuple[str, str]] = set()
        self.ids: dict[Address, str] = dict(state.ids)
        self.refusals: list[tuple[Address, Diagnostic]] = []

    def find(self, desired: Desired) -> Pair:
        """Pair one desired object and remember its remote id."""
        pair = self._by_binding(desired) or self._by_id(desired) or self._by_title(desired)
        if pair.live is not None:
            self.taken.add((pair.live.type, pair.live.remote_id))
            self.ids[desired.address] = pair.live.remote_id
        elif pair.how is not How.MISSING:
            self.ids.pop(desired.address, None)
        return pair

    def _by_binding(self, desired: Desired) -> Pair | None:
        for address in (desired.address, *desired.previous):
            binding = self.state.bindings.get(address)
            if binding is None or binding.type != desired.type:
                continue
            live = self.by_id.get((binding.type, binding.remote_id))
            moved = address != desired.address
            if live is None:
                self.ids.pop(address, None)
                return Pair(desired, None, binding, How.MISSING, address if moved else None)
            return Pair(
                desired,
                live,
                binding,
                How.MOVED if moved else How.BOUND,
                address if moved else None,
            )
        return None

    def _by_id(self, desired: Desired) -> Pair | None:
        if desired.remote_id is not None:
            live = self.by_id.get((desired.type, desired.remote_id))
            if live is not None:
                return Pair(desired, live, None, How.ADOPTED)
            self.refusals.append(
                (desired.address, ExternalMissing(title=desired.title, remote_id=desired.remote_id))
            )
            return Pair(desired, None, None, How.NEW)
        if desired.choose_id is not None:
            live = self.by_id.get((desired.type, desired.choose_id))
            if live is not None and (live.type, live.remote_id) not in self.bound:
                return Pair(desired, live, None, How.OURS)
        return None

    def _by_title(self, desired: Desired) -> Pair:
        parent = self.ids.get(desired.parent) if desired.parent else None
        if desired.parent is not None and parent is None:
            return Pair(desired, None, None, How.NEW)
        found = [
            each
            for each in self.by_key.get((desired.type, parent, desired.natural_key), ())
            if not self._is_taken(each)
        ]
        if len(found) == 1 and (self.adopt or found[0].reserved):
            return Pair(desired, found[0], None, How.ADOPTED)
        if len(found) == 1 and self._agrees(desired, found[0]):
            return Pair(desired, found[0], None, How.OURS)
        if found:
            self.refusals.append((desired.address, self._exists(desired, found)))
        return Pair(desired, None, None, How.NEW)

    def _agrees(self, desired: Desired, live: LiveResource) -> bool:
        """Whether the object is what is desired in every field that we would own."""
        declared = self.connector.resource_type(desired.type)
        ids = {str(address): remote_id for address, remote_id in self.ids.items()}
        ids |= self._members(desired, live)
        return all(
            same(
                seen(live.fields.get(path), value, declared.field(path)),
                value,
                declared.field(path),
            )
            for path, value in referring(declared, desired.fields, ids).items()
        )

    def _members(self, desired: Desired, live: LiveResource) -> Mapping[str, str]:
        """The parts that a free object has by their titles, to compare references to them."""
        found = {
            str(each.address): self.by_key.get((each.type, live.remote_id, each.natural_key), ())
            for each in self.members.get(desired.address, ())
        }
        return {text: each[0].remote_id for text, each in found.items() if len(each) == 1}

    def _is_taken(self, live: LiveResource) -> bool:
        key = (live.type, live.remote_id)
        return key in self.bound or key in self.taken

    def _exists(self, desired: Desired, found: Sequence[LiveResource]) -> Diagnostic:
        ids = tuple(each.remote_id for each in found)
        return ExistsAlready(title=desired.title, remote_ids=ids, address=str(desired.address))


def _leaving(
    lowered: Lowered, pairs: Sequence[Pair], search: _Search, state: State
) -> tuple[Leaving, ...]:
    """Bindings without a policy, and whatever the policies retire by name."""
    kept = {pair.desired.address for pair in pairs}
    kept |= {pair.previous for pair in pairs if pair.previous is not None}
    retired = {each.address: each for each in lowered.retired}
    leaving = []
    for address in sorted(set(state.bindings) | set(retired)):
        if address in kept:
            continue
        binding = state.bindings.get(address)
        leaving.append(
            Leaving(
                address,
                binding,
                _live_of(search, binding, retired.get(address)),
                retired.get(address),
            )
        )
    return tuple(leaving)


def _live_of(
    search: _Search, binding: Binding | None, retired: Retired | None
) -> LiveResource | None:
    if binding is not None:
        return search.by_id.get((binding.type, binding.remote_id))
    if retired is None:
        return None
    if retired.remote_id is not None:
        return search.by_id.get((retired.type, retired.remote_id))
    parent = search.ids.get(retired.parent) if retired.parent else None
    found = search.by_key.get((retired.type, parent, retired.natural_key), [])
    free = [each for each in found if (each.type, each.remote_id) not in search.taken]
    return free[0] if len(free) == 1 and retired.natural_key else None


def _renames(pairs: Sequence[Pair], leaving: Sequence[Leaving]) -> list[tuple[Address, Diagnostic]]:
    """A key that vanished while one of the same title appeared is a rename, never a delete."""
    gone: dict[tuple[str, Address | None, str], Leaving] = {}
    for each in leaving:
        if each.binding is not None and each.live is not None and each.retired is None:
            key = (each.binding.type, each.binding.parent, each.live.natural_key)
            gone[key] = each
    refusals: list[tuple[Address, Diagnostic]] = []
    for pair in pairs:
        desired = pair.desired
        old = gone.get((desired.type, desired.parent, desired.natural_key))
        if pair.how is How.NEW and old is not None:
            refusals.append((desired.address, _rename(desired, old)))
    return refusals


def _rename(desired: Desired, old: Leaving) -> Diagnostic:
    return RenamedWithoutMoved(
        title=desired.title,
        old=old.address.part or old.address.name,
        new=desired.address.part or desired.address.name,
    )


def referring(
    declared: ResourceType, fields: Mapping[str, Value], ids: Mapping[str, str]
) -> Mapping[str, Value]:
    """The fields with references to bound addresses (as text) written as remote ids."""
    return {
        path: _substituted(value, ids) if declared.field(path).format == "reference" else value
        for path, value in fields.items()
    }


def _referring(connector: Connector, desired: Desired, ids: Mapping[str, str]) -> Desired:
    declared = connector.resource_type(desired.type)
    return replace(desired, fields=referring(declared, desired.fields, ids))


def _substituted(value: Value, ids: Mapping[str, str]) -> Value:
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, tuple):
        return tuple(ids.get(each, each) for each in value)
    return value


def titles(pairs: Iterable[Pair], live: Live, leaving: Iterable[Leaving]) -> Mapping[str, str]:
    """What people call each reference: by remote id and by address text."""
    names = {each.remote_id: each.title for each in live.resources}
    for each in leaving:
        if each.retired is not None:
            names[str(each.address)] = each.retired.title
    for pair in pairs:
        names[str(pair.desired.address)] = pair.desired.title
        if pair.live is not None:
            names[pair.live.remote_id] = pair.desired.title
    return names

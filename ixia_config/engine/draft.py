"""From a resolution to ordered changes: create, adopt, update, move records, remove."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ixia_config.engine.diff import compare, fingerprint, released, watch
from ixia_config.engine.resolve import How, Leaving, Pair, Resolution
from ixia_config.model import Address, Cause, Change, FieldChange, Verb
from ixia_config.sdk.connector import Connector, LiveResource


@dataclass(frozen=True, slots=True)
class Settings:
    """What the project says of one target."""

    ownership: Mapping[str, str]
    on_remove: str = "forget"
    if_exists: str = "refuse"

    def of(self, kind: str) -> str:
        """additive, exclusive or observe for this policy kind."""
        return self.ownership.get(kind, self.ownership.get("default", "additive"))


@dataclass(frozen=True, slots=True)
class Draft:
    """Ordered changes before anybody asked about records, authors and limits."""

    changes: tuple[Change, ...]
    observed: tuple[Change, ...]
    circular: tuple[Change, ...] = ()


def draft(connector: Connector, resolution: Resolution, settings: Settings) -> Draft:
    """What to do, in order."""
    changes: list[Change] = []
    observed: list[Change] = []
    for pair in resolution.pairs:
        made = list(_of_pair(connector, pair))
        observed.extend(_watched(connector, pair))
        if settings.of(pair.desired.address.kind) == "observe":
            observed.extend(change for change in made if change.verb.writes)
        else:
            changes.extend(made)
    changes.extend(_of_leaving(connector, resolution, settings))
    changes.extend(_of_unmanaged(connector, resolution, settings))
    ordered, circular = _in_order(connector, _with_needs(connector, changes, resolution))
    return Draft(tuple(ordered), tuple(observed), tuple(circular))


def change_id(verb: Verb, address: Address) -> str:
    """The stable, readable id of a change: ``archive:Pipeline/new-business#verbal``."""
    return f"{verb}:{address}"


def _of_pair(connector: Connector, pair: Pair) -> Iterator[Change]:
    declared = connector.resource_type(pair.desired.type)
    fields = compare(pair, declared)
    if pair.live is None:
        yield _change(pair, Verb.CREATE, fields=fields, reason=_why_new(pair))
        return
    if pair.how in (How.ADOPTED, How.OURS):
        yield _change(pair, Verb.ADOPT, reason=_why_adopted(pair))
    if pair.how is How.MOVED:
        yield _change(pair, Verb.MOVE, reason=f"was {pair.previous}")
    if fields:
        yield _change(pair, Verb.UPDATE, fields=fields, lossy=declared.lossy_update)
    if gone := released(pair):
        yield replace(_change(pair, Verb.RELEASE), released=gone)


def _watched(connector: Connector, pair: Pair) -> Iterator[Change]:
    """What differs of the fields that are only looked at."""
    if fields := watch(pair, connector.resource_type(pair.desired.type)):
        yield _change(pair, Verb.UPDATE, fields=fields)


def _change(
    pair: Pair,
    verb: Verb,
    *,
    fields: tuple[FieldChange, ...] = (),
    reason: str = "",
    lossy: bool = False,
) -> Change:
    desired = pair.desired
    return Change(
        id=change_id(verb, desired.address),
        verb=verb,
        type=desired.type,
        address=desired.address,
        title=desired.title,
        remote_id=pair.live.remote_id if pair.live else desired.choose_id,
        parent=desired.parent,
        natural_key=desired.natural_key,
        fields=fields,
        previous_address=pair.previous,
        reason=reason,
        precondition=fingerprint(pair),
        source=desired.source,
        lossy=lossy,
    )


def _why_new(pair: Pair) -> str:
    return "it was removed in the target" if pair.how is How.MISSING else ""


def _why_adopted(pair: Pair) -> str:
    return "it is there and as declared" if pair.how is How.OURS else "named by the policy"


def _of_leaving(
    connector: Connector, resolution: Resolution, settings: Settings
) -> Iterator[Change]:
    removed = {
        each.address
        for each in resolution.leaving
        if _removal(connector, each, settings) is not None
    }
    for leaving in resolution.leaving:
        verb = _removal(connector, leaving, settings)
        parent = leaving.binding.parent if leaving.binding else None
        if verb is None or (parent in removed and leaving.retired is None):
            if leaving.binding is not None and settings.of(leaving.address.kind) != "observe":
                yield _forget(leaving)
            continue
        yield from _removals(leaving, verb)


def _removal(connector: Connector, leaving: Leaving, settings: Settings) -> Verb | None:
    """How an object leaves the target, or None when it stays there."""
    if leaving.live is None or settings.of(leaving.address.kind) == "observe":
        return None
    if leaving.retired is not None:
        return Verb.ARCHIVE
    able = connector.resource_type(leaving.live.type).removal
    if able == "none" or settings.on_remove == "forget":
        return None
    return Verb.DELETE if settings.on_remove == able == "delete" else Verb.ARCHIVE


def _forget(leaving: Leaving) -> Change:
    binding = leaving.binding
    assert binding is not None, "only what is bound can be forgotten"  # noqa: S101  # our own promise
    return Change(
        id=change_id(Verb.FORGET, leaving.address),
        verb=Verb.FORGET,
        type=binding.type,
        address=leaving.address,
        title=leaving.live.title if leaving.live else binding.title or str(leaving.address),
        remote_id=binding.remote_id,
        parent=binding.parent,
        reason="" if leaving.live else "it is gone from the target",
    )


def _removals(leaving: Leaving, verb: Verb) -> Iterator[Change]:
    live, retired = leaving.live, leaving.retired
    assert live is not None, "only what is there can be removed"  # noqa: S101  # our own promise
    parent = leaving.binding.parent if leaving.binding else retired.parent if retired else None
    removal = Change(
        id=change_id(verb, leaving.address),
        verb=verb,
        type=live.type,
        address=leaving.address,
        title=live.title,
        remote_id=live.remote_id,
        parent=parent,
        natural_key=live.natural_key,
        migrate_to=retired.migrate_to if retired else None,
        reason="retired" if retired else "no longer declared",
        source=retired.source if retired else "",
        precondition=live.remote_id,
        reversible=verb is Verb.ARCHIVE,
    )
    if retired is not None and retired.migrate_to is not None:
        group = f"retire:{leaving.address}"
        removal = replace(removal, group=group)
        yield replace(removal, id=change_id(Verb.MIGRATE, leaving.address), verb=Verb.MIGRATE)
    yield removal


def _of_unmanaged(
    connector: Connector, resolution: Resolution, settings: Settings
) -> Iterator[Change]:
    """Members that nobody declared, of collections that the user declared exclusive."""
    if settings.on_remove == "forget":
        return
    owners = resolution.address_of()
    parents = {remote_id: address for (_, remote_id), address in owners.items()}
    for live in resolution.unmanaged:
        parent = parents.get(live.parent or "")
        if parent is None or settings.of(parent.kind) != "exclusive":
            continue
        if connector.resource_type(live.type).removal != "none":
            yield _unmanaged_removal(live, parent)


def _unmanaged_removal(live: LiveResource, parent: Address) -> Change:
    address = parent.at(f".unmanaged/{live.remote_id}")
    return Change(
        id=change_id(Verb.ARCHIVE, address),
        verb=Verb.ARCHIVE,
        type=live.type,
        address=address,
        title=live.title,
        remote_id=live.remote_id,
        parent=parent,
        natural_key=live.natural_key,
        reason="not declared, and the collection is exclusive",
        precondition=live.remote_id,
    )


def _with_needs(
    connector: Connector, changes: Sequence[Change], resolution: Resolution
) -> list[Change]:
    """Each change with what must be done before it."""
    created = {change.address: change.id for change in changes if change.verb is Verb.CREATE}
    freed = _freed_titles(changes, resolution)
    out = []
    for change in changes:
        needs = {
            created[address]
            for address in _referred(connector, change)
            if address in created and address != change.address
        }
        if change.parent in created:
            needs.add(created[change.parent])
        if change.verb in (Verb.CREATE, Verb.UPDATE):
            holder = freed.get((change.type, change.parent, change.natural_key))
            needs |= {holder} if holder and holder != change.id else set()
        if change.verb.removes and change.group:
            needs.add(change_id(Verb.MIGRATE, change.address))
        out.append(replace(change, needs=tuple(sorted(needs - {change.id}))))
    return out


def _referred(connector: Connector, change: Change) -> Iterator[Address]:
    """Addresses that a change's references name, except its own members in a create."""
    if change.migrate_to is not None:
        yield change.migrate_to
    declared = connector.resource_type(change.type)
    for field in change.fields:
        if declared.field(field.path).format != "reference":
            continue
        values = field.after if isinstance(field.after, tuple) else (field.after,)
        for value in values:
            address = _address(value)
            own = change.verb is Verb.CREATE and address and address.policy == change.address
            if address is not None and not own:
                yield address


def _address(value: object) -> Address | None:
    if not isinstance(value, str) or "/" not in value:
        return None
    try:
        return Address.parse(value)
    except ValueError:
        return None


def _freed_titles(
    changes: Iterable[Change], resolution: Resolution
) -> Mapping[tuple[str, Address | None, str], str]:
    """Titles that a change sets free: by renaming its object or by removing it."""
    held = {pair.desired.address: pair.live for pair in resolution.pairs if pair.live}
    freed = {}
    for change in changes:
        live = held.get(change.address)
        if change.verb is Verb.UPDATE and live and live.natural_key != change.natural_key:
            freed[change.type, change.parent, live.natural_key] = change.id
        if change.verb.removes:
            freed[change.type, change.parent, change.natural_key] = change.id
    return freed


def _phase(connector: Connector, change: Change) -> tuple[int, int]:
    rank = connector.resource_type(change.type).rank
    match change.verb:
        case Verb.ADOPT | Verb.MOVE:
            return 0, rank
        case Verb.CREATE:
            return 1, rank
        case Verb.UPDATE:
            return 2, rank
        case Verb.MIGRATE:
            return 3, rank
        case Verb.ARCHIVE | Verb.DELETE:
            return 4, -rank
        case Verb.RELEASE | Verb.FORGET | Verb.PROTECT | Verb.UNPROTECT:
            return 5, rank


def _in_order(connector: Connector, changes: Sequence[Change]) -> tuple[list[Change], list[Change]]:
    """Everything after what it needs, otherwise by phase and rank; and what waits in a circle."""
    position = {change.id: number for number, change in enumerate(changes)}
    waiting = {change.id: sum(need in position for need in change.needs) for change in changes}
    after: dict[str, list[Change]] = {}
    for change in changes:
        for need in change.needs:
            after.setdefault(need, []).append(change)

    def entry(change: Change) -> tuple[tuple[int, int], int, str]:
        return _phase(connector, change), position[change.id], change.id

    ready = [entry(change) for change in changes if not waiting[change.id]]
    heapq.heapify(ready)
    by_id = {change.id: change for change in changes}
    ordered: list[Change] = []
    while ready:
        change = by_id[heapq.heappop(ready)[2]]
        ordered.append(change)
        for follower in after.get(change.id, ()):
            waiting[follower.id] -= 1
            if not waiting[follower.id]:
                heapq.heappush(ready, entry(follower))
    done = {change.id for change in ordered}
    circular = [change for change in changes if change.id not in done]
    return ordered + circular, circular


def is_drift(change: Change) -> bool:
    """Whether somebody edited the target, rather than the YAML."""
    return any(field.cause in (Cause.DRIFT, Cause.CONFLICT) for field in change.fields)

"""Protection against removal: noted in the state, and lifted only by a plan of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ixia_config.codes import Diagnostic
from ixia_config.engine.draft import change_id
from ixia_config.engine.ownership_codes import Protected
from ixia_config.engine.resolve import Resolution
from ixia_config.engine.state import State
from ixia_config.model import Address, Change, Verb


def protecting(
    wanted: frozenset[Address], resolution: Resolution, state: State
) -> tuple[Change, ...]:
    """The changes of our state that protect policies, or lift that where they still declare it."""
    declared = {pair.desired.address.policy: pair.desired for pair in reversed(resolution.pairs)}
    out = []
    for address in sorted((wanted | state.protected) & declared.keys()):
        if (address in wanted) != (address in state.protected):
            verb = Verb.PROTECT if address in wanted else Verb.UNPROTECT
            one = declared[address]
            title = one.title if one.address == address else address.name
            out.append(Change(change_id(verb, address), verb, one.type, address, title))
    return tuple(out)


def protected(changes: Sequence[Change], state: State) -> Iterator[tuple[str, Diagnostic]]:
    """The changes that would remove or let go of something protected, with why they may not."""
    for change in changes:
        leaves = change.verb.removes or change.verb is Verb.FORGET
        if leaves and change.address.policy in state.protected and not _is_strange(change):
            yield change.id, Protected(title=change.title, policy=str(change.address.policy))


def _is_strange(change: Change) -> bool:
    """Whether the object was never ours, or is gone already."""
    return change.address.part.startswith(".unmanaged/") or (
        change.verb is Verb.FORGET and bool(change.reason)
    )

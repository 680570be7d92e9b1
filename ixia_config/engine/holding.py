"""What is held for a time: its differences are shown, and nothing of it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ixia_config.model import Address, Change, FieldChange, Hold, Verb


@dataclass(frozen=True, slots=True)
class Parted:
    """The changes that go on, and those that wait."""

    going: tuple[Change, ...]
    held: tuple[Change, ...]


def part(
    changes: Sequence[Change], holds: Sequence[Hold], parents: Mapping[Address, Address | None]
) -> Parted:
    """Take out what is held, and whatever would have to be done after it.

    A hold of a whole address covers what belongs to it, by ``parents``. What only our own state
    notes is never held.
    """
    if not holds:
        return Parted(tuple(changes), ())
    going, held = [], []
    for change in changes:
        stays, waits = _split(change, holds, parents)
        going += [stays] if stays else []
        held += [waits] if waits else []
    return _with_followers(going, held)


def _split(
    change: Change, holds: Sequence[Hold], parents: Mapping[Address, Address | None]
) -> tuple[Change | None, Change | None]:
    if not change.verb.writes:
        return change, None
    line = tuple(_line(change, parents))
    if any(not each.field and _covers(each, line) for each in holds):
        return None, change
    if change.verb is not Verb.UPDATE:
        return change, None
    named = [each.field for each in holds if each.field and _at(each, change.address)]
    waits = tuple(each for each in change.fields if _is_named(each, named))
    stays = tuple(each for each in change.fields if each not in waits)
    if not waits:
        return change, None
    return (replace(change, fields=stays) if stays else None), replace(change, fields=waits)


def _line(change: Change, parents: Mapping[Address, Address | None]) -> Iterator[Address]:
    """The object and everything that it belongs to."""
    address: Address | None = change.address
    seen: set[Address] = set()
    while address is not None and address not in seen:
        yield address
        seen.add(address)
        address = parents.get(address, change.parent if address == change.address else None)


def _covers(hold: Hold, line: Iterable[Address]) -> bool:
    return any(_at(hold, each) for each in line)


def _at(hold: Hold, address: Address) -> bool:
    """Whether the hold speaks of this address; without a part it means all of the policy."""
    return hold.address == (address if hold.address.part else address.policy)


def _is_named(field: FieldChange, names: Iterable[str]) -> bool:
    return any(field.path == name or field.path.startswith(name + ".") for name in names)


def _with_followers(going: list[Change], held: list[Change]) -> Parted:
    """What needs something that waits, and the other half of a group, wait too."""
    waiting = {change.id for change in held} - {change.id for change in going}
    groups = {change.group for change in held if change.group}
    while True:
        follows = [
            change
            for change in going
            if waiting.intersection(change.needs) or change.group in groups
        ]
        if not follows:
            return Parted(tuple(going), tuple(held))
        held += follows
        going = [change for change in going if change not in follows]
        waiting |= {change.id for change in follows}
        groups |= {change.group for change in follows if change.group}

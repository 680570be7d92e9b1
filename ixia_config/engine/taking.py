"""From two descriptions of a policy, before and after an edit in the target, to edits of YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_IDENTITIES = ("key", "email", "value")  # what names the members of a list
_NOT_OURS = frozenset({"external", "accept", "name"})  # how the target calls it, not what it is

Step = str | tuple[str]
"""A key of a mapping, or in a tuple the name of a list's member."""


@dataclass(frozen=True, slots=True)
class Set:
    """Write this value."""

    path: tuple[Step, ...]
    value: Any


@dataclass(frozen=True, slots=True)
class Remove:
    """Take this out."""

    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """Put the members of this list into this order, as far as they are there."""

    path: tuple[Step, ...]
    names: tuple[str, ...]


Edit = Set | Remove | Order


def edits(was: Any, now: Any, path: tuple[Step, ...] = ()) -> Iterator[Edit]:
    """What to change in the first description so that it says what the second one says."""
    if was == now:
        return
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        yield from _of_mappings(was, now, path)
        return
    old, new = members(was), members(now)
    if old and new and _rich(was, now):
        yield from _of_members(old, new, path)
    else:
        yield Set(path, now)


def _of_mappings(
    was: Mapping[str, Any], now: Mapping[str, Any], path: tuple[Step, ...]
) -> Iterator[Edit]:
    for key in dict.fromkeys((*was, *now)):
        if key in _NOT_OURS and len(path) <= 1:
            continue
        if key not in now:
            yield Remove((*path, key))
        elif key not in was:
            yield Set((*path, key), now[key])
        else:
            yield from edits(was[key], now[key], (*path, key))


def _of_members(
    old: Mapping[str, Any], new: Mapping[str, Any], path: tuple[Step, ...]
) -> Iterator[Edit]:
    """Members by name; what came is not ours, and what went is said by whoever misses it."""
    for name in old:
        if name in new:
            yield from edits(old[name], new[name], (*path, (name,)))
    stay = [name for name in new if name in old]
    if stay != [name for name in old if name in new]:
        yield Order(path, tuple(stay))


def _rich(was: Any, now: Any) -> bool:
    """Whether the members say more than their names."""
    return any(isinstance(each, Mapping) for each in (*was, *now))


def members(value: Any) -> dict[str, Any]:
    """The members of a list by what names them; none where one has no name, or two share one."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return {}
    found = {name_of(each): each for each in value}
    return {} if "" in found or len(found) != len(value) else found


def name_of(member: Any) -> str:
    """What names a member of a list; empty where nothing does."""
    if isinstance(member, Mapping):
        return next((str(member[key]) for key in _IDENTITIES if key in member), "")
    return member if isinstance(member, str) else ""


def renamed(tree: Any, names: Mapping[str, str]) -> Any:
    """The description with the keys that a policy of ours uses for its parts."""
    if isinstance(tree, Mapping):
        return {
            names.get(key, key): value if key in _TEXTS else renamed(value, names)
            for key, value in tree.items()
        }
    if isinstance(tree, str):
        return names.get(tree, tree)
    if isinstance(tree, Sequence):
        return [renamed(each, names) for each in tree]
    return tree


_TEXTS = frozenset({"title", "description", "value", "type", "object", "currency", "group"})


def located(tree: Any, path: Sequence[Step]) -> tuple[str | int, ...] | None:
    """The path in a tree of ours; None where a member on the way is not there."""
    found: list[str | int] = []
    for step in path:
        if isinstance(step, str):
            found.append(step)
            tree = tree.get(step) if isinstance(tree, Mapping) else None
        else:
            names = [name_of(each) for each in tree] if isinstance(tree, list) else []
            if step[0] not in names:
                return None
            found.append(names.index(step[0]))
            tree = tree[names.index(step[0])]
    return tuple(found)


def arranged(tree: Any, names: Sequence[str]) -> tuple[int, ...] | None:
    """The old places of a list's members in the wanted order; strangers keep their places."""
    own = [name_of(each) for each in tree] if isinstance(tree, list) else []
    if not own or len(set(own)) != len(own):
        return None
    wanted = iter([name for name in names if name in own])
    return tuple(own.index(next(wanted)) if name in names else at for at, name in enumerate(own))

"""Per-environment patches: a partial document over a whole one; each value keeps its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ixia_config.language import Document, Source, Tree
from ixia_config.model import Mark, Path

_IDENTITIES = ("key", "email")  # what lists of keyed mappings are merged by


@dataclass(frozen=True, slots=True)
class Merged:
    """A document with a patch laid over it; reads like a document, each value from its writer."""

    base: Written
    patch: Document
    tree: Tree
    homes: Mapping[Path, tuple[Written, Path]] = field(repr=False)

    @property
    def file(self) -> str:
        """The file of the document that was patched."""
        return self.base.file

    @property
    def line(self) -> int:
        """The line of the document that was patched."""
        return self.base.line

    def home(self, path: Path) -> tuple[Written, Path]:
        """The document that wrote the value at this path, and the value's path there."""
        for length in range(len(path), -1, -1):
            if (found := self.homes.get(path[:length])) is not None:
                return found[0], found[1] + path[length:]
        return self.base, path

    def mark(self, path: Path, *, key: bool = False) -> Mark:
        """The place of a value (or of its key) in the file that wrote it."""
        document, there = self.home(path)
        return document.mark(there, key=key)

    def source_of(self, path: Path) -> Source:
        """The text of the file that wrote the value at this path."""
        return source_of(*self.home(path))


Written = Document | Merged
"""A document as it stands in a file, or with the patches of an environment."""


def source_of(document: Written, path: Path) -> Source:
    """The text of the file that wrote the value at this path."""
    match document:
        case Document():
            return document.source
        case Merged():
            return document.source_of(path)


def lay(patch: Document, over: Written) -> Merged:
    """The document with the patch: mappings merge, keyed lists merge by key, ``null`` removes."""
    homes: dict[Path, tuple[Written, Path]] = {}
    tree = _merge(_Place(over.tree, ()), _Place(patch.tree, ()), (), _Pair(over, patch, homes))
    return Merged(over, patch, tree, homes)


@dataclass(frozen=True, slots=True)
class _Pair:
    """The two documents that are merged, and where each value of the result comes from."""

    base: Written
    patch: Document
    homes: dict[Path, tuple[Written, Path]]


@dataclass(frozen=True, slots=True)
class _Place:
    """A value and where it stands in its own document."""

    tree: Tree
    path: Path

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of a mapping."""
        return tuple(self.tree) if isinstance(self.tree, dict) else ()

    @property
    def members(self) -> tuple[_Place, ...]:
        """The members of a list."""
        return tuple(map(self.at, range(len(self.tree) if isinstance(self.tree, list) else 0)))

    def at(self, step: str | int) -> _Place:
        """The value one step further down."""
        tree: Any = self.tree
        return _Place(tree[step], (*self.path, step))

    def id(self, identity: str) -> str:
        """What names this member of a keyed list."""
        return str(self.at(identity).tree)


def _merge(base: _Place, patch: _Place, path: Path, pair: _Pair) -> Tree:
    if isinstance(base.tree, dict) and isinstance(patch.tree, dict):
        pair.homes[path] = (pair.base, base.path)
        return _mappings(base, patch, path, pair)
    if (identity := _identity(base.tree, patch.tree)) is not None:
        pair.homes[path] = (pair.base, base.path)
        return _lists(base, patch, path, pair, identity)
    pair.homes[path] = (pair.patch, patch.path)
    return patch.tree


def _mappings(base: _Place, patch: _Place, path: Path, pair: _Pair) -> Tree:
    merged: dict[str, Tree] = {}
    for key in dict.fromkeys((*base.keys, *patch.keys)):
        here = (*path, key)
        if key not in patch.keys:
            merged[key] = _keep(base.at(key), here, pair.base, pair)
        elif patch.at(key).tree is not None:
            merged[key] = _with(base, patch.at(key), here, pair)
    return merged


def _with(base: _Place, patched: _Place, here: Path, pair: _Pair) -> Tree:
    """The patched value, merged with the one of the same key where there is one."""
    key = here[-1]
    if key in base.keys:
        return _merge(base.at(key), patched, here, pair)
    return _keep(patched, here, pair.patch, pair)


def _lists(base: _Place, patch: _Place, path: Path, pair: _Pair, identity: str) -> Tree:
    waiting = list(patch.members)
    merged: list[Tree] = []
    for old in base.members:
        here = (*path, len(merged))
        new = next((each for each in waiting if each.id(identity) == old.id(identity)), None)
        if new is None:
            merged.append(_keep(old, here, pair.base, pair))
        else:
            waiting.remove(new)
            merged.append(_merge(old, new, here, pair))
    for new in waiting:
        merged.append(_keep(new, (*path, len(merged)), pair.patch, pair))
    return merged


def _keep(value: _Place, here: Path, document: Written, pair: _Pair) -> Tree:
    pair.homes[here] = (document, value.path)
    return value.tree


def _identity(base: Tree, patch: Tree) -> str | None:
    """The key by which both lists name their members, or None: then the patch replaces the list."""
    if not (isinstance(base, list) and isinstance(patch, list) and base and patch):
        return None
    for identity in _IDENTITIES:
        if all(isinstance(each, dict) and identity in each for each in (*base, *patch)):
            return identity
    return None

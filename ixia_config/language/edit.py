"""Edits of a file's values that keep its comments, its quotes and the order of its keys.

An edit changes the characters of one value. It is read back before it is returned: either the
documents are exactly the wanted ones, or nothing is done and ``CannotEdit`` says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from ixia_config.language import emit, marked, splice
from ixia_config.language.emit import Writable, write
from ixia_config.language.layout import each_document, format  # noqa: A004 - the command's word
from ixia_config.language.marked import Node
from ixia_config.language.reorder import permuted
from ixia_config.language.scalars import Tree
from ixia_config.model import Path

__all__ = ["CannotEdit", "append", "as_tree", "format", "remove", "reorder", "set_value", "write"]


class CannotEdit(ValueError):  # noqa: N818 - reads as a sentence where it is caught
    """This edit is not possible; the message says why, and the text stays as it was."""


def set_value(text: str, document_index: int, path: Path, value: Writable) -> str:
    """The text with this value at this path; missing mappings on the way are made."""
    tree = as_tree(value)
    return _edited(
        text,
        document_index,
        path,
        wanted=lambda node, step: _assigned(node, step, tree),
        change=lambda chunk, root: splice.assign(chunk, root, path, value),
    )


def remove(text: str, document_index: int, path: Path) -> str:
    """The text without the key or list element at this path; comments above it stay."""
    return _edited(
        text,
        document_index,
        path,
        wanted=_without,
        change=lambda chunk, root: splice.delete(chunk, root, path),
    )


def append(text: str, document_index: int, path: Path, value: Writable) -> str:
    """The text with this value at the end of the list at this path; a missing list is made."""
    tree = as_tree(value)
    return _edited(
        text,
        document_index,
        path,
        wanted=lambda node, step: _extended(node, step, tree),
        change=lambda chunk, root: splice.extend(chunk, root, path, value),
    )


def reorder(text: str, document_index: int, path: Path, order: Sequence[int]) -> str:
    """The text with the list at this path in another order: the old places in the new order."""
    return _edited(
        text,
        document_index,
        path,
        wanted=lambda node, step: _permuted(node, step, order),
        change=lambda chunk, root: _reordered(chunk, root, path, order),
    )


def _reordered(text: str, root: Node, path: Path, order: Sequence[int]) -> str | None:
    node: Node | None = root
    for step in path:
        node = node.children.get(step) if node is not None else None
    return None if node is None else permuted(text, node, order)


def _permuted(node: Tree, step: str | int, order: Sequence[int]) -> Tree:
    members: Tree = None
    if isinstance(node, dict):
        members = node.get(str(step))
    elif isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node):
        members = node[step]
    if not isinstance(members, list) or sorted(order) != list(range(len(members))):
        raise CannotEdit(f"{step!r} is no list of {len(order)}")
    return _assigned(node, step, [members[place] for place in order])


def as_tree(value: Writable) -> Tree:
    """The tree that reading the written value gives back."""
    if isinstance(value, Mapping):
        return {name: as_tree(each) for name, each in value.items()}
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        return emit.inline(value)
    if value is None or isinstance(value, (str, bool)):
        return value
    return [as_tree(each) for each in value]


def _edited(
    text: str,
    index: int,
    path: Path,
    *,
    wanted: Callable[[Tree, str | int], Tree],
    change: Callable[[str, Node], str | None],
) -> str:
    if not path:
        raise CannotEdit("a whole document cannot be edited, only a value in it")
    seen: list[int] = []

    def one(chunk: str, number: int) -> str:
        seen.append(number)
        return _document(chunk, path, wanted, change) if number == index else chunk

    edited = each_document(text, one)
    if index not in seen:
        raise CannotEdit(f"the file has no document {index + 1} that can be edited")
    return edited


def _document(
    chunk: str,
    path: Path,
    wanted: Callable[[Tree, str | int], Tree],
    change: Callable[[str, Node], str | None],
) -> str:
    before = marked.read("", 1, chunk)
    if before.root is None or before.diagnostics:
        raise CannotEdit("the document has errors")
    tree = _changed(before.root.tree, path, wanted)
    closed = chunk if chunk.endswith("\n") else chunk + "\n"
    edited = change(closed, before.root)
    after = marked.read("", 1, edited) if edited is not None else before
    if edited is None or after.root is None or after.root.tree != tree:
        where = ".".join(str(step) for step in path)
        raise CannotEdit(f"{where} has more than one place in the file, or is laid out too freely")
    return edited


def _changed(tree: Tree, path: Path, wanted: Callable[[Tree, str | int], Tree]) -> Tree:
    """The tree with the collection that holds the path's end replaced by the wanted one."""
    step, *rest = path
    if not rest:
        return wanted(tree, step)
    if isinstance(tree, dict) and isinstance(step, str):
        child = tree.get(step)
        child = {} if child is None and isinstance(rest[0], str) else child
        return {**tree, step: _changed(child, tuple(rest), wanted)}
    if isinstance(tree, list) and isinstance(step, int) and 0 <= step < len(tree):
        child = _changed(tree[step], tuple(rest), wanted)
        return [*tree[:step], child, *tree[step + 1 :]]
    raise CannotEdit(f"{step!r} does not lead anywhere")


def _assigned(node: Tree, step: str | int, value: Tree) -> Tree:
    if isinstance(node, dict) and isinstance(step, str):
        return {**node, step: value}
    if isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node):
        return [*node[:step], value, *node[step + 1 :]]
    raise CannotEdit(f"{step!r} does not lead anywhere")


def _without(node: Tree, step: str | int) -> Tree:
    if isinstance(node, dict) and step in node:
        return {name: value for name, value in node.items() if name != step}
    if isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node):
        return [*node[:step], *node[step + 1 :]]
    raise CannotEdit(f"there is no {step!r} to remove")


def _extended(node: Tree, step: str | int, value: Tree) -> Tree:
    before = node.get(str(step)) if isinstance(node, dict) else None
    if isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node):
        before = node[step]
    if before is not None and not isinstance(before, list):
        raise CannotEdit(f"{step!r} is not a list")
    return _assigned(node, step, [*(before or []), value])

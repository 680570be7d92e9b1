"""The text changes behind an edit: only the characters of what is edited, so all comments stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ixia_config.language import emit
from ixia_config.language.emit import Writable
from ixia_config.language.marked import Node
from ixia_config.model import Path

Position = tuple[int, int]

_COLON = re.compile(r"\s*:")


def assign(text: str, root: Node, path: Path, value: Writable) -> str | None:
    """The text with this value at this path; None where text alone does not show how."""
    parents = _parents(root, path)
    for step in reversed(path[len(parents) :]):  # what is missing on the way
        value = {str(step): value}
    step = path[len(parents) - 1]
    parent = parents[-1]
    if step in parent.children:
        return _replace(text, parent, step, value)
    if isinstance(step, int):
        return None
    return _insert(text, parent, emit.pair(step, value, _column(parent)), {step: value})


def extend(text: str, root: Node, path: Path, value: Writable) -> str | None:
    """The text with this value at the end of the list at this path."""
    node = _find(root, path)
    if node is None or not node.children:
        return assign(text, root, path, [value])
    return _insert(text, node, emit.element(value, _column(node)), [value])


def delete(text: str, root: Node, path: Path) -> str | None:
    """The text without what stands at this path."""
    parent = _find(root, path[:-1])
    if parent is None or path[-1] not in parent.children:
        return None
    if len(parent.children) == 1:
        return assign(text, root, path[:-1], {} if parent.keys else []) if path[1:] else "{}\n"
    steps = list(parent.children)
    at = steps.index(path[-1])
    following = parent.children.get(steps[at + 1]) if at + 1 < len(steps) else None
    start, end = _start(parent, path[-1]), _full_end(text, parent, path[-1])
    if parent.flow and following is not None:
        return _spliced(text, start, _start(parent, steps[at + 1]), "")
    if parent.flow:
        return _spliced(text, _full_end(text, parent, steps[at - 1]), end, "")
    rows = text.split("\n")
    if parent.keys and rows[start[0]][: start[1]].strip():  # the first key right after "- "
        if following is None:
            return None
        return _spliced(text, start, _start(parent, steps[at + 1]), "")
    return "\n".join([*rows[: start[0]], *rows[end[0] + 1 :]])


def _find(root: Node, path: Path) -> Node | None:
    node: Node | None = root
    for step in path:
        node = node.children.get(step) if node is not None else None
    return node


def _parents(root: Node, path: Path) -> list[Node]:
    """The collections on the way to what exists of this path, the last one to be changed."""
    parents = [root]
    for step in path[:-1]:
        child = parents[-1].children.get(step)
        if child is None or not isinstance(child.tree, (dict, list)) or not child.tree:
            break
        parents.append(child)
    return parents


def _replace(text: str, parent: Node, step: str | int, value: Writable) -> str | None:
    child = parent.children[step]
    absent = isinstance(step, str) and child.mark == parent.keys[step]
    end = _full_end(text, parent, step)
    if absent and _one_line(value):
        return _spliced(text, end, end, " " + emit.inline(value, flow=parent.flow))
    if parent.flow or (_one_line(value) and not _is_block(child)):
        return _spliced(text, _place(child), end, emit.inline(value, flow=parent.flow))
    if isinstance(step, str):
        lines = emit.pair(step, value, _column(parent))
        return _spliced(text, _start(parent, step), end, "\n".join(lines).lstrip(" "))
    lines = emit.element(value, _column(parent))
    return _spliced(text, _place(child), end, "\n".join(lines).lstrip(" ")[2:])


def _insert(text: str, parent: Node, lines: list[str], value: Writable) -> str | None:
    """Put a pair or an element after the last one of a collection."""
    if not parent.flow:
        rows = text.split("\n")
        after = parent.end[0] + 1
        return "\n".join([*rows[:after], *lines, *rows[after:]])
    end = (parent.end[0], parent.end[1] - 1)
    before = text[: _offset(text, end)].rstrip()
    comma = "" if before[-1] in "[{" else " " if before[-1] == "," else ", "
    return before + comma + emit.inline(value)[1:-1] + text[_offset(text, end) :]


def _one_line(value: Writable) -> bool:
    if isinstance(value, str):
        return "\n" not in value
    return not value or not isinstance(value, (Mapping, Sequence))


def _is_block(node: Node) -> bool:
    return isinstance(node.tree, (dict, list)) and not node.flow


def _column(node: Node) -> int:
    return node.mark.column - 1


def _place(node: Node) -> Position:
    return node.mark.line - 1, node.mark.column - 1


def _start(parent: Node, step: str | int) -> Position:
    """Where a pair starts, or an element without its dash."""
    if isinstance(step, str):
        return parent.keys[step].line - 1, parent.keys[step].column - 1
    return _place(parent.children[step])


def _full_end(text: str, parent: Node, step: str | int) -> Position:
    """Where a pair or an element ends; where there is no value, after the colon."""
    child = parent.children[step]
    if isinstance(step, str) and child.mark == parent.keys[step]:
        row = text.split("\n")[child.end[0]]
        colon = _COLON.match(row, child.end[1])
        return (child.end[0], colon.end()) if colon else child.end
    return child.end


def _offset(text: str, position: Position) -> int:
    rows = text.split("\n")
    return sum(len(row) + 1 for row in rows[: position[0]]) + position[1]


def _spliced(text: str, start: Position, end: Position, new: str) -> str:
    return text[: _offset(text, start)] + new + text[_offset(text, end) :]

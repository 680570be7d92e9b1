"""Putting the elements of a list into another order: each keeps its text and its comments."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.language.marked import Node


def permuted(text: str, node: Node, order: Sequence[int]) -> str | None:
    """The text with the list's elements in this order; None where text alone does not show how."""
    if sorted(order) != list(range(len(node.children))):
        return None
    return _flow(text, node, order) if node.flow else _block(text, node, order)


def _block(text: str, node: Node, order: Sequence[int]) -> str | None:
    """Whole lines change places; what stands above an element goes with it."""
    rows = text.split("\n")
    children = [node.children[number] for number in range(len(order))]
    starts = [child.mark.line - 1 for child in children]
    ends = [child.end[0] + 1 for child in children]
    own = all(rows[start].lstrip().startswith("-") for start in starts)
    if not own or any(end > after for end, after in zip(ends, starts[1:], strict=False)):
        return None
    first = _top(rows, starts[0])
    tops = [first, *ends[:-1]]
    pieces = [rows[top:end] for top, end in zip(tops, ends, strict=True)]
    moved = [row for number in order for row in pieces[number]]
    return "\n".join([*rows[:first], *moved, *rows[ends[-1] :]])


def _top(rows: Sequence[str], start: int) -> int:
    """The first of the comments right above an element, as deep as its dash."""
    margin = rows[start][: len(rows[start]) - len(rows[start].lstrip())] + "#"
    while start and rows[start - 1].startswith(margin):
        start -= 1
    return start


def _flow(text: str, node: Node, order: Sequence[int]) -> str | None:
    """Elements between brackets change places, the commas stay; only on one line."""
    rows = text.split("\n")
    children = [node.children[number] for number in range(len(order))]
    line = node.mark.line - 1
    if any(child.mark.line - 1 != line or child.end[0] != line for child in children):
        return None
    spans = [(child.mark.column - 1, child.end[1]) for child in children]
    row, texts = rows[line], [rows[line][start:end] for start, end in spans]
    pieces, at = [], 0
    for place, (start, end) in enumerate(spans):
        pieces += [row[at:start], texts[order[place]]]
        at = end
    rows[line] = "".join([*pieces, row[at:]])
    return "\n".join(rows)

"""One layout for every file, as ``ixia fmt`` writes it: other spaces, never another value."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.tokens import (
    BlockEndToken,
    BlockEntryToken,
    BlockMappingStartToken,
    BlockSequenceStartToken,
    DocumentStartToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    KeyToken,
    ScalarToken,
    StreamEndToken,
    StreamStartToken,
)

from ixia_config.language import marked
from ixia_config.language.emit import ENVELOPE
from ixia_config.language.source import Source, chunks, empty, normal, refusals

Token = Any  # ruamel's tokens carry no types

_STEP = 2
_BORDERS = (StreamStartToken, StreamEndToken, DocumentStartToken, BlockEndToken)
_OPENS = (BlockMappingStartToken, BlockSequenceStartToken)
_FLOW_STARTS = (FlowMappingStartToken, FlowSequenceStartToken)
_FLOW_ENDS = (FlowMappingEndToken, FlowSequenceEndToken)


def format(text: str) -> str:  # noqa: A001 - the command's own word
    """The same documents in the one layout; what is not whole YAML stays as it is."""
    return each_document(text, lambda chunk, _: layout(chunk))


def each_document(text: str, change: Callable[[str, int], str]) -> str:
    """The text with every document replaced by what ``change`` makes of it and its index."""
    plain = normal(text)
    if any(refusals(Source("", plain))):
        return text
    pieces: list[str] = []
    end = index = 0
    for chunk in chunks(plain):
        pieces.append(plain[end : chunk.start])
        end = chunk.start + len(chunk.text)
        if empty(chunk):
            pieces.append(chunk.text)
        else:
            pieces.append(change(chunk.text, index))
            index += 1
    changed = "".join(pieces)
    return changed.replace("\n", "\r\n") if "\r\n" in text else changed


def layout(chunk: str) -> str:
    """One document in the one layout, or as it was if it cannot be read."""
    before = marked.read("", 1, chunk)
    if before.root is None or before.diagnostics:
        return chunk
    result = chunk
    for step in (_indented, _ordered, _closed):
        changed = step(result)
        if changed == result:
            continue
        after = marked.read("", 1, changed)
        if after.root is not None and after.root.tree == before.root.tree:
            result = changed
    return result


@dataclass(frozen=True, slots=True)
class _Block:
    """A block collection: its column as it is and as it shall be."""

    old: int
    new: int
    sequence: bool = False
    indentless: bool = False


@dataclass(slots=True)
class _Lines:
    """What is known of the lines of a document: alive during one layout only."""

    stack: list[_Block] = field(default_factory=lambda: [_Block(-_STEP, -_STEP)])
    starts: dict[int, tuple[int, int]] = field(default_factory=dict)  # line: old, new column
    inside: dict[int, _Block] = field(default_factory=dict)  # lines within a value
    verbatim: set[int] = field(default_factory=set)  # lines whose every space counts
    gaps: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # after "- "
    keys: list[int] = field(default_factory=list)  # lines of the top-level keys
    flow: list[int] = field(default_factory=list)  # lines where open brackets started
    entry: tuple[int, int] | None = None  # the "-" that was seen last


def _survey(text: str) -> _Lines:
    lines = _Lines()
    for token in YAML(typ="safe", pure=True).scan(text):
        _note(lines, token)
    return lines


def _note(lines: _Lines, token: Token) -> None:
    """Take one token into account."""
    start = token.start_mark
    if isinstance(token, BlockEndToken):
        _leave(lines, indentless=True)
        lines.stack.pop()
    if isinstance(token, _BORDERS):
        return
    if lines.entry is not None:
        line, column = lines.entry
        if line == start.line and start.column > column:
            lines.gaps.setdefault(line, []).append((column + 1, start.column))
        lines.entry = None
    if isinstance(token, _OPENS):
        sequence = isinstance(token, BlockSequenceStartToken)
        lines.stack.append(_Block(start.column, lines.stack[-1].new + _STEP, sequence))
    elif lines.flow or isinstance(token, (*_FLOW_STARTS, ScalarToken)):
        _note_value(lines, token)
    else:
        _note_structure(lines, token)


def _leave(lines: _Lines, *, indentless: bool) -> None:
    if lines.stack[-1].indentless is indentless is True:
        lines.stack.pop()


def _note_structure(lines: _Lines, token: Token) -> None:
    """A dash, a key, a colon, an anchor or an alias outside brackets."""
    start = token.start_mark
    if isinstance(token, BlockEntryToken):
        if not lines.stack[-1].sequence:
            new = lines.stack[-1].new + _STEP
            lines.stack.append(_Block(start.column, new, sequence=True, indentless=True))
        lines.entry = (start.line, start.column)
    elif isinstance(token, KeyToken):
        _leave(lines, indentless=True)
        if len(lines.stack) == 2:
            lines.keys.append(start.line)
    top = lines.stack[-1]
    if isinstance(token, (BlockEntryToken, KeyToken)):
        lines.starts.setdefault(start.line, (start.column, top.new))
    else:
        lines.starts.setdefault(start.line, (start.column, top.new + _STEP))


def _note_value(lines: _Lines, token: Token) -> None:
    """A scalar, or anything within brackets."""
    start, end = token.start_mark, token.end_mark
    top = lines.stack[-1]
    if start.line not in lines.inside:
        lines.starts.setdefault(start.line, (start.column, top.new + _STEP))
    if isinstance(token, _FLOW_STARTS):
        lines.flow.append(start.line)
    if isinstance(token, _FLOW_ENDS):
        opened = lines.flow.pop()
        _within(lines, range(opened + 1, start.line + 1))
    if isinstance(token, ScalarToken) and end.line > start.line:
        last = end.line if end.column else end.line - 1
        block = token.style in ("|", ">")
        _within(lines, range(start.line + 1, last + 1))
        lines.verbatim.update(range(start.line + (1 if block else 0), last + 1))


def _within(lines: _Lines, numbers: Iterable[int]) -> None:
    for number in numbers:
        lines.inside.setdefault(number, lines.stack[-1])
        lines.starts.pop(number, None)


def _indented(text: str) -> str:
    """Two spaces a level, lists below their key included; comments go with the line below."""
    survey = _survey(text)
    rows = text.split("\n")
    structural = sorted(survey.starts)
    moved = [_row(survey, row, number, structural) for number, row in enumerate(rows)]
    return "\n".join(moved)


def _row(survey: _Lines, row: str, number: int, structural: Sequence[int]) -> str:
    if number in survey.starts:
        old, new = survey.starts[number]
        kept = row if number in survey.verbatim else row.rstrip(" ")
        for start, end in reversed(survey.gaps.get(number, [])):
            kept = f"{kept[:start]} {kept[end:]}"
        return " " * new + kept[old:]
    if number in survey.inside:
        return _inner(survey, row, number)
    if row.lstrip(" ").startswith("#"):
        column = len(row) - len(row.lstrip(" "))
        at = bisect(structural, number)
        return " " * _comment_column(survey.starts, column, at, structural) + row.strip(" ")
    return row.rstrip(" ")


def _inner(survey: _Lines, row: str, number: int) -> str:
    """A line within a value keeps its distance to the block that the value stands in."""
    block = survey.inside[number]
    column = len(row) - len(row.lstrip(" "))
    shifted = column + block.new - block.old
    if not row.strip(" "):
        return " " * max(shifted, 0) if number in survey.verbatim and row else row
    if number in survey.verbatim:
        return " " * max(shifted, 0) + row[column:]
    return " " * max(shifted, block.new + _STEP) + row[column:].rstrip(" ")


def _comment_column(
    starts: dict[int, tuple[int, int]], column: int, at: int, structural: Sequence[int]
) -> int:
    """The column of the line below that a comment speaks of, else of a line above.

    ``at`` is how many of the ``structural`` lines stand above the comment.
    """
    below = starts[structural[at]] if at < len(structural) else (-1, 0)
    above = starts[structural[at - 1]] if at else None
    if above is None or below[0] >= column or below[1] > above[1]:
        return below[1]
    lines = (starts[structural[index]] for index in range(at - 1, -1, -1))
    return next((new for old, new in lines if old <= column), below[1])


def _ordered(text: str) -> str:
    """The envelope's keys in their usual order, each with the comments right above it."""
    lines = _survey(text).keys
    rows = text.removesuffix("\n").split("\n")
    names = [rows[line].partition(":")[0] for line in lines]
    if "kind" not in names or "metadata" not in names:
        return text
    end = next(n for n in range(len(rows), 0, -1) if rows[n - 1][:1] not in ("", "#"))
    borders = [lines[0], *(_above(rows, line) for line in lines[1:]), end]
    parts = [rows[start:stop] for start, stop in pairwise(borders)]
    ranked = sorted(zip(names, parts, strict=True), key=lambda part: _rank(part[0]))
    middle = (row for _, part in ranked for row in part)
    return "\n".join([*rows[: borders[0]], *middle, *rows[end:]]) + "\n"


def _above(rows: Sequence[str], line: int) -> int:
    while rows[line - 1].startswith("#"):
        line -= 1
    return line


def _rank(name: str) -> int:
    return ENVELOPE.index(name) if name in ENVELOPE else len(ENVELOPE)


def _closed(text: str) -> str:
    """One line end after the last line."""
    return text.rstrip("\n") + "\n"

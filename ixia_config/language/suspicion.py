"""Valid YAML that its author cannot have meant: conditions cut short by YAML's punctuation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ixia_config.codes import Diagnostic
from ixia_config.language.codes import NeedsQuotes
from ixia_config.model import Mark

Event = Any  # ruamel's events carry no types

_COMMENT_AT_ONCE = re.compile(r"\s+#[^\s#!-]")
_LONG = 200  # more of a value than this is of no use in a message
_COLON = re.compile(r"\s*:")


def unbalanced(text: str) -> bool:
    """Whether a bracket or a double quote is open at the end of this text."""
    if '"' in text and text.count('"') % 2:
        return True
    return text.count("(") > text.count(")")


def meant(rest: str) -> str:
    """What the author took for one value: up to a comma or an end outside all brackets."""
    depth = 0
    for index, character in enumerate(rest[:_LONG]):
        if depth <= 0 and character in ",]}":
            return rest[:index].rstrip()
        depth += (character in "([{") - (character in ")]}")
    return rest[:_LONG].rstrip()


def of_scalar(event: Event, lines: Sequence[str], mark: Mark) -> Iterator[Diagnostic]:
    """An unquoted scalar that ends, with a bracket still open, at a comma or a comment."""
    if not unbalanced(event.value):
        return
    rest = lines[event.end_mark.line][event.end_mark.column :].lstrip()
    if rest.startswith(","):
        text = meant(lines[event.start_mark.line][event.start_mark.column :])
        yield NeedsQuotes(mark=mark, text=text, why="a comma ends it inside {...} or [...]")
    if rest.startswith("#"):
        yield NeedsQuotes(mark=mark, text=event.value, why='" #" starts a comment')


def of_pair(
    mapping: Event,
    key: Event,
    value: Event,
    lines: Sequence[str],
    place: Callable[[int, int, int], Mark],
) -> Iterator[Diagnostic]:
    """A key without a colon in braces, and a value that turned out to be a comment."""
    if getattr(value, "value", None) != "" or value.style is not None:
        return
    end = key.end_mark
    width = end.column - key.start_mark.column
    mark = place(key.start_mark.line, key.start_mark.column, width)
    rest = lines[end.line][end.column :]
    if mapping.flow_style and _COLON.match(rest) is None:
        yield NeedsQuotes(mark=mark, text=key.value, why="a comma in {...} starts a new key")
    elif (comment := _COMMENT_AT_ONCE.match(rest.lstrip()[1:])) is not None:
        at = len(lines[end.line]) - len(rest.lstrip()) + comment.end() - 1
        text = lines[end.line][at - 1 :].strip()
        mark = place(end.line, at - 1, len(text))
        yield NeedsQuotes(mark=mark, text=text, why='"#" starts a comment')

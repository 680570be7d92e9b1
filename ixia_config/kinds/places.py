"""Maps places in the text of a YAML scalar to places in the file that it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ixia_config.kinds.overlay import Written, source_of
from ixia_config.language import Source
from ixia_config.model import Mark, Path

_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_NAMED = {"n": "\n", "t": "\t", "0": "\0", "r": "\r", "e": "\x1b", "_": "\xa0", "N": "\x85"}
_LINES = 2000  # no scalar that a person writes is longer


def within(document: Written, path: Path, text: str) -> Callable[[int, int], Mark]:
    """A function from offsets in a scalar's text to the place that shows them in the file."""
    whole = document.mark(path)
    spots = _align(source_of(document, path), whole, text)

    def place(start: int, end: int) -> Mark:
        if spots is None:
            return whole
        line, column = spots[min(start, len(spots) - 1)]
        last_line, last_column = spots[min(max(end - 1, start), len(spots) - 1)]
        width = last_column - column + 1 if last_line == line else 1
        return Mark(whole.file, line, column, max(width, 1))

    return place


@dataclass(slots=True)
class _Reader:
    """A position that moves through the lines of a file."""

    source: Source
    line: int
    column: int  # from 0
    last: int

    @property
    def text(self) -> str:
        return self.source.line(self.line)

    def next_line(self) -> bool:
        """Go to the first character of the next line; False where the file ends."""
        self.line += 1
        self.column = len(self.text) - len(self.text.lstrip())
        return self.line <= self.last


def _align(source: Source, whole: Mark, text: str) -> list[tuple[int, int]] | None:
    """Line and column of every character of the text, and of its end; None when they differ.

    YAML folds lines, doubles quotes and escapes characters. Apart from white space, the
    characters of the text stand in the file in the same order, so both are walked side by side.
    """
    reader = _Reader(source, whole.line, whole.column - 1, whole.line + _LINES)
    style = _style(reader)
    spots: list[tuple[int, int]] = []
    for character in text:
        width = _space(reader) if character.isspace() else _seek(reader, character, style)
        if width is None:
            return None
        spots.append((reader.line, reader.column + 1))
        reader.column += width
    return [*spots, (reader.line, reader.column + 1)]


def _style(reader: _Reader) -> str:
    """The kind of scalar that starts here; the reader moves to its first character."""
    style = reader.text[reader.column : reader.column + 1]
    if style in ("'", '"'):
        reader.column += 1
    elif style in ("|", ">"):
        reader.next_line()
    return style


def _space(reader: _Reader) -> int:
    """White space of the text: a character here, or the end of a line, which has no width."""
    return 1 if reader.text[reader.column : reader.column + 1].isspace() else 0


def _seek(reader: _Reader, character: str, style: str) -> int | None:
    """Go to the next place of this character, over white space; its width there."""
    while True:
        rest = reader.text[reader.column :]
        blank = len(rest) - len(rest.lstrip())
        if blank == len(rest) or (style == '"' and rest.strip() == "\\"):
            if not reader.next_line():
                return None
            continue
        reader.column += blank
        return _width(rest[blank:], character, style)


def _width(rest: str, character: str, style: str) -> int | None:
    """How wide this character is written at the start of the rest of a line."""
    if style == "'" and character == "'" and rest.startswith("''"):
        return 2
    if style == '"' and (escape := _ESCAPE.match(rest)) is not None:
        code = escape[1] or escape[2] or escape[3]
        meant = chr(int(code, 16)) if code else _NAMED.get(escape[4], escape[4])
        return len(escape[0]) if meant == character else None
    return 1 if rest.startswith(character) else None

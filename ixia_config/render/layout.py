"""Lines of at most 100 columns: display width, wrapping, columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

WIDTH = 100


def width(text: str) -> int:
    """The columns that a text takes on a terminal; wide characters take two, accents none."""
    return len(text) if text.isascii() else sum(_columns(each) for each in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int) -> str:
    """The text with spaces up to this many columns."""
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most this many columns, broken at spaces where there are any."""
    lines, line = [], ""
    for word in _words(text, columns):
        if line and width(line) + width(word) > columns:
            lines.append(line.rstrip(" "))
            line = ""
        line += word if line or word.strip(" ") else ""
    return [*lines, line.rstrip(" ")] if line.strip(" ") or not lines else lines


def _words(text: str, columns: int) -> Iterator[str]:
    """Words and the spaces after them; a word that fits on no line is cut."""
    for number, word in enumerate(text.split(" ")):
        if number:
            yield " "
        while width(word) > columns:
            cut = _fitting(word, columns)
            yield word[:cut]
            word = word[cut:]  # noqa: PLW2901 - what is left of this word
        yield word


def _fitting(word: str, columns: int) -> int:
    """How many characters of the word fit; at least one."""
    used = 0
    for index, character in enumerate(word):
        used += _columns(character)
        if used > columns:
            return max(index, 1)
    return len(word)


def fitted(text: str, columns: int) -> str:
    """The text cut to this many columns, with dots where something was cut."""
    return text if width(text) <= columns else text[: _fitting(text, columns - 3)].rstrip() + "..."


def hanging(first: str, text: str, *, total: int = WIDTH, rest: str | None = None) -> list[str]:
    """Wrapped text with ``first`` before it, and following lines indented as deep."""
    indent = " " * width(first) if rest is None else rest
    lines = wrap(text, total - max(width(first), width(indent)))
    return [(first if not number else indent) + line for number, line in enumerate(lines)]


def apart(left: str, right: str, *, total: int = 94) -> list[str]:
    """Two texts at the ends of one line, or on two lines where they do not fit on one."""
    gap = total - width(left) - width(right)
    if gap >= 2:
        return [left + " " * gap + right]
    return [*wrap(left, WIDTH), *hanging("  ", right)]


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with aligned columns; the last column runs on and is wrapped."""
    widths = [max(width(each) for each in column) for column in zip(*rows, strict=True)][:-1]
    lines = []
    for row in rows:
        start = "".join(pad(each, widths[number]) + "   " for number, each in enumerate(row[:-1]))
        lines += hanging("  " + start, row[-1])
    return lines

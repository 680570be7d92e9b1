"""The text of one file: its lines, the characters that are refused, and its documents' texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ixia_config.codes import Diagnostic
from ixia_config.language.codes import (
    ByteOrderMark,
    Directive,
    InvisibleCharacter,
    NotUtf8,
    TooLarge,
)
from ixia_config.model import Mark

MAX_FILE = 8 * 1024 * 1024
MAX_DOCUMENTS = 10_000

_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffd-\uffff]")
_MARKER = re.compile(r"^(?:---(?=\s|\Z)|\.\.\.[ \t]*(?:#[^\n]*)?(?:\n|\Z))", re.MULTILINE)
_CONTENT = re.compile(r"^[ \t]*[^\s#]", re.MULTILINE)
_PROLOGUE = re.compile(r"^[ \t]*[^\s#%]", re.MULTILINE)
_DIRECTIVE = re.compile(r"^%[^\n]*", re.MULTILINE)
_YAML_12 = re.compile(r"%YAML[ \t]+1\.2[ \t]*(?:#.*)?")


@dataclass(frozen=True, slots=True)
class Source:
    """A file and its text; lines count from 1."""

    file: str
    text: str = field(repr=False)

    def line(self, number: int) -> str:
        """The text of this line without its end; empty outside the file."""
        lines = _lines(self.text)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def mark(self, index: int, width: int = 1) -> Mark:
        """The place of the character with this index in the text."""
        start = self.text.rfind("\n", 0, index) + 1
        return Mark(self.file, self.text.count("\n", 0, index) + 1, index - start + 1, width)


@dataclass(frozen=True, slots=True)
class Chunk:
    """The text of one document, its ``---`` included, and where it starts in the file."""

    line: int
    start: int
    text: str = field(repr=False)


@lru_cache(maxsize=16)
def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.removesuffix("\r") for line in text.split("\n"))


def normal(text: str) -> str:
    """The text with the line ends of Windows made plain: YAML means the same by both."""
    return text.replace("\r\n", "\n") if "\r" in text else text


def refusals(source: Source) -> Iterator[Diagnostic]:
    """Why this text is not read at all: its size, or characters that nobody can see."""
    if len(source.text) > MAX_FILE:
        what = f"the file holds {len(source.text):,} characters"
        yield TooLarge(mark=Mark(source.file, 1, 1), what=what, limit=f"{MAX_FILE:,}")
        return
    seen: set[str] = set()
    for found in _REFUSED.finditer(source.text):
        if found[0] not in seen:
            seen.add(found[0])
            yield _refusal(found[0], source.mark(found.start()))


def _refusal(character: str, mark: Mark) -> Diagnostic:
    if character == "\ufeff":
        return ByteOrderMark(mark=mark)
    if character == "\ufffd" or "\ud800" <= character <= "\udfff":
        return NotUtf8(mark=mark)
    return InvisibleCharacter(mark=mark, character=character)


def chunks(text: str) -> Iterator[Chunk]:
    """The documents of a file. ``---`` at the start of a line is a border wherever it stands."""
    line, start = 1, 0
    for marker in _MARKER.finditer(text):
        end = marker.start()
        yield Chunk(line, start, text[start:end])
        line += text.count("\n", start, end)
        start = end
        if marker[0].startswith("."):
            start = marker.end()
            line += 1
    yield Chunk(line, start, text[start:])


def empty(chunk: Chunk) -> bool:
    """Whether nothing but comments, directives and blank lines stand here."""
    if chunk.text.startswith("---"):
        return _CONTENT.search(chunk.text[3:]) is None
    return _PROLOGUE.search(chunk.text) is None


def directives(source: Source, chunk: Chunk) -> Iterator[Diagnostic]:
    """Refuse the first directive that is not ``%YAML 1.2``."""
    if chunk.text.startswith("---"):
        return
    for found in _DIRECTIVE.finditer(chunk.text):
        if _YAML_12.fullmatch(found[0]) is None:
            mark = source.mark(chunk.start + found.start(), len(found[0]))
            yield Directive(mark=mark, text=found[0])
            return

"""The line that a diagnostic speaks of, with carets under the place."""

from __future__ import annotations

from collections.abc import Mapping

from ixia_config.language import Source
from ixia_config.model import Mark
from ixia_config.render.layout import width
from ixia_config.render.wording import clean

_ROOM = 84  # columns of the user's line
_BEFORE = 40  # columns kept before the place where a line is cut


def excerpt(mark: Mark, sources: Mapping[str, Source]) -> list[str]:
    """Two lines: the user's text and the carets; none where the text is not known."""
    source = sources.get(mark.file)
    text = source.line(mark.line) if source else ""
    if not text.strip():
        return []
    start = min(mark.column - 1, len(text))
    before, marked = clean(text[:start]), clean(text[start : start + max(mark.width, 1)])
    after = clean(text[start + max(mark.width, 1) :])
    before, marked, after = _cut(before, marked, after)
    number = str(mark.line)
    carets = "^" * max(width(marked), 1)
    return [
        f"  {number} | {before}{marked}{after}".rstrip(),
        f"  {' ' * len(number)} | {' ' * width(before)}{carets}",
    ]


def _cut(before: str, marked: str, after: str) -> tuple[str, str, str]:
    """A long line, cut so that the place stays in sight."""
    if width(before + marked + after) <= _ROOM:
        return before, marked, after
    if width(before) > _BEFORE:
        before = "..." + _tail(before, _BEFORE - 3)
    marked = _head(marked, _ROOM - width(before))
    return before, marked, _head(after, _ROOM - width(before) - width(marked))


def _head(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 3:
        text = text[:-1]
    return text + "..." if columns >= 3 else ""


def _tail(text: str, columns: int) -> str:
    while width(text) > columns:
        text = text[1:]
    return text

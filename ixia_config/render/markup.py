"""Markdown that user text cannot break out of: no markup, no HTML, no mentions, no links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ixia_config.render.wording import clean, counted

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~&#$])")
_MENTION = re.compile(r"@(?=\w)")
_NUMBER = re.compile(r"(?i)\b(GH-)(?=\d)")
_LINK = re.compile(r"(?i)(://)|(\bwww)\.")
_JOINER = "\u200b"  # breaks up a word for GitHub without being seen


def plain(text: str) -> str:
    """User text as Markdown that shows exactly that text."""
    escaped = _MARKUP.sub(r"\\\1", clean(text))
    escaped = escaped.replace("\\#", "\\#" + _JOINER)
    escaped = _MENTION.sub("@" + _JOINER, escaped)
    escaped = _NUMBER.sub(r"\1" + _JOINER, escaped)
    return _LINK.sub(lambda found: r"\://" if found[1] else found[2] + r"\.", escaped)


def told(text: str) -> str:
    """A sentence as Markdown; what stands in backticks is code."""
    parts = clean(text).split("`")
    if len(parts) % 2 == 0:
        return plain(text)
    return "".join(
        (code(part) if part else "") if number % 2 else plain(part)
        for number, part in enumerate(parts)
    )


def code(text: str) -> str:
    """Text in a code span, whatever backticks it holds."""
    shown = clean(text) or " "
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{edge}{shown}{edge}{fence}"


def block(lines: Sequence[str], language: str = "") -> list[str]:
    """A fenced code block that its content cannot close."""
    longest = max((len(run) for line in lines for run in re.findall(r"`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence + language, *lines, fence]


def fold(summary: str, lines: Sequence[str], *, opened: bool = False) -> list[str]:
    """Lines that a reader can fold; the summary must be our own words."""
    attribute = " open" if opened else ""
    return [
        f"<details{attribute}><summary>{summary}</summary>",
        "",
        *lines,
        "",
        "</details>",
        "",
    ]


def capped(lines: Sequence[str], limit: int, rest: str = "the plan file holds all") -> list[str]:
    """As many lines as this many characters hold, how many are left out, and what has the rest."""
    used = 0
    for number, line in enumerate(lines):
        used += len(line) + 1
        if used > limit:
            left = len(lines) - number
            return [*lines[:number], "", f"… and {left:,} more lines; {rest}."]
    return list(lines)


def whole(blocks: Iterable[Sequence[str]], limit: int, nouns: str) -> list[str]:
    """As many blocks as this many characters hold, none of them cut, and how many are left out.

    What opens in a block and closes in it, such as a fold or a fence, is never left open.
    """
    kept: list[str] = []
    used = dropped = 0
    for block in blocks:
        size = sum(len(line) + 1 for line in block)
        if used + size > limit:
            dropped += 1
            continue
        used += size
        kept += block
    return [*kept, "", f"… and {counted(dropped, f'more {nouns}')}."] if dropped else kept

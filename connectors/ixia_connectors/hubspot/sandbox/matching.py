"""How search compares text: whole words with ``*`` wildcards, and the free-text query."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase


def tokens(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return re.findall(r"[^\W_]+", text.lower())


def contains_token(text: str | None, pattern: str) -> bool:
    """Whether each word of the pattern stands in the text; ``*`` matches any part of a word."""
    if text is None:
        return False
    words = [*tokens(text), text.lower()]
    wanted = re.findall(r"[^\W_]*\*?[^\W_]*\*?", pattern.lower())
    return all(any(fnmatchcase(word, part) for word in words) for part in wanted if part)


def matches_query(properties: str, query: str) -> bool:
    """Whether each word of a free-text query begins a word of one of the record's values."""
    values = [value for value in json.loads(properties).values() if isinstance(value, str)]
    words = [word for value in values for word in tokens(value)]
    return all(any(word.startswith(part) for word in words) for part in tokens(query))

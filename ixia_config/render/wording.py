"""Small pieces of English: counts, lists, shortened text, and user text made safe to print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# What moves the cursor, recolours the terminal or turns the reading direction: shown, never obeyed.
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff"
    "\U000e0000-\U000e007f]"
)
_BREAKS = re.compile(r"[\t\n\r]+")


def clean(text: str) -> str:
    """User text on one line, with everything that a terminal would act on made visible."""
    return UNSAFE.sub(_escaped, _BREAKS.sub(" ", text))


def _escaped(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"


def singular(noun: str) -> str:
    """``policies`` to ``policy``, ``open deals`` to ``open deal``."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def counted(count: int, nouns: str) -> str:
    """``1 stage`` or ``1,200 stages``; the noun is given in the plural."""
    return f"{count:,} {singular(nouns) if count == 1 else nouns}"


def listed(words: Sequence[str], limit: int = 1000) -> str:
    """``a, b and c``; beyond the limit ``a, b and 3 more``."""
    if len(words) > limit:
        return f"{', '.join(words[:limit])} and {len(words) - limit:,} more"
    *most, last = words or ("",)
    return f"{', '.join(most)} and {last}" if most else last


def capital(text: str) -> str:
    """The text with a capital at its start, unless it starts with a command or a name."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.strip(",.:;").isalpha() else text


def label(title: str) -> str:
    """A field's title inside a line: ``Probability`` to ``probability``, ``SLA`` stays."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def unique(words: Iterable[str]) -> tuple[str, ...]:
    """Each word once, in the order of first appearance."""
    return tuple(dict.fromkeys(words))

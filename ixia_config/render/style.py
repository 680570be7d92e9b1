"""Colour, which repeats what the words say and never carries anything alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a piece of text is, for those who see colour; the value is its ANSI number."""

    ADDED = "32"
    CHANGED = "33"
    REMOVED = "31"
    RISK = "1;31"
    WARNING = "1;33"
    STRONG = "1"
    FAINT = "2"


@dataclass(frozen=True, slots=True)
class Style:
    """How text is dressed up; without colour it is plain."""

    colour: bool = False

    def paint(self, role: Role, text: str) -> str:
        """The text in this role's colour."""
        return f"\x1b[{role}m{text}\x1b[0m" if self.colour and text else text


PLAIN = Style()

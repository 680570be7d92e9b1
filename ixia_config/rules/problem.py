"""One thing that is wrong with a condition: a coded diagnostic and its place in the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ixia_config.codes import Diagnostic, Severity
from ixia_config.model import Mark
from ixia_config.rules.tree import Span

Place = Callable[[int, int], Mark]
"""Turns start and end in the text of a condition into a place in the user's file."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A diagnostic that knows its span but not yet its file."""

    span: Span
    diagnostic: Diagnostic

    @property
    def fatal(self) -> bool:
        """Whether the condition cannot be used."""
        return self.diagnostic.severity is Severity.ERROR

    def at(self, place: Place) -> Diagnostic:
        """The diagnostic with its place in the user's file."""
        return replace(self.diagnostic, mark=place(*self.span))

"""One result, written the way that ``--format`` asks for."""

from __future__ import annotations

from collections.abc import Callable


def chosen(form: str, **writers: Callable[[], str]) -> str:
    """What the writer of this format makes; the others are not called."""
    return writers[form]()

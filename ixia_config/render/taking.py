"""What a drift --adopt took into the YAML, what no YAML can say, and the edits as a diff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ixia_config.render.layout import WIDTH, hanging, wrap
from ixia_config.render.prose import command_lines
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.wording import clean, counted


@dataclass(frozen=True, slots=True)
class Taken:
    """What to say: names of what was taken, what was left and why, and the diff.

    ``remaining`` counts what a plan afterwards writes.
    """

    taken: tuple[str, ...]
    left: tuple[tuple[str, str], ...]
    diff: str
    written: bool
    remaining: int
    environment: str = ""

    @property
    def headline(self) -> str:
        """The answer in one line."""
        if self.taken:
            verb = "Took" if self.written else "Would take"
            return f"{verb} {counted(len(self.taken), 'edits')} into the YAML."
        none = "Nothing of it can be said in YAML."
        return none if self.left else "Nothing to take into the YAML."


def taking_text(told: Taken, style: Style = PLAIN) -> str:
    """The answer first, then each edit by name, then the diff and the next command."""
    return "\n".join(_lines(told, style)) + "\n"


def _lines(told: Taken, style: Style) -> Iterator[str]:
    yield style.paint(Role.STRONG, told.headline)
    for name in told.taken:
        yield from hanging("  ", clean(name), rest="    ")
    if told.left:
        yield ""
        yield "Left as it is:"
        for name, why in told.left:
            yield from hanging("  ", f"{clean(name)}: {clean(why)}", rest="    ")
    if told.diff:
        yield ""
        yield from (clean(line) for line in told.diff.splitlines())
    if told.taken:
        yield ""
        yield from _next(told)


def _next(told: Taken) -> Iterator[str]:
    count = told.remaining
    after = f"{counted(count, 'changes')} to write" if count else "nothing to write"
    yield from wrap(f"A plan afterwards has {after}.", WIDTH)
    where = ("--env", clean(told.environment)) if told.environment else ()
    if not told.written:
        yield from command_lines("Write it:  ", "drift", *where, "--adopt")


def taking_values(told: Taken) -> Mapping[str, Any]:
    """The same as plain values."""
    return {
        "taken": list(told.taken),
        "left": [{"what": what, "why": why} for what, why in told.left],
        "diff": told.diff,
        "written": told.written,
        "remaining": told.remaining,
    }

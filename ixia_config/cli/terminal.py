"""Where text goes: results to standard output, everything else to standard error."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from ixia_config.render.style import Style


@dataclass(frozen=True, slots=True)
class Terminal:
    """The user's screen or pipe, and whether they can be asked anything."""

    style: Style
    watched: bool  # somebody looks at standard error
    asks: bool  # somebody can answer

    def say(self, text: str) -> None:
        """Print a result; a reader that has gone away is no error."""
        _write(sys.stdout, text)

    def note(self, text: str) -> None:
        """Print something that is no result."""
        _write(sys.stderr, text)

    def progress(self, text: str) -> None:
        """Print a line for somebody who waits; nothing in pipes."""
        if self.watched:
            _write(sys.stderr, text + "\n")

    @contextlib.contextmanager
    def waiting(self, text: str) -> Iterator[None]:
        """Show what is being done while it lasts; nothing in pipes."""
        if self.watched:
            _write(sys.stderr, f"{text} ...")
        try:
            yield
        finally:
            if self.watched:
                _write(sys.stderr, "\r\x1b[K")


def terminal(*, colour: bool, environ: Mapping[str, str] = os.environ) -> Terminal:
    """The terminal of this process; colour only where somebody sees it and did not say no."""
    shown = sys.stdout.isatty() and colour and not environ.get("NO_COLOR")
    dumb = environ.get("TERM") == "dumb"
    watched = sys.stderr.isatty() and not dumb
    return Terminal(Style(colour=shown and not dumb), watched, sys.stdin.isatty() and watched)


def _write(stream: TextIO, text: str) -> None:
    try:
        _tolerant(stream)
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        # What is left goes nowhere, so that the interpreter has nothing to complain of at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _tolerant(stream: TextIO) -> None:
    """A terminal that cannot show a character shows its number instead."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")

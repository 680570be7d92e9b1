"""What people read when a command does not end as they hoped."""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence

from ixia_config.app.refusal import Refusal
from ixia_config.cli.terminal import Terminal, terminal
from ixia_config.exits import Exit
from ixia_config.render import diagnostics_text


def told(error: Exception, arguments: Sequence[str]) -> Exit:
    """Say what happened; returns the exit code."""
    shown = terminal(colour="NO_COLOR" not in os.environ)
    if isinstance(error, Refusal):
        shown.note(diagnostics_text(error.diagnostics, error.sources, shown.style))
        return error.exit
    return _internal(shown, error, arguments)


def _internal(shown: Terminal, error: Exception, arguments: Sequence[str]) -> Exit:
    debug = "--debug" in arguments
    if debug:
        shown.note("".join(traceback.format_exception(error)))
    again = "with what stands above" if debug else "with what --debug adds"
    what = f"{type(error).__name__} in ixia {' '.join(arguments[:1])}"
    shown.note(f"This is a mistake in ixia, not in your files: {what}.\n")
    shown.note(f"Please report it, {again}.\n")
    return Exit.INTERNAL

"""What people read when a command does not end as they hoped."""

from __future__ import annotations

import os
import sys
import traceback

from ixia_config.app.refusal import Refusal
from ixia_config.cli.terminal import Terminal, terminal
from ixia_config.exits import Exit
from ixia_config.render import diagnostics_text

REPORT = "https://github.com/ixia-config/ixia-config/issues"


def told(error: Exception, *, debug: bool) -> Exit:
    """Say what happened; returns the exit code."""
    shown = terminal(colour="NO_COLOR" not in os.environ)
    if isinstance(error, Refusal):
        shown.note(diagnostics_text(error.diagnostics, error.sources, shown.style))
        return error.exit
    return _internal(shown, error, debug=debug)


def _internal(shown: Terminal, error: Exception, *, debug: bool) -> Exit:
    if debug:
        shown.note("".join(traceback.format_exception(error)))
    again = "" if debug else "\nFor the details, run it again with --debug."
    command = " ".join(sys.argv[1:2])
    shown.note(
        f"This is a mistake in ixia, not in your files: {type(error).__name__} in ixia {command}.\n"
        f"Please report it: {REPORT}{again}\n"
    )
    return Exit.INTERNAL

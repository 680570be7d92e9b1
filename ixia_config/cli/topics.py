"""What ``ixia explain`` knows besides single codes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ixia_config.codes import documentation, registry
from ixia_config.exits import Exit
from ixia_config.render.layout import table

MEANINGS: Mapping[Exit, str] = MappingProxyType(
    {
        Exit.OK: "Done; there is nothing to complain of.",
        Exit.INTERNAL: "A mistake in ixia itself; please report it.",
        Exit.CHANGES: "There are changes or drift; only with --detailed-exitcode or fmt --check.",
        Exit.INVALID: "The configuration has errors, or a test of its rules failed.",
        Exit.DENIED: "An approval is missing, or a policy says no.",
        Exit.GUARDED: "A guard refused the plan; nothing was written.",
        Exit.STALE: "The plan does not fit: stale, altered, expired or for another account.",
        Exit.LOCKED: "Somebody else is applying, or the lock was lost.",
        Exit.PARTIAL: "Applied in part; plan again to see what is left.",
        Exit.RECOVERY: "The state needs a person's decision first; nothing was attempted.",
        Exit.REMOTE: "The system cannot be reached or its quota is short; nothing was written.",
        Exit.USAGE: "The command was typed wrong.",
        Exit.INTERRUPTED: "Interrupted by Ctrl-C; the journal is clean.",
        Exit.TERMINATED: "Terminated by the system; the journal is clean.",
    }
)


def codes() -> str:
    """Every code and its title."""
    rows = [(code, documentation(cls).title) for code, cls in registry().items()]
    return "\n".join(table(rows)) + "\n"


def exits() -> str:
    """Every exit code and its meaning."""
    rows = [(str(int(each)), MEANINGS[each]) for each in Exit]
    return "\n".join(table(rows)) + "\n"

"""What a run of ``ixia`` ends with: one number per outcome, never reused."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes; when several hold, 9 before 8, 7, 6, 5 and 4."""

    OK = 0
    INTERNAL = 1
    CHANGES = 2  # changes or drift, only with --detailed-exitcode
    INVALID = 3  # configuration invalid, or a rule test failed
    DENIED = 4  # policy denied, or an approval is missing
    GUARDED = 5
    STALE = 6  # plan stale, tampered with, expired or of another target
    LOCKED = 7
    PARTIAL = 8  # partially applied, resumable
    RECOVERY = 9  # recovery needed, nothing attempted
    REMOTE = 10  # remote unavailable or quota short, nothing written
    USAGE = 64
    INTERRUPTED = 130
    TERMINATED = 143

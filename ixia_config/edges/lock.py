"""One writer at a time: an operating-system lock on a file that says who holds it."""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from ixia_config.edges.clock import stamp
from ixia_config.edges.disk import PRIVATE


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock: a person, a process on a machine, what it does and since when."""

    who: str
    pid: int
    host: str
    since: str
    doing: str = ""

    def __str__(self) -> str:
        doing = f" ({self.doing})" if self.doing else ""
        return f"{self.who} on {self.host}, process {self.pid}{doing}, since {self.since}"


class LockHeld(Exception):  # noqa: N818  # a state of affairs, told to the user with its holder
    """Somebody else holds the lock; ``holder`` is None for the instant before they said who."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(str(holder) if holder else "another process")
        self.holder = holder


def this_process(*, now: datetime, doing: str = "") -> Holder:
    """This process as the holder of a lock."""
    return Holder(_who(), os.getpid(), socket.gethostname(), stamp(now), doing)


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"user {os.getuid()}"  # a container may run under a number without a name


@contextmanager
def locked(path: Path, holder: Holder) -> Iterator[None]:
    """Hold the lock of this file; LockHeld at once when another has it.

    The operating system lets go of it when the process dies, so a lock is never stale. The file
    stays: removing it would let two processes lock two files of one name.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockHeld(_holder(handle)) from None
        _sign(handle, json.dumps(asdict(holder)))
        yield
        _sign(handle, "")
    finally:
        os.close(handle)


def _sign(handle: int, text: str) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, text.encode(), 0)


def _holder(handle: int) -> Holder | None:
    """Who the file says holds it; None while it says nothing sensible."""
    try:
        return Holder(**json.loads(os.pread(handle, 4096, 0)))
    except (ValueError, TypeError):
        return None

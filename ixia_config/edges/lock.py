"""One writer at a time: an operating-system lock on a file that says who holds it.

The operating system lets go of it when the process dies, so it is never stale. It can be taken
from a process that hangs: the file is replaced, and whoever locked the old one finds that out
before its next write.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ixia_config.edges.clock import stamp
from ixia_config.edges.disk import PRIVATE, sync_folder

_LARGEST = 4096
_LONGEST = 500
_PATIENCE = 5.0  # seconds that a write may hold the fence, far more than it needs


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


@dataclass(frozen=True, slots=True)
class Signature:
    """What a lock says of itself: how many held it before, who does, and the last theft."""

    epoch: int = 0
    holder: Holder | None = None
    stolen: str = ""


@dataclass(frozen=True, slots=True)
class FileLock:
    """A lock that this process took, and may have lost since."""

    path: Path
    handle: int = field(repr=False)
    epoch: int = 0
    stolen: str = ""  # the last theft, which its victim may not have noticed yet

    def ours(self) -> bool:
        """Whether the file that we locked is still the one of this name."""
        try:
            return os.path.samestat(os.fstat(self.handle), self.path.stat())
        except OSError:
            return False

    def signature(self) -> Signature:
        """What the file of this name says now."""
        return signature(self.path)

    @contextmanager
    def fenced(self) -> Iterator[bool]:
        """Whether it is ours; for as long as this lasts nobody can take it away."""
        with _fence(self.path):
            yield self.ours()


def this_process(*, now: datetime, doing: str = "") -> Holder:
    """This process as the holder of a lock."""
    return Holder(_who(), os.getpid(), socket.gethostname(), stamp(now), doing)


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"user {os.getuid()}"  # a container may run under a number without a name


@contextmanager
def locked(path: Path, holder: Holder) -> Iterator[FileLock]:
    """Hold the lock of this file; LockHeld at once when another has it.

    The file stays: removing it would let two processes lock two files of one name.
    """
    lock = _taken(path)
    try:
        _sign(lock.handle, Signature(lock.epoch, holder, lock.stolen))
        yield lock
        # On a full disk the old note stays, and is not believed: the lock itself is free.
        with suppress(OSError):
            _sign(lock.handle, Signature(lock.epoch, None, lock.stolen))
    finally:
        os.close(lock.handle)


def _taken(path: Path) -> FileLock:
    """The lock of the file that has this name once it is locked, which a theft may replace."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            said = _signature(os.pread(handle, _LARGEST, 0))
            os.close(handle)
            raise LockHeld(said.holder) from None
        said = _signature(os.pread(handle, _LARGEST, 0))
        lock = FileLock(path, handle, said.epoch + 1, said.stolen)
        if lock.ours():
            return lock
        os.close(handle)


def holder_of(path: Path) -> Holder | None:
    """Who holds the lock of this file; None where nobody does."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return signature(path).holder or Holder("somebody", 0, "this machine", "an unknown time")
    finally:
        os.close(handle)
    return None


def steal(path: Path, thief: Holder, *, reason: str) -> Holder | None:
    """Put a new, free lock in the place of one that is held; returns who held it."""
    with _fence(path):
        victim = holder_of(path)
        if victim is not None:
            told = f"{thief.who} on {thief.host} at {thief.since}: {reason}"
            _replace(path, Signature(signature(path).epoch + 1, stolen=told))
        return victim


def signature(path: Path) -> Signature:
    """What the lock file says; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return _signature(file.read(_LARGEST))
    except OSError:
        return Signature()


def signed(said: Signature) -> str:
    """A signature as one line of JSON."""
    return json.dumps(asdict(said)) + "\n"


def _sign(handle: int, said: Signature) -> None:
    data = signed(said).encode()
    os.pwrite(handle, data, 0)
    os.ftruncate(handle, len(data))


def _replace(path: Path, said: Signature) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        _sign(handle, said)
        os.fsync(handle)
    finally:
        os.close(handle)
    Path(name).replace(path)
    sync_folder(path.parent)


def _signature(data: bytes) -> Signature:
    """What the bytes say; nothing where they say nothing sensible."""
    try:
        return parsed_signature(json.loads(data))
    except (ValueError, TypeError, KeyError, RecursionError):
        return Signature()


def parsed_signature(raw: Mapping[str, Any]) -> Signature:
    """A signature from its JSON; TypeError, KeyError or ValueError for anything else."""
    epoch, stolen, holder = raw["epoch"], raw["stolen"], raw["holder"]
    if type(epoch) is not int or not 0 <= epoch < 2**53 or not _words(stolen):
        raise ValueError(epoch)
    return Signature(epoch, None if holder is None else _parsed_holder(holder), stolen)


def _parsed_holder(raw: Mapping[str, Any]) -> Holder:
    found = Holder(**raw)
    words = (found.who, found.host, found.since, found.doing)
    if type(found.pid) is not int or not all(_words(word) for word in words):
        raise ValueError(raw)
    return found


def _words(text: object) -> bool:
    """Whether this can be shown at a terminal: it may come from another machine."""
    return isinstance(text, str) and len(text) <= _LONGEST and text.isprintable()


def _fence(path: Path) -> AbstractContextManager[None]:
    """Keep a write and a theft apart: either waits for the other, which takes an instant."""
    return fenced(path.with_name(f"{path.name.removesuffix('.lock')}.fence.lock"))


@contextmanager
def fenced(path: Path, *, patience: float = _PATIENCE) -> Iterator[None]:
    """Do something while no other process does it; TimeoutError where one never ends."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)
    try:
        until = time.monotonic() + patience
        while not _caught(handle):
            if time.monotonic() > until:
                raise TimeoutError(0, "another process is stopped in the middle of a write")
            time.sleep(0.01)
        yield
    finally:
        os.close(handle)


def _caught(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


__all__ = [
    "FileLock",
    "Holder",
    "LockHeld",
    "Signature",
    "fenced",
    "holder_of",
    "locked",
    "parsed_signature",
    "signature",
    "signed",
    "steal",
    "this_process",
]

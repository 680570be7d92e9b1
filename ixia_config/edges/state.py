"""State in a file: read whole, replaced whole, guarded by a lock, a serial and a checksum."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ixia_config.edges.disk import PRIVATE, atomic_write, private_folder, sweep
from ixia_config.edges.lock import FileLock, Holder, holder_of, locked, steal
from ixia_config.edges.store import LeaseLost, Stored
from ixia_config.engine.state import StateProblem

_LARGEST = 256 * 1024 * 1024
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_FRAME = re.compile(
    r'\{"serial": ([1-9]\d{0,14}), "sha256": "([0-9a-f]{64})", "state":\n(.*)\}\n', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class FileState:
    """The state of one target and environment: ``<folder>/<name>.json``, for its owner only."""

    folder: Path
    name: str = "state"

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} cannot be the name of a state file")

    @property
    def path(self) -> Path:
        """The state file."""
        return self.folder / f"{self.name}.json"

    @property
    def place(self) -> str:
        """Where it is, in words for people."""
        return f"the folder {self.folder}"

    @property
    def backup(self) -> Path:
        """The version before the current one."""
        return self.folder / f"{self.name}.json.backup"

    def read(self) -> Stored | None:
        """What is stored, None before the first write; StateProblem when it cannot be trusted."""
        try:
            with self.path.open("rb") as file:
                data = file.read(_LARGEST)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StateProblem(_cannot("read", self.path, error)) from None
        return _unframed(data, self.path, self.backup)

    def prove(self) -> None:
        """StateProblem unless the state can be read, and this user may write beside it."""
        self.read()
        nearest = next(each for each in (self.folder, *self.folder.parents) if each.exists())
        if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
            raise StateProblem(f"cannot write {nearest}: it is not a folder that you may write")

    @contextmanager
    def lock(self, holder: Holder) -> Iterator[LockedState]:
        """The right to write, for one process at a time; LockHeld says who has it.

        Before it is given, the folder has proved that it can be written and the stored state that
        it can be read, so that no remote write happens that could not be recorded.
        """
        with ExitStack() as stack:
            try:
                private_folder(self.folder)
                lock = stack.enter_context(locked(self._lock, holder))
            except OSError as error:
                raise StateProblem(_cannot("write", self.folder, error)) from None
            sweep(self.folder, f".{self.name}.json")
            self._prove_writable()
            yield LockedState(self, lock)

    def held(self) -> Holder | None:
        """Who has the lock."""
        try:
            return holder_of(self._lock)
        except OSError as error:
            raise StateProblem(_cannot("read", self._lock, error)) from None

    def steal(self, thief: Holder, *, reason: str) -> Holder | None:
        """Take the lock away from a process that hangs; returns which one had it."""
        try:
            private_folder(self.folder)
            return steal(self._lock, thief, reason=reason)
        except OSError as error:
            raise StateProblem(_cannot("write", self._lock, error)) from None

    @property
    def _lock(self) -> Path:
        return self.folder / f"{self.name}.lock"

    def _prove_writable(self) -> None:
        """Write as much as the state may need, and throw it away."""
        stored = self.read()
        size = 64 * 1024 + (2 * len(stored.text) if stored else 0)
        probe = self.folder / f"{self.name}.json.probe"
        try:
            atomic_write(probe, " " * size, mode=PRIVATE)
            probe.unlink()
        except OSError as error:
            raise StateProblem(_cannot("write", self.folder, error)) from None


@dataclass(frozen=True, slots=True)
class LockedState:
    """A state file while this process holds its lock: the only thing that writes."""

    file: FileState
    lock: FileLock

    @property
    def epoch(self) -> int:
        """How many held the lock before, and this one."""
        return self.lock.epoch

    def check(self) -> None:
        """LeaseLost where somebody took the lock away."""
        if not self.lock.ours():
            raise LeaseLost(lost(self.lock.signature().stolen))

    def read(self) -> Stored | None:
        """What is stored."""
        return self.file.read()

    def write(self, text: str, *, serial: int, expected: int) -> None:
        """Replace the state of serial ``expected`` (0: there is none yet), keeping it as backup."""
        try:
            with self.lock.fenced():
                self.check()
                self._replace(Stored(serial, text), expected)
        except OSError as error:
            raise StateProblem(_cannot("write", self.file.path, error)) from None

    def _replace(self, new: Stored, expected: int) -> None:
        stored = self.file.read()
        follows(stored, new, expected=expected, place=f"the state {self.file.path}")
        if stored:
            atomic_write(self.file.backup, framed(stored), mode=PRIVATE)
        atomic_write(self.file.path, framed(new), mode=PRIVATE)


def follows(stored: Stored | None, new: Stored, *, expected: int, place: str) -> None:
    """StateProblem unless what is stored has the expected serial, and the new one a later."""
    found = stored.serial if stored else 0
    if found != expected or new.serial <= expected:
        raise StateProblem(
            f"{place} has serial {found}, and {expected} was expected: something else wrote it"
        )


def lost(stolen: str) -> str:
    """Says that the lock is gone, and who took it where that is known."""
    return f"the lock was taken away by {stolen}" if stolen else "the lock was taken away"


def framed(stored: Stored) -> str:
    """The text inside one JSON object with its checksum, so that every damage is noticed."""
    head = f'{{"serial": {stored.serial}, "sha256": "{_checksum(stored)}", "state":\n'
    return f"{head}{stored.text}}}\n"


def _unframed(data: bytes, path: Path, backup: Path) -> Stored:
    stored = verified(data)
    if stored is None:
        restore = f"put {backup} in its place" if backup.exists() else "move it away"
        raise StateProblem(
            f"the state {path} is damaged or was edited by hand; {restore},"
            " then plan: what exists is found again by id and title"
        )
    return stored


def verified(data: bytes) -> Stored | None:
    """What was framed, None for anything else."""
    try:
        match = _FRAME.fullmatch(data.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    if match is None:
        return None
    stored = Stored(int(match[1]), match[3])
    return stored if match[2] == _checksum(stored) else None


def _checksum(stored: Stored) -> str:
    return hashlib.sha256(f"{stored.serial}\n{stored.text}".encode()).hexdigest()


def _cannot(verb: str, path: Path, error: OSError) -> str:
    return f"cannot {verb} {path}: {error.strerror or type(error).__name__}"

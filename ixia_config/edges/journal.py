"""The journal: one file per run, appended line by line and made durable before each call.

Each line carries its number and a checksum over itself and all lines before it, so that a lost,
changed or reordered line is noticed. Only the end may be torn: that is where a process dies.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ixia_config.edges.disk import PRIVATE, private_folder, sync_folder
from ixia_config.edges.store import History, Record
from ixia_config.engine.state import StateProblem

_ENDING = ".jsonl"
_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
START = "0" * 16


@dataclass(frozen=True, slots=True)
class Scan:
    """A journal as read: its history, how much of it is whole, and the last checksum."""

    history: History
    size: int = 0
    checksum: str = START


class Writer:
    """Appends to the journal of one run; a failed append is the last one."""

    def __init__(self, path: Path, handle: int, *, sequence: int, checksum: str) -> None:
        self._path = path
        self._handle = handle
        self._sequence = sequence
        self._checksum = checksum
        self._usable = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    def ahead(self, intents: Sequence[Record]) -> None:
        """Nothing: a disk takes each intent in time."""

    def append(self, record: Record) -> None:
        """Write one record; it is on the disk when this returns."""
        self._write(record, end=False)

    def finish(self, record: Record) -> None:
        """Write the last record: the run is over and needs no recovery."""
        self._write(record, end=True)

    def close(self) -> None:
        """Close the file; the run stays open for recovery unless it was finished."""
        if self._handle >= 0:
            os.close(self._handle)
        self._handle, self._usable = -1, False

    def _write(self, record: Record, *, end: bool) -> None:
        if not self._usable:
            raise StateProblem(f"the journal {self._path} is closed")
        text, checksum = line_of(self._sequence, record, previous=self._checksum, end=end)
        # What is left of a failed line must never be followed by another one.
        self._usable = False
        try:
            _write_all(self._handle, text)
            os.fsync(self._handle)
        except OSError as error:
            raise StateProblem(_cannot("write", self._path, error)) from None
        self._sequence, self._checksum, self._usable = self._sequence + 1, checksum, not end


@dataclass(frozen=True, slots=True)
class Journal:
    """The runs below a state folder: ``<folder>/runs/<name>/<run>.jsonl``.

    Without a name, which keeps targets and environments apart, they are in ``runs`` itself.
    """

    folder: Path
    name: str = ""

    def start(self, run: str) -> Writer:
        """The journal of a new run; StateProblem when it cannot be written or exists."""
        path = self._path(run)
        try:
            private_folder(path.parent)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, PRIVATE)
            sync_folder(path.parent)
        except OSError as error:
            raise StateProblem(_cannot("write", path, error)) from None
        return Writer(path, handle, sequence=1, checksum=START)

    def resume(self, run: str) -> Writer:
        """The journal of an open run, to go on with: a torn end is cut off first."""
        path = self._path(run)
        scan = self._scan(run)
        if scan.history.damage or scan.history.finished:
            raise StateProblem(scan.history.damage or f"the run {run} is over")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_APPEND)
            os.ftruncate(handle, scan.size)
            os.fsync(handle)
        except OSError as error:
            raise StateProblem(_cannot("write", path, error)) from None
        sequence = len(scan.history.records) + 1
        return Writer(path, handle, sequence=sequence, checksum=scan.checksum)

    def read(self, run: str) -> History:
        """What a run wrote down; StateProblem only when the file cannot be read at all."""
        return self._scan(run).history

    def runs(self) -> tuple[str, ...]:
        """Every run, by name; names that begin with the time are in order of time."""
        return names(path.name for path in self._runs.glob(f"*{_ENDING}"))

    def open_runs(self) -> tuple[str, ...]:
        """The runs that did not finish: a crash, a kill, or one that is under way."""
        return tuple(run for run in self.runs() if not self.read(run).finished)

    @property
    def _runs(self) -> Path:
        return self.folder / "runs" / self.name

    def _path(self, run: str) -> Path:
        return self._runs / file_name(run)

    def _scan(self, run: str) -> Scan:
        path = self._path(run)
        try:
            return scan(run, path.read_bytes(), place=f"the journal {path}")
        except OSError as error:
            raise StateProblem(_cannot("read", path, error)) from None


def file_name(run: str) -> str:
    """The name of a run's file; ValueError for what could lead out of its folder."""
    if not _RUN.fullmatch(run):
        raise ValueError(f"{run!r} cannot be the name of a run")
    return f"{run}{_ENDING}"


def names(files: Iterable[str]) -> tuple[str, ...]:
    """The runs that these files hold, sorted; what is no run's file is left out."""
    runs = (name.removesuffix(_ENDING) for name in files if name.endswith(_ENDING))
    return tuple(sorted(run for run in runs if _RUN.fullmatch(run)))


def scan(run: str, data: bytes, *, place: str) -> Scan:
    """Follow the chain of lines for as long as it holds."""
    records: list[Record] = []
    size, checksum, finished, damage = 0, START, False, ""
    *lines, rest = data.split(b"\n")
    for line in lines:
        parsed = _parsed(line, len(records) + 1, previous=checksum)
        if parsed is None or finished:
            damage = f"{place} is damaged at line {len(records) + 1}"
            break
        record, checksum, finished = parsed
        records.append(record)
        size += len(line) + 1
    torn = bool(rest) and not damage
    return Scan(History(run, tuple(records), finished, torn, damage), size, checksum)


def _parsed(line: bytes, sequence: int, *, previous: str) -> tuple[Record, str, bool] | None:
    """Record, checksum and whether it is the last; None unless we wrote exactly this line."""
    try:
        frame = json.loads(line)
        record, end = frame["record"], frame["end"]
        expected, checksum = line_of(sequence, record, previous=previous, end=bool(end))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return (record, checksum, bool(end)) if expected == line + b"\n" else None


def line_of(sequence: int, record: Record, *, previous: str, end: bool) -> tuple[bytes, str]:
    """A record as one line, and the checksum that the next line builds on."""
    _assert_plain(record.values() if isinstance(record, Mapping) else [record])
    body = {"end": end, "record": record, "seq": sequence}
    checksum = hashlib.sha256((previous + _canonical(body)).encode()).hexdigest()[:16]
    return f"{_canonical(body | {'sum': checksum})}\n".encode(), checksum


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _assert_plain(values: Iterable[object]) -> None:
    """TypeError for what has no business in a journal: a secret, a float, an object of ours."""
    for value in values:
        if isinstance(value, Mapping):
            _assert_plain(value.values())
        elif isinstance(value, list | tuple):
            _assert_plain(value)
        elif not isinstance(value, str | int | None):
            raise TypeError(f"a {type(value).__name__} cannot be written to a journal")


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _cannot(verb: str, path: Path, error: OSError) -> str:
    return f"cannot {verb} {path}: {error.strerror or type(error).__name__}"

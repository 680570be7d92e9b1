"""The files of a configuration: found from any folder inside it, bounded, nothing from outside."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ixia_config.codes import Diagnostic
from ixia_config.edges.disk import atomic_write
from ixia_config.language.codes import NotUtf8, TooLarge
from ixia_config.model import Mark
from ixia_config.sdk.codes import FileUnreadable, FolderTooLarge, LinkLeaves, NoProject

PROJECT = "ixia.yaml"

_ENDINGS = frozenset({".yaml", ".yml"})
_FOREIGN = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """More than this is not a configuration."""

    files: int = 20_000
    file_bytes: int = 8 * 1024 * 1024
    all_bytes: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Folder:
    """The YAML of a configuration, by path relative to its root, and what could not be read."""

    root: Path
    files: Mapping[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()

    def policies(self, overlays: str | None) -> Mapping[str, str]:
        """The files outside the folder of overlays."""
        return {name: text for name, text in self.files.items() if not _inside(name, overlays)}

    def overlay(self, overlays: str | None, environment: str) -> Mapping[str, str]:
        """The files that patch one environment: ``<overlays>/production.yaml``, or a folder."""
        if overlays is None:
            return {}
        stem = PurePosixPath(overlays) / environment
        return {
            name: text
            for name, text in self.files.items()
            if PurePosixPath(name).with_suffix("") == stem or stem in PurePosixPath(name).parents
        }


def _inside(name: str, folder: str | None) -> bool:
    return folder is not None and PurePosixPath(folder) in PurePosixPath(name).parents


class Refused(Exception):  # noqa: N818  # carries a diagnostic, which is what names the error
    """A diagnostic that ends the run where it is found."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


def find_root(start: Path) -> Path:
    """The nearest folder with ``ixia.yaml``, from here upwards; Refused (IX630) without one."""
    here = Path(os.path.realpath(start))
    for folder in (here, *here.parents):
        if (folder / PROJECT).is_file():
            return folder
    raise Refused(NoProject(folder=str(here)))


def read_folder(root: Path, *, bounds: Bounds | None = None) -> Folder:
    """All YAML below the root, hidden folders and other configurations left out."""
    return _Reading(Path(os.path.realpath(root)), bounds or Bounds()).folder()


class _Reading:
    """One walk over one folder, and what it has collected so far."""

    def __init__(self, root: Path, bounds: Bounds) -> None:
        self._root = root
        self._bounds = bounds
        self._files: dict[str, str] = {}
        self._diagnostics: list[Diagnostic] = []
        self._bytes = 0
        self._seen: set[tuple[int, int]] = set()

    def folder(self) -> Folder:
        self._walk()
        files = {name: self._files[name] for name in sorted(self._files)}
        return Folder(self._root, files, tuple(self._diagnostics))

    def _walk(self) -> None:
        """Read file by file until all are read or the folder turns out too large."""
        # Links come last, so that a file that is also linked keeps its own name.
        names = sorted(self._names(self._root), key=lambda path: (path.is_symlink(), path))
        for path in names:
            excess = self._excess()
            if excess:
                self._diagnostics.append(FolderTooLarge(limit=excess))
                return
            self._take(path)

    def _excess(self) -> str:
        if len(self._files) >= self._bounds.files:
            return f"{self._bounds.files} YAML files"
        if self._bytes > self._bounds.all_bytes:
            return f"{self._bounds.all_bytes // 1024 // 1024} MiB of YAML"
        return ""

    def _names(self, folder: Path) -> Iterator[Path]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._unreadable(folder, error)
            return
        for entry in entries:
            path = folder / entry.name
            if entry.name.startswith(".") or entry.name in _FOREIGN:
                continue
            if entry.is_symlink() and not self._stays(path):
                self._report_link(path)
            elif entry.is_dir(follow_symlinks=False):
                yield from self._below(path)
            elif path.suffix in _ENDINGS:
                yield path

    def _below(self, folder: Path) -> Iterator[Path]:
        """The files of a folder, unless it is a configuration of its own."""
        if not (folder / PROJECT).is_file():
            yield from self._names(folder)

    def _stays(self, path: Path) -> bool:
        return Path(os.path.realpath(path)).is_relative_to(self._root)

    def _report_link(self, path: Path) -> None:
        """A link out of the folder matters only where YAML would be read through it."""
        if path.suffix in _ENDINGS or path.is_dir():
            self._diagnostics.append(LinkLeaves(mark=self._mark(path)))

    def _take(self, path: Path) -> None:
        try:
            status = path.stat()
            key = (status.st_dev, status.st_ino)
            # A pipe or a device would hang; the same file under two names would count twice.
            if not stat.S_ISREG(status.st_mode) or (path.is_symlink() and key in self._seen):
                return
            self._seen.add(key)
            self._keep(path, self._read(path))
        except OSError as error:
            self._unreadable(path, error)

    def _read(self, path: Path) -> bytes:
        with path.open("rb") as file:
            data = file.read(self._bounds.file_bytes + 1)
        self._bytes += len(data)
        return data

    def _keep(self, path: Path, data: bytes) -> None:
        if len(data) > self._bounds.file_bytes:
            limit = f"{self._bounds.file_bytes:,} bytes"
            what = "this file is too large"
            self._diagnostics.append(TooLarge(mark=self._mark(path), what=what, limit=limit))
        else:
            self._decode(path, data)

    def _decode(self, path: Path, data: bytes) -> None:
        try:
            self._files[self._name(path)] = data.decode("utf-8")
        except UnicodeDecodeError as error:
            self._diagnostics.append(NotUtf8(mark=_place(self._name(path), data, error.start)))

    def _unreadable(self, path: Path, error: OSError) -> None:
        why = error.strerror or type(error).__name__
        self._diagnostics.append(FileUnreadable(mark=self._mark(path), why=why))

    def _mark(self, path: Path) -> Mark:
        return Mark(self._name(path), 1, 1)

    def _name(self, path: Path) -> str:
        """The path as text that can be printed, whatever bytes the name is made of."""
        name = path.relative_to(self._root).as_posix()
        return name.encode("utf-8", "replace").decode("utf-8")


def _place(name: str, data: bytes, at: int) -> Mark:
    """Line and column of a byte that is not UTF-8."""
    before = data[:at]
    line_start = before.rfind(b"\n") + 1
    return Mark(name, before.count(b"\n") + 1, len(before[line_start:].decode("utf-8")) + 1)


__all__ = ["PROJECT", "Bounds", "Folder", "Refused", "atomic_write", "find_root", "read_folder"]

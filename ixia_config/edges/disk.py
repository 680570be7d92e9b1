"""Writing files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

PRIVATE = 0o600


def atomic_write(path: Path, text: str, *, mode: int | None = None) -> None:
    """Replace a file's text so that every reader, and every crash, sees the old or the new whole.

    ``mode`` are the permissions; without it an existing file keeps its own. A link is followed.
    """
    real = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=".tmp", dir=real.parent)
    temporary = Path(name)
    try:
        _fill(handle, text.encode(), mode=_mode(real) if mode is None else mode)
        temporary.replace(real)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(real.parent)


def _fill(handle: int, data: bytes, *, mode: int) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())


def _mode(path: Path) -> int:
    """The permissions of the file, or those that a new one gets."""
    try:
        return path.stat().st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def private_folder(folder: Path) -> None:
    """Make the folder, for its owner only, where it is missing."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for made in missing:
        sync_folder(made.parent)


def sweep(folder: Path, prefix: str) -> None:
    """Remove what a killed ``atomic_write`` left behind; only while nobody else writes there."""
    for left in folder.glob(f"{prefix}*.tmp"):
        with contextlib.suppress(OSError):
            left.unlink()

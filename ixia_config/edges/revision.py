"""The configuration as it was at a git revision, laid out in a folder of its own for a while."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ixia_config.edges.files import Bounds
from ixia_config.edges.git_command import Git, Ran
from ixia_config.engine.state import StateProblem

_ENDINGS = frozenset({".yaml", ".yml", ".csv"})
_ENTRY = re.compile(r"(\d{6}) blob ([0-9a-f]{40,64}) +(\d+)\t(.*)", re.DOTALL)
_FILES = frozenset({"100644", "100755"})


class NoRevision(Exception):  # noqa: N818  # says what happened
    """Why a revision cannot be read."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit, and the folder that holds its configuration."""

    commit: str
    root: Path


@contextmanager
def revision(root: Path, name: str, bounds: Bounds | None = None) -> Iterator[Revision]:
    """The YAML and CSV files below ``root`` as the commit of this name has them.

    The working tree, its index and its hooks are left alone; links are left out, since they could
    lead anywhere. NoRevision where there is no such commit, or it is too large.
    """
    git = Git(root)
    commit = _commit(git, name)
    found = _listed(git, commit, bounds or Bounds())
    with tempfile.TemporaryDirectory(prefix="ixia-") as folder:
        below = Path(folder)
        for path, blob in found.items():
            file = below / PurePosixPath(path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(_git(git, "cat-file", "blob", blob).out)
        yield Revision(commit, below)


def _commit(git: Git, name: str) -> str:
    if "\0" in name:
        raise NoRevision("no name of a commit has such a character")
    ran = _tried(git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if ran.code != 0:
        raise NoRevision(f"git knows no commit {name!r}")
    return ran.text


def _listed(git: Git, commit: str, bounds: Bounds) -> dict[str, str]:
    """The files of a configuration by path, within bounds."""
    found: dict[str, str] = {}
    size = 0
    for line in _git(git, "ls-tree", "-r", "-z", "-l", commit, ".").out.split(b"\0"):
        entry = _ENTRY.fullmatch(line.decode("utf-8", "replace"))
        if entry is None or entry[1] not in _FILES or not _wanted(entry[4]):
            continue
        size += int(entry[3])
        found[entry[4]] = entry[2]
        if len(found) > bounds.files or size > bounds.all_bytes:
            raise NoRevision(f"commit {commit[:12]} has more files than a configuration may have")
    return found


def _wanted(path: str) -> bool:
    """A file of a configuration, in a folder that is not hidden."""
    pure = PurePosixPath(path)
    safe = not pure.is_absolute() and ".." not in pure.parts
    shown = not any(part.startswith(".") for part in pure.parts)
    return safe and shown and pure.suffix in _ENDINGS


def _git(git: Git, *arguments: str) -> Ran:
    ran = _tried(git, *arguments)
    if ran.code != 0:
        raise NoRevision(f"git {arguments[0]}: {ran.complaint.strip() or 'failed'}")
    return ran


def _tried(git: Git, *arguments: str) -> Ran:
    try:
        return git.try_(*arguments)
    except StateProblem as error:
        raise NoRevision(str(error)) from None

"""What git says about the configuration's folder; nothing where there is no git."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Commit:
    """Where a working tree stands: ``branch`` is empty when none is checked out."""

    commit: str
    branch: str = ""
    dirty: bool = False


def commit_of(root: Path) -> Commit | None:
    """The checked-out commit, or None without git, a repository or a first commit."""
    commit = _git(root, "rev-parse", "--verify", "HEAD")
    if not commit:
        return None
    changes = _git(root, "status", "--porcelain", "--untracked-files=normal", "--", ".")
    return Commit(
        commit=commit,
        branch=_git(root, "symbolic-ref", "--short", "--quiet", "HEAD") or "",
        dirty=changes != "",
    )


def authors_of(root: Path) -> tuple[str, ...]:
    """The e-mail addresses of whoever wrote the configuration as it stands; none without git.

    Those are the author of the checked-out commit, and the present user where files are changed.
    """
    commit = commit_of(root)
    if commit is None:
        return ()
    found = [_git(root, "log", "-1", "--format=%ae", "HEAD")]
    if commit.dirty:
        found.append(_git(root, "config", "user.email"))
    return tuple(dict.fromkeys(each.lower() for each in found if each))


def _git(root: Path, *arguments: str) -> str | None:
    """What git prints, None when it fails; it runs nothing that the repository configures."""
    settings = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
    try:
        done = subprocess.run(  # noqa: S603  # fixed arguments, no shell
            ["git", *settings, *arguments],  # noqa: S607  # the user's own git
            cwd=root,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None

"""Where the branch that is checked out left the branch that it will go to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ixia_config.edges.git_command import Git
from ixia_config.engine.state import StateProblem

_MAIN = ("origin/main", "origin/master", "main", "master")
_COMMIT = re.compile(r"[0-9a-f]{40,64}")


@dataclass(frozen=True, slots=True)
class BranchPoint:
    """A commit, and the branch that it is of; no branch where none was found."""

    commit: str
    branch: str = ""


def branch_point(root: Path, target: str = "") -> BranchPoint:
    """Where HEAD left ``target`` or else the default branch; HEAD itself where neither is here.

    The default branch is what ``origin/HEAD`` points to, else the first of origin/main,
    origin/master, main and master. Nothing is fetched.
    """
    git = Git(root)
    try:
        for branch in _candidates(git, target):
            ran = git.try_("merge-base", "HEAD", f"refs/{branch}")
            if ran.code == 0 and _COMMIT.fullmatch(ran.text):
                return BranchPoint(ran.text, branch.partition("/")[2])
    except StateProblem:
        pass  # without git there is no other version either, and whoever reads HEAD says so
    return BranchPoint("HEAD")


def _candidates(git: Git, target: str) -> Iterator[str]:
    """Full names of branches without the leading ``refs/``, the likeliest first."""
    if target:
        yield from (f"remotes/origin/{target}", f"heads/{target}")
    told = git.try_("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
    if told.code == 0:
        yield told.text.removeprefix("refs/")
    for name in _MAIN:
        yield f"remotes/{name}" if name.startswith("origin/") else f"heads/{name}"


__all__ = ["BranchPoint", "branch_point"]

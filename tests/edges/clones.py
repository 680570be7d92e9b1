"""A bare repository that plays the remote, and clones of it, as two runners would have them."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


def git(folder: Path, *arguments: str) -> str:
    """What git prints; a failure of it is a failure of the test."""
    settings = ("-c", "user.name=Ana", "-c", "user.email=ana@acme.example")
    command = ["git", *settings, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@dataclass(frozen=True)
class Remote:
    """The bare repository, with one commit on main."""

    path: Path

    def clone(self, folder: Path) -> Path:
        git(self.path, "clone", "--quiet", str(self.path), str(folder))
        return folder

    def tips(self) -> dict[str, str]:
        """The commit of every branch."""
        rows = git(self.path, "for-each-ref", "--format=%(refname:short) %(objectname)")
        return dict(row.split(" ") for row in rows.splitlines())

    def files(self, branch: str) -> dict[str, str]:
        """The text of every file on a branch."""
        listed = git(self.path, "ls-tree", "-r", "--name-only", branch).splitlines()
        return {path: git(self.path, "show", f"{branch}:{path}") for path in listed}


def a_remote(folder: Path) -> Remote:
    """A new remote."""
    path = folder / "remote.git"
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(path))
    seed = folder / "seed"
    git(folder, "init", "--quiet", "--initial-branch=main", str(seed))
    git(seed, "commit", "--quiet", "--allow-empty", "-m", "Start")
    git(seed, "push", "--quiet", str(path), "main")
    return Remote(path)

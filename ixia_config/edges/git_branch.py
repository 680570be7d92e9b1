"""A side branch of a remote as a small store of files, replaced by compare-and-swap.

All work happens in a bare repository of our own below the clone's ``.git``. The user's working
tree, index, branches and objects are never touched; their remotes and credentials are used as
they have configured them.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ixia_config.edges.disk import atomic_write, private_folder
from ixia_config.edges.git_command import NETWORK, Git, Ran, failure
from ixia_config.edges.lock import fenced
from ixia_config.edges.store import Unreachable
from ixia_config.engine.state import StateProblem

_OBJECT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_ROW = re.compile(rb"100(?:644|755) blob ([0-9a-f]{40,64}) +(\d{1,15})\t([ -~]+)")
_REMOTE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_LARGEST = 256 * 1024 * 1024
_PATIENCE = 2 * NETWORK  # seconds that another process may fetch before us
_MOVED = (
    "stale info",
    "fetch first",
    "non-fast-forward",
    "cannot lock ref",
    "failed to update ref",
    "reference already exists",
)
_NOBODY = "Ixia Config <ixia-config@localhost>"

Sources = Mapping[str, tuple[str, int]]  # path: its object and its size


@dataclass(frozen=True, slots=True)
class Side:
    """Where a side branch is: the clone's folder, its remote's name, and the branch."""

    root: Path
    remote: str
    branch: str

    @property
    def ref(self) -> str:
        """The branch in full."""
        return f"refs/heads/{self.branch}"

    @property
    def name(self) -> str:
        """A name for the files on this machine that belong to it."""
        return f"{self.remote}.{self.branch}".replace("/", "~")

    def __str__(self) -> str:
        return f"the branch {self.branch} of {self.remote}"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one commit of the branch holds; ``commit`` is empty before the first."""

    commit: str = ""
    files: Sources = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Branch:
    """The side branch, spoken to through a repository of our own."""

    side: Side
    git: Git
    fence: Path  # two processes that fetch at once would be in each other's way

    def tip(self) -> str:
        """The commit that the remote has now; empty where the branch is not there."""
        asked = ("ls-remote", "--quiet", "--", self.side.remote, self.side.ref)
        for line in self.git.run(*asked, seconds=NETWORK).text.splitlines():
            found, _, ref = line.partition("\t")
            if ref == self.side.ref and _OBJECT.fullmatch(found):
                return found
        return ""

    def snapshot(self) -> Snapshot:
        """What the remote has now."""
        for _ in range(5):
            commit = self.tip()
            if not commit:
                return Snapshot()
            if self._have(commit) or self._fetch(commit):
                return self._listed(commit)
        raise Unreachable(f"{self.side} changes faster than it can be read")

    def content(self, found: Snapshot, path: str, *, largest: int = _LARGEST) -> bytes | None:
        """The bytes of a file; None where there is none, StateProblem where it is too large."""
        if path not in found.files:
            return None
        name, size = found.files[path]
        if size > largest:
            raise StateProblem(f"{path} in {self.side} is larger than {largest} bytes")
        return self.git.run("cat-file", "blob", name).out

    def commit(self, parent: str, files: Mapping[str, bytes | None], message: str) -> str:
        """Make a commit with these files changed, None for gone; the remote does not have it."""
        stream = b"".join(_stream(self._work, parent, files, message))
        made = self.git.run("fast-import", "--quiet", "--force", "--date-format=now", stdin=stream)
        if not _OBJECT.fullmatch(made.text):
            raise Unreachable(f"git made no commit: {made.text[:80]}")
        return made.text

    def push(self, commit: str, *, expected: str) -> bool:
        """Put the remote's branch from the expected commit to this; False where it is elsewhere.

        Unreachable leaves it open whether the remote took it.
        """
        ran = self.git.try_(
            "push",
            "--quiet",
            "--no-verify",
            "--porcelain",
            f"--force-with-lease={self.side.ref}:{expected}",
            "--",
            self.side.remote,
            f"{commit}:{self.side.ref}",
            seconds=NETWORK,
        )
        if ran.code == 0:
            return True
        if _moved(ran):
            return False
        raise Unreachable(failure(ran, "push"))

    def rehearse(self, commit: str) -> None:
        """Unreachable unless this user may push; nothing is pushed."""
        commit = commit or self.commit("", {}, "nothing")
        asked = ("push", "--dry-run", "--quiet", "--no-verify", "--", self.side.remote)
        self.git.run(*asked, f"{commit}:{self.side.ref}", seconds=NETWORK)

    def forget(self) -> None:
        """Let go of what this process made; it stays for as long as the remote needs it."""
        self.git.try_("update-ref", "-d", self._work)

    @property
    def _work(self) -> str:
        return f"refs/ixia/process-{os.getpid()}"

    def _have(self, commit: str) -> bool:
        return self.git.try_("cat-file", "-e", f"{commit}^{{tree}}").code == 0

    def _fetch(self, commit: str) -> bool:
        """Fetch the branch without its past; False where it has moved on since."""
        wanted = f"+{self.side.ref}:refs/ixia/seen"
        options = ("--quiet", "--no-tags", "--depth=1", "--no-write-fetch-head", "--refmap=")
        with fenced(self.fence, patience=_PATIENCE):
            self.git.run("fetch", *options, "--", self.side.remote, wanted, seconds=2 * NETWORK)
        return self._have(commit)

    def _listed(self, commit: str) -> Snapshot:
        """The files of a commit; StateProblem where anything is no plain file."""
        listed = self.git.run("ls-tree", "-r", "-l", "-z", "--full-tree", commit).out
        files = {}
        for row in filter(None, listed.split(b"\0")):
            found = _ROW.fullmatch(row)
            if found is None:
                path = row.partition(b"\t")[2].decode("ascii", "backslashreplace")
                raise StateProblem(f"{self.side} has {path!a}, which is no plain file; remove it")
            files[found[3].decode()] = (found[1].decode(), int(found[2]))
        return Snapshot(commit, files)


def open_branch(side: Side) -> Branch:
    """The branch, with our own repository made where it is missing; StateProblem where not."""
    if not _REMOTE.fullmatch(side.remote) or not _BRANCH.fullmatch(side.branch):
        raise StateProblem(f'"{side.branch}" of "{side.remote}" cannot be the name of a branch')
    user = Git(side.root)
    common = folder_of(side.root)
    if user.try_("check-ref-format", side.ref).code != 0:
        raise StateProblem(f'"{side.branch}" cannot be the name of a branch')
    if side.remote not in user.run("remote").text.splitlines():
        raise StateProblem(f'the clone has no remote "{side.remote}" (see  git remote)')
    own = common / "ixia" / f"{side.name}.git"
    fence = own.with_suffix(".fetch.lock")
    private_folder(own.parent)
    with fenced(fence, patience=_PATIENCE):
        if not own.exists():
            _make(user, common, own)
    return Branch(side, Git(_top(user, side.root), own), fence)


def folder_of(root: Path) -> Path:
    """The ``.git`` of the clone around a folder; StateProblem where there is none."""
    ran = Git(root).try_("rev-parse", "--git-common-dir")
    if ran.code != 0:
        raise StateProblem(f"{root} is not in a git repository that git trusts: {ran.complaint}")
    return (root / ran.text).resolve()


def _top(user: Git, root: Path) -> Path:
    """The folder from which a relative path of a remote counts."""
    ran = user.try_("rev-parse", "--show-toplevel")
    return Path(ran.text) if ran.code == 0 and ran.text else root


def _make(user: Git, common: Path, own: Path) -> None:
    """A bare repository that has the clone's remotes and credentials, and nothing else of it."""
    kind = user.try_("rev-parse", "--show-object-format").text or "sha1"
    with tempfile.TemporaryDirectory(dir=own.parent) as folder:
        new = Path(folder) / own.name
        user.run("init", "--quiet", "--bare", "--template=", f"--object-format={kind}", str(new))
        settings = (new / "config").read_text("utf-8")
        path = str(common / "config").replace("\\", "\\\\").replace('"', '\\"')
        # Ours come last and count: the clone may be bare, partial or have a working tree.
        atomic_write(new / "config", f'[include]\n\tpath = "{path}"\n{settings}')
        new.rename(own)


def _stream(work: str, parent: str, files: Mapping[str, bytes | None], message: str) -> list[bytes]:
    """The commit in the words of ``git fast-import``, which answers with its name."""
    said = message.encode()
    lines = [
        f"commit {work}\nmark :1\ncommitter {_NOBODY} now\ndata {len(said)}\n".encode(),
        said,
        f"\nfrom {parent}\n".encode() if parent else b"\n",
    ]
    for path, data in sorted(files.items()):
        if data is None:
            lines.append(f"D {path}\n".encode())
        else:
            lines += [f"M 100644 inline {path}\ndata {len(data)}\n".encode(), data, b"\n"]
    return [*lines, b"\nget-mark :1\n"]


def _moved(ran: Ran) -> bool:
    """Whether the remote refused because its branch is not where we expected it."""
    told = ran.out.decode("utf-8", "replace") + ran.complaint
    return any(words in told for words in _MOVED)


__all__ = ["Branch", "Side", "Snapshot", "folder_of", "open_branch"]

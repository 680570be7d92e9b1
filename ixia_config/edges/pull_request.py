"""What GitHub and GitLab have in common: comments, labels, reviewers and a proposed branch."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn, Protocol

from ixia_config.edges.code_host import CODE
from ixia_config.sdk.wire import Kind, RemoteError

Unasked = tuple[str, ...]
"""Those who could not be asked for a review."""
TRAILER = "Proposed-by: ixia"
"""The last line of every commit that we put on a branch; a branch without it is somebody's work."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment, and who wrote it."""

    id: int
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request: who opened it, its newest commit, and the commit that it goes to."""

    number: int
    author: str
    head: str
    base: str
    forked: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A proposed change: its number, whether it is new, and whether its branch was moved."""

    number: int
    fresh: bool
    moved: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """Files by their path in the repository, to be proposed as one commit upon ``base``."""

    name: str
    base: str
    title: str
    text: str
    files: Mapping[str, str]

    @property
    def message(self) -> str:
        """The message of the commit."""
        return f"{self.title}\n\n{TRAILER}\n"

    def own(self, message: str) -> None:
        """RemoteError unless the newest commit of the branch is ours: nobody's work is lost."""
        if TRAILER not in message:
            self.refuse(f"somebody has worked on the branch {self.name}; merge or delete it first")

    def refuse(self, why: str) -> NoReturn:
        """Say why nothing was proposed."""
        raise RemoteError(Kind.REJECTED, why, code=CODE)


class Host(Protocol):
    """A pull request on a code host."""

    @property
    def title(self) -> str:
        """The code host's name."""

    def me(self) -> str:
        """Whose token it is."""

    def comments(self) -> Iterator[Comment]:
        """Every comment, oldest first."""

    def add_comment(self, text: str) -> None:
        """Write a new comment."""

    def edit_comment(self, id: int, text: str) -> None:  # noqa: A002  # its name
        """Replace the text of a comment."""

    def remove_comment(self, id: int) -> None:  # noqa: A002  # its name
        """Delete a comment."""

    def labels(self) -> frozenset[str]:
        """The names of its labels."""

    def label(self, add: Collection[str], remove: Collection[str]) -> None:
        """Add and remove labels."""

    def ask_reviewers(self, people: Sequence[str], teams: Sequence[str]) -> Unasked:
        """Ask for reviews."""

    def propose(self, branch: Branch) -> Opened:
        """Put files on a branch of their own and open a pull request for it."""


__all__ = ["Branch", "Comment", "Host", "Opened", "Pull", "Unasked"]

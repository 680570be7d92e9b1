"""GitLab's API as far as a merge request needs it: notes, labels, reviewers, branches."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ixia_config.edges.code_host import CodeHost
from ixia_config.edges.pull_request import Branch, Comment, Opened, Unasked

_GONE = frozenset({404})


@dataclass(frozen=True, slots=True)
class GitLab:
    """One project, by its number or path, and the merge request that a job is about (0: none)."""

    host: CodeHost
    project: str
    number: int = 0

    @property
    def title(self) -> str:
        """Its name."""
        return "GitLab"

    def _at(self, path: str) -> str:
        return f"/projects/{quote(self.project, safe='')}{path}"

    @property
    def _request(self) -> str:
        return self._at(f"/merge_requests/{self.number}")

    def me(self) -> str:
        """Whose token it is."""
        return str(self.host.ask("GET", "/user").json["username"])

    def comments(self) -> Iterator[Comment]:
        """Every note that a person or a program wrote, oldest first."""
        asked = {"sort": "asc", "order_by": "created_at"}
        for each in self.host.pages(f"{self._request}/notes", params=asked):
            if not each.get("system"):
                yield Comment(each["id"], each["author"]["username"], each["body"])

    def add_comment(self, text: str) -> None:
        """Write a new note."""
        self.host.ask("POST", f"{self._request}/notes", {"body": text})

    def edit_comment(self, id: int, text: str) -> None:  # noqa: A002  # its name
        """Replace the text of a note."""
        self.host.ask("PUT", f"{self._request}/notes/{id}", {"body": text})

    def remove_comment(self, id: int) -> None:  # noqa: A002  # its name
        """Delete a note; one that is gone is fine."""
        self.host.ask("DELETE", f"{self._request}/notes/{id}", allowed=_GONE)

    def labels(self) -> frozenset[str]:
        """The names of its labels."""
        return frozenset(self.host.ask("GET", self._request).json["labels"])

    def label(self, add: Collection[str], remove: Collection[str]) -> None:
        """Add and remove labels in one request."""
        change = {"add_labels": ",".join(sorted(add)), "remove_labels": ",".join(sorted(remove))}
        self.host.ask("PUT", self._request, change)

    def ask_reviewers(self, people: Sequence[str], teams: Sequence[str]) -> Unasked:
        """Add reviewers to those there are; GitLab knows no teams, so these are returned."""
        now = [each["id"] for each in self.host.ask("GET", self._request).json["reviewers"]]
        found = {name: self._user(name) for name in people}
        fresh = [id_ for id_ in found.values() if id_ is not None and id_ not in now]
        if fresh:
            self.host.ask("PUT", self._request, {"reviewer_ids": [*now, *fresh]})
        return (*(name for name, id_ in found.items() if id_ is None), *teams)

    def _user(self, name: str) -> int | None:
        found = self.host.ask("GET", "/users", params={"username": name}).json
        return next((each["id"] for each in found if each["username"] == name), None)

    def propose(self, branch: Branch) -> Opened:
        """Put files on a branch of their own and open a merge request, or bring both up to date."""
        moved = self._committed(branch)
        asked = {
            "state": "opened",
            "source_branch": branch.name,
            "target_branch": branch.base,
        }
        open_ = next(iter(self.host.pages(self._at("/merge_requests"), params=asked)), None)
        text = {"title": branch.title, "description": branch.text}
        if open_ is None:
            made = {**text, "source_branch": branch.name, "target_branch": branch.base}
            number = self.host.ask("POST", self._at("/merge_requests"), made).json["iid"]
            return Opened(number, fresh=True, moved=moved)
        if (open_["title"], open_.get("description") or "") != (branch.title, branch.text):
            self.host.ask("PUT", self._at(f"/merge_requests/{open_['iid']}"), text)
        return Opened(open_["iid"], fresh=False, moved=moved)

    def _committed(self, branch: Branch) -> bool:
        base, now = self._tip(branch.base), self._tip(branch.name)
        if base is None:
            branch.refuse(f"there is no branch {branch.base}")
        if now is not None:
            branch.own(str(now["message"]))
            built = now.get("parent_ids") == [base["id"]]
            if built and all(self._has(branch, path) for path in branch.files):
                return False
        actions = [
            {
                "action": "update",
                "file_path": path,
                "content": base64.b64encode(text.encode()).decode(),
                "encoding": "base64",
            }
            for path, text in sorted(branch.files.items())
        ]
        made = {
            "branch": branch.name,
            "start_branch": branch.base,
            "force": True,
            "commit_message": branch.message,
            "actions": actions,
        }
        self.host.ask("POST", self._at("/repository/commits"), made)
        return True

    def _tip(self, branch: str) -> Any:
        path = self._at(f"/repository/branches/{quote(branch, safe='')}")
        answer = self.host.ask("GET", path, allowed=_GONE)
        return None if answer.status in _GONE else answer.json["commit"]

    def _has(self, branch: Branch, path: str) -> bool:
        """Whether the branch has this very file."""
        asked = self._at(f"/repository/files/{quote(path, safe='')}")
        answer = self.host.ask("GET", asked, params={"ref": branch.name}, allowed=_GONE)
        if answer.status in _GONE:
            return False
        return base64.b64decode(answer.json["content"]) == branch.files[path].encode()


__all__ = ["GitLab"]

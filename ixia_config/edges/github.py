"""GitHub's API as far as a pull request needs it: comments, labels, reviewers, branches, runs."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ixia_config.edges.code_host import CodeHost
from ixia_config.edges.download import downloaded
from ixia_config.edges.pull_request import Branch, Comment, Opened, Pull, Unasked

_RUNNER = "github-actions[bot]"  # who a workflow's own token writes as; it may not ask who it is
_GONE = frozenset({404})
_REFUSED = frozenset({422})


@dataclass(frozen=True, slots=True)
class GitHub:
    """One repository, ``owner/name``, and the pull request that a job is about (0: none)."""

    host: CodeHost
    repository: str
    number: int = 0

    @property
    def title(self) -> str:
        """Its name."""
        return "GitHub"

    def _at(self, path: str) -> str:
        owner, _, name = self.repository.partition("/")
        return f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}{path}"

    def me(self) -> str:
        """Whose token it is."""
        answer = self.host.ask("GET", "/user", allowed=frozenset({403}))
        return str(answer.json["login"]) if answer.status == 200 else _RUNNER

    def merged(self, commit: str) -> Pull | None:
        """The pull request that this commit of the main branch merged."""
        asked = self._at(f"/commits/{quote(commit, safe='')}/pulls")
        found = [each for each in self.host.pages(asked) if each.get("merged_at")]
        return next((_pull(each) for each in found if each["merge_commit_sha"] == commit), None)

    def comments(self) -> Iterator[Comment]:
        """Every comment of the pull request, oldest first."""
        for each in self.host.pages(self._at(f"/issues/{self.number}/comments")):
            author = (each.get("user") or {}).get("login", "")
            yield Comment(each["id"], author, each.get("body") or "")

    def add_comment(self, text: str) -> None:
        """Write a new comment."""
        self.host.ask("POST", self._at(f"/issues/{self.number}/comments"), {"body": text})

    def edit_comment(self, id: int, text: str) -> None:  # noqa: A002  # its name
        """Replace the text of a comment."""
        self.host.ask("PATCH", self._at(f"/issues/comments/{id}"), {"body": text})

    def remove_comment(self, id: int) -> None:  # noqa: A002  # its name
        """Delete a comment; one that is gone is fine."""
        self.host.ask("DELETE", self._at(f"/issues/comments/{id}"), allowed=_GONE)

    def labels(self) -> frozenset[str]:
        """The names of its labels."""
        found = self.host.pages(self._at(f"/issues/{self.number}/labels"))
        return frozenset(str(each["name"]) for each in found)

    def label(self, add: Collection[str], remove: Collection[str]) -> None:
        """Add and remove labels; a label that is gone is fine."""
        path = self._at(f"/issues/{self.number}/labels")
        if add:
            self.host.ask("POST", path, {"labels": sorted(add)})
        for name in sorted(remove):
            self.host.ask("DELETE", f"{path}/{quote(name, safe='')}", allowed=_GONE)

    def ask_reviewers(self, people: Sequence[str], teams: Sequence[str]) -> Unasked:
        """Ask for reviews, of those who are not asked yet; who cannot be asked is returned."""
        path = self._at(f"/pulls/{self.number}/requested_reviewers")
        now = self.host.ask("GET", path).json
        asked = {each["login"].lower() for each in now["users"]}
        known = {each["slug"].lower() for each in now["teams"]}
        left: list[str] = []
        wanted = [("reviewers", each) for each in people if each.lower() not in asked]
        wanted += [("team_reviewers", each) for each in teams if each.lower() not in known]
        for kind, name in wanted:
            # One by one: a single stranger among them would have all of them refused.
            if self.host.ask("POST", path, {kind: [name]}, allowed=_REFUSED).status in _REFUSED:
                left.append(name)
        return tuple(left)

    def approvers(self, commit: str) -> tuple[str, ...]:
        """Whose last word on this commit is a yes."""
        last: dict[str, str] = {}
        for each in self.host.pages(self._at(f"/pulls/{self.number}/reviews")):
            word, author = each["state"], (each.get("user") or {}).get("login")
            if author and word in ("APPROVED", "CHANGES_REQUESTED", "DISMISSED"):
                last[author] = word if each["commit_id"] == commit else "DISMISSED"
        return tuple(sorted(name for name, word in last.items() if word == "APPROVED"))

    def propose(self, branch: Branch) -> Opened:
        """Put files on a branch of their own and open a pull request, or bring both up to date."""
        moved = self._committed(branch)
        owner = self.repository.partition("/")[0]
        asked = {"state": "open", "head": f"{owner}:{branch.name}", "base": branch.base}
        open_ = next(iter(self.host.pages(self._at("/pulls"), params=asked)), None)
        text = {"title": branch.title, "body": branch.text}
        if open_ is None:
            made = {**text, "head": branch.name, "base": branch.base}
            number = self.host.ask("POST", self._at("/pulls"), made).json["number"]
            return Opened(number, fresh=True, moved=moved)
        if (open_["title"], open_.get("body") or "") != (branch.title, branch.text):
            self.host.ask("PATCH", self._at(f"/pulls/{open_['number']}"), text)
        return Opened(open_["number"], fresh=False, moved=moved)

    def _committed(self, branch: Branch) -> bool:
        """Let the branch be one commit upon its base; whether it had to be moved."""
        base = self._tip(branch.base)
        if base is None:
            branch.refuse(f"there is no branch {branch.base}")
        tree = self._tree(base["tree"]["sha"], branch.files)
        now = self._tip(branch.name)
        if now is not None:
            branch.own(str(now["message"]))
            if now["tree"]["sha"] == tree and now["parents"][0]["sha"] == base["sha"]:
                return False
        made = {"message": branch.message, "tree": tree, "parents": [base["sha"]]}
        commit = self.host.ask("POST", self._at("/git/commits"), made).json["sha"]
        if now is None:
            ref = {"ref": f"refs/heads/{branch.name}", "sha": commit}
            self.host.ask("POST", self._at("/git/refs"), ref)
        else:
            ref = {"sha": commit, "force": True}
            self.host.ask("PATCH", self._at(f"/git/refs/heads/{quote(branch.name)}"), ref)
        return True

    def _tip(self, branch: str) -> dict[str, Any] | None:
        """The newest commit of a branch."""
        path = self._at(f"/git/ref/heads/{quote(branch)}")
        answer = self.host.ask("GET", path, allowed=_GONE)
        if answer.status in _GONE:
            return None
        found = self.host.ask("GET", self._at(f"/git/commits/{answer.json['object']['sha']}"))
        return dict(found.json)

    def _tree(self, base: str, files: Mapping[str, str]) -> str:
        entries = []
        for path, text in sorted(files.items()):
            data = {"content": base64.b64encode(text.encode()).decode(), "encoding": "base64"}
            blob = self.host.ask("POST", self._at("/git/blobs"), data).json["sha"]
            entries.append({"path": path, "mode": "100644", "type": "blob", "sha": blob})
        made = {"base_tree": base, "tree": entries}
        return str(self.host.ask("POST", self._at("/git/trees"), made).json["sha"])

    def artefact(
        self, name: str, *, branch: str = "", commit: str = "", run: int = 0
    ) -> bytes | None:
        """The newest artefact of this name that a run of this very repository kept.

        Runs for forks do not count: their artefacts are a stranger's word.
        """
        asked = {"name": name}
        for each in self.host.pages(self._at("/actions/artifacts"), params=asked):
            by = each.get("workflow_run") or {}
            ours = by.get("repository_id") == by.get("head_repository_id")
            wanted = {"head_branch": branch, "head_sha": commit, "id": run}
            fits = all(not value or by.get(key) == value for key, value in wanted.items())
            if ours and fits and each["name"] == name and not each["expired"]:
                path = self._at(f"/actions/artifacts/{each['id']}/zip")
                answer = self.host.ask("GET", path, allowed=frozenset({302}))
                return downloaded(answer.headers.get("location", ""))
        return None


def _pull(found: Any) -> Pull:
    return Pull(
        number=found["number"],
        author=(found.get("user") or {}).get("login", ""),
        head=found["head"]["sha"],
        base=found["base"]["sha"],
        forked=(found["head"].get("repo") or {}).get("id") != found["base"]["repo"]["id"],
    )


__all__ = ["GitHub"]

"""A GitHub and a GitLab in memory, in the shapes of their real APIs, behind a loopback server."""

import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.edges.server import Seen, answer

ME = "github-actions[bot]"
TOKEN = "ghs_0123456789abcdef0123456789abcdef"


def said(body, status=200, **headers):
    """An answer in JSON."""
    return answer(json.dumps(body), status=status, **headers)


@dataclass
class FakeHub:
    """One repository of GitHub with one pull request; ``first`` is answered before all else."""

    comments: list = field(default_factory=list)
    labels: set = field(default_factory=set)
    asked: list = field(default_factory=list)
    strangers: tuple = ()
    branches: dict = field(default_factory=lambda: {"main": "c0"})
    commits: dict = field(default_factory=lambda: {"c0": {"tree": "t0", "parents": []}})
    trees: dict = field(default_factory=lambda: {"t0": {"a.yaml": "old\n"}})
    blobs: dict = field(default_factory=dict)
    pulls: list = field(default_factory=list)
    reviews: list = field(default_factory=list)
    artefacts: list = field(default_factory=list)
    first: list = field(default_factory=list)
    pull: dict = field(default_factory=dict)
    seen: list = field(default_factory=list)
    url: str = ""

    def reply(self, seen: Seen) -> bytes:
        """The answer to a request."""
        self.seen.append(seen)
        parts = urlsplit(seen.target)
        if parts.path.startswith("/store/"):
            return answer(self.artefacts[0]["zip"], content_type="application/zip")
        if seen.headers.get("authorization") != f"Bearer {TOKEN}":
            return said({"message": "Bad credentials"}, 401)
        if self.first:
            return self.first.pop(0)
        body = json.loads(seen.body) if seen.body else None
        path = unquote(parts.path).removeprefix("/repos/acme/revenue")
        for pattern, method, function in _HUB:
            found = re.fullmatch(pattern, path)
            if found and method == seen.method:
                return function(
                    self, *found.groups(), query=dict(parse_qsl(parts.query)), json=body
                )
        return said({"message": "Not Found"}, 404)

    def user(self, *, query, json):
        return said({"message": "Resource not accessible by integration"}, 403)

    def list_comments(self, *, query, json):
        start = (int(query["page"]) - 1) * int(query["per_page"])
        return said(self.comments[start : start + int(query["per_page"])])

    def add_comment(self, *, query, json):
        self.comments.append(
            {"id": 1000 + len(self.comments), "user": {"login": ME}, "body": json["body"]}
        )
        return said(self.comments[-1], 201)

    def edit_comment(self, number, *, query, json):
        for each in self.comments:
            if each["id"] == int(number):
                each["body"] = json["body"]
        return said({})

    def remove_comment(self, number, *, query, json):
        self.comments = [each for each in self.comments if each["id"] != int(number)]
        return answer("", status=204)

    def list_labels(self, *, query, json):
        return said([{"name": name} for name in sorted(self.labels)])

    def add_labels(self, *, query, json):
        self.labels |= set(json["labels"])
        return said([])

    def remove_label(self, name, *, query, json):
        self.labels.discard(name)
        return said([])

    def list_asked(self, *, query, json):
        return said({"users": [{"login": name} for name in self.asked], "teams": []})

    def ask(self, *, query, json):
        for name in (*json.get("reviewers", ()), *json.get("team_reviewers", ())):
            if name in self.strangers:
                told = "Reviews may only be requested from collaborators."
                return said({"message": told}, 422)
            self.asked.append(name)
        return said({}, 201)

    def ref(self, name, *, query, json):
        if name not in self.branches:
            return said({"message": "Not Found"}, 404)
        return said({"object": {"sha": self.branches[name]}})

    def commit(self, sha, *, query, json):
        found = self.commits[sha]
        parents = [{"sha": each} for each in found["parents"]]
        tree = {"sha": found["tree"]}
        return said({"sha": sha, "tree": tree, "parents": parents, "message": found.get("m", "")})

    def make_blob(self, *, query, json):
        self.blobs[f"b{len(self.blobs)}"] = json["content"]
        return said({"sha": f"b{len(self.blobs) - 1}"}, 201)

    def make_tree(self, *, query, json):
        files = dict(self.trees[json["base_tree"]])
        files.update({each["path"]: self.blobs[each["sha"]] for each in json["tree"]})
        name = next((sha for sha, each in self.trees.items() if each == files), "")
        name = name or f"t{len(self.trees)}"
        self.trees[name] = files
        return said({"sha": name}, 201)

    def make_commit(self, *, query, json):
        sha = f"c{len(self.commits)}"
        made = {"tree": json["tree"], "parents": json["parents"], "m": json["message"]}
        self.commits[sha] = made
        return said({"sha": sha}, 201)

    def make_ref(self, *, query, json):
        self.branches[json["ref"].removeprefix("refs/heads/")] = json["sha"]
        return said({}, 201)

    def move_ref(self, name, *, query, json):
        self.branches[name] = json["sha"]
        return said({})

    def list_pulls(self, *, query, json):
        return said([each for each in self.pulls if f"acme:{each['head']}" == query["head"]])

    def open_pull(self, *, query, json):
        self.pulls.append({**json, "number": 40 + len(self.pulls)})
        return said(self.pulls[-1], 201)

    def edit_pull(self, number, *, query, json):
        self.pulls[int(number) - 40].update(json)
        return said({})

    def merged(self, sha, *, query, json):
        return said([self.pull] if self.pull and self.pull["merge_commit_sha"] == sha else [])

    def list_reviews(self, *, query, json):
        return said(self.reviews)

    def list_artefacts(self, *, query, json):
        found = [each["facts"] for each in self.artefacts if each["facts"]["name"] == query["name"]]
        return said({"total_count": len(found), "artifacts": found})

    def fetch(self, number, *, query, json):
        return answer("", status=302, Location=f"{self.url}/store/{number}?sig=signed")

    def keep(self, name, text, *, head="h1", forked=False, branch="topic"):
        """Keep an artefact of a run."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("file.json", text)
        run = {"repository_id": 1, "head_repository_id": 2 if forked else 1}
        run |= {"head_sha": head, "head_branch": branch}
        facts = {"id": 5, "name": name, "expired": False, "workflow_run": run}
        self.artefacts.insert(0, {"zip": stream.getvalue(), "facts": facts})


_HUB = (
    ("/user", "GET", FakeHub.user),
    (r"/issues/7/comments", "GET", FakeHub.list_comments),
    (r"/issues/8/comments", "GET", FakeHub.list_comments),
    (r"/issues/7/comments", "POST", FakeHub.add_comment),
    (r"/issues/comments/(\d+)", "PATCH", FakeHub.edit_comment),
    (r"/issues/comments/(\d+)", "DELETE", FakeHub.remove_comment),
    (r"/issues/7/labels", "GET", FakeHub.list_labels),
    (r"/issues/7/labels", "POST", FakeHub.add_labels),
    (r"/issues/7/labels/(.+)", "DELETE", FakeHub.remove_label),
    (r"/pulls/7/requested_reviewers", "GET", FakeHub.list_asked),
    (r"/pulls/7/requested_reviewers", "POST", FakeHub.ask),
    (r"/pulls/7/reviews", "GET", FakeHub.list_reviews),
    (r"/git/ref/heads/(.+)", "GET", FakeHub.ref),
    (r"/git/commits/(\w+)", "GET", FakeHub.commit),
    (r"/git/blobs", "POST", FakeHub.make_blob),
    (r"/git/trees", "POST", FakeHub.make_tree),
    (r"/git/commits", "POST", FakeHub.make_commit),
    (r"/git/refs", "POST", FakeHub.make_ref),
    (r"/git/refs/heads/(.+)", "PATCH", FakeHub.move_ref),
    (r"/pulls", "GET", FakeHub.list_pulls),
    (r"/pulls", "POST", FakeHub.open_pull),
    (r"/pulls/(\d+)", "PATCH", FakeHub.edit_pull),
    (r"/commits/(\w+)/pulls", "GET", FakeHub.merged),
    (r"/actions/artifacts", "GET", FakeHub.list_artefacts),
    (r"/actions/artifacts/(\d+)/zip", "GET", FakeHub.fetch),
)


@dataclass
class FakeLab:
    """One project of GitLab with one merge request."""

    notes: list = field(default_factory=list)
    labels: set = field(default_factory=set)
    reviewers: list = field(default_factory=list)
    branches: dict = field(default_factory=lambda: {"main": {"id": "c0", "message": "start"}})
    files: dict = field(default_factory=dict)
    requests: list = field(default_factory=list)
    seen: list = field(default_factory=list)

    def reply(self, seen: Seen) -> bytes:  # noqa: C901  # a table of paths
        """The answer to a request."""
        self.seen.append(seen)
        if seen.headers.get("private-token") != TOKEN:
            return said({"message": "401 Unauthorized"}, 401)
        parts = urlsplit(seen.target)
        query, body = dict(parse_qsl(parts.query)), json.loads(seen.body) if seen.body else {}
        path = parts.path.removeprefix("/projects/12")
        match seen.method, path:
            case "GET", "/user":
                return said({"username": "ixia-bot"})
            case "GET", "/users":
                known = {"omar": 31, "ines": 32}
                name = query["username"]
                return said([{"id": known[name], "username": name}] if name in known else [])
            case "GET", "/merge_requests/7/notes":
                start = (int(query["page"]) - 1) * int(query["per_page"])
                return said(self.notes[start : start + int(query["per_page"])])
            case "POST", "/merge_requests/7/notes":
                author = {"username": "ixia-bot"}
                self.notes.append({"id": len(self.notes), "author": author, "body": body["body"]})
                return said(self.notes[-1], 201)
            case "GET", "/merge_requests/7":
                reviewers = [{"id": each} for each in self.reviewers]
                return said({"labels": sorted(self.labels), "reviewers": reviewers})
            case "PUT", "/merge_requests/7":
                self.reviewers = body.get("reviewer_ids", self.reviewers)
                added, removed = body.get("add_labels", ""), body.get("remove_labels", "")
                self.labels = (self.labels | set(added.split(","))) - set(removed.split(",")) - {""}
                return said({})
            case "GET", "/merge_requests":
                return said(self.requests)
            case "POST", "/merge_requests":
                self.requests.append({**body, "iid": 50 + len(self.requests)})
                return said(self.requests[-1], 201)
            case "POST", "/repository/commits":
                base = self.branches[body["start_branch"]]["id"]
                made = {"id": f"n{len(self.seen)}", "parent_ids": [base]}
                self.branches[body["branch"]] = {**made, "message": body["commit_message"]}
                for each in body["actions"]:
                    self.files[each["file_path"]] = each["content"]
                return said(made, 201)
            case _:
                return self._other(seen, path, body)

    def _other(self, seen, path, body):
        note = re.fullmatch(r"/merge_requests/7/notes/(\d+)", path)
        if note and seen.method == "PUT":
            self.notes[int(note[1])]["body"] = body["body"]
            return said({})
        branch = re.fullmatch(r"/repository/branches/(.+)", path)
        if branch and unquote(branch[1]) in self.branches:
            return said({"commit": self.branches[unquote(branch[1])]})
        file = re.fullmatch(r"/repository/files/(.+)", path)
        if file and unquote(file[1]) in self.files:
            return said({"content": self.files[unquote(file[1])]})
        return said({"message": "404 Not found"}, 404)

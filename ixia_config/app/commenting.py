"""The sticky comment, the labels, the reviewers and the drift proposal of a pull request."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ixia_config.app.drifting import Adoption
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.app.reviewing_codes import NoArtefact
from ixia_config.edges.git_command import Git
from ixia_config.edges.github import GitHub
from ixia_config.edges.pull_request import Branch, Comment, Host, Opened, Pull
from ixia_config.engine import codec
from ixia_config.exits import Exit
from ixia_config.kinds import Configuration
from ixia_config.kinds.change_policy.spec import ChangePolicy
from ixia_config.model import Plan, Review
from ixia_config.render.comment import LARGEST, marked, marker
from ixia_config.render.markup import block, plain

_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_PEOPLE = 5_000  # lines of a file of logins


@dataclass(frozen=True, slots=True)
class Sticky:
    """One comment of a pull request: its name, what it is about, and its Markdown."""

    name: str
    facts: tuple[tuple[str, str], ...]
    text: str

    @property
    def body(self) -> str:
        """The whole comment; the marker on its first line is ours alone to write."""
        body = f"{marker(self.name, self.facts)}\n{self.text}"
        return body.encode()[:LARGEST].decode("utf-8", "ignore")


def name_of(target: str, environment: str) -> str:
    """The name of the comment about a target and environment."""
    return f"{target or 'review'}.{environment or 'all'}"


def stick(host: Host, sticky: Sticky) -> str:
    """Write the comment, or bring the one that is there up to date; ``written`` or ``updated``.

    Only comments of our own count: a stranger's with the same first line is never edited, since
    its author could edit it afterwards.
    """
    with refusing():
        first, *others = _own(host, sticky.name) or [None]
        for other in others:
            if other is not None:
                host.remove_comment(other.id)
        if first is None:
            host.add_comment(sticky.body)
            return "written"
        if first.text.replace("\r\n", "\n") != sticky.body:
            host.edit_comment(first.id, sticky.body)
        return "updated"


def _own(host: Host, name: str) -> list[Comment | None]:
    me = host.me()
    return [
        each
        for each in host.comments()
        if each.author == me and (marked(each.text) or ("", {}))[0] == name
    ]


def said(host: Host, name: str) -> Mapping[str, str]:
    """What our comment of this name says that it is about; nothing where there is none."""
    with refusing():
        found = [each for each in _own(host, name) if each is not None]
    named = marked(found[0].text) if found else None
    return named[1] if named else {}


def labelled(host: Host, reviews: Iterable[Review], configuration: Configuration) -> Sequence[str]:
    """Set the labels that the rules ask for, and take off those of rules that ask no longer."""
    wanted = {label for each in reviews if each.waiver is None for label in each.labels}
    known = {
        label
        for policy in configuration.of(ChangePolicy)
        for rule in policy.body.spec.rules
        for label in rule.labels
    }
    with refusing():
        now = host.labels()
        if wanted - now or (known - wanted) & now:
            host.label(wanted - now, (known - wanted) & now)
    return sorted(wanted)


@dataclass(frozen=True, slots=True)
class Logins:
    """Who is who on the code host: e-mail addresses and roles by login; ``team:`` marks a team."""

    logins: Mapping[str, str]

    @classmethod
    def read(cls, text: str) -> Logins:
        """A CSV of two columns, ``who`` (an address or a role) and ``login``."""
        rows = list(csv.DictReader(io.StringIO(text)))[:_PEOPLE]
        pairs = ((row.get("who") or "", row.get("login") or "") for row in rows)
        return cls({who.strip().lower(): login.strip() for who, login in pairs if who and login})

    def of(self, review: Review) -> frozenset[str]:
        """Whom to ask: the teams of its roles, else its people."""
        teams = {self.logins[each.lower()] for each in review.roles if each.lower() in self.logins}
        people = {self.logins[each] for each in review.people if each in self.logins}
        return frozenset(teams or people)

    def addresses(self, login: str) -> frozenset[str]:
        """The e-mail addresses of a login."""
        return frozenset(
            who for who, each in self.logins.items() if each.lower() == login.lower() and "@" in who
        )


def asked(host: Host, reviews: Iterable[Review], logins: Logins) -> tuple[list[str], list[str]]:
    """Ask those who must approve; returns who was asked, and who could not be."""
    needed = [each for each in reviews if each.need and each.waiver is None]
    wanted = sorted({login for each in needed for login in logins.of(each)})
    teams = [each.removeprefix("team:") for each in wanted if each.startswith("team:")]
    people = [each for each in wanted if not each.startswith("team:")]
    with refusing():
        left = list(host.ask_reviewers(people, teams)) if wanted else []
    unknown = [each.rule for each in needed if not logins.of(each)]
    return [each for each in (*people, *teams) if each not in left], [*left, *unknown]


def approvals(plan: Plan, logins: Logins, approvers: Iterable[str]) -> list[str]:
    """``RULE:EMAIL@DIGEST`` for everybody who approved the pull request and may approve a rule."""
    yes = {who for login in approvers for who in logins.addresses(login)}
    return sorted(
        f"{review.rule}:{person}@{plan.digest}"
        for review in plan.reviews
        for person in review.people
        if person in yes
    )


def approvers(host: GitHub, commit: str) -> tuple[str, ...]:
    """The logins of those whose last review of this commit approves it."""
    with refusing():
        return host.approvers(commit)


def reviewed_plan(host: GitHub, commit: str, name: str, artefact: str) -> tuple[str, Pull]:
    """The plan file whose digest our comment in the merged pull request shows.

    Refusal where the commit merges no pull request of this repository, where no plan was reviewed,
    or where the artefact is another plan than the comment names.
    """
    with refusing():
        pull = host.merged(commit)
    if pull is None:
        raise _no(artefact, f"commit {commit[:12]} merges no pull request")
    if pull.forked:
        raise _no(artefact, "the pull request came from a fork, whose plans are never applied")
    seen = said(GitHub(host.host, host.repository, pull.number), name)
    with refusing():
        data = host.artefact(artefact, commit=pull.head)
        text = data.decode("utf-8", "replace") if data is not None else ""
        plan = codec.load(text, file=artefact) if text else None
    if plan is None or plan.digest != seen.get("plan") or seen.get("head") != pull.head:
        raise _no(artefact, "the plan that the comment shows was not kept")
    return text, pull


def artefact_of(host: GitHub, name: str, *, branch: str = "", run: int = 0) -> bytes:
    """The newest artefact that this run, or a run on this branch, kept; Refusal without one."""
    with refusing():
        data = host.artefact(name, branch=branch, run=run)
    if data is None:
        raise _no(name, f"run {run} has not kept one" if run else f"no run on {branch} has one")
    return data


def logins_at(root: Path, commit: str, path: str) -> Logins:
    """The file of logins as a commit of this repository has it: not as its change would."""
    if not _COMMIT.fullmatch(commit):
        raise _no(path, "the commit has an odd name")
    with refusing():
        return Logins.read(Git(root).run("show", f"{commit}:{path}").out.decode("utf-8", "replace"))


def _no(name: str, why: str) -> Refusal:
    return Refusal(Exit.STALE, NoArtefact(name=name, why=why))


def proposal(root: Path, adoption: Adoption, *, branch: str, base: str, place: str) -> Branch:
    """The edits that take drift into git, as a change to be reviewed."""
    with refusing():
        prefix = Git(root).run("rev-parse", "--show-prefix").text
    what = [f"- {plain(each.name)}" for each in adoption.taken]
    left = [f"- {plain(each.name)}: {plain(why)}" for each, why in adoption.left]
    lines = [
        f"Somebody changed {plain(place)} by hand. Merge this to keep it; close it and apply to",
        "go back to what is in git.",
        "",
        *what,
        *(["", "Not said in YAML, to be settled by hand:", "", *left] if left else []),
        "",
        *block(adoption.diff.splitlines()[:400], "diff"),
    ]
    files = {f"{prefix}{name}": text for name, text in adoption.files.items()}
    title = f"Take over what was changed in {place}"
    return Branch(branch, base, title, "\n".join(lines), files)


def proposed(host: Host, branch: Branch) -> Opened:
    """Open the pull request, or bring it up to date."""
    with refusing():
        return host.propose(branch)


__all__ = [
    "Logins",
    "Sticky",
    "approvals",
    "approvers",
    "artefact_of",
    "asked",
    "labelled",
    "logins_at",
    "name_of",
    "proposal",
    "proposed",
    "reviewed_plan",
    "said",
    "stick",
]

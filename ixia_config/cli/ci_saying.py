"""What jobs say on a code host, whichever it is: one function for each command."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ixia_config.app import commenting
from ixia_config.app.commenting import Logins, Sticky, name_of
from ixia_config.app.drifting import adopt_drift
from ixia_config.app.refusal import refusing
from ixia_config.cli.opening import checked, opened, title
from ixia_config.cli.options import Place
from ixia_config.cli.saving import read
from ixia_config.cli.terminal import Terminal
from ixia_config.edges.disk import atomic_write
from ixia_config.edges.github import GitHub
from ixia_config.edges.pull_request import Host
from ixia_config.engine import codec
from ixia_config.exits import Exit
from ixia_config.model import Plan
from ixia_config.render.comment import Material, comment
from ixia_config.render.wording import listed

_LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Which reviewed plan is wanted, and where it and its approvals are written."""

    commit: str
    name: str
    artefact: str
    out: Path
    root: Path
    logins: str
    approvals: Path | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a comment says, the plan and the commit that it is about, and its name."""

    body: Path | None
    plan: Path | None
    head: str
    name: str


def commented(host: Host, shown: Terminal, said: Said) -> int:
    """Write the comment: the Markdown that was made, or what the plan says."""
    made = read(said.plan) if said.plan is not None and said.plan.exists() else None
    text = _text(said.body) if said.body is not None else comment(_material(made))
    name = said.name or (name_of(made.target, made.environment) if made else name_of("", ""))
    facts = (("plan", made.digest if made else ""), ("head", said.head))
    done = commenting.stick(host, Sticky(name, facts, text))
    shown.note(f"The comment is {done}.\n")
    return Exit.OK


def _material(plan: Plan | None) -> Material:
    return Material(plans=(plan,) if plan else (), reviews=plan.reviews if plan else ())


def labelled(host: Host, place: Place, shown: Terminal, plan: Path) -> int:
    """Set the labels of a plan's rules."""
    found = commenting.labelled(host, read(plan).reviews, checked(place).configuration)
    shown.note(f"Labels: {listed(found) if found else 'none'}\n")
    return Exit.OK


def asked(host: Host, shown: Terminal, plan: Path, logins: Path) -> int:
    """Ask for the reviews that a plan's rules want."""
    done, left = commenting.asked(host, read(plan).reviews, Logins.read(_text(logins)))
    shown.note(f"Asked for a review: {listed(done) if done else 'nobody'}\n")
    if left:
        shown.note(f"Could not be asked: {listed(left)}\n")
    return Exit.OK


def approved(host: GitHub, shown: Terminal, plan: Path, logins: Path, head: str) -> int:
    """Print the approvals of a pull request, one a line."""
    known = Logins.read(_text(logins))
    for each in commenting.approvals(read(plan), known, commenting.approvers(host, head)):
        shown.say(f"{each}\n")
    return Exit.OK


def fetched_plan(host: GitHub, shown: Terminal, wanted: Reviewed) -> int:
    """Save the plan that was reviewed and its approvals; print the commit that it goes to."""
    text, pull = commenting.reviewed_plan(host, wanted.commit, wanted.name, wanted.artefact)
    if wanted.logins and wanted.approvals is not None:
        logins = commenting.logins_at(wanted.root, pull.base, wanted.logins)
        there = GitHub(host.host, host.repository, pull.number)
        with refusing():
            made = codec.load(text)
        given = commenting.approvals(made, logins, commenting.approvers(there, pull.head))
        atomic_write(wanted.approvals, "".join(f"{each}\n" for each in given))
    atomic_write(wanted.out, text)
    shown.say(f"base={pull.base}\n")
    return Exit.OK


def fetched(host: GitHub, name: str, branch: str, run: int, out: Path) -> int:
    """Save an artefact; whether it is what it should be is judged when it is read."""
    data = commenting.artefact_of(host, name, branch="" if run else branch, run=run)
    atomic_write(out, data.decode("utf-8", "replace"))
    return Exit.OK


def drift_proposed(host: Host, place: Place, shown: Terminal, branch: str, base: str) -> int:
    """Propose what was changed by hand; nothing is opened where nothing can be taken over."""
    with opened(place, shown) as session:
        adoption = adopt_drift(session, write=False)
        name, root = title(session), session.checked.root
    if not adoption.files:
        shown.note("There is nothing to take over.\n")
        return Exit.OK
    change = commenting.proposal(root, adoption, branch=branch, base=base, place=name)
    done = commenting.proposed(host, change)
    what = "opened" if done.fresh else "up to date"
    shown.note(f"{host.title} {done.number} is {what}.\n")
    return Exit.OK


def _text(file: Path) -> str:
    """A file's text; a configuration's own files are never this large."""
    with file.open("rb") as stream:
        return stream.read(_LARGEST).decode("utf-8", "replace")

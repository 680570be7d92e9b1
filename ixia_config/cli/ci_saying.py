"""What jobs say on a code host, whichever it is: one function for each command."""

from __future__ import annotations

from pathlib import Path

from ixia_config.app import commenting
from ixia_config.app.commenting import Logins, Sticky, name_of
from ixia_config.app.drifting import adopt_drift
from ixia_config.cli.opening import checked, opened, title
from ixia_config.cli.options import Place
from ixia_config.cli.saving import read
from ixia_config.cli.terminal import Terminal
from ixia_config.edges.disk import atomic_write
from ixia_config.edges.github import GitHub
from ixia_config.edges.pull_request import Host
from ixia_config.exits import Exit
from ixia_config.model import Plan
from ixia_config.render.comment import Material, comment
from ixia_config.render.wording import listed

_LARGEST = 1024 * 1024


def commented(host: Host, shown: Terminal, body: Path | None, plan: Path | None, head: str) -> int:
    """Write the comment: the Markdown that was made, or what the plan says."""
    made = read(plan) if plan is not None and plan.exists() else None
    text = _text(body) if body is not None else comment(_material(made))
    name = name_of(made.target, made.environment) if made else name_of("", "")
    facts = (("plan", made.digest if made else ""), ("head", head))
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


def fetched_plan(host: GitHub, commit: str, name: str, artefact: str, out: Path) -> int:
    """Save the plan that was reviewed, and say whose pull request it was."""
    text, _pull = commenting.reviewed_plan(host, commit, name, artefact)
    atomic_write(out, text)
    return Exit.OK


def fetched_snapshot(host: GitHub, artefact: str, branch: str, out: Path) -> int:
    """Save the newest snapshot; whether it is one is judged when it is read."""
    data = commenting.artefact_of(host, artefact, branch)
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

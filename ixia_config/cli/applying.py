"""The steps of ``ixia apply``: the plan, the agreement, the work, the report."""

from __future__ import annotations

import signal
from dataclasses import dataclass, replace
from pathlib import Path

from ixia_config import render
from ixia_config.app import Session
from ixia_config.app.applying import Order, apply, exit_of
from ixia_config.app.planning import plan
from ixia_config.app.resuming import approved_for
from ixia_config.app.reviewing import base_of, judged_by
from ixia_config.cli.consent import consent
from ixia_config.cli.formats import chosen
from ixia_config.cli.opening import opened, title
from ixia_config.cli.options import Place
from ixia_config.cli.saving import read
from ixia_config.cli.stopping import stoppable
from ixia_config.cli.terminal import Terminal
from ixia_config.engine.execute import OnError
from ixia_config.exits import Exit
from ixia_config.model import Plan, Report, Result


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked of one apply."""

    form: str
    file: Path | None
    approvals: tuple[str, ...]
    yes: str | None
    resume: str | None = None
    on_error: OnError = OnError.STOP
    base: str = ""


def applied(place: Place, shown: Terminal, wishes: Wishes) -> int:
    """Apply and tell; returns the exit code."""
    saved = read(wishes.file) if wishes.file is not None else None
    if saved is not None:
        environment = place.environment or saved.environment
        place = replace(place, environment=environment, target=place.target or saved.target)
    with opened(place, shown) as here:
        session = _judged(here, wishes.base)
        approved = saved
        if wishes.resume is not None:
            approved, given = approved_for(session, wishes.resume)
            wishes = replace(wishes, approvals=(*given, *wishes.approvals))
        approved = approved or _agreed(session, shown, wishes)
        if approved is None:
            return Exit.OK
        return _done(session, shown, approved, wishes)


def _judged(session: Session, base: str) -> Session:
    """The session under the rules of a commit; it and its policies are read at once."""
    if not base:
        return session
    with base_of(session.checked, base, now=session.clock.now()) as before:
        return judged_by(session, before)


def _agreed(session: Session, shown: Terminal, wishes: Wishes) -> Plan | None:
    """A plan made now that somebody agreed to; None where there is nothing to do."""
    with shown.waiting(f"Reading {title(session)}"):
        made = plan(session)
    if wishes.form == "text" or made.changes:
        text = render.plan_text(made, shown.style)
        (shown.say if wishes.form == "text" else shown.note)(text)
    if not made.changes and not made.refused:
        if wishes.form != "text":
            shown.say(_written(Report("", made, ()), wishes.form, shown))
        return None
    if not made.refused:  # what a guard refuses is told by the apply itself
        consent(session, shown, wishes.yes)
    return made


def _done(session: Session, shown: Terminal, approved: Plan, wishes: Wishes) -> int:
    words = render.glossary(approved)

    def tell(result: Result, number: int, total: int) -> None:
        shown.progress(render.progress_line(result, number, total, words))

    shown.progress(f"Reading {title(session)} again, then writing")
    with stoppable(shown) as stopped:
        order = Order(
            approved,
            tell,
            wishes.approvals,
            stopping=lambda: stopped() != 0,
            on_error=wishes.on_error,
            resumes=wishes.resume or "",
        )
        report = apply(session, order)
        ended = exit_of(report)
    shown.say(_written(report, wishes.form, shown))
    if ended is Exit.INTERRUPTED and stopped() == signal.SIGTERM:
        return Exit.TERMINATED
    return ended


def _written(report: Report, form: str, shown: Terminal) -> str:
    return chosen(
        form,
        text=lambda: render.report_text(report, shown.style),
        json=lambda: render.report_json(report),
        markdown=lambda: render.report_markdown(report),
    )

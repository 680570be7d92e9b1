"""Tell the process and a change of it as pages: the report, the handbook, and their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ixia_config.app.checking import Checked, check
from ixia_config.app.refusal import Refusal
from ixia_config.app.reporting_codes import PageNotWritten
from ixia_config.app.reviewing import analysis_of
from ixia_config.app.simulating import Wish, simulate
from ixia_config.app.simulating_codes import NoSuchRevision
from ixia_config.edges.disk import PRIVATE, atomic_write
from ixia_config.edges.git import commit_of
from ixia_config.edges.records import Source
from ixia_config.edges.revision import NoRevision, revision
from ixia_config.exits import Exit
from ixia_config.kinds import Configuration
from ixia_config.model import Plan
from ixia_config.render.comment_analysis import Analysis, proved
from ixia_config.render.handbook import handbook_markdown
from ixia_config.render.html import Origin, View, handbook_html, report_html
from ixia_config.simulate.impact import Impact


@dataclass(frozen=True, slots=True)
class Telling:
    """What a report is about: the other version, records by type, a saved plan, and the clock.

    ``called`` is what people call the other version; ``impact`` is what the records say and
    ``analysis`` what is proved, where that has been worked out already.
    """

    now: datetime
    against: str = ""
    sources: Mapping[str, Source] | None = None
    plan: Plan | None = None
    plan_file: str = ""
    called: str = ""
    impact: Impact | None = None
    analysis: Analysis | None = None


def report(checked: Checked, telling: Telling) -> str:
    """The report as HTML; Refusal where the other version or the records cannot be read."""
    before, called = _before(checked, telling), telling.called or telling.against
    impact = telling.impact
    if impact is None and telling.sources:
        impact = simulate(checked, Wish(telling.sources, telling.now, telling.against))
        impact = replace(impact, before=called)
    analysis = telling.analysis
    if analysis is None and telling.against:
        analysis = analysis_of(checked, telling.against, now=telling.now)
    view = View(checked.configuration, before, called, checked.show_pay)
    origin = _origin(checked, telling.now, telling.plan_file)
    told = proved(analysis) if analysis else ()
    return report_html(view, origin, impact=impact, plan=telling.plan, proved=told)


def handbook(checked: Checked, now: datetime) -> Mapping[str, str]:
    """The handbook in each form, by the ending of its file."""
    view = View(checked.configuration, show_pay=checked.show_pay)
    origin = _origin(checked, now)
    return {".html": handbook_html(view, origin), ".md": handbook_markdown(view, origin)}


def _before(checked: Checked, telling: Telling) -> Configuration | None:
    if not telling.against:
        return None
    today = telling.now.date()
    try:
        with revision(checked.root, telling.against) as found:
            older = check(found.root, environment=checked.environment, today=today)
            return older.sound().configuration
    except NoRevision as error:
        raise Refusal(Exit.INVALID, NoSuchRevision(why=str(error))) from None


def _origin(checked: Checked, now: datetime, plan_file: str = "") -> Origin:
    commit = commit_of(checked.root)
    return Origin(
        project=checked.project.name if checked.project else "",
        day=now.date().isoformat(),
        commit=commit.commit if commit and not commit.dirty else "",
        plan_file=plan_file,
    )


def write_page(file: Path, text: str, *, private: bool) -> None:
    """Write a page whole or not at all; for its owner only where it says what people are paid."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(file, text, mode=PRIVATE if private else None)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise Refusal(Exit.USAGE, PageNotWritten(file=str(file), why=why)) from None

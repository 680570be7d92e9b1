"""How an analysis is run and told, and a question about conditions answered."""

from __future__ import annotations

from dataclasses import replace

from ixia_config import render
from ixia_config.app.analysing import Analysed, Mended, analyse, mend
from ixia_config.app.asking import ask
from ixia_config.app.checking import Checked
from ixia_config.cli.against import Against
from ixia_config.cli.formats import chosen
from ixia_config.cli.opening import today
from ixia_config.cli.terminal import Terminal
from ixia_config.codes import Severity
from ixia_config.exits import Exit
from ixia_config.render.analysis import analysis_text, changes_text
from ixia_config.render.analysis_data import analysis_json, analysis_markdown, changes_markdown
from ixia_config.render.asked import asked_json, asked_text
from ixia_config.rules.analysis import Verdict


def analysed(
    checked: Checked,
    names: tuple[str, ...],
    against: Against,
    shown: Terminal,
    form: str,
    *,
    fix: bool,
    strict: bool,
) -> int:
    """Prove, compare, and mend where that is asked for; tell it; returns the exit code."""
    with shown.waiting("Proving every rule"):
        if fix:
            mended = mend(checked, names, today=today(), against=against.revision)
            found = mended.analysed
        else:
            mended = None
            found = analyse(checked, names, today=today(), against=against.revision)
    found = replace(found, against=against.called)
    if mended is not None:
        (shown.say if form == "text" else shown.note)(_written(mended))
    shown.say(_told(found, shown, form))
    wrong = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return Exit.INVALID if any(each.severity in wrong for each in found.diagnostics) else Exit.OK


def _written(mended: Mended) -> str:
    lines = [f"Written: {each.file}  {each.words}" for each in mended.mends]
    lines += [f"Left, since it would make something else wrong: {e.words}" for e in mended.left]
    return "\n".join(lines or ["Nothing here can be mended safely."]) + "\n\n"


def _told(found: Analysed, shown: Terminal, form: str) -> str:
    sources, diagnostics = found.checked.sources, found.diagnostics
    return chosen(
        form,
        text=lambda: _text(found, shown),
        json=lambda: analysis_json(diagnostics, found.proofs, found.changes, found.against),
        markdown=lambda: (
            (changes_markdown(found.changes, found.against) + "\n" if found.against else "")
            + analysis_markdown(diagnostics, found.proofs, sources)
        ),
        github=lambda: render.diagnostics_github(diagnostics),
        sarif=lambda: render.diagnostics_sarif(diagnostics),
    )


def _text(found: Analysed, shown: Terminal) -> str:
    told = analysis_text(found.diagnostics, found.proofs, found.checked.sources, shown.style)
    if not found.against:
        return told
    return changes_text(found.changes, found.against, shown.style) + told


def answered(
    checked: Checked,
    verb: str,
    about: tuple[str, ...],
    record: str,
    shown: Terminal,
    form: str,
) -> int:
    """Answer one question; 0 for yes, 3 for no or unknown."""
    found = ask(checked, verb, about, record, today=today())
    shown.say(asked_json(found) if form == "json" else asked_text(found))
    return Exit.OK if found.answer.verdict is Verdict.YES else Exit.INVALID

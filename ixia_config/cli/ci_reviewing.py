"""The steps of ``ixia ci review``: judge, plan, simulate, test, and write it all down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ixia_config.app import Checked
from ixia_config.app.planning import plan as plan_now
from ixia_config.app.refusal import Refusal
from ixia_config.app.reporting import Telling, report, write_page
from ixia_config.app.reviewing import (
    analysis_of,
    base_of,
    impact_of,
    judged_by,
    plan_from,
    proof_of,
    read_snapshot,
    under,
)
from ixia_config.cli.opening import checked, opened, without_token
from ixia_config.cli.options import Place
from ixia_config.cli.saving import save
from ixia_config.cli.terminal import Terminal
from ixia_config.codes import Severity
from ixia_config.edges.clock import system_clock
from ixia_config.edges.disk import atomic_write
from ixia_config.edges.records import Source
from ixia_config.exits import Exit
from ixia_config.model import Plan
from ixia_config.render.comment import Material, comment
from ixia_config.render.diagnostics import diagnostics_markdown, diagnostics_text
from ixia_config.render.proof import Proof


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a review is made of; ``called`` is what people call the branch that it goes to."""

    base: str
    called: str
    snapshot: Path | None
    sources: Mapping[str, Source]
    links: tuple[tuple[str, str], ...]
    plans: bool = True


@dataclass(frozen=True, slots=True)
class Files:
    """Where the plan, the comment and the report go; the comment is printed without a file."""

    plan: Path | None = None
    body: Path | None = None
    report: Path | None = None


def reviewed(place: Place, shown: Terminal, wanted: Wanted, out: Files) -> int:
    """Review, write what was asked for, and return the exit code."""
    try:
        head = checked(place).sound()
        material, against = _material(head, place, shown, wanted)
    except Refusal as refusal:
        _say(out.body, shown, diagnostics_markdown(refusal.diagnostics, refusal.sources))
        shown.note(diagnostics_text(refusal.diagnostics, refusal.sources, shown.style))
        return refusal.exit
    for plan in material.plans if out.plan is not None else ():
        save(plan, out.plan or Path())
    if out.report is not None:
        _report(head, material, replace(wanted, base=against), out)
    _say(out.body, shown, comment(material))
    return _exit(material)


def _material(head: Checked, place: Place, shown: Terminal, wanted: Wanted) -> tuple[Material, str]:
    """What there is to say, and what it was compared with: nothing where that has errors."""
    now = system_clock().now()
    with base_of(head, wanted.base, now=now) as base:
        plan = _plan(place, shown, base, wanted) if wanted.plans else None
        against = "" if base.errors else wanted.base
    with shown.waiting("Deciding every record"):
        impact = impact_of(head, wanted.sources, against, now=now)
    with shown.waiting("Proving every rule"):
        analysis = analysis_of(head, against, now=now)
    proved = proof_of(head)
    material = Material(
        plans=(plan,) if plan else (),
        reviews=plan.reviews if plan else (),
        impact=replace(impact, before=wanted.called if against else "") if impact else None,
        analysis=analysis,
        proof=Proof(proved.results, proved.covered),
        notes=tuple(_notes(wanted, against)),
        links=wanted.links,
    )
    return material, against


def _report(head: Checked, material: Material, wanted: Wanted, out: Files) -> None:
    """The same as a page with drawings, which needs no network."""
    told = Telling(
        system_clock().now(),
        against=wanted.base,
        called=wanted.called,
        impact=material.impact,
        analysis=material.analysis,
        plan=next(iter(material.plans), None),
        plan_file=out.plan.name if out.plan else "",
    )
    write_page(out.report or Path(), report(head, told), private=False)


def _notes(wanted: Wanted, against: str) -> Iterator[str]:
    if wanted.snapshot is not None:
        yield "Planned from a snapshot, without asking the account; this plan cannot be applied."
    if not against:
        yield "The branch that this goes to has errors, so nothing is compared with it."


def _plan(place: Place, shown: Terminal, base: Checked, wanted: Wanted) -> Plan:
    if wanted.snapshot is not None:
        with without_token(place) as session:
            snapshot = read_snapshot(wanted.snapshot, session)
            return plan_from(under(session, base), snapshot)
    with opened(place, shown) as session:
        return plan_now(judged_by(session, base))


def _say(body: Path | None, shown: Terminal, text: str) -> None:
    if body is None:
        shown.say(text)
    else:
        atomic_write(body, text)


def _exit(material: Material) -> Exit:
    if any(plan.refused for plan in material.plans):
        return Exit.GUARDED
    sound = material.proof is None or material.proof.sound
    found = material.analysis.found if material.analysis else ()
    wrong = any(each.severity is Severity.ERROR for each in found)
    return Exit.OK if sound and not wrong else Exit.INVALID

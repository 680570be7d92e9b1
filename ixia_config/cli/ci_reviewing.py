"""The steps of ``ixia ci review``: judge, plan, simulate, test, and write it all down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ixia_config.app import Checked
from ixia_config.app.planning import plan as plan_now
from ixia_config.app.refusal import Refusal
from ixia_config.app.reviewing import (
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
    """What a review is made of."""

    base: str
    snapshot: Path | None
    sources: Mapping[str, Source]
    links: tuple[tuple[str, str], ...]
    plans: bool = True


def reviewed(
    place: Place, shown: Terminal, wanted: Wanted, out: Path | None, body: Path | None
) -> int:
    """Review, write what was asked for, and return the exit code."""
    try:
        material = _material(place, shown, wanted)
    except Refusal as refusal:
        _written(body, shown, diagnostics_markdown(refusal.diagnostics, refusal.sources))
        shown.note(diagnostics_text(refusal.diagnostics, refusal.sources, shown.style))
        return refusal.exit
    for plan in material.plans if out is not None else ():
        save(plan, out or Path())
    _written(body, shown, comment(material))
    return _exit(material)


def _material(place: Place, shown: Terminal, wanted: Wanted) -> Material:
    head = checked(place).sound()
    now = system_clock().now()
    with base_of(head, wanted.base, now=now) as base:
        plan = _plan(place, shown, base, wanted) if wanted.plans else None
    with shown.waiting("Deciding every record"):
        impact = impact_of(head, wanted.sources, wanted.base, now=now)
    proved = proof_of(head)
    return Material(
        plans=(plan,) if plan else (),
        reviews=plan.reviews if plan else (),
        impact=impact,
        proof=Proof(proved.results, proved.covered),
        notes=_notes(wanted),
        links=wanted.links,
    )


def _notes(wanted: Wanted) -> tuple[str, ...]:
    if wanted.snapshot is None:
        return ()
    return ("Planned from a snapshot, without asking the account; this plan cannot be applied.",)


def _plan(place: Place, shown: Terminal, base: Checked, wanted: Wanted) -> Plan:
    if wanted.snapshot is not None:
        with without_token(place) as session:
            snapshot = read_snapshot(wanted.snapshot, session)
            return plan_from(under(session, base), snapshot)
    with opened(place, shown) as session:
        return plan_now(judged_by(session, base))


def _written(body: Path | None, shown: Terminal, text: str) -> None:
    if body is None:
        shown.say(text)
    else:
        atomic_write(body, text)


def _exit(material: Material) -> Exit:
    if any(plan.refused for plan in material.plans):
        return Exit.GUARDED
    sound = material.proof is None or material.proof.sound
    return Exit.OK if sound else Exit.INVALID

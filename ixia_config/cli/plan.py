"""``ixia plan``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.against import BRANCH_POINT
from ixia_config.cli.options import A_FILE, Place, detailed, on_target, reports, shows_pay
from ixia_config.cli.sources import reads_records

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal
    from ixia_config.edges.records import Source


@click.command(
    short_help="Show what an apply would change, and write nothing.",
    epilog="""\b
Examples:
  ixia plan --env sandbox
  ixia plan --env production --out plan.json     (then: ixia apply plan.json)
  ixia plan --env production --format markdown   (for a pull request)
  ixia plan --env production --against main --records deal=deals.csv
  ixia plan --env production --records deal=target:crm   (its open deals of today)""",
)
@click.option("--out", type=A_FILE, help="Save the plan in this file.")
@click.option(
    "--against",
    default=BRANCH_POINT,
    metavar="REV",
    show_default="where this branch left main",
    help="What --records compare with.",
)
@click.option("--snapshot", "saved", type=A_FILE, help="Plan from what ixia ci snapshot saved.")
@reads_records
@reports("text", "json", "markdown", "github")
@detailed
@shows_pay
@on_target
def command(
    place: Place,
    shown: Terminal,
    sources: Mapping[str, Source],
    form: str,
    against: str,
    *,
    out: Path | None,
    saved: Path | None,
    detailed: bool,
) -> int:
    """Compare the YAML with the target and show every change, with the records behind it.

    Only reads. A saved plan can be reviewed and then applied exactly as it is. With --records it
    shows first what the rules would have done to these records, before and after.
    """
    from ixia_config.app.noting import notes
    from ixia_config.app.planning import plan
    from ixia_config.app.reviewing import plan_from, read_snapshot
    from ixia_config.cli.opening import opened, title, without_token
    from ixia_config.cli.saving import save
    from ixia_config.cli.simulating import above, compared
    from ixia_config.exits import Exit
    from ixia_config.render.notes import open_runs_text, spent_moves_text

    with opened(place, shown) if saved is None else without_token(place) as session:
        impact = compared(session.checked, sources, place, against, shown)
        with shown.waiting(f"Reading {title(session) if saved is None else saved}"):
            kept = None if saved is None else read_snapshot(saved, session)
            made = plan(session) if kept is None else plan_from(session, kept)
        beside = notes(session) if kept is None else None
    if out is not None:
        save(made, out)
    shown.say(above(impact, made, form, shown.style, file=str(out or ""), show_pay=place.show_pay))
    if beside is not None:
        shown.note(open_runs_text(beside.open, beside.environment))
        shown.note(spent_moves_text(beside.spent, beside.environment))
    if made.refused:
        return Exit.GUARDED
    return Exit.CHANGES if detailed and made.changes else Exit.OK

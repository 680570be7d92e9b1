"""``ixia undo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import A_FILE, Place, on_target, reports

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Plan to take back what an apply did.",
    epilog="""\b
Examples:
  ixia undo 20261122-090000-1a2b3c --env production
  ixia undo 20261122-090000-1a2b3c --out undo.json   (then: ixia apply undo.json)""",
)
@click.argument("run")
@click.option("--out", type=A_FILE, help="Save the plan in this file.")
@reports("text", "json", "markdown")
@on_target
def command(place: Place, shown: Terminal, form: str, *, run: str, out: Path | None) -> int:
    """Plan to give the target the values from before a run, and write nothing.

    The plan is reviewed and applied like any other. The YAML is not changed by it: take the change
    back there too, or the next plan brings it again.
    """
    from ixia_config import render
    from ixia_config.app.undoing import undo_plan
    from ixia_config.cli.formats import chosen
    from ixia_config.cli.opening import opened, title
    from ixia_config.cli.saving import save
    from ixia_config.exits import Exit

    with opened(place, shown) as session, shown.waiting(f"Reading {title(session)}"):
        made = undo_plan(session, run)
    if out is not None:
        save(made, out)
    file = str(out or "")
    told = chosen(
        form,
        text=lambda: render.plan_text(made, shown.style, file=file),
        json=lambda: render.plan_json(made, file=file),
        markdown=lambda: render.plan_markdown(made, file=file),
    )
    shown.say(told)
    if made.changes:
        shown.note("The YAML still says otherwise: take the change back there too.\n")
    return Exit.GUARDED if made.refused else Exit.OK

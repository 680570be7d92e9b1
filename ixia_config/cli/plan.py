"""``ixia plan``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import A_FILE, Place, detailed, on_target, reports

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Show what an apply would change, and write nothing.",
    epilog="""\b
Examples:
  ixia plan --env sandbox
  ixia plan --env production --out plan.json     (then: ixia apply plan.json)
  ixia plan --env production --format markdown   (for a pull request)""",
)
@click.option("--out", type=A_FILE, help="Save the plan in this file.")
@reports("text", "json", "markdown", "github")
@detailed
@on_target
def command(place: Place, shown: Terminal, form: str, *, out: Path | None, detailed: bool) -> int:
    """Compare the YAML with the target and show every change, with the records behind it.

    Only reads. A saved plan can be reviewed and then applied exactly as it is.
    """
    from ixia_config import render
    from ixia_config.app.planning import plan
    from ixia_config.cli.formats import chosen
    from ixia_config.cli.opening import opened, title
    from ixia_config.cli.saving import save
    from ixia_config.exits import Exit

    with opened(place, shown) as session, shown.waiting(f"Reading {title(session)}"):
        made = plan(session)
    if out is not None:
        save(made, out)
    file = str(out or "")
    told = chosen(
        form,
        text=lambda: render.plan_text(made, shown.style, file=file),
        json=lambda: render.plan_json(made, file=file),
        markdown=lambda: render.plan_markdown(made, file=file),
        github=lambda: render.plan_github(made, file=file),
    )
    shown.say(told)
    if made.refused:
        return Exit.GUARDED
    return Exit.CHANGES if detailed and made.changes else Exit.OK

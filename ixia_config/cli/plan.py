"""``ixia plan``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, detailed, on_target, reports

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal
    from ixia_config.model import Plan


@click.command(
    short_help="Show what an apply would change, and write nothing.",
    epilog="""\b
Examples:
  ixia plan --env sandbox
  ixia plan --env production --out plan.json     (then: ixia apply plan.json)
  ixia plan --env production --format markdown   (for a pull request)""",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Save the plan in this file."
)
@reports("text", "json", "markdown", "github")
@detailed
@on_target
def command(place: Place, shown: Terminal, form: str, *, out: Path | None, detailed: bool) -> int:
    """Compare the YAML with the target and show every change, with the records behind it.

    Only reads. A saved plan can be reviewed and then applied exactly as it is.
    """
    from ixia_config.app.planning import plan
    from ixia_config.cli.opening import opened, title
    from ixia_config.cli.saving import save
    from ixia_config.exits import Exit

    with opened(place, shown) as session, shown.waiting(f"Reading {title(session)}"):
        made = plan(session)
    if out is not None:
        save(made, out)
    shown.say(written(made, form, shown, str(out or "")))
    if made.refused:
        return Exit.GUARDED
    return Exit.CHANGES if detailed and made.changes else Exit.OK


def written(made: Plan, form: str, shown: Terminal, file: str) -> str:
    """The plan in the wanted format."""
    from ixia_config import render

    match form:
        case "json":
            return render.plan_json(made, file=file)
        case "markdown":
            return render.plan_markdown(made, file=file)
        case "github":
            return render.plan_github(made, file=file)
        case _:
            return render.plan_text(made, shown.style, file=file)

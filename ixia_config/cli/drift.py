"""``ixia drift``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, detailed, on_target, reports

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Show what somebody changed in the target.",
    epilog="""\b
Examples:
  ixia drift --env production
  ixia drift --env production --detailed-exitcode     (ends with 2 where there is drift)""",
)
@reports("text", "json", "markdown", "github")
@detailed
@on_target
def command(place: Place, shown: Terminal, form: str, *, detailed: bool) -> int:
    """Show what differs from what was last applied, who changed it and when.

    Only reads. Objects that no policy declares are listed too, and are no drift.
    """
    from ixia_config import render
    from ixia_config.app.planning import plan
    from ixia_config.cli.formats import chosen
    from ixia_config.cli.opening import opened, title
    from ixia_config.exits import Exit

    with opened(place, shown) as session, shown.waiting(f"Reading {title(session)}"):
        found = plan(session)
    told = chosen(
        form,
        text=lambda: render.drift_text(found, shown.style),
        json=lambda: render.drift_json(found),
        markdown=lambda: render.drift_markdown(found),
        github=lambda: render.drift_github(found),
    )
    shown.say(told)
    return Exit.CHANGES if detailed and render.has_drift(found) else Exit.OK

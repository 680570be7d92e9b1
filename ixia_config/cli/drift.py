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
  ixia drift --env production --records               (also: deals that break a rule)
  ixia drift --env production --detailed-exitcode     (ends with 2 where there is drift)""",
)
@click.option("--records", is_flag=True, help="Also look at records that break a rule.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10_000,
    show_default=True,
    help="How many records of each pipeline to look at.",
)
@reports("text", "json", "markdown", "github")
@detailed
@on_target
def command(
    place: Place, shown: Terminal, form: str, *, detailed: bool, records: bool, limit: int
) -> int:
    """Show what differs from what was last applied, who changed it and when.

    Only reads. Objects that no policy declares are listed too, and are no drift.
    """
    from ixia_config import render
    from ixia_config.app.violating import watch
    from ixia_config.cli.formats import chosen
    from ixia_config.cli.opening import opened
    from ixia_config.exits import Exit

    with opened(place, shown) as session:
        found = watch(session, limit=limit if records else 0, waiting=shown.waiting)
    plan, judged = found.plan, found.judgements
    told = chosen(
        form,
        text=lambda: render.drift_text(plan, shown.style, judged),
        json=lambda: render.drift_json(plan, judged if records else None),
        markdown=lambda: render.drift_markdown(plan, judged),
        github=lambda: render.drift_github(plan, judged),
    )
    shown.say(told)
    changed = render.has_drift(plan) or render.has_violations(judged)
    return Exit.CHANGES if detailed and changed else Exit.OK

"""``ixia drift``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
  ixia drift --env production --detailed-exitcode     (ends with 2 where there is drift)
  ixia drift --env production --adopt --dry-run       (how the YAML would say it)""",
)
@click.option("--records", is_flag=True, help="Also look at records that break a rule.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10_000,
    show_default=True,
    help="How many records of each pipeline to look at.",
)
@click.option("--adopt", is_flag=True, help="Edit the YAML so that it says what is there.")
@click.option("--dry-run", is_flag=True, help="With --adopt: show the edits, write nothing.")
@reports("text", "json", "markdown", "github")
@detailed
@on_target
def command(
    place: Place,
    shown: Terminal,
    form: str,
    *,
    adopt: bool,
    dry_run: bool,
    detailed: bool,
    **records: Any,
) -> int:
    """Show what differs from what was last applied, who changed it and when.

    Only reads the target. Objects that no policy declares are listed too, and are no drift.
    """
    from ixia_config.cli import drifting
    from ixia_config.exits import Exit

    if adopt or dry_run:
        changed = drifting.adopt(place, shown, form, write=not dry_run)
    else:
        changed = drifting.show(place, shown, form, **records)
    return Exit.CHANGES if detailed and changed else Exit.OK

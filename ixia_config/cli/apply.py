"""``ixia apply``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, on_target, reports

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Do what a plan says, or less.",
    epilog="""\b
Examples:
  ixia apply plan.json                  (exactly what was reviewed)
  ixia apply plan.json --approve archive:Pipeline/new-business#pilot@7f3a9c
  ixia apply --env sandbox              (plans, shows it and asks)
  ixia apply --env sandbox --yes        (plans and applies; protected: --yes production)
  ixia apply --env production --resume 20261122-090000-1a2b3c   (finishes what was approved)""",
)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[PLAN]")
@click.option(
    "--approve", multiple=True, metavar="ID@PLAN", help="Approve one change of this plan."
)
@click.option(
    "--yes", is_flag=False, flag_value="", metavar="[ENV]", help="Agree to a plan made now."
)
@click.option("--resume", metavar="RUN", help="Finish the plan that was approved for this run.")
@click.option(
    "--on-error",
    type=click.Choice(("stop", "continue-independent")),
    default="stop",
    show_default=True,
    help="What happens to the rest when a change fails.",
)
@click.option("--base", default="", metavar="REV", help="Judge by the ChangePolicy of this commit.")
@reports("text", "json", "markdown")
@on_target
def command(
    place: Place,
    shown: Terminal,
    form: str,
    *,
    file: Path | None,
    approve: tuple[str, ...],
    yes: str | None,
    resume: str | None,
    on_error: str,
    base: str,
) -> int:
    """Write to the target what a saved plan says, or plan now and ask.

    Reads the target again first. Whatever goes beyond the plan stops it before the first write.
    """
    from ixia_config.cli.applying import Wishes, applied
    from ixia_config.engine.execute import OnError

    if file is not None and yes is not None:
        raise click.UsageError("a saved plan is an agreement already; leave --yes out")
    if resume is not None and (file is not None or yes is not None):
        raise click.UsageError("a run has its plan and its approvals; leave PLAN and --yes out")
    return applied(place, shown, Wishes(form, file, approve, yes, resume, OnError(on_error), base))

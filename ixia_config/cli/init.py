"""``ixia init``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, common

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Start a new configuration in a folder.",
    epilog="""\b
Examples:
  ixia init
  ixia init acme-revenue
  ixia init --name acme-revenue --dir config""",
)
@click.argument(
    "folder", required=False, type=click.Path(file_okay=False, path_type=Path), metavar="[FOLDER]"
)
@click.option("--name", help="The project's name.  [default: the folder's name]")
@common
def command(place: Place, shown: Terminal, *, folder: Path | None, name: str | None) -> int:
    """Write a small configuration that is valid: a project, a record schema and a pipeline.

    Asks nothing, and overwrites nothing.
    """
    from ixia_config.app.starting import project_name, start
    from ixia_config.exits import Exit

    goal = (folder or place.directory).absolute()
    for file in start(goal, name=name or project_name(goal)):
        shown.say(f"{file}\n")
    there = f" --dir {folder or place.directory}" if goal != Path.cwd() else ""
    shown.note(f"Next:  ixia validate{there}\n")
    return Exit.OK

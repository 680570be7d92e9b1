"""``ixia fmt``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, common

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Lay out the YAML files; comments and meaning stay.",
    epilog="""\b
Examples:
  ixia fmt
  ixia fmt --check        (in CI: write nothing, end with 2 if something would change)""",
)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; end with 2 on changes.")
@common
def command(place: Place, shown: Terminal, *, only_check: bool) -> int:
    """Lay out every YAML file of the configuration.

    Comments stay, and so does the meaning of every file.
    """
    from ixia_config.app.formatting import format_files
    from ixia_config.cli.opening import root_of
    from ixia_config.exits import Exit
    from ixia_config.render.wording import counted

    done = format_files(root_of(place), write=not only_check)
    for file in done.changed:
        shown.say(f"{file}\n")
    count, files = counted(len(done.changed), "files"), counted(done.total, "files")
    word = "would change" if only_check else "changed"
    shown.note(f"{count} of {files} {word}.\n" if done.changed else f"{files}, all laid out.\n")
    return Exit.CHANGES if only_check and done.changed else Exit.OK

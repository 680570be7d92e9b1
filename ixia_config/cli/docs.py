"""``ixia docs``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import A_FILE, Place, on_environment, shows_pay

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Write the handbook of the process, or release notes from a plan.",
    epilog="""\b
Examples:
  ixia docs
  ixia docs --output handbook.html
  ixia docs --output docs/process.md
  ixia docs --release-notes plan.json""",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="A folder for both forms, or a file: .html or .md.  [default: handbook]",
)
@click.option(
    "--release-notes", "plan", type=A_FILE, help="Say what this saved plan changes, as Markdown."
)
@shows_pay
@on_environment
def command(place: Place, shown: Terminal, output: Path | None, plan: Path | None) -> int:
    """Write how the team works, drawn from the policies, for those who work by it.

    The HTML page needs no network; the Markdown has drawings that code hosts show. With
    --release-notes it says what an apply of the plan changes, without --output on the screen.
    """
    from ixia_config.exits import Exit

    if plan is not None:
        _notes(plan, output, shown)
    else:
        _handbook(place, output or Path("handbook"), shown)
    return Exit.OK


def _notes(plan: Path, output: Path | None, shown: Terminal) -> None:
    from ixia_config.app.reporting import write_page
    from ixia_config.cli.saving import read
    from ixia_config.render.release_notes import release_notes

    text = release_notes(read(plan))
    if output is None:
        shown.say(text)
        return
    write_page(output, text, private=False)
    shown.say(f"Written to {output}\n")


def _handbook(place: Place, output: Path, shown: Terminal) -> None:
    from ixia_config.app.reporting import handbook, write_page
    from ixia_config.cli.opening import checked
    from ixia_config.edges.clock import system_clock

    if output.suffix not in ("", ".html", ".md"):
        raise click.UsageError(f"--output wants a folder, or a file .html or .md, not {output}")
    with shown.waiting("Drawing the process"):
        texts = handbook(checked(place).sound(), system_clock().now())
    for ending, text in texts.items():
        if output.suffix in ("", ending):
            file = output if output.suffix else output / f"handbook{ending}"
            write_page(file, text, private=place.show_pay)
            shown.say(f"Written to {file}\n")

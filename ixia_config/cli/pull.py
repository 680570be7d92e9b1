"""``ixia pull``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, on_target, reports

if TYPE_CHECKING:
    from ixia_config.app.pulling import Pulled
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Write what an account holds as YAML.",
    epilog="""\b
Examples:
  ixia pull --env sandbox
  ixia pull --env production --format json""",
)
@reports("text", "json")
@on_target
def command(place: Place, shown: Terminal, form: str) -> int:
    """Write a file for everything in the account that no policy declares yet.

    The account is only read, and no file is overwritten. A plan right after it is empty.
    """
    from ixia_config.app.pulling import pull
    from ixia_config.cli.opening import opened, title
    from ixia_config.exits import Exit
    from ixia_config.render.plan_json import written

    with opened(place, shown) as session, shown.waiting(f"Reading {title(session)}"):
        found = pull(session)
    if form == "json":
        declared = [str(each) for each in found.declared]
        told = {"files": found.files, "declared": declared, "lost": found.lost}
        shown.say(written({**told, "left": len(found.plan.writes)}))
    else:
        shown.say("\n".join(_lines(found)) + "\n")
    return Exit.OK


def _lines(found: Pulled) -> Iterator[str]:
    from ixia_config.render.glossary import place
    from ixia_config.render.layout import hanging
    from ixia_config.render.wording import clean, counted

    yield f"Pulled {counted(len(found.files), 'files')} from {place(found.plan.identity)}"
    yield from (f"  {file}" for file in found.files)
    if found.declared:
        yield f"Declared already, left alone: {counted(len(found.declared), 'policies')}"
    if found.lost:
        yield "YAML cannot say, so it stays in the account only:"
        yield from (line for each in found.lost for line in hanging("  ", clean(each)))
    left = counted(len(found.plan.writes), "changes")
    yield f"A plan has {left}: ixia plan" if found.plan.writes else "A plan is empty."

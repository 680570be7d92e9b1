"""``ixia ci review``, ``snapshot`` and ``summary``: what a job works out before it speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import A_FILE, Place, common, on_target
from ixia_config.cli.sources import reads_records

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal
    from ixia_config.edges.records import Source

_COMMIT = re.compile(r"([0-9a-f]{12})[0-9a-f]{28,52}")


@click.command(short_help="Plan a pull request and write its comment.")
@click.option("--base", required=True, metavar="REV", help="The commit that it goes to.")
@click.option("--called", metavar="NAME", help="What people call it, such as main.")
@click.option("--snapshot", "saved", type=A_FILE, help="Plan from this, without any token.")
@click.option("--no-plan", is_flag=True, help="Only simulate and test.")
@click.option("--out", type=A_FILE, help="Save the plan in this file.")
@click.option("--body", type=A_FILE, help="Write the comment into this file.")
@click.option("--report", "page", type=A_FILE, help="Write the report into this file.")
@click.option("--link", "links", multiple=True, metavar="NAME=URL", help="Where all of it is.")
@reads_records
@on_target
def review(
    place: Place,
    shown: Terminal,
    sources: Mapping[str, Source],
    base: str,
    called: str | None,
    saved: Path | None,
    out: Path | None,
    body: Path | None,
    page: Path | None,
    links: tuple[str, ...],
    *,
    no_plan: bool,
) -> int:
    """Work out what a pull request would do, under the rules of the branch that it goes to.

    Writes Markdown for the one comment of the pull request. Ends with 3 where the files are wrong
    or a test failed, and with 5 where a guard refuses the plan; the comment says so, too.
    """
    from ixia_config.cli.ci_reviewing import Files, Wanted, reviewed

    named = tuple((name, url) for name, _, url in (each.partition("=") for each in links))
    wanted = Wanted(
        base, called or _COMMIT.sub(r"\1", base), saved, sources, named, plans=not no_plan
    )
    return reviewed(place, shown, wanted, Files(out, body, page))


@click.command(short_help="Save what an account holds, for plans without a token.")
@click.option("--out", required=True, type=A_FILE, help="The file.")
@on_target
def snapshot(place: Place, shown: Terminal, out: Path) -> int:
    """Save what an account answers now, so that jobs for forks can plan without any token.

    The file names people and stages of the account; keep it where only colleagues can read it.
    """
    from ixia_config.app.reviewing import taken, write_snapshot
    from ixia_config.cli.opening import opened, title
    from ixia_config.exits import Exit

    with opened(place, shown) as session, shown.waiting(f"Reading {title(session)}"):
        write_snapshot(taken(session), out)
    return Exit.OK


@click.command(short_help="Show a comment on the page of the job.")
@click.option("--body", required=True, type=A_FILE, help="The Markdown that review wrote.")
@common
def summary(place: Place, shown: Terminal, body: Path) -> int:  # noqa: ARG001  # the same for all
    """Add the comment to the summary of a GitHub job; elsewhere it is printed."""
    from ixia_config.cli.ci_hosts import summarise
    from ixia_config.exits import Exit

    if not summarise(body):
        shown.say(body.read_text(encoding="utf-8"))
    return Exit.OK

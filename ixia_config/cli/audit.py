"""``ixia audit``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, on_target

if TYPE_CHECKING:
    from ixia_config.app.session import Kept
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Check the record of every apply, or export it.",
    epilog="""\b
Examples:
  ixia audit verify --env production
  ixia audit verify --env production --head 3f0c…   (that an earlier check told)
  ixia audit export --env production --format csv > applies.csv

The record stands where the state stands. Nobody can alter one run without the ones after it; keep
the head of each check elsewhere, and nobody can rewrite all of it unseen.""",
)
@click.argument("action", type=click.Choice(("verify", "export")))
@click.option("--head", metavar="DIGEST", help="With verify: what the trail must still contain.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "csv")),
    default="text",
    show_default=True,
    help="How to write the result; csv for export only.",
)
@on_target
def command(place: Place, shown: Terminal, form: str, *, action: str, head: str | None) -> int:
    """Check that no run was altered or removed, or list who applied what, when and how it ended."""
    from ixia_config.app.session import kept
    from ixia_config.cli.opening import checked

    if (action == "export" and head) or (action == "verify" and form == "csv"):
        raise click.UsageError("--head goes with verify, and csv with export")
    found = kept(checked(place), environment=place.environment, target=place.target)
    return _verify(found, shown, form, head) if action == "verify" else _export(found, shown, form)


def _verify(found: Kept, shown: Terminal, form: str, head: str | None) -> int:
    import dataclasses

    from ixia_config.app.auditing import verify
    from ixia_config.exits import Exit
    from ixia_config.render.plan_json import written
    from ixia_config.render.wording import counted

    told = verify(found, known=head or "")
    if form == "json":
        shown.say(written(dataclasses.asdict(told)))
        return Exit.OK
    shown.say(f"The record of {counted(told.runs, 'runs')} is as it was written.\n")
    shown.say(f"Head: {told.head}\n" if told.head else "")
    for run in told.unfinished:
        shown.say(f"Run {run} has not ended.\n")
    return Exit.OK


def _export(found: Kept, shown: Terminal, form: str) -> int:
    from ixia_config.app.auditing import trail
    from ixia_config.exits import Exit
    from ixia_config.render.trail import trail_csv, trail_json, trail_text

    rows = trail(found)
    write = {"text": trail_text, "json": trail_json, "csv": trail_csv}[form]
    shown.say(write(rows))
    return Exit.OK

"""``ixia report``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.against import compares
from ixia_config.cli.options import A_FILE, Place, on_environment, shows_pay
from ixia_config.cli.sources import reads_records

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal
    from ixia_config.edges.records import Source


@click.command(
    short_help="Write the process and a change of it as one HTML page.",
    epilog="""\b
Examples:
  ixia report
  ixia report --against main --records lead=leads.csv --records deal=deals.csv
  ixia report --plan plan.json --against main --output review.html
  ixia report --env production --records deal=target:crm   (its open deals of today)""",
)
@click.option("--plan", "file", type=A_FILE, help="Show what this saved plan would write.")
@compares
@click.option(
    "--output", type=A_FILE, default="report.html", show_default=True, help="The page to write."
)
@reads_records
@shows_pay
@on_environment
def command(
    place: Place,
    shown: Terminal,
    sources: Mapping[str, Source],
    file: Path | None,
    against: str,
    output: Path,
) -> int:
    """Draw the process, what a change does to real records, and what a plan would write.

    The page is one file that asks nobody for anything: it opens without a network, can be searched
    and printed, and fits a phone. What people are paid is left out unless --show-pay asks for it.
    """
    from ixia_config.app.reporting import Telling, report, write_page
    from ixia_config.cli.against import against as against_of
    from ixia_config.cli.opening import checked
    from ixia_config.cli.recording import fetched
    from ixia_config.cli.saving import read
    from ixia_config.edges.clock import system_clock
    from ixia_config.exits import Exit

    plan = read(file) if file is not None else None
    other, name = against_of(place, shown, against), file.name if file else ""
    given = fetched(sources, place, shown)
    telling = Telling(system_clock().now(), other.revision, given, plan, name, other.called)
    with shown.waiting("Drawing the process"):
        page = report(checked(place).sound(), telling)
    write_page(output, page, private=place.show_pay)
    shown.say(f"Written to {output}\n")
    return Exit.OK

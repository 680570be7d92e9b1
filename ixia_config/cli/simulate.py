"""``ixia simulate``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from ixia_config.cli.against import compares
from ixia_config.cli.options import Place, on_environment, reports, shows_pay
from ixia_config.cli.sources import reads_records

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal
    from ixia_config.edges.records import Source


@click.command(
    short_help="Show what the rules do to real records, before and after a change.",
    epilog="""\b
Examples:
  ixia simulate --records lead=leads.csv
  ixia simulate --against main --records lead=leads.csv --records deal=deals.jsonl
  ixia simulate --against --records deals.csv --policy ApprovalPolicy/discounts
  ixia simulate --against main --records leads.csv --by origin --format markdown
  ixia simulate --against main --records lead=leads.parquet --on duckdb
  ixia simulate --records lead=postgres://crm.acme.example/sales#leads --on postgres
  ixia simulate --against --env sandbox --records deal=target:crm""",
)
@compares
@click.option("--policy", "policies", multiple=True, metavar="KIND/NAME", help="Only this policy.")
@click.option(
    "--by", multiple=True, metavar="FIELD", help="Group by this field.  [default: region]"
)
@click.option("--arrival", default="", metavar="FIELD", help="The field that tells when it came.")
@click.option(
    "--on",
    type=click.Choice(("duckdb", "postgres", "spark")),
    help="Decide in this database, for many records.  [default: one record after the other]",
)
@click.option("--clock", metavar="TIME", help="The time of the run.  [default: now]")
@reads_records
@reports("text", "json", "markdown")
@shows_pay
@on_environment
def command(
    place: Place,
    shown: Terminal,
    sources: Mapping[str, Source],
    against: str,
    policies: tuple[str, ...],
    by: tuple[str, ...],
    arrival: str,
    on: str | None,
    clock: str | None,
    form: str,
) -> int:
    """Run every policy on records and count what it decides.

    With --against, each record is decided by both versions of the rules; shown is what differs,
    with the first records and the reasons. Nothing is written anywhere.

    --records deal=target:crm takes the open records that the target crm holds now.
    """
    from dataclasses import replace

    from ixia_config.app.simulating import Wish, simulate
    from ixia_config.cli.against import against as against_of
    from ixia_config.cli.opening import checked
    from ixia_config.cli.recording import fetched
    from ixia_config.cli.simulating import moment, tell
    from ixia_config.exits import Exit

    if not sources:
        raise click.UsageError("name the records: --records lead=leads.csv")
    other = against_of(place, shown, against)
    read = fetched(sources, place, shown)
    wish = Wish(read, moment(clock), other.revision, policies, by, arrival, on or "")
    with shown.waiting("Deciding every record"):
        impact = replace(simulate(checked(place).sound(), wish), before=other.called)
    shown.say(tell(impact, form, shown.style, show_pay=place.show_pay))
    return Exit.OK

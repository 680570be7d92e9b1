"""``ixia explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, on_environment, reports

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Explain a code such as IX307, or a decision about a record.",
    epilog="""\b
Examples:
  ixia explain IX307
  ixia explain exits      (what each exit code means)
  ixia explain codes      (a list of every code)
  ixia explain RoutingPolicy/inbound-leads --record lead.json
  ixia explain lead --record lead.yaml --at 2026-11-23T09:00:00-05:00
  ixia explain deal --record - --submitter ana@acme.example --from qualify --to evaluate""",
)
@click.argument("topics", nargs=-1, required=True, metavar="CODE|KIND/NAME|RECORD...")
@click.option("--record", metavar="FILE", help="The record, as JSON or YAML; - for standard input.")
@click.option("--at", "moment", metavar="TIME", help="When it is decided.  [default: now]")
@click.option("--submitter", default="", metavar="EMAIL", help="Who asks for an approval.")
@click.option("--from", "stage", default="", metavar="STAGE", help="Where the record stands.")
@click.option("--to", default="", metavar="STAGE", help="Where it is to go.")
@reports("text", "json", "markdown")
@on_environment
def command(
    place: Place,
    shown: Terminal,
    topics: tuple[str, ...],
    record: str | None,
    moment: str | None,
    form: str,
    **more: str,
) -> int:
    """Explain the code of an error, or what policies decide about a record and why.

    Name a code; or policies with a record; or a record type, which means every policy that decides
    about such records (moves between stages only with --to).
    """
    from ixia_config.cli.topics import coded, decided
    from ixia_config.exits import Exit

    if record is None:
        shown.say(coded(topics, form, shown.style))
    else:
        decided(place, shown, topics, record=record, moment=moment, form=form, **more)
    return Exit.OK

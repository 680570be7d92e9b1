"""``ixia comp statement``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, on_environment, reports, shows_pay
from ixia_config.cli.sources import reads_history, reads_records

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal
    from ixia_config.edges.records import Source


@click.command(
    "statement",
    short_help="Show what people are paid for a period, and why.",
    epilog="""\b
Examples:
  ixia comp statement --person ana@acme.example --period 2027-Q1 --records deals.csv
  ixia comp statement --period 2027-01 --records deal=deals.csv --records invoice=paid.jsonl
  ixia comp statement --period 2027-Q1 --records deals.csv --format csv --output pay.csv
  ixia comp statement --period 2027-Q1 --records deals.csv --output statements   (one file each)""",
)
@click.option("--person", default="", metavar="EMAIL", help="Whose pay; everybody's by default.")
@click.option("--period", required=True, metavar="PERIOD", help="2027, 2027-Q1, 2027-01 ...")
@click.option("--plan", default="", metavar="NAME", help="Only this CompPlan.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER",
    help="Write there; into a folder one file for each person.",
)
@reports("text", "json", "csv", "markdown")
@reads_records
@reads_history
@shows_pay
@on_environment
def statement(
    place: Place,
    shown: Terminal,
    sources: Mapping[str, Source],
    person: str,
    period: str,
    plan: str,
    output: Path | None,
    history: tuple[Path, ...],
    form: str,
) -> int:
    """Show what people are paid for a period: each credit, rate, tier part and rounding, and why.

    For one person, or for everybody as a summary. Amounts of everybody stand only in files and
    with --show-pay.
    """
    from ixia_config.app.paying import Wanted, pay
    from ixia_config.cli.opening import checked
    from ixia_config.cli.statements import noted, told
    from ixia_config.exits import Exit

    if not sources:
        raise click.UsageError("--records FILE is missing: statements are made from records")
    paid = pay(checked(place).sound(), Wanted(period, sources, person, plan, history))
    noted(paid.remarks, shown)
    told(paid, shown, form, output, show_pay=place.show_pay or bool(person))
    return Exit.OK

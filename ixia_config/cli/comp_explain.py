"""``ixia comp explain``."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, on_environment, reports
from ixia_config.cli.sources import reads_history, reads_records

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal
    from ixia_config.edges.records import Source


@click.command(
    "explain",
    short_help="Say why a figure is this, and not another one.",
    epilog="""\b
Examples:
  ixia comp explain --person ana@acme.example --period 2027-Q1 --records deals.csv
  ixia comp explain --person ana@acme.example --period 2027-Q1 --records deals.csv \\
      --deal "Helio SA" --expected 1300""",
)
@click.option("--person", required=True, metavar="EMAIL", help="Whose pay.")
@click.option("--period", required=True, metavar="PERIOD", help="2027, 2027-Q1, 2027-01 ...")
@click.option("--deal", default="", metavar="ID|NAME", help="Only what this record pays.")
@click.option("--expected", metavar="AMOUNT", help="What somebody thought that it would be.")
@click.option("--plan", default="", metavar="NAME", help="Only this CompPlan.")
@reports("text", "json", "markdown")
@reads_records
@reads_history
@on_environment
def explain(
    place: Place,
    shown: Terminal,
    sources: Mapping[str, Source],
    deal: str,
    expected: str | None,
    form: str,
    history: tuple[Path, ...],
    **asked: str,
) -> int:
    """Show the lines of a figure; with --expected, which switch of the plan makes the difference.

    Turns every switch of the plan, one at a time, and pays the same records again.
    """
    from ixia_config.app.pay_questions import account
    from ixia_config.app.paying import Wanted
    from ixia_config.cli.opening import checked
    from ixia_config.cli.statements import accounted, noted
    from ixia_config.exits import Exit

    wanted = Wanted(sources=sources, history=history, **asked)
    told = account(checked(place).sound(), wanted, deal, _amount(expected))
    noted(told.remarks, shown)
    accounted(told, shown, form)
    return Exit.OK


def _amount(text: str | None) -> Decimal | None:
    from ixia_config.rules.values import number

    found = None if text is None else number(text.replace(",", ""))
    if text is not None and found is None:
        raise click.UsageError(f"--expected wants an amount such as 1300.00, not {text!r}")
    return found

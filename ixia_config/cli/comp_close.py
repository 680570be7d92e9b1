"""``ixia comp close``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import A_FILE, Place, on_environment
from ixia_config.cli.sources import reads_history, reads_records

if TYPE_CHECKING:
    from ixia_config.app.closing import Closed
    from ixia_config.cli.terminal import Terminal
    from ixia_config.edges.records import Source


@click.command(
    "close",
    short_help="Keep what a period pays, so that it never changes.",
    epilog="""\b
Examples:
  ixia comp close --period 2027-01 --records deals.csv --output closed/2027-01.json
  ixia comp close --period 2027-02 --records deals.csv \\
      --history closed/2027-01.json --output closed/2027-02.json
  ixia comp statement --period 2027-03 --records deals.csv --person ana@acme.example \\
      --history closed/2027-01.json --history closed/2027-02.json""",
)
@click.option("--period", required=True, metavar="PERIOD", help="2027-01, 2027-Q1 ...")
@click.option("--output", required=True, type=A_FILE, metavar="FILE", help="Write there.")
@reads_records
@reads_history
@on_environment
def close(
    place: Place,
    shown: Terminal,
    sources: Mapping[str, Source],
    period: str,
    output: Path,
    history: tuple[Path, ...],
) -> int:
    """Write what a period pays to a file that only you can read.

    With --history FILE, ixia comp statement shows that pay as it was paid, whatever records say
    later; what they say now is paid or taken as a correction in the first open period. The file
    is sealed: one that is edited is refused.
    """
    from ixia_config.app.paying import Wanted, close
    from ixia_config.cli.opening import checked
    from ixia_config.cli.statements import noted
    from ixia_config.exits import Exit

    if not sources:
        raise click.UsageError("--records FILE is missing: what is paid comes from records")
    done, remarks = close(checked(place).sound(), Wanted(period, sources, history=history), output)
    noted(remarks, shown)
    shown.say(_said(done, output))
    return Exit.OK


def _said(done: Closed, output: Path) -> str:
    """How much is closed, and what to write into plans that do not say so."""
    from ixia_config.render.wording import counted

    told = f"{counted(done.payouts, 'payouts')} up to {done.last_day} closed in {output}\n"
    if not done.unsaid:
        return told
    plans = ", ".join(f"CompPlan/{each}" for each in done.unsaid)
    return (
        f"{told}Now write closed_until: {done.last_day} into {plans}: changes of the rules that "
        "reach into closed days are refused then.\n"
    )

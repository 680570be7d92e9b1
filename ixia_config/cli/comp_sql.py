"""``ixia comp sql``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, on_environment, shows_pay

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    "sql",
    short_help="Write a plan as SQL, for deals that lie in a database.",
    epilog="""\b
Examples:
  ixia comp sql --plan ae-2027 --period 2027 --output ae-2027.sql
  ixia comp sql --plan ae-2027 --period 2027-Q1 --dialect postgres --lines --show-pay""",
)
@click.option("--plan", required=True, metavar="NAME", help="Which CompPlan.")
@click.option("--period", required=True, metavar="PERIOD", help="2027, 2027-Q1, 2027-01 ...")
@click.option(
    "--dialect",
    type=click.Choice(("duckdb", "postgres", "spark")),
    default="duckdb",
    show_default=True,
    help="For which database.",
)
@click.option("--lines", is_flag=True, help="A row for each amount, in place of totals.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write there; only you may read it.",
)
@shows_pay
@on_environment
def sql(
    place: Place,
    shown: Terminal,
    plan: str,
    period: str,
    dialect: str,
    output: Path | None,
    *,
    lines: bool,
) -> int:
    """Write a plan as one SQL text that pays to the cent what statements say.

    The text holds people's quotas, so it goes to a file, or to the terminal with --show-pay. A plan
    that SQL cannot pay exactly is refused.
    """
    from ixia_config.app.paying import write
    from ixia_config.app.paying_sql import pay_in_sql
    from ixia_config.cli.opening import checked
    from ixia_config.exits import Exit

    if output is None and not place.show_pay:
        raise click.UsageError("the SQL holds people's quotas: add --output FILE or --show-pay")
    form = "lines" if lines else "totals"
    found = pay_in_sql(checked(place).sound(), plan, dialect, period, form)  # type: ignore[arg-type]  # one of the two
    if output is None:
        shown.say(found.rstrip("\n"))
    else:
        write(output if output.suffix else output.with_suffix(".sql"), {output.name: found})
    return Exit.OK

"""``ixia recover``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, on_target, reports

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Settle what an earlier apply left open.",
    epilog="""\b
Examples:
  ixia recover --env production                                    (look, decide nothing)
  ixia recover --env production --bind Pipeline/renewals#paper=7   (this object is it)
  ixia recover --env production --absent Pipeline/renewals#paper   (it was not made)
  ixia recover --env production --abandon Pipeline/renewals#paper  (give it up)""",
)
@click.option("--bind", multiple=True, metavar="ADDRESS=ID", help="This object is what was made.")
@click.option("--absent", multiple=True, metavar="ADDRESS", help="It was not made.")
@click.option(
    "--abandon", multiple=True, metavar="ADDRESS|RUN", help="Give a change or a damaged run up."
)
@reports("text", "json")
@on_target
def command(
    place: Place,
    shown: Terminal,
    form: str,
    *,
    bind: tuple[str, ...],
    absent: tuple[str, ...],
    abandon: tuple[str, ...],
) -> int:
    """Look up what became of calls that were never answered, and decide what nobody can know.

    The target is only read. Without a choice nothing is decided.
    """
    from ixia_config.cli.opening import opened
    from ixia_config.cli.recovering import chosen, recovered

    choices, runs = chosen(bind, absent, abandon)
    with opened(place, shown) as session:
        return recovered(session, shown, form, choices, runs)

"""``ixia doctor``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, common, reports

if TYPE_CHECKING:
    from ixia_config.app.doctor import Examined
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Find out what is wrong with the set-up.",
    epilog="""\b
Examples:
  ixia doctor
  ixia doctor --format json""",
)
@reports("text", "json")
@common
def command(place: Place, shown: Terminal, form: str) -> int:
    """Look at Python, the connectors, the files, every account and its token, in this order.

    Only reads. Says what to do about whatever is not well.
    """
    import dataclasses
    import os

    from ixia_config.app.doctor import examine
    from ixia_config.cli.opening import today
    from ixia_config.exits import Exit
    from ixia_config.render.plan_json import written

    with shown.waiting("Looking around"):
        found = tuple(examine(place.directory, environ=os.environ, today=today()))
    if form == "json":
        shown.say(written([dataclasses.asdict(each) for each in found]))
    else:
        shown.say("\n".join(_lines(found)) + "\n")
    return Exit.OK if all(each.well for each in found) else Exit.INVALID


def _lines(found: Sequence[Examined]) -> Iterator[str]:
    from ixia_config.render.layout import table
    from ixia_config.render.wording import capital, counted

    rows = []
    for each in found:
        advice = "" if each.well or not each.advice else f". {capital(each.advice)}"
        rows.append(("ok" if each.well else "!", each.what, f"{each.detail}{advice}"))
    yield from table(rows)
    wrong = sum(not each.well for each in found)
    yield ""
    yield f"{counted(wrong, 'things')} to mend." if wrong else "All is well."

"""``ixia analyse``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ixia_config.cli.against import compares
from ixia_config.cli.options import Place, on_environment, reports, shows_pay

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal

_VERBS = ("equivalent", "implies", "disjoint", "always-matches", "never-matches")


@click.command(
    short_help="Prove the rules: gaps, shadows, overlaps, and what a change changes.",
    epilog="""\b
Examples:
  ixia analyse
  ixia analyse ApprovalPolicy/discounts
  ixia analyse --fix
  ixia analyse --against main
  ixia analyse --against HEAD~1 --format markdown
  ixia analyse --ask implies --of lead 'region == "EMEA"' 'known(region)'
  ixia analyse --ask never-matches RoutingPolicy/inbound-leads#amer""",
)
@click.argument("policies", nargs=-1, metavar="[KIND/NAME]...")
@compares
@click.option("--fix", is_flag=True, help="Write what mends a finding safely; comments stay.")
@click.option("--ask", type=click.Choice(_VERBS), help="Ask one question about conditions.")
@click.option("--of", "record", default="", metavar="RECORD", help="Whose conditions; with --ask.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@reports("text", "json", "markdown", "github", "sarif")
@shows_pay
@on_environment
def command(
    place: Place,
    shown: Terminal,
    policies: tuple[str, ...],
    against: str,
    ask: str | None,
    record: str,
    form: str,
    *,
    fix: bool,
    strict: bool,
) -> int:
    """Prove what holds for every record there can be, and show one where it does not.

    Every finding of ixia validate is told, and what only a longer search finds. Ends with 3
    where there is an error; a question that is answered with no ends with 3, too.
    """
    from ixia_config.cli.against import against as against_of
    from ixia_config.cli.analysing import analysed, answered
    from ixia_config.cli.opening import checked

    if ask:
        return answered(checked(place), ask, policies, record, shown, form)
    other = against_of(place, shown, against)
    return analysed(checked(place), policies, other, shown, form, fix=fix, strict=strict)

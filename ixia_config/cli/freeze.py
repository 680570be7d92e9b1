"""``ixia freeze``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, common

if TYPE_CHECKING:
    from datetime import datetime

    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Leave one place as it is until a day.",
    epilog="""\b
Examples:
  ixia freeze Pipeline/new-business --until 2027-01-15 --owner sales-ops --reason audit
  ixia freeze Pipeline/new-business#qualify --until 2027-01-15 --owner revops --reason trial

With --field probability, only that field of it is held.""",
)
@click.argument("address")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day it ends.")
@click.option("--owner", required=True, help="Team or role that answers for it.")
@click.option("--reason", required=True, help="Why it may stand.")
@click.option("--field", default="", help="Only this field of it.")
@common
def command(
    place: Place,
    shown: Terminal,
    address: str,
    until: datetime,
    owner: str,
    reason: str,
    field: str,
) -> int:
    """Write a line into the policy at ADDRESS: no apply touches it before that day.

    The line is YAML and goes through review; every plan shows it with its owner.
    """
    from ixia_config.app.freezing import freeze
    from ixia_config.cli.opening import checked, today
    from ixia_config.exits import Exit
    from ixia_config.model import Address, Hold

    try:
        where = Address.parse(address)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    hold = Hold(where, field, owner, reason, until.date().isoformat())
    done = freeze(checked(place), hold, today=today())
    shown.say(f"{done.file} holds {where} as it is until {hold.until}.\n")
    return Exit.OK

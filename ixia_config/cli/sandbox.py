"""``ixia sandbox``."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import A_FILE, Place, common

if TYPE_CHECKING:
    from ixia_config.app.sandboxing import Served
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Serve a rehearsal account on this machine.",
    epilog="""\b
Examples:
  ixia sandbox hubspot
  ixia sandbox hubspot --demo --file account.db   (a messy account, kept in a file)
  ixia sandbox odoo --port 8702
  ixia sandbox nodered --port 8701""",
)
@click.argument("system", metavar="SYSTEM")
@click.option("--port", type=click.IntRange(0, 65535), default=8700, help="0 takes a free one.")
@click.option("--file", type=A_FILE, help="Keep the account in this file.  [default: in memory]")
@click.option("--demo", is_flag=True, help="Start with an account that has a past.")
@common
def command(
    place: Place, shown: Terminal, system: str, *, port: int, file: Path | None, demo: bool
) -> int:
    """Serve an account that behaves as the vendor's does, until Ctrl-C.

    Only this machine can reach it.
    """
    from ixia_config.app.sandboxing import sandbox
    from ixia_config.exits import Exit

    del place  # a sandbox belongs to no configuration
    serving = sandbox(system, port=port, path=file, demo=demo)
    with serving as served, contextlib.suppress(KeyboardInterrupt):
        shown.say(_told(system, served))
        threading.Event().wait()
    return Exit.OK


def _told(system: str, served: Served) -> str:
    played = served.rehearsal
    return (
        f"{system} sandbox, account {played.account}, at {served.url}   (Ctrl-C stops it)\n"
        f"export {system.upper()}_SANDBOX_TOKEN={played.token}\n"
    )

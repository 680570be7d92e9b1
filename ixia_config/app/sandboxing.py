"""Serve a connector's sandbox on loopback: the demo's target and the users' rehearsal space."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ixia_config.app.codes import NoRehearsal, PortTaken, SandboxFile
from ixia_config.app.refusal import Refusal
from ixia_config.app.session import connector_of
from ixia_config.edges.serve import Exchange, serve
from ixia_config.exits import Exit
from ixia_config.sdk.connector import Rehearsal


@dataclass(frozen=True, slots=True)
class Served:
    """A sandbox that answers: where, for which account and with which token."""

    url: str
    rehearsal: Rehearsal


@contextmanager
def sandbox(
    name: str,
    *,
    port: int = 0,
    path: Path | None = None,
    demo: bool = False,
    log: list[Exchange] | None = None,
) -> Iterator[Served]:
    """Serve until the block ends; port 0 takes a free one, no path keeps it in memory."""
    place = ":memory:" if path is None else str(path)
    try:
        rehearsal = connector_of(name).rehearsal(path=place, demo=demo)
    except NotImplementedError as error:
        raise Refusal(Exit.USAGE, NoRehearsal(why=str(error))) from None
    except sqlite3.Error as error:
        raise Refusal(Exit.REMOTE, SandboxFile(file=place, why=str(error))) from None
    with ExitStack() as stack:
        try:
            url = stack.enter_context(serve(rehearsal.sandbox, port=port, log=log))
        except OSError as error:
            taken = PortTaken(port=port, why=error.strerror or type(error).__name__)
            raise Refusal(Exit.REMOTE, taken) from None
        yield Served(url, rehearsal)

"""Who says yes to an apply: a saved plan, ``--yes``, or a person at a terminal."""

from __future__ import annotations

import click

from ixia_config.app import Refusal, Session
from ixia_config.cli.terminal import Terminal
from ixia_config.engine.codes import NoConsent
from ixia_config.exits import Exit


def consent(session: Session, shown: Terminal, given: str | None) -> None:
    """Return where somebody agreed to write; Refusal or Abort where nobody did."""
    protected = session.declared.protected
    wanted = session.environment if protected else "yes"
    if given is not None:
        _named(given, session.environment, protected=protected)
    elif not shown.asks:
        needed = f"--yes {session.environment}" if protected else "--yes"
        raise Refusal(Exit.DENIED, NoConsent(needed=_advice(needed)))
    elif click.prompt(f"Apply this? Type {wanted}", err=True).strip().lower() != wanted:
        raise Refusal(Exit.DENIED, NoConsent(needed="nothing was written"))


def _named(given: str, environment: str, *, protected: bool) -> None:
    """A protected environment must be named, and another one never."""
    if given not in ({environment} if protected else {environment, ""}):
        raise Refusal(Exit.DENIED, NoConsent(needed=_advice(f"--yes {environment}")))


def _advice(needed: str) -> str:
    return f"save a plan with `ixia plan --out plan.json` and apply that, or add {needed}"

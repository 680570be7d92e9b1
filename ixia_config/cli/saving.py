"""Saved plans: written whole or not at all, read strictly."""

from __future__ import annotations

from pathlib import Path

from ixia_config.app.refusal import Refusal, refusing
from ixia_config.edges.disk import atomic_write
from ixia_config.engine import codec
from ixia_config.engine.codes import UnreadablePlan
from ixia_config.exits import Exit
from ixia_config.model import Plan

LARGEST = 64 * 1024 * 1024


def save(plan: Plan, file: Path) -> None:
    """Write the plan file; Refusal where its folder cannot be written."""
    try:
        atomic_write(file, codec.dump(plan))
    except OSError as error:
        raise Refusal(Exit.USAGE, UnreadablePlan(file=_why(file, error))) from None


def read(file: Path) -> Plan:
    """Read a plan file; Refusal for anything that was not written by ``save``."""
    try:
        if file.stat().st_size > LARGEST:
            raise Refusal(Exit.STALE, UnreadablePlan(file=str(file)))
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise Refusal(Exit.STALE, UnreadablePlan(file=_why(file, error))) from None
    except UnicodeDecodeError:
        raise Refusal(Exit.STALE, UnreadablePlan(file=str(file))) from None
    with refusing():
        return codec.load(text)


def _why(file: Path, error: OSError) -> str:
    return f"{file} ({(error.strerror or type(error).__name__).lower()})"

"""The audit trail of a target: verified, and told run by run."""

from __future__ import annotations

from dataclasses import dataclass

from ixia_config.app.executing import written
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.app.session import Kept
from ixia_config.engine import state as states
from ixia_config.engine.recovery_codes import BrokenTrail
from ixia_config.engine.trail import Entry, Written, entries, faults, head
from ixia_config.exits import Exit


@dataclass(frozen=True, slots=True)
class Verified:
    """A trail that is as it was written: how many runs, and a digest that stands for all of it."""

    runs: int
    head: str
    unfinished: tuple[str, ...]


def verify(kept: Kept, *, known: str = "") -> Verified:
    """Check every line and the order of all runs; Refusal names what was altered.

    ``known`` is the head that an earlier check told: the trail must still contain it. Without one,
    runs that were removed at the end are noticed by the serial of the state only.
    """
    with refusing():
        runs = _runs(kept)
        stored = kept.store.read()
        serial = states.load(stored.text).serial if stored else 0
    found = list(faults(runs, serial=serial))
    if known and known not in {head(each) for each in runs}:
        found.append(f"the trail does not contain {known}, which it had")
    if found:
        raise Refusal(Exit.RECOVERY, *(BrokenTrail(what=each) for each in found))
    unfinished = tuple(each.run for each in runs if not each.finished)
    return Verified(len(runs), head(runs[-1]) if runs else "", unfinished)


def trail(kept: Kept) -> tuple[Entry, ...]:
    """What every run was, oldest first."""
    with refusing():
        return entries(_runs(kept))


def _runs(kept: Kept) -> tuple[Written, ...]:
    return tuple(written(kept.journal.read(run)) for run in kept.journal.runs())


__all__ = ["Verified", "trail", "verify"]

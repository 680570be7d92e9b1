"""The lock of a target, looked at and taken away; a theft is written into the audit trail."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from ixia_config.app.executing import begun
from ixia_config.app.refusal import refusing
from ixia_config.app.session import Kept
from ixia_config.edges.lock import Holder, LockHeld, this_process


@dataclass(frozen=True, slots=True)
class Theft:
    """Whose lock was taken, if anybody had it, and whether the audit trail says so."""

    victim: Holder | None
    audited: bool = False


def holder(kept: Kept) -> Holder | None:
    """Who has the lock, None while it is free."""
    with refusing():
        return kept.store.held()


def steal(kept: Kept, *, reason: str) -> Theft:
    """Take the lock away and leave it free; waits until its victim has noticed.

    Somebody else may be quicker to take the free lock: then the trail says nothing, and the history
    of a branch in git still does.
    """
    with refusing():
        thief = this_process(now=kept.clock.now(), doing="ixia lock steal")
        victim = kept.store.steal(thief, reason=reason)
        if victim is None:
            return Theft(None)
        with suppress(LockHeld), kept.store.lock(thief):
            facts = {"reason": reason, "from": str(victim)}
            with begun(kept, "lock steal", **facts) as (_, journal):
                journal.finish({"event": "end"})
            return Theft(victim, audited=True)
    return Theft(victim)


__all__ = ["Theft", "holder", "steal"]

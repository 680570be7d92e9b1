"""Resuming: the plan approved for an earlier run is finished without a new approval."""

from __future__ import annotations

from ixia_config.app.refusal import Refusal, refusing
from ixia_config.app.session import Session
from ixia_config.app.undoing import history_of
from ixia_config.engine import codec
from ixia_config.engine.recover import Fate
from ixia_config.engine.recovery_codes import CannotResume
from ixia_config.engine.trail import Record
from ixia_config.exits import Exit
from ixia_config.model import Plan


def approved_for(session: Session, run: str) -> tuple[Plan, tuple[str, ...]]:
    """The plan of a run and the approvals that were given; Refusal where nothing can be finished.

    The plan is only an upper bound, as always: what was done is left out, and anything that goes
    beyond it is refused.
    """
    with refusing():
        history = history_of(session, run)
        start = history.records[0] if history.records else {}
        if history.damage:
            raise _cannot(run, history.damage)
        if any(_given_up(record) for record in history.records):
            raise _cannot(run, "one of its changes was given up")
        if start.get("approved") is None:
            raise _cannot(run, "it keeps no plan")
        plan = codec.load(codec.text(start["approved"]), file=f"the plan of run {run}")
        return plan, tuple(str(each) for each in start.get("approvals") or ())


def _given_up(record: Record) -> bool:
    changes = record.get("changes") if record.get("event") == "recovered" else None
    return any(each.get("fate") == Fate.ABANDONED.value for each in changes or ())


def _cannot(run: str, why: str) -> Refusal:
    return Refusal(Exit.STALE, CannotResume(run=run, why=why))


__all__ = ["approved_for"]

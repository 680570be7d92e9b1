"""Undo: a plan that gives the target the values from before a run; it never executes anything."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ixia_config.app.planning import Planned, made, with_quota, word_of
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.app.session import Session
from ixia_config.edges.http import Driver
from ixia_config.edges.store import History
from ixia_config.engine.codec import sealed
from ixia_config.engine.codes import EmptyRender
from ixia_config.engine.draft import Settings
from ixia_config.engine.ownership import Owned
from ixia_config.engine.plan import Basis
from ixia_config.engine.recovery_codes import CannotUndo, NoSuchRun
from ixia_config.engine.state import State
from ixia_config.engine.undo import Undo, chosen_ids, effects, undo
from ixia_config.exits import Exit
from ixia_config.kinds.locate import place_of
from ixia_config.model import Plan
from ixia_config.sdk.connector import Live, Scope

_SHOWN = 3


def history_of(session: Session, run: str) -> History:
    """What a run wrote down; Refusal when there is none of this name."""
    runs = session.journal.runs()
    if run not in runs:
        raise Refusal(Exit.USAGE, NoSuchRun(run=run, known=tuple(reversed(runs[-_SHOWN:]))))
    return session.journal.read(run)


def undo_plan(session: Session, run: str) -> Plan:
    """What would take a run back; Refusal where nobody knows what it did."""
    session.checked.sound()
    with refusing(), session.driver(writes=False) as driver:
        return planned_undo(session, driver, session.state(), run).plan


def planned_undo(session: Session, driver: Driver, state: State, run: str) -> Planned:
    """Read, and compare with the values from before the run."""
    done = _known(session, run)
    scope = Scope(everything=True, bound=state.ids, identity=session.identify(driver))
    live = driver.run(session.connector.read(scope))
    chosen = frozenset[str]().union(
        *(chosen_ids(each, session.journal.read(each).records) for each in session.journal.runs())
    )
    wanted = undo(session.connector, effects(run, done.records), live, state, chosen)
    basis = _basis(session, wanted, with_quota(live, driver, session))
    plan = made(session, driver, basis)
    # That nothing is left is what the undo of a first apply is about, and no slip.
    verdicts = tuple(each for each in plan.verdicts if each.code != EmptyRender.code)
    plan = sealed(replace(plan, undoes=run, verdicts=verdicts))
    return Planned(plan, basis, owned=wanted.owned)


def _known(session: Session, run: str) -> History:
    history = history_of(session, run)
    if history.damage:
        raise Refusal(Exit.RECOVERY, CannotUndo(run=run, why=history.damage))
    if not history.finished:
        why = "it did not end, and nobody looked yet what it did (ixia recover)"
        raise Refusal(Exit.RECOVERY, CannotUndo(run=run, why=why))
    return history


def _basis(session: Session, wanted: Undo, live: Live) -> Basis:
    kept = Owned(wanted.lowered, protected=wanted.state.protected)
    deletes = max(session.limits.max_deletes, wanted.removals)
    return Basis(
        connector=session.connector,
        lowered=wanted.lowered,
        live=live,
        state=wanted.state,
        settings=Settings({}, on_remove="delete"),
        limits=replace(session.limits, max_deletes=deletes, max_delete_share=Decimal(1)),
        place=lambda address: place_of(session.configuration, address),
        word=word_of(session, kept),
    )


__all__ = ["history_of", "planned_undo", "undo_plan"]

"""Apply: do what was approved, or less, in an order that survives a crash, and read it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ixia_config.app.executing import Execution, LockedSession, committed, journalled, locked
from ixia_config.app.permitting import permit
from ixia_config.app.planning import Planned, planned
from ixia_config.app.recovering import settled
from ixia_config.app.refusal import Refusal
from ixia_config.app.session import Session
from ixia_config.app.undoing import planned_undo
from ixia_config.codes import Diagnostic
from ixia_config.edges.store import Run
from ixia_config.engine import codec
from ixia_config.engine.codes import (
    Blocked,
    ExpiredPlan,
    OtherTarget,
    RemovalNeedsApproval,
    StalePlan,
)
from ixia_config.engine.execute import Done, OnError, Work
from ixia_config.engine.owning import chosen, converged
from ixia_config.engine.state import State, StateProblem
from ixia_config.engine.subset import differences, unapproved
from ixia_config.engine.unowned import disturbed
from ixia_config.exits import Exit
from ixia_config.model import Address, Plan, Report, Result, Status, Value, Verdict
from ixia_config.sdk.codes import DailyLimit
from ixia_config.sdk.connector import LiveResource
from ixia_config.sdk.wire import RemoteError


@dataclass(frozen=True, slots=True)
class Order:
    """What the user approved, and how they follow it.

    ``tell`` hears of every change as it is done; ``stopping`` says that they want to stop.
    ``resumes`` names the run whose plan this finishes.
    """

    approved: Plan
    tell: Callable[[Result, int, int], None]
    approvals: tuple[str, ...] = ()
    stopping: Callable[[], bool] = lambda: False
    on_error: OnError = OnError.STOP
    resumes: str = ""


def apply(session: Session, order: Order) -> Report:
    """Do it; Refusal before the first write when anything is not as approved."""
    session.checked.sound()
    with locked(session, doing="apply") as here:
        state = settled(here, session.state())
        now = _planned(here, order.approved, state)
        _permit(session, order, now.plan, state)
        _validated(here, now, state)
        with journalled(here, **_facts(order, state)) as (run, journal):
            return _applied(here, journal, order, now, Report(run, now.plan, ()), state)


def _planned(here: LockedSession, approved: Plan, state: State) -> Planned:
    """What would be done now, from the same source as the approved plan."""
    if approved.undoes:
        return planned_undo(here.session, here.reader, state, approved.undoes)
    return planned(here.session, here.reader, state)


def _facts(order: Order, state: State) -> Mapping[str, Any]:
    """What the journal keeps of an order, so that the run can be resumed and accounted for."""
    approved = order.approved
    secret = any(each.sensitive for change in approved.changes for each in change.fields)
    return {
        "plan": approved.digest,
        "commit": approved.commit,
        "state": state.serial,
        "approvals": list(order.approvals),
        "approved": None if secret else codec.as_json(approved),
        "resumes": order.resumes or None,
        "undoes": approved.undoes or None,
    }


def _applied(
    here: LockedSession, journal: Run, order: Order, now: Planned, report: Report, state: State
) -> Report:
    execution = Execution(here, journal, state, tell=order.tell, stopping=order.stopping)
    done = execution.run(_work(order, now))
    report = replace(
        report,
        results=done.results,
        interrupted=done.interrupted,
        problem=done.problem,
        lost_lock=execution.lost_lock,
    )
    if done.problem:
        return report
    try:
        report = _verified(here, journal, now, done, report)
        _close(journal, report)
    except StateProblem as why:
        return replace(report, problem=f"what was done is not recorded: {why}")
    return report


def _validated(here: LockedSession, now: Planned, state: State) -> None:
    """Let the target check the whole batch first, where it offers that."""
    if not now.plan.writes:
        return
    ids = {**chosen(now.plan), **state.ids}
    found = here.reader.run(here.session.connector.validate(now.plan.writes, ids))
    titles = {change.id: change.title for change in now.plan.writes}
    refused = [
        Blocked(title=titles.get(each.change, each.change), why=each.blocker, advice=each.hint)
        for each in found
        if each.blocker
    ]
    if refused:
        raise Refusal(Exit.GUARDED, *refused)


def _permit(session: Session, order: Order, now: Plan, state: State) -> None:
    """Refuse whatever was not approved, is stale, or cannot be finished."""
    _same_target(session, order.approved)
    if order.approved.refused:
        raise Refusal(Exit.GUARDED, *map(_guarded, order.approved.refused))
    _current(session, order.approved, now, state)
    missing = unapproved(order.approved, order.approvals)
    if missing:
        needed = (RemovalNeedsApproval(title=name.split("@")[0], approve=name) for name in missing)
        raise Refusal(Exit.DENIED, *needed)
    permit(session, order.approved, now, order.approvals)
    if now.quota.remaining is not None and now.quota.remaining < now.quota.estimated:
        raise Refusal(Exit.REMOTE, _short(now))


def _same_target(session: Session, approved: Plan) -> None:
    planned_for = (approved.identity.connector, approved.identity.account, approved.target)
    here = (session.connector.name, session.declared.account, session.target)
    if planned_for != here or approved.environment != session.environment:
        told = OtherTarget(
            planned=f"{approved.environment}, account {approved.identity.account}",
            actual=f"{session.environment}, account {session.declared.account}",
        )
        raise Refusal(Exit.STALE, told)


def _current(session: Session, approved: Plan, now: Plan, state: State) -> None:
    if approved.expires_at <= now.created_at:
        raise Refusal(Exit.STALE, ExpiredPlan(expired_at=approved.expires_at))
    found = list(differences(approved, now, state.ids))
    if approved.config_digest != session.checked.digest and found:
        found.insert(0, "the configuration was changed")
    if approved.serial and approved.lineage != state.lineage:
        found.insert(0, "the state is another one")
    if found:
        raise Refusal(Exit.STALE, StalePlan(differences=tuple(found)))


@dataclass(frozen=True, kw_only=True)
class _Guarded(Diagnostic):
    """A guard's verdict as a diagnostic: the same words under the same code."""

    code: str  # type: ignore[misc]  # here it is a fact of the verdict
    text: str
    advice: str

    def message(self) -> str:
        return self.text

    def hint(self) -> str:
        return self.advice


def _guarded(verdict: Verdict) -> Diagnostic:
    return _Guarded(code=verdict.code, text=verdict.message, advice=verdict.hint)


def _short(plan: Plan) -> Diagnostic:
    return DailyLimit(
        text=f"{plan.quota.estimated} requests are needed, {plan.quota.remaining} are left today",
        advice="apply after the account's counter starts again at midnight",
    )


def _work(order: Order, now: Planned) -> Work:
    present = {change.id for change in now.plan.changes}
    return Work(
        connector=now.basis.connector,
        plan=now.plan,
        live=_live(now),
        desired=_desired(now),
        already=tuple(change for change in order.approved.writes if change.id not in present),
        sensitive={each.address: each.sensitive for each in now.basis.lowered.desired},
        on_error=order.on_error,
    )


def _desired(now: Planned) -> Mapping[Address, Mapping[str, Value]]:
    if now.owned is not None:
        return now.owned
    return {each.address: each.fields for each in now.basis.lowered.desired}


def _verified(
    here: LockedSession, journal: Run, now: Planned, done: Done, report: Report
) -> Report:
    """Read back: a plan right after must have nothing left to write, and all else is as before."""
    if any(result.status is Status.UNKNOWN for result in done.results):
        return report
    try:
        after = _settled(here, report.plan, done.state)
    except RemoteError:
        return report
    remaining = after.plan.writes
    if not remaining and not report.plan.undoes:
        own = (*after.plan.held, *after.plan.observed)
        owning = converged(here.session.connector, done.state, _desired(after), own)
        if owning != done.state:
            committed(here, journal, done.state, owning)
    moved = disturbed(here.session.connector, _live(now), after.basis.live, done.results)
    verified = not remaining and not moved
    return replace(report, verified=verified, remaining=remaining, disturbed=moved)


def _live(now: Planned) -> Mapping[tuple[str, str], LiveResource]:
    return {(each.type, each.remote_id): each for each in now.basis.live.resources}


def _settled(here: LockedSession, plan: Plan, state: State) -> Planned:
    """Plan again; once more after the target's settle time if something is still to do."""
    after = _planned(here, plan, state)
    if after.plan.writes and here.session.connector.settle_seconds:
        here.session.sleep(here.session.connector.settle_seconds)
        after = _planned(here, plan, state)
    return after


def _close(journal: Run, report: Report) -> None:
    """A run with an unknown outcome stays open for recovery."""
    statuses = {status.value: len(report.having(status)) for status in Status}
    record = {"event": "end", "verified": report.verified, **statuses}
    if report.having(Status.UNKNOWN):
        journal.append(record)
    else:
        journal.finish(record)


def exit_of(report: Report) -> Exit:
    """The exit code of an apply."""
    if report.lost_lock and not report.having(Status.APPLIED, Status.UNKNOWN):
        return Exit.LOCKED
    if report.problem or report.having(Status.UNKNOWN, Status.FAILED):
        return Exit.PARTIAL
    if report.interrupted:
        return Exit.INTERRUPTED
    return Exit.OK if report.verified is not False else Exit.PARTIAL


__all__ = ["Order", "apply", "exit_of"]

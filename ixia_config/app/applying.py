"""Apply: do what was approved, or less, in an order that survives a crash, and read it back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace

from ixia_config.app.planning import Planned, planned
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.app.session import Session
from ixia_config.codes import Diagnostic
from ixia_config.edges.http import Driver
from ixia_config.edges.lock import this_process
from ixia_config.edges.store import Locked, Run
from ixia_config.engine import state as states
from ixia_config.engine.codes import ExpiredPlan, OtherTarget, RemovalNeedsApproval, StalePlan
from ixia_config.engine.execute import (
    Done,
    Effect,
    Note,
    Reply,
    Save,
    Tell,
    Work,
    Write,
    execute,
)
from ixia_config.engine.owning import converged
from ixia_config.engine.state import State, StateProblem
from ixia_config.engine.subset import differences, unapproved
from ixia_config.exits import Exit
from ixia_config.model import Address, Plan, Report, Result, Status, Value, Verdict
from ixia_config.sdk.codes import DailyLimit
from ixia_config.sdk.wire import RemoteError


@dataclass(frozen=True, slots=True)
class Order:
    """What the user approved, and how they follow it.

    ``tell`` hears of every change as it is done; ``stopping`` says that they want to stop.
    """

    approved: Plan
    tell: Callable[[Result, int, int], None]
    approvals: tuple[str, ...] = ()
    stopping: Callable[[], bool] = lambda: False


def apply(session: Session, order: Order) -> Report:
    """Do it; Refusal before the first write when anything is not as approved."""
    session.checked.sound()
    with refusing(), ExitStack() as stack:
        holder = this_process(now=session.clock.now(), doing=f"ixia apply to {session.environment}")
        store = stack.enter_context(session.store.lock(holder))
        driver = stack.enter_context(session.driver(writes=True))
        reader = stack.enter_context(session.driver(writes=False))
        state = session.state()
        now = planned(session, reader, state)
        _permit(session, order, now.plan, state)
        run = _run_name(session)
        journal = stack.enter_context(session.journal.start(run))
        work = _work(order, now)
        done = _Execution(driver, store, journal, order, state).run(work)
        report = Report(
            run, now.plan, done.results, interrupted=done.interrupted, problem=done.problem
        )
        if done.problem:
            return report
        report = _verified(session, reader, store, done, report)
        _close(journal, report)
        if report.verified:
            _settle_earlier(session, run)
        return report


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
    found = list(differences(approved, now))
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


def _run_name(session: Session) -> str:
    stamp = session.clock.now().strftime("%Y%m%d-%H%M%S")
    return f"{stamp}-{secrets.token_hex(3)}"


def _work(order: Order, now: Planned) -> Work:
    present = {change.id for change in now.plan.changes}
    return Work(
        connector=now.basis.connector,
        plan=now.plan,
        live={(each.type, each.remote_id): each for each in now.basis.live.resources},
        desired=_desired(now),
        already=tuple(change for change in order.approved.writes if change.id not in present),
    )


def _desired(now: Planned) -> Mapping[Address, Mapping[str, Value]]:
    return {each.address: each.fields for each in now.basis.lowered.desired}


class _Execution:
    """Answers the effects of one execution: journal, state file, connector, the user's screen."""

    def __init__(
        self, driver: Driver, store: Locked, journal: Run, order: Order, state: State
    ) -> None:
        self.driver = driver
        self.store = store
        self.journal = journal
        self.order = order
        self.state = state

    def run(self, work: Work) -> Done:
        """Execute to the end; the interpreter's own interrupt leaves an open intent behind."""
        self.journal.append(
            {"event": "start", "plan": work.plan.digest, "state": self.state.serial}
        )
        doing = execute(work, self.state)
        reply: Reply = None
        while True:
            try:
                effect = doing.send(reply)
            except StopIteration as ended:
                done: Done = ended.value
                return done
            reply = self._answer(work, effect)

    def _answer(self, work: Work, effect: Effect) -> Reply:
        match effect:
            case Note(record):
                return _attempt(lambda: self.journal.append(record))
            case Save(state):
                problem = _attempt(lambda: save(self.store, self.state, state))
                self.state = state if problem is None else self.state
                return problem
            case Tell(result, number, total):
                self.order.tell(result, number, total)
                return self.order.stopping()
            case Write(unit, ids):
                try:
                    return self.driver.run(work.connector.write(unit, ids))
                except RemoteError as error:
                    return error


def _attempt(step: Callable[[], None]) -> StateProblem | None:
    """Do it; a disk that takes no more is an answer, since the target was written to already."""
    try:
        step()
    except StateProblem as problem:
        return problem
    return None


def save(store: Locked, before: State, after: State) -> None:
    """Replace the stored state of serial ``before`` by ``after``."""
    store.write(states.dump(after), serial=after.serial, expected=before.serial)


def _verified(
    session: Session, reader: Driver, store: Locked, done: Done, report: Report
) -> Report:
    """Read back: a plan right after an apply must have nothing left to write."""
    if any(result.status is Status.UNKNOWN for result in done.results):
        return report
    try:
        after = _settled(session, reader, done.state)
    except RemoteError:
        return report
    remaining = after.plan.writes
    if not remaining:
        owning = converged(
            session.connector, done.state, _desired(after), (*after.plan.held, *after.plan.observed)
        )
        if owning != done.state:
            save(store, done.state, owning.saved())
    return replace(report, verified=not remaining, remaining=remaining)


def _settled(session: Session, reader: Driver, state: State) -> Planned:
    """Plan again; once more after the target's settle time if something is still to do."""
    after = planned(session, reader, state)
    if after.plan.writes and session.connector.settle_seconds:
        session.sleep(session.connector.settle_seconds)
        after = planned(session, reader, state)
    return after


def _close(journal: Run, report: Report) -> None:
    """A run with an unknown outcome stays open for recovery."""
    statuses = {status.value: len(report.having(status)) for status in Status}
    record = {"event": "end", "verified": report.verified, **statuses}
    if report.having(Status.UNKNOWN):
        journal.append(record)
    else:
        journal.finish(record)


def _settle_earlier(session: Session, run: str) -> None:
    """Close runs that were cut off: this one read back that nothing of them is missing."""
    for earlier in session.journal.open_runs():
        if earlier != run and not session.journal.read(earlier).damage:
            with session.journal.resume(earlier) as journal:
                journal.finish({"event": "settled", "by": run})


def exit_of(report: Report) -> Exit:
    """The exit code of an apply."""
    if report.problem or report.having(Status.UNKNOWN, Status.FAILED):
        return Exit.PARTIAL
    if report.interrupted:
        return Exit.INTERRUPTED
    return Exit.OK if report.verified is not False else Exit.PARTIAL


__all__ = ["Order", "apply", "exit_of", "save"]

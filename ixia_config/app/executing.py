"""A target under its lock, a run in the journal, and the effects of an execution answered."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from ixia_config.app.recounting import in_the_way
from ixia_config.app.refusal import refusing
from ixia_config.app.session import Kept, Session
from ixia_config.edges.clock import Clock, stamp
from ixia_config.edges.http import Driver
from ixia_config.edges.lock import this_process
from ixia_config.edges.store import History, LeaseLost, Locked, Run
from ixia_config.engine import state as states
from ixia_config.engine.execute import (
    Announce,
    Done,
    Effect,
    Look,
    Note,
    Reply,
    Save,
    Tell,
    Work,
    Write,
    execute,
)
from ixia_config.engine.state import State, StateProblem
from ixia_config.engine.trail import Written, head
from ixia_config.model import Address, Change, Result
from ixia_config.sdk.wire import Kind, RemoteError


@dataclass(frozen=True, slots=True)
class LockedSession:
    """A session while this process alone may write to its target and its state."""

    session: Session
    store: Locked
    driver: Driver
    reader: Driver
    doing: str


@contextmanager
def locked(session: Session, *, doing: str) -> Iterator[LockedSession]:
    """Hold the lock of the target; Refusal when somebody else does."""
    with refusing(), ExitStack() as stack:
        told = f"ixia {doing} to {session.environment}"
        holder = this_process(now=session.clock.now(), doing=told)
        store = stack.enter_context(session.store.lock(holder))
        driver = stack.enter_context(session.driver(writes=True, permit=store.check))
        reader = stack.enter_context(session.driver(writes=False))
        yield LockedSession(session, store, driver, reader, doing)


def written(history: History) -> Written:
    """A run as the audit trail sees it."""
    return Written(history.run, history.records, history.finished, history.damage)


@contextmanager
def journalled(here: LockedSession, **facts: Any) -> Iterator[tuple[str, Run]]:
    """A new run: its name and its journal, which begins with who does what, and what was before."""
    with begun(here.session.kept, here.doing, **facts) as started:
        yield started


@contextmanager
def begun(kept: Kept, doing: str, **facts: Any) -> Iterator[tuple[str, Run]]:
    """The same for what needs no target; the lock must be held."""
    names = kept.journal.runs()
    last = written(kept.journal.read(names[-1])) if names else None
    run = _run_name(kept.clock, last.run if last else "")
    holder = this_process(now=kept.clock.now())
    with kept.journal.start(run) as journal:
        journal.append(
            {
                "event": "start",
                "doing": doing,
                "who": holder.who,
                "host": holder.host,
                "at": stamp(kept.clock.now()),
                "target": kept.target,
                "environment": kept.environment,
                "account": kept.account,
                "previous": last.run if last else None,
                # A run that did not end may still be settled, and says more then.
                "chain": head(last) if last and last.finished else "",
                **facts,
            }
        )
        yield run, journal


def _run_name(clock: Clock, last: str) -> str:
    """The time and something random; always after the last one, so that runs have one order."""
    name = f"{clock.now().strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(3)}"
    if name > last:
        return name
    start, _, number = last.rpartition("-")
    counted = start and len(number) == _DIGITS and set(number) <= set("0123456789abcdef")
    return f"{start}-{int(number, 16) + 1:06x}" if counted else f"{last}-{1:06x}"


_DIGITS = 6


class Execution:
    """Answers the effects of one execution: journal, state, connector, the user's screen."""

    def __init__(
        self,
        here: LockedSession,
        journal: Run,
        state: State,
        *,
        tell: Callable[[Result, int, int], None],
        stopping: Callable[[], bool],
    ) -> None:
        self.here = here
        self.journal = journal
        self.state = state
        self.tell = tell
        self.stopping = stopping
        self.lost_lock = False

    def run(self, work: Work) -> Done:
        """Execute to the end; the interpreter's own interrupt leaves an open intent behind."""
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
            case Announce(records):
                self.journal.ahead(records)
                return None
            case Note(record):
                return self._attempt(lambda: self.journal.append(record))
            case Save(state):
                problem = self._attempt(lambda: save(self.here.store, self.state, state))
                self.state = state if problem is None else self.state
                return problem
            case Tell(result, number, total):
                self.tell(result, number, total)
                return self.stopping()
            case Look(unit):
                return _asked(lambda: self.here.reader.run(work.connector.look(unit)))
            case Write(unit, ids):
                lost = self._attempt(self.here.store.check)
                return lost or self._written(work, unit, ids)

    def _written(self, work: Work, unit: Sequence[Change], ids: Mapping[Address, str]) -> Reply:
        """What the target made of a unit; a lock that is lost half-way leaves that open."""
        try:
            obstacle = in_the_way(self.here.reader, work, unit)
            if obstacle is not None:
                return obstacle
            return self.here.driver.run(work.connector.write(unit, ids))
        except RemoteError as error:
            return error
        except StateProblem as problem:
            self.lost_lock = self.lost_lock or isinstance(problem, LeaseLost)
            return RemoteError(Kind.UNKNOWN, str(problem))

    def _attempt(self, step: Callable[[], None]) -> StateProblem | None:
        """Do it; a disk that takes no more is an answer, since something was sent already."""
        try:
            step()
        except StateProblem as problem:
            self.lost_lock = self.lost_lock or isinstance(problem, LeaseLost)
            return problem
        return None


def _asked(step: Callable[[], Reply]) -> Reply:
    try:
        return step()
    except RemoteError as error:
        return error


def save(store: Locked, before: State, after: State) -> None:
    """Replace the stored state of serial ``before`` by ``after``."""
    store.write(states.dump(after), serial=after.serial, expected=before.serial)


def committed(here: LockedSession, journal: Run, before: State, after: State) -> State:
    """Save the state under its next serial and write that down."""
    after = after.saved()
    save(here.store, before, after)
    journal.append({"event": "committed", "serial": after.serial})
    return after


__all__ = [
    "Execution",
    "LockedSession",
    "begun",
    "committed",
    "journalled",
    "locked",
    "save",
    "written",
]

"""Recovery: what earlier runs left open is settled before anything else is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ixia_config.app.executing import LockedSession, journalled, locked, save
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.app.session import Session
from ixia_config.codes import Diagnostic
from ixia_config.edges.clock import stamp
from ixia_config.edges.http import Driver
from ixia_config.edges.store import History
from ixia_config.engine.recover import Choices, Doubt, Intent, Recovery, intents, judge
from ixia_config.engine.recovery_codes import DamagedRun, InDoubt, NotACandidate, NothingInDoubt
from ixia_config.engine.state import State
from ixia_config.exits import Exit
from ixia_config.sdk.connector import Live, LiveResource, Scope


@dataclass(frozen=True, slots=True)
class Left:
    """What earlier runs left open, and what a look at the target says of it."""

    runs: tuple[History, ...]
    live: Live | None
    recovery: Recovery


def unfinished(session: Session) -> tuple[History, ...]:
    """The runs that did not end and were not set aside."""
    histories = [session.journal.read(run) for run in session.journal.runs()]
    aside = {
        run for each in histories for record in each.records for run in record.get("set_aside", ())
    }
    return tuple(each for each in histories if not each.finished and each.run not in aside)


def waiting_in(runs: Sequence[History]) -> tuple[Intent, ...]:
    """Everything that these runs left open, in order."""
    return tuple(intent for each in runs for intent in intents(each.run, each.records))


def judged(session: Session, reader: Driver, state: State, choices: Choices | None = None) -> Left:
    """Look at the target, after its lists had the time to settle; nothing is written."""
    runs = unfinished(session)
    waiting = waiting_in(runs)
    if not waiting:
        return Left(runs, None, Recovery(state))
    if session.connector.settle_seconds:
        session.sleep(session.connector.settle_seconds)
    scope = Scope(everything=True, bound=state.ids, identity=session.identify(reader))
    live = reader.run(session.connector.find(scope))
    return Left(runs, live, judge(session.connector, waiting, live, state, choices))


def settled(here: LockedSession, state: State) -> State:
    """The state after all that earlier runs left open; Refusal where a person has to decide."""
    left = judged(here.session, here.reader, state)
    stop = (*_damaged(here.session, left), *_doubts(here.session, left))
    if stop:
        raise Refusal(Exit.RECOVERY, *stop)
    return _taken(here, state, left)


def _damaged(session: Session, left: Left) -> Iterator[Diagnostic]:
    for history in left.runs:
        if history.damage:
            yield DamagedRun(run=history.run, why=history.damage, environment=session.environment)


def _doubts(session: Session, left: Left) -> Iterator[Diagnostic]:
    for doubt in left.recovery.doubts:
        yield InDoubt(
            title=doubt.intent.title,
            address=str(doubt.intent.address),
            candidates=tuple(map(named, doubt.candidates)),
            environment=session.environment,
        )


def named(live: LiveResource) -> str:
    """``7 (Proposal)``: the id first, so that it can be copied."""
    return f"{live.remote_id} ({live.title})"


def _taken(here: LockedSession, state: State, left: Left) -> State:
    """Save what was settled, then close the runs of which nothing is left."""
    after = left.recovery.state
    if after != state:
        after = after.saved()
        save(here.store, state, after)
    open_still = {doubt.intent.run for doubt in left.recovery.doubts}
    for history in left.runs:
        if not history.damage:
            _recorded(here, history.run, left, after, open_still)
    return after


def _recorded(
    here: LockedSession, run: str, left: Left, after: State, open_still: set[str]
) -> None:
    changes = [
        {"id": each.intent.id, "fate": each.fate.value, "remote_id": each.remote_id}
        for each in left.recovery.settled
        if each.intent.run == run
    ]
    at = stamp(here.session.clock.now())
    record = {"event": "recovered", "at": at, "serial": after.serial, "changes": changes}
    with here.session.journal.resume(run) as journal:
        if run in open_still:
            journal.append(record)
        else:
            journal.finish(record)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a recovery settled, what is still in doubt, and the runs that were set aside."""

    left: Left
    set_aside: tuple[str, ...] = ()

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What a person still has to decide."""
        return self.left.recovery.doubts


def look(session: Session) -> Recovered:
    """What is open, without deciding or writing anything."""
    with refusing(), session.driver(writes=False) as reader:
        return Recovered(judged(session, reader, session.state()))


def recover(session: Session, choices: Choices, *, set_aside: Sequence[str] = ()) -> Recovered:
    """Settle what can be settled and what a person decided; Refusal for a decision about nothing.

    Only our own state is written, never the target.
    """
    with locked(session, doing="recover") as here:
        state = session.state()
        _known_runs(session, set_aside)
        left = judged(session, here.reader, state)
        _sensible(choices, left)
        if choices.addresses and left.live is not None:
            waiting = waiting_in(left.runs)
            again = judge(session.connector, waiting, left.live, state, choices)
            left = Left(left.runs, left.live, again)
        _taken(here, state, left)
        if set_aside:
            with journalled(here, set_aside=list(set_aside)) as (_, journal):
                journal.finish({"event": "end", "verified": None})
        return Recovered(left, tuple(set_aside))


def _known_runs(session: Session, set_aside: Sequence[str]) -> None:
    damaged = tuple(each.run for each in unfinished(session) if each.damage)
    for run in set_aside:
        if run not in damaged:
            raise Refusal(Exit.USAGE, NothingInDoubt(what=f"run {run}", known=damaged))


def _sensible(choices: Choices, left: Left) -> None:
    doubts = {doubt.intent.address: doubt for doubt in left.recovery.doubts}
    wrong: list[Diagnostic] = [
        NothingInDoubt(what=str(address), known=tuple(map(str, sorted(doubts))))
        for address in sorted(choices.addresses - set(doubts))
    ]
    for address, remote_id in sorted(choices.bind.items()):
        if address in doubts:
            wrong.extend(_not_a_candidate(doubts[address], remote_id))
    if wrong:
        raise Refusal(Exit.USAGE, *wrong)


def _not_a_candidate(doubt: Doubt, remote_id: str) -> Iterator[Diagnostic]:
    ids = {each.remote_id for each in doubt.candidates}
    if remote_id not in ids:
        yield NotACandidate(
            address=str(doubt.intent.address),
            remote_id=remote_id,
            why="it is not one of the objects that it may be",
            known=tuple(map(named, doubt.candidates)),
        )


__all__ = ["Left", "Recovered", "judged", "look", "named", "recover", "settled", "unfinished"]

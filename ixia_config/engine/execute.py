"""Do the changes of a plan, one unit after another, with the intent written down before each call.

A generator of effects: it decides, the edge does. The order is what makes a crash survivable:
intent in the journal, call, outcome in the journal, state saved, commit in the journal. A failed
change stops new work, and so does a disk that takes no more; what has no certain answer stays an
open intent.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ixia_config.engine.owning import chosen, done
from ixia_config.engine.state import State, StateProblem
from ixia_config.model import Address, Change, Plan, Result, Status, Value, Verb
from ixia_config.sdk.connector import Connector, LiveResource, Outcome
from ixia_config.sdk.wire import Kind, RemoteError


@dataclass(frozen=True, slots=True)
class Note:
    """Append this record to the journal, durably; answered by a StateProblem if that failed."""

    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Write:
    """Let the connector write this unit; answered by its outcomes or a RemoteError.

    ``ids`` are the remote ids of what is bound, and those that we chose for what is still to come.
    """

    unit: tuple[Change, ...]
    ids: Mapping[Address, str]


@dataclass(frozen=True, slots=True)
class Save:
    """Save the state, durably; answered by a StateProblem if that failed."""

    state: State


@dataclass(frozen=True, slots=True)
class Tell:
    """Say what became of one change; answered by True where the user wants to stop."""

    result: Result
    number: int
    total: int


Effect = Note | Write | Save | Tell
Reply = None | bool | Sequence[Outcome] | RemoteError | StateProblem


@dataclass(frozen=True, slots=True)
class Done:
    """Where an execution ended."""

    state: State
    results: tuple[Result, ...]
    interrupted: bool = False
    problem: str = ""  # why nothing more could be written down


class _Unwritten(Exception):  # noqa: N818  # says what happened to a note
    """The journal or the state could not be written; ``results`` are of the unit under way."""

    def __init__(self, problem: StateProblem, results: Sequence[Result]) -> None:
        super().__init__(str(problem))
        self.results = results


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: the plan of this moment, what it starts from, what agrees already."""

    connector: Connector
    plan: Plan
    live: Mapping[tuple[str, str], LiveResource]
    desired: Mapping[Address, Mapping[str, Value]]  # the owned fields
    already: tuple[Change, ...] = ()


Execution = Generator[Effect, Reply, Done]


def execute(work: Work, state: State) -> Execution:
    """Do everything, in order, until it is done, fails or is interrupted."""
    units = _units(work)
    total = sum(len(unit) for unit in units)
    results = [Result(change, Status.ALREADY) for change in work.already]
    stopped = interrupted = False
    problem = ""
    number = 0
    for unit in units:
        if stopped or interrupted:
            results.extend(_skipped(unit))
            continue
        try:
            made, state = yield from _unit(work, unit, state)
        except _Unwritten as lost:
            made, problem = list(lost.results or _skipped(unit)), str(lost)
        results.extend(made)
        stopped = bool(problem) or any(result.status in _STOPPING for result in made)
        for result in made:
            number += 1
            interrupted = bool((yield Tell(result, number, total))) or interrupted
    skipped = any(result.status is Status.SKIPPED for result in results)
    return Done(state, tuple(results), interrupted and skipped, problem)


_STOPPING = (Status.FAILED, Status.UNKNOWN)


def _skipped(unit: Sequence[Change]) -> list[Result]:
    return [Result(change, Status.SKIPPED) for change in unit]


def _units(work: Work) -> list[tuple[Change, ...]]:
    """Writing changes as the connector groups them; those of our own state before and after."""
    writes = [change for change in work.plan.changes if change.verb.writes]
    before = tuple(change for change in work.plan.changes if change.verb in _STATE_FIRST)
    after = tuple(change for change in work.plan.changes if change.verb in _STATE_LAST)
    units = (before, *(tuple(unit) for unit in work.connector.units(writes)), after)
    return [unit for unit in units if unit]


_STATE_FIRST = (Verb.ADOPT, Verb.MOVE)
_STATE_LAST = (Verb.RELEASE, Verb.FORGET, Verb.PROTECT, Verb.UNPROTECT)


def _unit(
    work: Work, unit: tuple[Change, ...], state: State
) -> Generator[Effect, Reply, tuple[list[Result], State]]:
    results: list[Result]
    if unit[0].verb.writes:
        yield from _noted(_intent(work, unit), ())
        reply = yield Write(unit, {**chosen(work.plan), **state.ids})
        results = _results(unit, reply)
        record = {"event": "outcome", "results": [_outcome(result) for result in results]}
        yield from _noted(record, results)
    else:
        results = [Result(change, Status.APPLIED, change.remote_id) for change in unit]
        yield from _noted({"event": "state", "changes": [change.id for change in unit]}, ())
    after = done(work.connector, work.plan, work.desired, state, results)
    if after != state:
        state = yield from _saved(after, results if unit[0].verb.writes else ())
    return results, state


def _saved(state: State, results: Sequence[Result]) -> Generator[Effect, Reply, State]:
    state = state.saved()
    reply = yield Save(state)
    if isinstance(reply, StateProblem):
        raise _Unwritten(reply, results)
    yield from _noted({"event": "committed", "serial": state.serial}, results)
    return state


def _noted(record: Mapping[str, Any], results: Sequence[Result]) -> Generator[Effect, Reply, None]:
    reply = yield Note(record)
    if isinstance(reply, StateProblem):
        raise _Unwritten(reply, results)


def _intent(work: Work, unit: Sequence[Change]) -> Mapping[str, Any]:
    """What is about to be done, with the before-image of whatever it changes or removes."""
    return {
        "event": "intent",
        "plan": work.plan.digest,
        "changes": [
            {
                "id": change.id,
                "verb": change.verb.value,
                "type": change.type,
                "address": str(change.address),
                "remote_id": change.remote_id,
                "natural_key": change.natural_key,
                "precondition": change.precondition,
                "before": _before(work, change),
            }
            for change in unit
        ],
    }


def _before(work: Work, change: Change) -> Mapping[str, Any] | None:
    live = work.live.get((change.type, change.remote_id or ""))
    if live is None or change.verb is Verb.CREATE:
        return None
    return {
        path: list(value) if isinstance(value, tuple) else value
        for path, value in sorted(live.fields.items())
    }


def _results(unit: Sequence[Change], reply: Reply) -> list[Result]:
    if isinstance(reply, RemoteError):
        certain = reply.kind is not Kind.UNKNOWN
        status = Status.FAILED if certain else Status.UNKNOWN
        return [Result(change, status, message=str(reply)) for change in unit]
    given = reply if isinstance(reply, Sequence) else ()
    outcomes = {outcome.change: outcome for outcome in given}
    return [_result(change, outcomes.get(change.id)) for change in unit]


def _result(change: Change, outcome: Outcome | None) -> Result:
    if outcome is None:
        return Result(change, Status.UNKNOWN, message="the connector gave no outcome")
    return Result(change, outcome.status, outcome.remote_id or change.remote_id, outcome.message)


def _outcome(result: Result) -> Mapping[str, Any]:
    return {
        "id": result.change.id,
        "status": result.status.value,
        "remote_id": result.remote_id,
        "message": result.message,
    }

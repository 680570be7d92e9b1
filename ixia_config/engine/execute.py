"""Do the changes of a plan, one unit after another, with the intent written down before each call.

A generator of effects: it decides, the edge does. The order is what makes a crash survivable:
intent in the journal, call, outcome in the journal, state saved, commit in the journal. A failed
change stops new work, and so does a disk that takes no more; what has no certain answer stays an
open intent.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ixia_config.engine.resolve import referring
from ixia_config.engine.state import Binding, State, StateProblem
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
    done = 0
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
            done += 1
            interrupted = bool((yield Tell(result, done, total))) or interrupted
    skipped = any(result.status is Status.SKIPPED for result in results)
    return Done(state, tuple(results), interrupted and skipped, problem)


_STOPPING = (Status.FAILED, Status.UNKNOWN)


def _skipped(unit: Sequence[Change]) -> list[Result]:
    return [Result(change, Status.SKIPPED) for change in unit]


def _units(work: Work) -> list[tuple[Change, ...]]:
    """Writing changes as the connector groups them; changes of our own state one by one."""
    writes = [change for change in work.plan.changes if change.verb.writes]
    before = [(change,) for change in work.plan.changes if change.verb in _STATE_FIRST]
    after = [(change,) for change in work.plan.changes if change.verb in _STATE_LAST]
    return [*before, *(tuple(unit) for unit in work.connector.units(writes)), *after]


_STATE_FIRST = (Verb.ADOPT, Verb.MOVE)
_STATE_LAST = (Verb.RELEASE, Verb.FORGET)


def _unit(
    work: Work, unit: tuple[Change, ...], state: State
) -> Generator[Effect, Reply, tuple[list[Result], State]]:
    if not unit[0].verb.writes:
        after = _with_outcome(work, state, unit[0], unit[0].remote_id)
        yield from _noted({"event": "state", "change": unit[0].id}, ())
        state = yield from _saved(after, ())
        return [Result(unit[0], Status.APPLIED, unit[0].remote_id)], state
    yield from _noted(_intent(work, unit), ())
    reply = yield Write(unit, {**_chosen(work.plan), **state.ids})
    results = _results(unit, reply)
    record = {"event": "outcome", "results": [_outcome(result) for result in results]}
    yield from _noted(record, results)
    after = state
    for result in results:
        if result.status in (Status.APPLIED, Status.ALREADY):
            after = _with_outcome(work, after, result.change, result.remote_id)
    if after != state:
        state = yield from _saved(after, results)
    return results, state


def _chosen(plan: Plan) -> Mapping[Address, str]:
    return {
        change.address: change.remote_id
        for change in plan.changes
        if change.verb is Verb.CREATE and change.remote_id is not None
    }


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


def _with_outcome(work: Work, state: State, change: Change, remote_id: str | None) -> State:
    """The state after a change was done."""
    match change.verb:
        case Verb.ARCHIVE | Verb.DELETE | Verb.FORGET:
            return state.without(change.address)
        case Verb.MIGRATE:
            return state
        case Verb.MOVE:
            return _moved(state, change)
        case Verb.RELEASE:
            return _released(state, change)
        case Verb.CREATE | Verb.UPDATE | Verb.ADOPT:
            return _owned(work, state, change, remote_id)


def _moved(state: State, change: Change) -> State:
    previous = change.previous_address
    binding = state.bindings.get(previous) if previous is not None else None
    if previous is None or binding is None:
        return state
    renamed = state.without(previous).bound(change.address, binding)
    bindings = {
        address: replace(each, parent=change.address) if each.parent == previous else each
        for address, each in renamed.bindings.items()
    }
    return replace(renamed, bindings=bindings)


def _released(state: State, change: Change) -> State:
    binding = state.bindings.get(change.address)
    if binding is None:
        return state
    kept = {path: value for path, value in binding.fields.items() if path not in change.released}
    return state.bound(change.address, replace(binding, fields=kept))


def _owned(work: Work, state: State, change: Change, remote_id: str | None) -> State:
    """Bound, owning each field that now has the desired value."""
    before = state.bindings.get(change.address)
    fields: dict[str, Value] = dict(before.fields) if before is not None else {}
    written = change.verb is not Verb.ADOPT
    if written:
        ids = {**_chosen(work.plan), **state.ids}
        if remote_id:
            ids[change.address] = remote_id
        fields.update(_applied(work.connector, change, work.desired.get(change.address, {}), ids))
    binding = Binding(
        type=change.type,
        remote_id=remote_id or change.remote_id or "",
        natural_key=change.natural_key,
        title=change.title,
        origin=before.origin
        if before is not None
        else "created"
        if change.verb is Verb.CREATE
        else "adopted",
        parent=change.parent,
        fields=fields,
    )
    return state.bound(change.address, binding)


def _applied(
    connector: Connector,
    owned: Change | Binding,
    desired: Mapping[str, Value],
    ids: Mapping[Address, str],
) -> Mapping[str, Value]:
    texts = {str(address): remote_id for address, remote_id in ids.items()}
    return referring(connector.resource_type(owned.type), desired, texts)


def converged(
    connector: Connector, state: State, desired: Mapping[Address, Mapping[str, Value]]
) -> State:
    """The state owning every desired field of what is bound; after a plan found nothing to do."""
    ids = state.ids
    bindings = {
        address: replace(binding, fields=_applied(connector, binding, desired[address], ids))
        if address in desired
        else binding
        for address, binding in state.bindings.items()
    }
    return replace(state, bindings=bindings)

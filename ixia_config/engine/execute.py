"""Do the changes of a plan, one unit after another, with the intent written down before each call.

A generator of effects: it decides, the edge does. The order is what makes a crash survivable:
intent in the journal, call, outcome in the journal, state saved, commit in the journal. A failed
change stops new work, and so does a disk that takes no more; what has no certain answer stays an
open intent.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ixia_config.engine.equality import same, seen
from ixia_config.engine.image import Image, image
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

    A StateProblem says that nothing was sent, since the lock is not ours any more.

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


@dataclass(frozen=True, slots=True)
class Look:
    """Read the objects of this unit once more, right before it is written.

    Answered by what they are now, by None where the target cannot be asked for single objects, or
    by a RemoteError.
    """

    unit: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Announce:
    """These intents will be noted, in this order: they may be made durable together."""

    records: tuple[Mapping[str, Any], ...]


Effect = Announce | Note | Look | Write | Save | Tell
Seen = Sequence[LiveResource]
Reply = None | bool | Sequence[Outcome] | Seen | RemoteError | StateProblem


class OnError(StrEnum):
    """What happens to the rest when a change is refused."""

    STOP = "stop"
    CONTINUE_INDEPENDENT = "continue-independent"  # go on with what does not build on it


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
    sensitive: Mapping[Address, frozenset[str]] = field(default_factory=dict)
    on_error: OnError = OnError.STOP


Execution = Generator[Effect, Reply, Done]


def execute(work: Work, state: State) -> Execution:
    """Do everything, in order, until it is done, fails or is interrupted."""
    units = _units(work)
    total = sum(len(unit) for unit in units)
    results = [Result(change, Status.ALREADY) for change in work.already]
    course = _Course(work.on_error)
    number = 0
    yield Announce(tuple(_intent(work, unit) for unit in units if unit[0].verb.writes))
    for unit in units:
        if course.passes(unit):
            results.extend(_skipped(unit))
            continue
        try:
            made, state = yield from _unit(work, unit, state)
        except _Unwritten as lost:
            made, course.problem = list(lost.results or _skipped(unit)), str(lost)
        results.extend(made)
        course.learn(made)
        for result in made:
            number += 1
            course.interrupted |= bool((yield Tell(result, number, total)))
    skipped = any(result.status is Status.SKIPPED for result in results)
    return Done(state, tuple(results), course.interrupted and skipped, course.problem)


_STOPPING = (Status.FAILED, Status.UNKNOWN)


@dataclass(slots=True)
class _Course:
    """Whether to go on, and with what, after what became of the units so far."""

    on_error: OnError
    stopped: bool = False
    interrupted: bool = False
    problem: str = ""
    undone: list[Change] = field(default_factory=list)

    def passes(self, unit: Sequence[Change]) -> bool:
        """Whether this unit is left out; what builds on it then is, too."""
        left = self.stopped or self.interrupted or bool(self.problem)
        left = left or any(_builds_on(change, self.undone) for change in unit)
        self.undone.extend(unit if left else ())
        return left

    def learn(self, results: Sequence[Result]) -> None:
        """Take in what became of a unit."""
        failed = [result for result in results if result.status in _STOPPING]
        self.undone.extend(result.change for result in failed)
        match self.on_error:
            case OnError.STOP:
                self.stopped = self.stopped or bool(failed)
            case OnError.CONTINUE_INDEPENDENT:
                pass


def _builds_on(change: Change, undone: Collection[Change]) -> bool:
    """Whether a change needs one of these, belongs to its group or is about the same policy part.

    Letting go in our own state needs nothing, so it is never held back.
    """
    if change.verb in _STATE_LAST:
        return False
    return any(
        other.id in change.needs
        or other.address in (change.address, change.parent, change.migrate_to)
        or (change.group is not None and change.group == other.group)
        for other in undone
    )


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
        moved = yield from _moved(work, unit)
        if moved:
            return moved, state
        yield from _noted(_intent(work, unit), ())
        reply = yield Write(unit, {**chosen(work.plan), **state.ids})
        if isinstance(reply, StateProblem):
            raise _Unwritten(reply, ())
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


def _moved(work: Work, unit: tuple[Change, ...]) -> Generator[Effect, Reply, list[Result]]:
    """What stands against the unit at this moment: nothing of it was sent then."""
    if all(change.verb is Verb.CREATE for change in unit):
        return []
    reply = yield Look(unit)
    if isinstance(reply, RemoteError):
        return [Result(change, Status.FAILED, message=str(reply)) for change in unit]
    if not isinstance(reply, Sequence):
        return []
    live = {(each.type, each.remote_id): each for each in reply if isinstance(each, LiveResource)}
    found = {change.id: "; ".join(_since(work, change, live)) for change in unit}
    if not any(found.values()):
        return []
    return [
        Result(
            change, Status.FAILED if found[change.id] else Status.SKIPPED, message=found[change.id]
        )
        for change in unit
    ]


def _since(
    work: Work, change: Change, live: Mapping[tuple[str, str], LiveResource]
) -> Iterator[str]:
    """How an object differs from what the plan saw and from what it wants."""
    if change.verb is Verb.CREATE:
        return
    now = live.get((change.type, change.remote_id or ""))
    if now is None:
        yield f"{change.title} was removed a moment ago, so nothing was sent"
        return
    declared = work.connector.resource_type(change.type)
    for each in change.fields:
        known = declared.field(each.path)
        if known.format == "reference":
            continue  # its members may be what this very run made
        value = seen(now.fields.get(each.path), each.after, known)
        if not same(value, each.before, known) and not same(value, each.after, known):
            title = each.title or each.path
            yield f"{title} of {change.title} was changed a moment ago, so nothing was sent"


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
                "title": change.title,
                "parent": str(change.parent) if change.parent else None,
                "remote_id": change.remote_id,
                "natural_key": change.natural_key,
                "precondition": change.precondition,
                "before": _before(work, change),
                "after": _after(work, change),
            }
            for change in unit
        ],
    }


def _before(work: Work, change: Change) -> Image | None:
    live = work.live.get((change.type, change.remote_id or ""))
    if live is None or change.verb is Verb.CREATE:
        return None
    return image(live.fields, _sensitive(work, change), work.plan.lineage)


def _after(work: Work, change: Change) -> Image | None:
    """The fields as they are sent, references as addresses; None where none is."""
    if change.verb not in (Verb.CREATE, Verb.UPDATE):
        return None
    return image(change.after, _sensitive(work, change), work.plan.lineage)


def _sensitive(work: Work, change: Change) -> frozenset[str]:
    fields = {each.path for each in change.fields if each.sensitive}
    return work.sensitive.get(change.address, frozenset()) | fields


def _results(unit: Sequence[Change], reply: Reply) -> list[Result]:
    if isinstance(reply, RemoteError):
        certain = reply.kind is not Kind.UNKNOWN
        status = Status.FAILED if certain else Status.UNKNOWN
        return [Result(change, status, message=str(reply)) for change in unit]
    given = reply if isinstance(reply, Sequence) else ()
    outcomes = {each.change: each for each in given if isinstance(each, Outcome)}
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

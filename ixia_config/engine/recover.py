"""What became of calls whose answer never arrived: looked up, and where that is no proof, asked.

An update or a removal is judged by reading its object again. A create is looked up by its natural
key among the objects that nobody bound: one that has every field as it was sent is the one that we
made; none means that it was not made. Everything else is a doubt, and a person decides it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from ixia_config.engine.image import Image, readable, shows
from ixia_config.engine.resolve import referring
from ixia_config.engine.state import Binding, State, StateProblem
from ixia_config.model import Address, Value, Verb
from ixia_config.sdk.connector import Connector, Live, LiveResource

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Intent:
    """One change that a run wrote down before its call.

    ``answered`` is the id that the target gave, where an answer arrived and the state was not saved
    any more. ``after`` has the fields as they were to be sent, references as addresses.
    """

    run: str
    id: str
    verb: Verb
    type: str
    address: Address
    title: str = ""
    remote_id: str | None = None
    parent: Address | None = None
    natural_key: str = ""
    before: Image | None = None
    after: Image | None = None
    answered: str | None = None


class Fate(StrEnum):
    """What a look at the target says of an intent."""

    DONE = "done"
    NOT_DONE = "not done"
    OTHERWISE = "changed otherwise"  # neither as before nor as intended
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Settled:
    """An intent whose fate is known, and the object that it is."""

    intent: Intent
    fate: Fate
    remote_id: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A create that nobody but a person can judge, and the objects that it may have made."""

    intent: Intent
    candidates: tuple[LiveResource, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided: this object is it, it was not made, or let it be."""

    bind: Mapping[Address, str] = field(default_factory=dict)
    absent: frozenset[Address] = frozenset()
    abandon: frozenset[Address] = frozenset()

    @property
    def addresses(self) -> frozenset[Address]:
        """Everything that was decided."""
        return frozenset(self.bind) | self.absent | self.abandon


@dataclass(frozen=True, slots=True)
class Recovery:
    """The state after what could be judged, and what could not."""

    state: State
    settled: tuple[Settled, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def intents(run: str, records: Sequence[Record]) -> tuple[Intent, ...]:
    """The intents of a run that neither its outcomes nor an earlier recovery settled."""
    waiting: dict[str, Intent] = {}
    try:
        for record in records:
            _take(run, record, waiting)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        why = f"the journal of run {run} cannot be understood ({type(error).__name__})"
        raise StateProblem(why) from None
    return tuple(waiting.values())


def _take(run: str, record: Record, waiting: dict[str, Intent]) -> None:
    match record.get("event"):
        case "intent":
            waiting.update((each["id"], _intent(run, each)) for each in record["changes"])
        case "outcome":
            for result in record["results"]:
                _answer(result, waiting)
        case "committed":
            for key in [key for key, each in waiting.items() if each.answered is not None]:
                del waiting[key]
        case "recovered":
            for each in record["changes"]:
                waiting.pop(each["id"], None)


def _answer(result: Record, waiting: dict[str, Intent]) -> None:
    """An answer settles a refusal; what was done waits for the state to be saved."""
    intent = waiting.get(result["id"])
    if intent is None or result["status"] == "unknown":
        return
    if result["status"] in ("applied", "already"):
        waiting[intent.id] = replace(intent, answered=result["remote_id"] or "")
    else:
        del waiting[intent.id]


def _intent(run: str, row: Record) -> Intent:
    return Intent(
        run=run,
        id=row["id"],
        verb=Verb(row["verb"]),
        type=row["type"],
        address=Address.parse(row["address"]),
        title=row.get("title") or row["address"],
        remote_id=row["remote_id"],
        parent=Address.parse(row["parent"]) if row.get("parent") else None,
        natural_key=row["natural_key"],
        before=row["before"],
        after=row.get("after"),
    )


def judge(
    connector: Connector,
    waiting: Sequence[Intent],
    live: Live,
    state: State,
    choices: Choices | None = None,
) -> Recovery:
    """Settle what the target shows; ``live`` was read after the target's settle time."""
    judging = _Judging(connector, live, state, choices or Choices())
    settled: list[Settled] = []
    doubts: list[Doubt] = []
    for intent in waiting:
        verdict = judging.of(intent)
        if isinstance(verdict, Settled):
            settled.append(verdict)
        else:
            doubts.append(verdict)
    return Recovery(judging.state, tuple(settled), tuple(doubts))


@dataclass(slots=True)
class _Judging:
    """The state while one intent after another is settled."""

    connector: Connector
    live: Live
    state: State
    choices: Choices
    by_id: Mapping[tuple[str, str], LiveResource] = field(init=False)
    doubtful: dict[Address, frozenset[str]] = field(default_factory=dict)  # what each may be

    def __post_init__(self) -> None:
        self.by_id = {(each.type, each.remote_id): each for each in self.live.resources}

    def of(self, intent: Intent) -> Settled | Doubt:
        if intent.address in self.choices.abandon:
            return Settled(intent, Fate.ABANDONED)
        match intent.verb:
            case Verb.CREATE:
                return self._create(intent)
            case Verb.UPDATE:
                return self._update(intent)
            case Verb.ARCHIVE | Verb.DELETE:
                return self._removal(intent)
            case (
                Verb.MIGRATE
                | Verb.ADOPT
                | Verb.MOVE
                | Verb.RELEASE
                | Verb.FORGET
                | Verb.PROTECT
                | Verb.UNPROTECT
            ):
                return Settled(intent, Fate.OTHERWISE)  # the next plan looks at the records

    def _update(self, intent: Intent) -> Settled:
        live = self.by_id.get((intent.type, intent.remote_id or ""))
        if live is None or not intent.after:
            return Settled(intent, Fate.OTHERWISE)
        binding = self.state.bindings.get(intent.address)
        if self._has(live, intent.after):
            if binding is not None:
                fields = {**binding.fields, **self._referring(intent)}
                self.state = self.state.bound(intent.address, replace(binding, fields=fields))
            return Settled(intent, Fate.DONE, live.remote_id)
        before = {path: (intent.before or {}).get(path) for path in intent.after}
        return Settled(intent, Fate.NOT_DONE if self._has(live, before) else Fate.OTHERWISE)

    def _removal(self, intent: Intent) -> Settled:
        if (intent.type, intent.remote_id or "") in self.by_id:
            return Settled(intent, Fate.NOT_DONE)
        if intent.address in self.state.bindings:
            self.state = self.state.without(intent.address)
        return Settled(intent, Fate.DONE, intent.remote_id)

    def _create(self, intent: Intent) -> Settled | Doubt:
        known = self._known(intent)
        if known is not None:
            return self._made(intent, known)
        if intent.remote_id is not None:
            return self._chosen(intent, intent.remote_id)
        if intent.address in self.choices.absent:
            return Settled(intent, Fate.NOT_DONE)
        found = tuple(self._candidates(intent))
        if not found:
            return Settled(intent, Fate.NOT_DONE)
        certain = len(found) == 1 and intent.parent not in self.doubtful
        if certain and intent.after is not None and self._has(found[0], intent.after):
            return self._made(intent, found[0])
        self.doubtful[intent.address] = frozenset(each.remote_id for each in found)
        return Doubt(intent, found)

    def _chosen(self, intent: Intent, remote_id: str) -> Settled:
        """By the id that we chose; one that differs may be a stranger's, and the plan decides."""
        live = self.by_id.get((intent.type, remote_id))
        if live is None:
            return Settled(intent, Fate.NOT_DONE)
        if intent.after is not None and self._has(live, intent.after):
            return self._made(intent, live)
        return Settled(intent, Fate.OTHERWISE, remote_id)

    def _known(self, intent: Intent) -> LiveResource | None:
        """The object by an id that is certain: bound meanwhile, decided, or answered."""
        binding = self.state.bindings.get(intent.address)
        named = self.choices.bind.get(intent.address)
        ids = (binding.remote_id if binding else None, named, intent.answered)
        others = {
            each.remote_id for key, each in self.state.bindings.items() if key != intent.address
        }
        found = (self.by_id.get((intent.type, each)) for each in ids if each and each not in others)
        return next((each for each in found if each is not None), None)

    def _candidates(self, intent: Intent) -> Iterator[LiveResource]:
        bound = {(each.type, each.remote_id) for each in self.state.bindings.values()}
        parents = self._parents(intent)
        for each in self.live.resources:
            alike = (each.type, each.natural_key) == (intent.type, intent.natural_key)
            below = each.parent in parents
            if alike and below and not each.reserved and (each.type, each.remote_id) not in bound:
                yield each

    def _parents(self, intent: Intent) -> frozenset[str | None]:
        """What it may stand below: its bound parent, or whatever its parent may be.

        A parent that was not made has no parts: those of the same title are somebody else's.
        """
        if intent.parent is None:
            return frozenset({None})
        bound = self.state.ids.get(intent.parent)
        return frozenset({bound}) if bound else self.doubtful.get(intent.parent, frozenset())

    def _made(self, intent: Intent, live: LiveResource) -> Settled:
        binding = self.state.bindings.get(intent.address)
        if binding is None or binding.remote_id != live.remote_id:
            owned = {
                path: value
                for path, value in self._referring(intent).items()
                if self._has(live, {path: value})
            }
            made = Binding(
                intent.type,
                live.remote_id,
                intent.natural_key,
                intent.title,
                parent=intent.parent,
                fields=owned,
            )
            self.state = self.state.bound(intent.address, made)
        return Settled(intent, Fate.DONE, live.remote_id)

    def _referring(self, intent: Intent) -> Mapping[str, Value]:
        texts = {str(address): remote_id for address, remote_id in self.state.ids.items()}
        declared = self.connector.resource_type(intent.type)
        return referring(declared, readable(intent.after or {}), texts)

    def _has(self, live: LiveResource, recorded: Image) -> bool:
        declared = self.connector.resource_type(live.type)
        texts = {str(address): remote_id for address, remote_id in self.state.ids.items()}
        clear = referring(declared, readable(recorded), texts)
        wanted = {**recorded, **{path: _sendable(value) for path, value in clear.items()}}
        return all(
            shows(live.fields.get(path), value, declared.field(path), self.state.lineage)
            for path, value in wanted.items()
        )


def _sendable(value: Value) -> Value:
    """Without references to what had no id yet: nobody could have sent those."""
    if isinstance(value, tuple):
        return tuple(each for each in value if not _is_address(each))
    return None if isinstance(value, str) and _is_address(value) else value


def _is_address(text: str) -> bool:
    try:
        Address.parse(text)
    except ValueError:
        return False
    return True

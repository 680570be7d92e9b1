"""What a run did, taken back: the values from before it as what is desired now.

An undo is planned like anything else: compared with the target as it is, guarded, approved and
applied. What a run made is removed, what it changed gets its value back, what it removed is made
again. What cannot be taken back is said in the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ixia_config.engine.image import concealed, readable
from ixia_config.engine.recover import Fate, Intent, intents
from ixia_config.engine.state import Binding, State
from ixia_config.model import Address, Clause, Level, Value, Verb
from ixia_config.sdk.connector import Connector, Desired, Live, LiveResource, Lowered

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Undo:
    """What shall hold again: everything bound, and ``owned``, the fields that the run touched."""

    lowered: Lowered
    state: State
    owned: Mapping[Address, Mapping[str, Value]]
    removals: int


def effects(run: str, records: Sequence[Record]) -> tuple[Intent, ...]:
    """The changes of a run that took effect, in order."""
    planned = {intent.id: intent for intent in _all(run, records)}
    return tuple(planned[key] for key in dict.fromkeys(_done(records)) if key in planned)


def _all(run: str, records: Sequence[Record]) -> tuple[Intent, ...]:
    return intents(run, [each for each in records if each.get("event") == "intent"])


def _done(records: Sequence[Record]) -> Iterator[str]:
    for record in records:
        if record.get("event") == "outcome":
            yield from (each["id"] for each in record["results"] if each["status"] == "applied")
        if record.get("event") == "recovered":
            told = (Fate.DONE.value, Fate.OTHERWISE.value)
            yield from (each["id"] for each in record["changes"] if each["fate"] in told)


def chosen_ids(run: str, records: Sequence[Record]) -> frozenset[str]:
    """The ids that were ours to choose when a run created something."""
    made = (each for each in _all(run, records) if each.verb is Verb.CREATE)
    return frozenset(each.remote_id for each in made if each.remote_id is not None)


def undo(
    connector: Connector,
    done: Sequence[Intent],
    live: Live,
    state: State,
    chosen: frozenset[str] = frozenset(),
) -> Undo:
    """What is desired so that the target is as it was before these changes."""
    taking = _Taking(connector, live, state, chosen)
    for intent in reversed(done):
        taking.back(intent)
    return taking.undo()


@dataclass(slots=True)
class _Taking:
    """Values from before a run, gathered from its last change to its first."""

    connector: Connector
    live: Live
    state: State
    chosen: frozenset[str]
    removed: set[Address] = field(default_factory=set)
    again: dict[Address, Desired] = field(default_factory=dict)
    owned: dict[Address, dict[str, Value]] = field(default_factory=dict)
    lost: list[Clause] = field(default_factory=list)
    by_id: Mapping[tuple[str, str], LiveResource] = field(init=False)

    def __post_init__(self) -> None:
        self.by_id = {(each.type, each.remote_id): each for each in self.live.resources}

    def back(self, intent: Intent) -> None:
        match intent.verb:
            case Verb.CREATE:
                self._remove(intent)
            case Verb.UPDATE:
                self._restore(intent)
            case Verb.ARCHIVE | Verb.DELETE:
                self._make(intent)
            case Verb.MIGRATE:
                self._lose(intent, "records of", "the records that were moved stay where they are")
            case (
                Verb.ADOPT | Verb.MOVE | Verb.RELEASE | Verb.FORGET | Verb.PROTECT | Verb.UNPROTECT
            ):
                pass  # nothing in the target

    def _remove(self, intent: Intent) -> None:
        self.owned.pop(intent.address, None)
        self.again.pop(intent.address, None)
        if self._bound(intent) is None:
            return
        if self.connector.resource_type(intent.type).removal == "none":
            self._lose(intent, "", f"{self.connector.title} cannot remove it")
        else:
            self.removed.add(intent.address)

    def _restore(self, intent: Intent) -> None:
        if self._bound(intent) is None:
            self._lose(intent, "", "it is gone from the target")
            return
        before = intent.before or {}
        fields = self.owned.setdefault(intent.address, {})
        for path in intent.after or {}:
            if concealed(before.get(path)):
                why = "its value from before the run is sensitive and was not kept"
                self._lose(intent, f"{path} of", why)
            else:
                fields[path] = readable({path: before.get(path)})[path]

    def _make(self, intent: Intent) -> None:
        if intent.address in self.state.bindings or intent.before is None:
            return
        declared = self.connector.resource_type(intent.type)
        known = {*declared.fields}
        fields = {
            path: value
            for path, value in readable(intent.before).items()
            if value is not None and (path in known or f"{path.split('.', 1)[0]}.*" in known)
        }
        ours = intent.remote_id if intent.remote_id in self.chosen else None
        self.again[intent.address] = Desired(
            type=intent.type,
            address=intent.address,
            title=intent.title,
            natural_key=intent.natural_key,
            fields=fields,
            parent=intent.parent,
            choose_id=ours,
        )
        self.owned[intent.address] = dict(fields)
        self._lose(intent, "what was on", "it is made again, without what was on it")

    def _bound(self, intent: Intent) -> LiveResource | None:
        binding = self.state.bindings.get(intent.address)
        return self.by_id.get((binding.type, binding.remote_id)) if binding else None

    def _lose(self, intent: Intent, part: str, why: str) -> None:
        subject = f"{part} {intent.title}".strip()
        self.lost.append(Clause(intent.address, subject, Level.UNSUPPORTED, f"not undone: {why}"))

    def undo(self) -> Undo:
        """Everything bound as it is, but for what the run touched."""
        bound = {
            address: binding
            for address, binding in self.state.bindings.items()
            if (binding.type, binding.remote_id) in self.by_id
        }
        desired = [
            self._as_it_is(address, binding)
            for address, binding in sorted(bound.items())
            if address not in self.removed
        ]
        again = [self._referring(each) for _, each in sorted(self.again.items())]
        owned = {
            each.address: {path: each.fields[path] for path in self.owned[each.address]}
            for each in (*desired, *again)
            if each.address in self.owned
        }
        lowered = Lowered(desired=(*desired, *again), clauses=tuple(reversed(self.lost)))
        return Undo(lowered, replace(self.state, bindings=bound), owned, len(self.removed))

    def _as_it_is(self, address: Address, binding: Binding) -> Desired:
        live = self.by_id[binding.type, binding.remote_id]
        kept = {path: live.fields.get(path) for path in binding.fields}
        return self._referring(
            Desired(
                type=binding.type,
                address=address,
                title=live.title,
                natural_key=live.natural_key,
                fields={**kept, **self.owned.get(address, {})},
                parent=binding.parent,
            )
        )

    def _referring(self, desired: Desired) -> Desired:
        """References to what is made again by address, and none to what is gone for good."""
        declared = self.connector.resource_type(desired.type)
        fields = {
            path: self._there(value) if declared.field(path).format == "reference" else value
            for path, value in desired.fields.items()
        }
        return replace(desired, fields=fields)

    def _there(self, value: Value) -> Value:
        if isinstance(value, tuple):
            found = (self._reference(each) for each in value)
            return tuple(each for each in found if each)
        return self._reference(value) if isinstance(value, str) else value

    def _reference(self, remote_id: str) -> str | None:
        gone = {each.choose_id: str(address) for address, each in self.again.items()}
        there = {each.remote_id for each in self.live.resources}
        return remote_id if remote_id in there else gone.get(remote_id)


__all__ = ["Undo", "chosen_ids", "effects", "undo"]

"""The state after changes were done: what is bound, and which values we own there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ixia_config.engine.resolve import referring
from ixia_config.engine.state import Binding, State
from ixia_config.model import Address, Change, Plan, Result, Status, Value, Verb
from ixia_config.sdk.connector import Connector

Wanted = Mapping[Address, Mapping[str, Value]]
"""The owned fields of every desired object, with references as addresses."""


def done(
    connector: Connector, plan: Plan, desired: Wanted, state: State, results: Sequence[Result]
) -> State:
    """The state once these results are in; what was not done leaves it as it is."""
    owning = _Owning(connector, plan, desired, dict(state.bindings), set(state.protected))
    for result in results:
        if result.status in (Status.APPLIED, Status.ALREADY):
            owning.take(result.change, result.remote_id)
    return replace(state, bindings=owning.bindings, protected=frozenset(owning.protected))


def chosen(plan: Plan) -> Mapping[Address, str]:
    """The ids that we chose for what a plan creates."""
    return {
        change.address: change.remote_id
        for change in plan.changes
        if change.verb is Verb.CREATE and change.remote_id is not None
    }


def converged(
    connector: Connector, state: State, desired: Wanted, left: Iterable[Change] = ()
) -> State:
    """The state owning every desired field of what is bound; after a plan found nothing to do.

    A field that the plan ``left`` as it differs keeps what was applied last, so that a later plan
    still tells who changed what.
    """
    texts = {str(address): remote_id for address, remote_id in state.ids.items()}
    differing = {(change.address, field.path) for change in left for field in change.fields}
    bindings = {
        address: _with_fields(connector, binding, desired[address], texts, differing, address)
        if address in desired
        else binding
        for address, binding in state.bindings.items()
    }
    return replace(state, bindings=bindings)


def _with_fields(
    connector: Connector,
    binding: Binding,
    desired: Mapping[str, Value],
    texts: Mapping[str, str],
    differing: Collection[tuple[Address, str]],
    address: Address,
) -> Binding:
    fields = dict(referring(connector.resource_type(binding.type), desired, texts))
    for path in desired:
        if (address, path) in differing:
            del fields[path]
            if path in binding.fields:
                fields[path] = binding.fields[path]
    return replace(binding, fields=fields)


def _waiting(plan: Plan, address: Address) -> Collection[str]:
    """The fields of an object that are held, so that no write has them."""
    held = (change for change in plan.held if change.address == address)
    return {field.path for change in held for field in change.fields}


@dataclass(slots=True)
class _Owning:
    """Bindings while the results of one unit are taken in, one after another."""

    connector: Connector
    plan: Plan
    desired: Wanted
    bindings: dict[Address, Binding]
    protected: set[Address]

    def take(self, change: Change, remote_id: str | None) -> None:
        match change.verb:
            case Verb.ARCHIVE | Verb.DELETE | Verb.FORGET:
                self.bindings.pop(change.address, None)
            case Verb.PROTECT:
                self.protected.add(change.address)
            case Verb.UNPROTECT:
                self.protected.discard(change.address)
            case Verb.MIGRATE:
                pass  # records moved; what we own did not
            case Verb.MOVE:
                self._move(change)
            case Verb.RELEASE:
                self._release(change)
            case Verb.CREATE | Verb.UPDATE | Verb.ADOPT:
                self.bindings[change.address] = self._owned(change, remote_id)

    def _move(self, change: Change) -> None:
        previous = change.previous_address
        binding = self.bindings.pop(previous, None) if previous is not None else None
        if binding is None:
            return
        self.bindings[change.address] = binding
        for address, each in self.bindings.items():
            if each.parent == previous:
                self.bindings[address] = replace(each, parent=change.address)

    def _release(self, change: Change) -> None:
        binding = self.bindings.get(change.address)
        if binding is not None:
            kept = {path: v for path, v in binding.fields.items() if path not in change.released}
            self.bindings[change.address] = replace(binding, fields=kept)

    def _owned(self, change: Change, remote_id: str | None) -> Binding:
        """Bound, owning each field that now has the desired value; adopting writes none."""
        before = self.bindings.get(change.address)
        fields = dict(before.fields) if before is not None else {}
        if change.verb is not Verb.ADOPT:
            waits = _waiting(self.plan, change.address)
            written = self._written(change, remote_id)
            fields |= {path: value for path, value in written.items() if path not in waits}
        origin = "created" if change.verb is Verb.CREATE else "adopted"
        return Binding(
            type=change.type,
            remote_id=remote_id or change.remote_id or "",
            natural_key=change.natural_key,
            title=change.title,
            origin=origin if before is None else before.origin,
            parent=change.parent,
            fields=fields,
        )

    def _written(self, change: Change, remote_id: str | None) -> Mapping[str, Value]:
        declared = self.connector.resource_type(change.type)
        desired = self.desired.get(change.address, {})
        if all(declared.field(path).format != "reference" for path in desired):
            return desired
        ids = {**chosen(self.plan), **{a: each.remote_id for a, each in self.bindings.items()}}
        if remote_id:
            ids[change.address] = remote_id
        texts = {str(address): each for address, each in ids.items()}
        return referring(declared, desired, texts)

"""Adopting: declared addresses are bound to objects that are there; the target is only read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ixia_config.app.executing import LockedSession, committed, journalled, locked
from ixia_config.app.planning import Planned, planned
from ixia_config.app.recovering import named, settled
from ixia_config.app.refusal import Refusal
from ixia_config.app.session import Session
from ixia_config.codes import Diagnostic
from ixia_config.engine.equality import same, seen
from ixia_config.engine.recovery_codes import CannotAdopt, NotACandidate
from ixia_config.engine.resolve import referring
from ixia_config.engine.state import Binding, State
from ixia_config.exits import Exit
from ixia_config.model import Address, Plan, Value, Verb
from ixia_config.sdk.connector import Connector, Desired, LiveResource, Scope

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Adopted:
    """The addresses that were bound and to what; ``plan`` is the plan right after it."""

    run: str
    bound: tuple[tuple[Address, LiveResource], ...]
    plan: Plan


@dataclass(frozen=True, slots=True)
class _Found:
    """A declared object and the live one that it is."""

    desired: Desired
    live: LiveResource


def adopt_all(session: Session, *, by_title: bool = False) -> Adopted:
    """Bind whatever a plan would adopt; with ``by_title`` also what differs and has the same title.

    So a lost state is found again. What differs shows as changes in the next plan.
    """
    session.checked.sound()
    with locked(session, doing="adopt") as here:
        state = settled(here, session.state())
        wide = replace(session.settings, if_exists="adopt") if by_title else session.settings
        now = planned(replace(session, settings=wide), here.reader, state)
        return _bound(here, state, list(_adoptions(now)))


def _adoptions(now: Planned) -> Iterator[_Found]:
    live = {(each.type, each.remote_id): each for each in now.basis.live.resources}
    desired = {each.address: each for each in now.basis.lowered.desired}
    for change in now.plan.changes:
        found = live.get((change.type, change.remote_id or ""))
        if change.verb is Verb.ADOPT and found is not None and change.address in desired:
            yield _Found(desired[change.address], found)


def adopt(session: Session, address: Address, remote_id: str) -> Adopted:
    """Bind one address to the object of this id; Refusal where it cannot be that object."""
    session.checked.sound()
    with locked(session, doing="adopt") as here:
        state = settled(here, session.state())
        now = planned(session, here.reader, state)
        desired = _declared(now, state, address)
        live = _live(here, now, desired, remote_id)
        wrong = _why_not(state, desired, live)
        if wrong:
            refused = NotACandidate(address=str(address), remote_id=remote_id, why=wrong)
            raise Refusal(Exit.GUARDED, refused)
        return _bound(here, state, [_Found(desired, live)])


def _declared(now: Planned, state: State, address: Address) -> Desired:
    desired = {each.address: each for each in now.basis.lowered.desired}
    free = tuple(str(each) for each in sorted(set(desired) - set(state.bindings)))[:_SHOWN]
    if address not in desired:
        raise _cannot(address, "no policy declares it for this target", free)
    if address in state.bindings:
        raise _cannot(address, f"it is bound to {state.bindings[address].remote_id}", free)
    return desired[address]


def _cannot(address: Address, why: str, known: tuple[str, ...]) -> Refusal:
    told: Diagnostic = CannotAdopt(address=str(address), why=why, known=known)
    return Refusal(Exit.USAGE, told)


def _live(here: LockedSession, now: Planned, desired: Desired, remote_id: str) -> LiveResource:
    """The object of this id; asked for everything where the ordinary read does not show it."""
    resources: Sequence[LiveResource] = now.basis.live.resources
    found = _of_id(resources, desired.type, remote_id)
    if found is None:
        scope = Scope(everything=True, identity=now.plan.identity)
        resources = here.reader.run(here.session.connector.read(scope)).resources
        found = _of_id(resources, desired.type, remote_id)
    if found is not None:
        return found
    known = tuple(named(each) for each in resources if each.type == desired.type)[:_SHOWN]
    title = here.session.connector.resource_type(desired.type).title
    why = f"there is no {title} of this id"
    refused = NotACandidate(address=str(desired.address), remote_id=remote_id, why=why, known=known)
    raise Refusal(Exit.GUARDED, refused)


def _of_id(
    resources: Sequence[LiveResource], type_name: str, remote_id: str
) -> LiveResource | None:
    matching = (each for each in resources if (each.type, each.remote_id) == (type_name, remote_id))
    return next(matching, None)


def _why_not(state: State, desired: Desired, live: LiveResource) -> str:
    for address, binding in sorted(state.bindings.items()):
        if (binding.type, binding.remote_id) == (live.type, live.remote_id):
            return f"it is {address} already"
    parent = state.ids.get(desired.parent) if desired.parent else None
    if desired.parent is not None and parent is None:
        return f"{desired.parent} is not bound yet; adopt that first"
    if live.parent != parent:
        return f"it does not belong to {desired.parent or 'the account itself'}"
    return ""


def _bound(here: LockedSession, state: State, found: Sequence[_Found]) -> Adopted:
    after = state
    for each in found:
        after = after.bound(each.desired.address, _binding(each))
    after = _owning(here.session.connector, after, found)
    run = _recorded(here, state, after, found) if found else ""
    plan = planned(here.session, here.reader, here.session.state()).plan
    return Adopted(run, tuple((each.desired.address, each.live) for each in found), plan)


def _recorded(here: LockedSession, before: State, after: State, found: Sequence[_Found]) -> str:
    changes = [
        {"address": str(each.desired.address), "remote_id": each.live.remote_id} for each in found
    ]
    with journalled(here, state=before.serial) as (run, journal):
        journal.append({"event": "adopted", "changes": changes})
        committed(here, journal, before, after)
        journal.finish({"event": "end", "verified": None, "applied": len(found)})
    return run


def _binding(found: _Found) -> Binding:
    desired = found.desired
    return Binding(
        type=desired.type,
        remote_id=found.live.remote_id,
        natural_key=desired.natural_key,
        title=desired.title,
        origin="adopted",
        parent=desired.parent,
    )


def _owning(connector: Connector, state: State, found: Sequence[_Found]) -> State:
    """The state owning each field that has the declared value already."""
    texts = {str(address): remote_id for address, remote_id in state.ids.items()}
    for each in found:
        address = each.desired.address
        owned = dict(_agreeing(connector, each, texts))
        state = state.bound(address, replace(state.bindings[address], fields=owned))
    return state


def _agreeing(
    connector: Connector, found: _Found, texts: Mapping[str, str]
) -> Iterator[tuple[str, Value]]:
    declared = connector.resource_type(found.desired.type)
    for path, value in referring(declared, found.desired.fields, texts).items():
        field = declared.field(path)
        if same(seen(found.live.fields.get(path), value, field), value, field):
            yield path, value


__all__ = ["Adopted", "adopt", "adopt_all"]

"""Apply is an upper bound: what would be done now must be part of what was approved.

The plan is computed again right before an apply. Whatever the target has already is dropped;
anything else than what was approved, down to a field, makes the plan stale.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from ixia_config.engine.draft import change_id
from ixia_config.engine.guard import counted
from ixia_config.model import Address, Change, FieldChange, Plan, Value, Verb

_NOTHING: Mapping[Address, str] = MappingProxyType({})


def differences(
    approved: Plan, now: Plan, bound: Mapping[Address, str] = _NOTHING
) -> tuple[str, ...]:
    """How the present plan goes beyond the approved one; empty when it is a part of it.

    ``bound`` has the ids of today, of what the approved plan made already among them.
    """
    ids = {
        str(change.address): change.remote_id or bound.get(change.address, "")
        for change in approved.changes
    }
    made = frozenset(
        ids[str(change.address)] for change in approved.changes if change.verb is Verb.CREATE
    ) - {""}
    known = {change.id: _with_ids(change, ids, made) for change in approved.changes}
    found: list[str] = []
    for change in now.changes:
        present = _with_ids(change, ids, made)
        if not _already_made(known, present):
            found.extend(_beyond(known.get(change.id), present))
    refused = {(verdict.code, verdict.change) for verdict in approved.verdicts}
    found.extend(
        verdict.message for verdict in now.verdicts if (verdict.code, verdict.change) not in refused
    )
    found.extend(_broken_groups(approved, now))
    return tuple(dict.fromkeys(found))


def _with_ids(change: Change, ids: Mapping[str, str], made: Collection[str | None]) -> Change:
    """The change with references by id, where the plan chose the id of what it creates.

    An approved plan names what is still to be made by its address; once made, it has its id and
    stands among the members that were there before.
    """
    fields = tuple(
        replace(field, before=_without(_id(field.before, ids), made), after=_id(field.after, ids))
        if field.format == "reference"
        else field
        for field in change.fields
    )
    return replace(change, fields=fields)


def _id(value: Value, ids: Mapping[str, str]) -> Value:
    if isinstance(value, tuple):
        return tuple(ids.get(each) or each for each in value)
    return ids.get(value) or value if isinstance(value, str) else value


def _without(value: Value, made: Collection[str | None]) -> Value:
    return tuple(each for each in value if each not in made) if isinstance(value, tuple) else value


def _already_made(known: Mapping[str, Change], now: Change) -> bool:
    """Binding what an approved create made is less than creating it, and so is the rest of it."""
    create = known.get(change_id(Verb.CREATE, now.address))
    if create is None:
        return False
    return now.verb is Verb.ADOPT or (now.verb is Verb.UPDATE and _rest_of(create, now))


def _rest_of(create: Change, now: Change) -> bool:
    """Whether an update writes only what the creation was to write and did not come to.

    That is above all the order of members, which have their ids only once they are made.
    """
    fields = {field.path: field.after for field in create.fields}
    return all(
        field.path in fields
        and fields[field.path] == field.after
        and field.before in (None, "", ())
        for field in now.fields
    )


def _beyond(approved: Change | None, now: Change) -> Iterator[str]:
    if approved is None:
        yield f"{_doing(now)} was not approved"
        return
    if approved.remote_id != now.remote_id:
        yield f"{now.title} is now another object ({now.remote_id}, planned {approved.remote_id})"
    if approved.previous_address != now.previous_address:
        yield f"{now.title} was {now.previous_address}, planned {approved.previous_address}"
    if not set(now.released) <= set(approved.released):
        yield f"more fields of {now.title} would be let go than approved"
    if approved.migrate_to != now.migrate_to:
        yield f"the records of {now.title} would go elsewhere"
    fields = {field.path: field for field in approved.fields}
    for field in now.fields:
        yield from _beyond_field(now, fields.get(field.path), field)
    if now.dependents is not None:
        before = approved.dependents.count if approved.dependents else 0
        if now.dependents.count > before:
            yield f"{now.title} now concerns {counted(now.dependents)}, planned {before:,}"


def _beyond_field(change: Change, approved: FieldChange | None, now: FieldChange) -> Iterator[str]:
    title = f"{now.title or now.path} of {change.title}"
    if approved is None:
        yield f"{title} was {_shown(now)} when the plan was made and is now {_text(now.before)}"
    elif approved.after != now.after:
        yield f"{title} would become {_text(now.after)}, approved {_text(approved.after)}"
    elif approved.before != now.before:
        was, seen = _text(approved.before), _text(now.before)
        yield f"{title} was {was} when the plan was made, now {seen}"


def _broken_groups(approved: Plan, now: Plan) -> Iterator[str]:
    """A group applies whole: nothing of it may have been done by others while the rest waits."""
    present = {change.id for change in now.changes}
    for change in approved.changes:
        partner_waits = any(
            other.group == change.group and other.id in present
            for other in approved.changes
            if other.id != change.id
        )
        gone = change.group is not None and change.id not in present
        if gone and change.verb is not Verb.MIGRATE and partner_waits:
            yield f"{_doing(change)} was done by somebody else"


def _doing(change: Change) -> str:
    match change.verb:
        case Verb.CREATE:
            return f"creating {change.title}"
        case Verb.UPDATE:
            return f"changing {change.title}"
        case Verb.MIGRATE:
            return f"moving the records of {change.title}"
        case Verb.ARCHIVE | Verb.DELETE:
            return f"removing {change.title}"
        case Verb.ADOPT | Verb.MOVE | Verb.RELEASE | Verb.FORGET:
            return f"{change.verb} of {change.title}"
        case Verb.PROTECT | Verb.UNPROTECT:
            return f"{change.verb}ing {change.title}"


def _shown(field: FieldChange) -> str:
    return _text(field.after)


def _text(value: Value) -> str:
    if value is None:
        return "empty"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def unapproved(plan: Plan, approvals: Sequence[str]) -> tuple[str, ...]:
    """The approvals that the plan's guards ask for and that were not given, as ``ID@DIGEST``.

    An approval names the digest by at least its first six characters.
    """
    given = set()
    for approval in approvals:
        name, _, digest = approval.rpartition("@")
        if len(digest) >= _PREFIX and plan.digest.startswith(digest):
            given.add(name)
    return tuple(
        f"{verdict.approve}@{plan.digest[:_PREFIX]}"
        for verdict in plan.verdicts
        if verdict.approve is not None and verdict.approve not in given
    )


_PREFIX = 6

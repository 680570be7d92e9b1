"""Proof that an apply changed nothing else: fields that no policy owns, before and afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ixia_config.engine.draft import change_id
from ixia_config.engine.equality import same
from ixia_config.model import Change, FieldChange, Result, Status, Value, Verb
from ixia_config.sdk.connector import Connector, FieldType, Live, LiveResource

Before = Mapping[tuple[str, str], LiveResource]


def disturbed(
    connector: Connector, before: Before, after: Live, results: Iterable[Result]
) -> tuple[Change, ...]:
    """Objects that were updated, with the fields that changed although nothing wrote them.

    Either the system did that, or somebody edited the object at the same time: what a read-back
    cannot tell apart, it says.
    """
    now = {(each.type, each.remote_id): each for each in after.resources}
    written: dict[tuple[str, str], list[Change]] = {}
    for result in results:
        change = result.change
        if result.status is Status.APPLIED and change.verb is Verb.UPDATE and change.remote_id:
            written.setdefault((change.type, change.remote_id), []).append(change)
    found = []
    for key, changes in written.items():
        if key in before and key in now:
            paths = {field.path for change in changes for field in change.fields}
            fields = tuple(_changed(connector, before[key], now[key], paths))
            found += [_said(changes[0], fields)] if fields else []
    return tuple(found)


def _said(change: Change, fields: tuple[FieldChange, ...]) -> Change:
    verb = Verb.UPDATE
    return Change(
        id=change_id(verb, change.address),
        verb=verb,
        type=change.type,
        address=change.address,
        title=change.title,
        remote_id=change.remote_id,
        fields=fields,
        source=change.source,
    )


def _changed(
    connector: Connector, before: LiveResource, after: LiveResource, written: set[str]
) -> Iterator[FieldChange]:
    declared = connector.resource_type(before.type)
    for path in sorted(before.fields.keys() - written):
        field = declared.field(path)
        was, now = _comparable(before.fields[path], after.fields.get(path), field)
        if not same(was, now, field):
            yield FieldChange(path, was, now, title=field.title, format=field.format)


def _comparable(was: Value, now: Value, field: FieldType) -> tuple[Value, Value]:
    """Both values; of an order the members of both, since members come and go by other changes."""
    if field.semantics != "order" or not (isinstance(was, tuple) and isinstance(now, tuple)):
        return was, now
    common = set(was) & set(now)
    return (
        tuple(each for each in was if each in common),
        tuple(each for each in now if each in common),
    )

"""Three-way comparison per owned field: what was applied last, what is live, what is desired."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from ixia_config.engine.equality import same, seen
from ixia_config.engine.resolve import How, Pair
from ixia_config.model import Cause, FieldChange, Value
from ixia_config.sdk.connector import FieldType, ResourceType

_NOTHING: Mapping[str, Value] = {}


def compare(pair: Pair, declared: ResourceType) -> tuple[FieldChange, ...]:
    """The fields that must be written so that the live object is what is desired."""
    live = pair.live.fields if pair.live is not None else _NOTHING
    last = pair.binding.fields if pair.binding is not None else _NOTHING
    return tuple(_changes(pair, declared, live, last))


def _changes(
    pair: Pair, declared: ResourceType, live: Mapping[str, Value], last: Mapping[str, Value]
) -> Iterator[FieldChange]:
    for path in sorted(pair.desired.fields):
        after, field = pair.desired.fields[path], declared.field(path)
        before = seen(live.get(path), after, field)
        if same(before, after, field) or (pair.live is None and after is None):
            continue
        yield FieldChange(
            path=path,
            before=before,
            after=after,
            cause=_cause(pair, path, before, after, last, field),
            last=last.get(path),
            title=field.title,
            format=field.format,
            sensitive=path in pair.desired.sensitive,
        )


def _cause(
    pair: Pair,
    path: str,
    before: Value,
    after: Value,
    last: Mapping[str, Value],
    field: FieldType,
) -> Cause:
    if pair.how is How.MISSING:
        return Cause.DRIFT
    if path not in last:
        return Cause.CONFIG if pair.live is None or pair.binding is not None else Cause.ADOPTION
    if same(before, seen(last[path], before, field), field):
        return Cause.CONFIG
    return Cause.DRIFT if same(after, last[path], field) else Cause.CONFLICT


def fingerprint(pair: Pair) -> str | None:
    """A digest of the owned fields as they are live; None for what does not exist."""
    if pair.live is None:
        return None
    owned = {path: pair.live.fields.get(path) for path in sorted(pair.desired.fields)}
    text = json.dumps([pair.live.remote_id, owned], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def released(pair: Pair) -> tuple[str, ...]:
    """Fields that we owned and that the policies no longer name; their values stay."""
    if pair.binding is None:
        return ()
    return tuple(sorted(set(pair.binding.fields) - set(pair.desired.fields)))

"""Three-way comparison per owned field: what was applied last, what is live, what is desired."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from ixia_config.engine.equality import same, seen
from ixia_config.engine.ownership import initial, merged
from ixia_config.engine.resolve import How, Pair
from ixia_config.model import Cause, FieldChange, Value
from ixia_config.sdk.connector import FieldType, ResourceType

_NOTHING: Mapping[str, Value] = {}


def compare(pair: Pair, declared: ResourceType) -> tuple[FieldChange, ...]:
    """The fields that must be written so that the live object is what is desired."""
    live = pair.live.fields if pair.live is not None else _NOTHING
    last = pair.binding.fields if pair.binding is not None else _NOTHING
    wanted = pair.desired.fields if pair.live is not None else initial(pair.desired)
    return tuple(_changes(pair, declared, live, last, wanted))


def watch(pair: Pair, declared: ResourceType) -> tuple[FieldChange, ...]:
    """The fields that differ and that are only looked at."""
    if pair.live is None:
        return ()
    watched = pair.desired.watched
    # What is only watched is never applied, so any difference is the target's own doing.
    return tuple(_changes(pair, declared, pair.live.fields, watched, watched))


def _changes(
    pair: Pair,
    declared: ResourceType,
    live: Mapping[str, Value],
    last: Mapping[str, Value],
    wanted: Mapping[str, Value],
) -> Iterator[FieldChange]:
    for path in sorted(wanted):
        after, field = wanted[path], declared.field(path)
        if path in pair.desired.additive:
            after = merged(after, live.get(path), last.get(path))
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
    if path in pair.desired.additive:
        after = pair.desired.fields[path]
        if _within(last[path], before):
            return Cause.CONFIG
    if same(before, seen(last[path], before, field), field):
        return Cause.CONFIG
    return Cause.DRIFT if same(after, last[path], field) else Cause.CONFLICT


def _within(ours: Value, theirs: Value) -> bool:
    """Whether nobody took out a member of ours."""
    return isinstance(ours, tuple) and isinstance(theirs, tuple) and set(ours) <= set(theirs)


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

"""Values as the journal keeps them: plain, and those of sensitive fields as a salted digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from ixia_config.engine.equality import same, seen
from ixia_config.model import Value
from ixia_config.sdk.connector import FieldType

Image = Mapping[str, Any]
"""Recorded fields by path; a concealed one is ``{"sha256": …}``."""

_CONCEALED = "sha256"


def image(fields: Mapping[str, Value], sensitive: Collection[str], salt: str) -> Image:
    """The fields as plain JSON; what a sensitive one was can be recognised and not read."""
    return {
        path: {_CONCEALED: _digest(value, salt)} if path in sensitive else _plain(value)
        for path, value in sorted(fields.items())
    }


def concealed(recorded: object) -> bool:
    """Whether only a digest of this value was kept."""
    return isinstance(recorded, dict)


def readable(recorded: Image) -> Mapping[str, Value]:
    """The values that were kept in clear."""
    return {path: _value(each) for path, each in recorded.items() if not concealed(each)}


def shows(live: Value, recorded: Any, field: FieldType, salt: str) -> bool:
    """Whether a live value means the same as the recorded one."""
    if concealed(recorded):
        found: bool = recorded.get(_CONCEALED) == _digest(live, salt)
        return found
    wanted = _value(recorded)
    return same(seen(live, wanted, field), wanted, field)


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _value(recorded: Any) -> Value:
    value: Value = tuple(recorded) if isinstance(recorded, list) else recorded
    return value


def _digest(value: Value, salt: str) -> str:
    text = json.dumps([salt, _plain(value)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()

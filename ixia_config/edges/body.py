"""The body of an answer: bounded in size and depth, JSON where it says so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import NoReturn

from ixia_config.sdk.wire import Json


class Unreadable(Exception):  # noqa: N818  # an outcome of reading, named as it is told
    """A body that is not what the system promises; ``final`` when asking again cannot help."""

    def __init__(self, why: str, *, final: bool) -> None:
        super().__init__(why)
        self.final = final


def collect(chunks: Iterable[bytes], *, largest: int, late: Callable[[], bool]) -> bytes:
    """All chunks as one body; stops reading as soon as it is too large or ``late`` says so."""
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > largest:
            raise Unreadable(f"is larger than {largest // 1024 // 1024} MiB", final=True)
        if late():
            raise Unreadable("did not end in time", final=True)
    return bytes(body)


def decode(body: bytes) -> str:
    """The body as text; JSON is always UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("is not text in UTF-8", final=True) from None


def is_json(content_type: str) -> bool:
    """Whether a body of this type is JSON; one that names no type is taken for it."""
    media = content_type.partition(";")[0].strip().lower()
    return media in ("", "application/json", "text/json") or media.endswith("+json")


def parse(text: str, *, deepest: int) -> Json:
    """The value of a JSON text, None for an empty one."""
    if not text.strip():
        return None
    try:
        value: Json = json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise _too_deep(deepest) from None
    except ValueError:
        raise Unreadable("is not complete JSON", final=False) from None
    # Counting brackets is quick, and nearly every body passes on that alone.
    if text.count("[") + text.count("{") > deepest and _deeper(value, deepest):
        raise _too_deep(deepest)
    return _whole_characters(text, value)


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _too_deep(deepest: int) -> Unreadable:
    return Unreadable(f"is nested more than {deepest} levels deep", final=True)


def _deeper(value: Json, deepest: int) -> bool:
    """Whether lists and objects are nested deeper; level by level, so that no depth breaks it."""
    level = _containers([value])
    for _ in range(deepest):
        level = [each for parent in level for each in _containers(_children(parent))]
    return bool(level)


def _containers(values: Iterable[Json]) -> list[Json]:
    return [value for value in values if isinstance(value, dict | list)]


def _children(value: Json) -> Iterable[Json]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _whole_characters(text: str, value: Json) -> Json:
    """Half of an escaped character pair is replaced: nothing could print or save it."""
    if "\\ud" not in text and "\\uD" not in text:
        return value
    repaired: Json = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    return repaired

"""Nodes as one value each: canonical text without what the editor and the place on a tab decide."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

Body = Mapping[str, Any]

_PLACED = frozenset({"id", "z", "x", "y", "w", "h", "g", "l", "noerr", "info", "icon"})
_FUNCTION: Body = MappingProxyType(
    {"timeout": 0, "initialize": "", "finalize": "", "libs": [], "outputs": 1}
)
_USUAL: Mapping[str, Body] = MappingProxyType(
    {
        "function": _FUNCTION,
        "http in": MappingProxyType({"upload": False, "skipBodyParsing": False, "swaggerDoc": ""}),
        "http response": MappingProxyType({"statusCode": "", "headers": {}}),
    }
)
"""What the editor fills in when somebody deploys a node that they did not touch."""


def text(body: Body) -> str:
    """A node as canonical text: what we own of it."""
    usual = _USUAL.get(str(body.get("type")), {})
    own = {
        name: value
        for name, value in body.items()
        if name not in _PLACED and not _is_usual(name, value, usual)
    }
    return json.dumps(own, sort_keys=True, ensure_ascii=False)


def _is_usual(name: str, value: Any, usual: Body) -> bool:
    if name in ("inputLabels", "outputLabels"):
        return not value
    if name == "d":
        return value is False
    return name in usual and (value == usual[name] or (name == "timeout" and value in ("", None)))


def body(written: str) -> dict[str, Any]:
    """The node that a text describes."""
    found: dict[str, Any] = json.loads(written)
    return {**_USUAL.get(str(found.get("type")), {}), **found}

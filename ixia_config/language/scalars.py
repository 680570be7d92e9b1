"""What a scalar means: YAML 1.2 null and booleans; all else stays the text that the user wrote."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Scalar = str | bool | None
Tree = dict[str, "Tree"] | list["Tree"] | Scalar
"""A document's value. Numbers are text here; the typed field that takes them reads them."""

MAX_SCALAR = 64 * 1024
MAX_DEPTH = 64

CORE: Mapping[str, bool | None] = MappingProxyType(
    {
        "": None,
        "~": None,
        "null": None,
        "Null": None,
        "NULL": None,
        "true": True,
        "True": True,
        "TRUE": True,
        "false": False,
        "False": False,
        "FALSE": False,
    }
)


def plain(text: str) -> Scalar:
    """What an unquoted scalar means."""
    return CORE.get(text, text)

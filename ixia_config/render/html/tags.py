"""HTML that user text cannot break out of: whatever is not Html already is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from html import escape
from typing import TypeAlias

from ixia_config.render.wording import clean


class Html(str):
    """Text that is HTML already; only this module and its callers' own words make it."""

    __slots__ = ()


Content: TypeAlias = "Html | str | Iterable[Content] | None"
Attribute = str | int | Decimal | bool | None

_VOID = frozenset({"meta", "input", "br", "hr"})


def text(value: str) -> Html:
    """User text as HTML that shows exactly that text; control characters are made visible."""
    return Html(escape(clean(value), quote=True))


def tag(name: str, /, *content: Content, **attributes: Attribute) -> Html:
    """One element; ``class_`` is class, ``aria_label`` is aria-label, None leaves one out."""
    start = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Html(start if name in _VOID else f"{start}{joined(content)}</{name}>")


def joined(content: Content) -> Html:
    """Everything one after the other."""
    match content:
        case None:
            return Html("")
        case Html():
            return content
        case str():
            return text(content)
        case _:
            return Html("".join(joined(each) for each in content))


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'

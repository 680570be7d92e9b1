"""Names that we choose in Odoo: external ids, names of fields, and remote ids as text."""

from __future__ import annotations

import hashlib
import re

MODULE = "__ixia__"
"""The module of our external ids in ir.model.data: what is ours is known by it."""

_LONGEST = 100
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)


def external_id(*parts: str) -> str:
    """The name of ours for an object: lower-case letters, digits, - and _, never a number.

    Parts that would be spelled alike, or too long, end in a mark of their own.
    """
    spelled = "__".join(re.sub(r"[^a-z0-9_-]+", "_", part.lower()) for part in parts)
    plain = all(re.fullmatch(r"[a-z0-9-]+(?:_[a-z0-9-]+)*", part) for part in parts)
    if plain and len(spelled) <= _LONGEST:
        return spelled
    mark = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]
    return f"{spelled[: _LONGEST - 9]}_{mark}"


def full(name: str) -> str:
    """The external id with its module, as ``load`` takes it."""
    return f"{MODULE}.{name}"


def is_number(remote_id: str) -> bool:
    """Whether this is an id of the database, and not a name of ours."""
    return _NUMBER.fullmatch(remote_id) is not None


def field_name(key: str) -> str:
    """The name of a field of our own; Odoo wants x_ in front of it."""
    return f"x_{key}"


def joined(*parts: str) -> str:
    """Parts of a natural key as one text; they may hold any character."""
    return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts)


def split(text: str) -> tuple[str, ...]:
    """What ``joined`` put together."""
    return tuple(part.replace("%2F", "/").replace("%25", "%") for part in text.split("/"))


def slug(text: str, *, sign: str = "-") -> str:
    """A name made of a title: lower case, other characters as one sign."""
    plain = re.sub(r"[^a-z0-9]+", sign, text.lower()).strip(sign)
    return plain or "unnamed"

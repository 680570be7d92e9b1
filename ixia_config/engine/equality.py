"""When two values of a field mean the same, by the field's declared semantics."""

from __future__ import annotations

from ixia_config.model import Value
from ixia_config.sdk.connector import FieldType


def seen(value: Value, against: Value, field: FieldType) -> Value:
    """A live value as it is compared: of an ordered collection, only the members that we name."""
    if field.semantics == "order" and isinstance(value, tuple) and isinstance(against, tuple):
        named = set(against)
        return tuple(each for each in value if each in named)
    return value


def same(one: Value, other: Value, field: FieldType) -> bool:
    """Whether two values mean the same; a set has no order, and empty is nothing."""
    if field.semantics == "set" and isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return one == other or (_empty(one) and _empty(other))


def _empty(value: Value) -> bool:
    return value is None or value in ("", ())

"""The points that a comparison is worth trying at: below its literal, at it, and above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ixia_config.kinds.policy_test.answers import Condition, Part
from ixia_config.rules.evaluate import TIMELESS, Moment, closure
from ixia_config.rules.explain import shown
from ixia_config.rules.nodes import Compare, Constant, FieldValue, Value, within
from ixia_config.rules.typed import Typed

POINTS = ("below", "at", "above")


def points(policy: str, tested: Iterable[Condition]) -> Iterator[Part]:
    """Every point of every comparison with a literal; one that rules share counts once."""
    seen: set[str] = set()
    for each in tested:
        for value, literal in _comparisons(each.typed):
            for point in POINTS:
                words = _words(each.typed, value, literal, point)
                if words not in seen:
                    seen.add(words)
                    yield Part(policy, each.path, words)


def tried(tested: Iterable[Condition], record: Mapping[str, Any], now: datetime) -> frozenset[str]:
    """The points that a normalised record tries in these conditions, in words."""
    found: set[str] = set()
    for each in tested:
        moment = Moment.of(now) if each.typed.clocked else TIMELESS
        for value, literal in _comparisons(each.typed):
            actual = closure(value)(record, moment)
            if actual is not None:
                place = (actual >= literal.value) + (actual > literal.value)
                found.add(_words(each.typed, value, literal, POINTS[place]))
    return frozenset(found)


def _comparisons(typed: Typed) -> Iterator[tuple[Value, Constant]]:
    """Each value that is compared with a literal by order."""
    for node in within(typed.root):
        if not isinstance(node, Compare):
            continue
        left, right = node.left, node.right
        if isinstance(left, Constant):
            left, right = right, left
        if isinstance(right, Constant) and _ordered(right) and not isinstance(left, Constant):
            yield left, right


def _ordered(literal: Constant) -> bool:
    return isinstance(literal.value, int | Decimal | date | timedelta)


def _words(typed: Typed, value: Value, literal: Constant, point: str) -> str:
    """``employees at 1,000``."""
    name = value.name if isinstance(value, FieldValue) else typed.text[slice(*value.span)]
    return f"{name} {point} {shown(literal.value, literal.type)}"

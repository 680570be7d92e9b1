"""Conditions where not every field is known: true, false, or no answer; never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ixia_config.rules import nodes
from ixia_config.rules.evaluate import TIMELESS, Moment, closure
from ixia_config.rules.nodes import FieldValue, Not, Test, within
from ixia_config.rules.typed import Typed


def outcome(
    typed: Typed, record: Mapping[str, Any], told: frozenset[str], now: datetime | None = None
) -> bool | None:
    """The answer that holds whatever the fields outside ``told`` are; None where there is none."""
    if typed.reads <= told:
        return typed.evaluate(record, now)
    moment = TIMELESS if now is None else Moment.of(now)
    return _outcome(typed.root, record, told, moment)


def _outcome(
    node: Test, record: Mapping[str, Any], told: frozenset[str], moment: Moment
) -> bool | None:
    match node:
        case Not(operand=operand):
            answer = _outcome(operand, record, told, moment)
            return None if answer is None else not answer
        case nodes.All(operands=operands):
            return _settled(operands, record, told, moment, decisive=False)
        case nodes.Any(operands=operands):
            return _settled(operands, record, told, moment, decisive=True)
        case _:
            return bool(closure(node)(record, moment)) if _is_told(node, told) else None


def _settled(
    operands: tuple[Test, ...],
    record: Mapping[str, Any],
    told: frozenset[str],
    moment: Moment,
    *,
    decisive: bool,
) -> bool | None:
    """One decisive operand settles it; otherwise all must be known."""
    answers = [_outcome(each, record, told, moment) for each in operands]
    if decisive in answers:
        return decisive
    return None if None in answers else not decisive


def _is_told(node: Test, told: frozenset[str]) -> bool:
    return all(each.name in told for each in within(node) if isinstance(each, FieldValue))


def can_fail(typed: Typed, told: frozenset[str]) -> bool:
    """Whether these fields alone can ever show that the condition does not hold."""
    return _can_be(typed.root, told, wanted=False)


def _can_be(node: Test, told: frozenset[str], *, wanted: bool) -> bool:
    match node:
        case Not(operand=operand):
            return _can_be(operand, told, wanted=not wanted)
        case nodes.All(operands=operands):
            found = [_can_be(each, told, wanted=wanted) for each in operands]
            return all(found) if wanted else any(found)
        case nodes.Any(operands=operands):
            found = [_can_be(each, told, wanted=wanted) for each in operands]
            return any(found) if wanted else all(found)
        case _:
            return _is_told(node, told)

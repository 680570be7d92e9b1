"""Finding the parts of a condition that are the same for every record."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.rules import nodes
from ixia_config.rules.codes.grammar import ConstantCondition
from ixia_config.rules.evaluate import TIMELESS, closure
from ixia_config.rules.nodes import Clock, Equal, Equality, FieldValue, Not, Test, within
from ixia_config.rules.problem import Problem


def constants(test: Test) -> Iterator[Problem]:
    """One warning for each largest part that every record answers alike."""
    answer = _answer(test)
    if answer is not None:
        value = "true" if answer else "false"
        yield Problem(test.span, ConstantCondition(value=value))
        return
    match test:
        case Not(operand=operand):
            yield from constants(operand)
        case nodes.All(operands=operands) | nodes.Any(operands=operands):
            for operand in operands:
                yield from constants(operand)
        case _:
            return


def _answer(test: Test) -> bool | None:
    if isinstance(test, Equal) and test.left == test.right:
        return test.relation is Equality.SAME
    if any(isinstance(node, FieldValue | Clock) for node in within(test)):
        return None
    return bool(closure(test)({}, TIMELESS))

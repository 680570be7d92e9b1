"""A checked condition: its meaning, what it reads, and the entry points that callers use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ixia_config.codes import Diagnostic
from ixia_config.rules.catalogue import Catalogue
from ixia_config.rules.check import meaning_of
from ixia_config.rules.constant import constants
from ixia_config.rules.evaluate import TIMELESS, Closure, Moment, closure
from ixia_config.rules.nodes import Clock, FieldValue, Test, within
from ixia_config.rules.parse import parse
from ixia_config.rules.problem import Place, Problem
from ixia_config.rules.tree import Expression


@dataclass(frozen=True, slots=True)
class Typed:
    """A condition that is true or false for every record of this kind.

    ``reads`` are the fields that it reads (``amount``, ``account.segment``); ``clocked`` says
    whether its answer depends on when it is asked.
    """

    text: str
    record: str
    root: Test
    reads: frozenset[str]
    clocked: bool
    run: Closure = field(compare=False, repr=False)

    @classmethod
    def of(cls, text: str, record: str, root: Test) -> Typed:
        """From the root of a checked tree."""
        every = tuple(within(root))
        reads = frozenset(node.name for node in every if isinstance(node, FieldValue))
        clocked = any(isinstance(node, Clock) for node in every)
        return cls(text, record, root, reads, clocked, closure(root))

    def evaluate(self, record: Mapping[str, Any], now: datetime | None = None) -> bool:
        """The answer for one normalised record; ``now`` is needed where the clock is read."""
        if not self.clocked:
            return bool(self.run(record, TIMELESS))
        if now is None:
            raise ValueError("this condition reads the clock: pass now")
        return bool(self.run(record, Moment.of(now)))


def check(
    expression: Expression, text: str, catalogue: Catalogue, record: str
) -> tuple[Typed | None, tuple[Problem, ...]]:
    """The checked condition, or None, and everything that is wrong or doubtful."""
    root, problems = meaning_of(expression, text, catalogue, record)
    if root is None:
        return None, problems
    return Typed.of(text, record, root), (*problems, *constants(root))


def read(text: str, catalogue: Catalogue, record: str) -> tuple[Typed | None, tuple[Problem, ...]]:
    """``parse`` and ``check`` in one."""
    expression = parse(text)
    if isinstance(expression, Problem):
        return None, (expression,)
    return check(expression, text, catalogue, record)


def diagnose(
    text: str, catalogue: Catalogue, place: Place, *, record: str
) -> tuple[Typed | None, tuple[Diagnostic, ...]]:
    """The checked condition, or None, with diagnostics placed in the user's file."""
    typed, problems = read(text, catalogue, record)
    return typed, tuple(problem.at(place) for problem in problems)

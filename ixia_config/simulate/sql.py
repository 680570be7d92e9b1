"""Whole policies as SQL: the first rule that holds, counted, and what a change of rules moves.

Every condition comes from our own emitter; what a database cannot hold exactly is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from ixia_config.rules.dialects import Dialect
from ixia_config.rules.sql import NotPortable, emit, identifier
from ixia_config.rules.typed import Typed

NOTHING = -1


@dataclass(frozen=True, slots=True)
class Branch:
    """One rule of a first-match policy, and the number that stands for its answer."""

    when: Typed
    answer: int


class Refused(Exception):  # noqa: N818  # says why another engine has to decide
    """A condition that this database cannot answer exactly."""

    def __init__(self, rule: Typed, refusal: NotPortable, dialect: Dialect) -> None:
        super().__init__(f"{dialect.name} cannot answer {rule.text!r}: {refusal.reason}")
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Emitter:
    """Writes policies for one database, with the clock of the run where a rule reads it."""

    dialect: Dialect
    now: datetime | None = None

    def first(self, branches: Sequence[Branch], otherwise: int = NOTHING) -> str:
        """One expression: the answer of the first rule that holds; Refused where one cannot."""
        if not branches:
            return str(otherwise)
        lines = [f"    WHEN {self._test(each.when)} THEN {each.answer}" for each in branches]
        return "\n".join(["CASE", *lines, f"    ELSE {otherwise}", "  END"])

    def counts(self, branches: Sequence[Branch], table: str, otherwise: int = NOTHING) -> str:
        """How many rows get each answer: columns ``answer`` and ``n``."""
        lines = (
            "SELECT answer, count(*) AS n",
            "FROM (",
            f"  SELECT {self.first(branches, otherwise)} AS answer",
            f"  FROM {identifier(table, self.dialect)}",
            ") AS decided",
            "GROUP BY answer",
            "ORDER BY answer",
        )
        return "\n".join(lines)

    def difference(
        self,
        before: Sequence[Branch],
        after: Sequence[Branch],
        table: str,
        otherwise: int = NOTHING,
    ) -> str:
        """How many rows go from which answer to which other: columns ``was``, ``now`` and ``n``.

        Only rows that meet a changed rule are looked at. That is all of them that can move, since
        rules which did not change keep their order: such a row meets the same one first.
        """
        touched = changed(before, after)
        tests = list(dict.fromkeys(self._test(each.when) for each in touched)) or ["FALSE"]
        lines = (
            "SELECT was, now, count(*) AS n",
            "FROM (",
            f"  SELECT {self.first(before, otherwise)} AS was,",
            f"  {self.first(after, otherwise)} AS now",
            f"  FROM {identifier(table, self.dialect)}",
            f"  WHERE {' OR '.join(tests)}",
            ") AS decided",
            # Counting first and comparing the few pairs after beats comparing each row.
            "GROUP BY was, now",
            "HAVING was <> now",
            "ORDER BY was, now",
        )
        return "\n".join(lines)

    def _test(self, rule: Typed) -> str:
        text = emit(rule, self.dialect, self.now, where=True)
        if isinstance(text, NotPortable):
            raise Refused(rule, text, self.dialect)
        return text


def changed(before: Sequence[Branch], after: Sequence[Branch]) -> tuple[Branch, ...]:
    """The rules of either side that are not among those which both have in the same order."""
    one, two = ([(each.when.text, each.answer) for each in side] for side in (before, after))
    found: list[Branch] = []
    for kind, start, end, first, last in SequenceMatcher(
        None, one, two, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            found += [*before[start:end], *after[first:last]]
    return tuple(found)

"""Whole policies as SQL: the first rule that holds, counted, and what a change of rules moves.

Every condition comes from our own emitter; what a database cannot hold exactly is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher

from ixia_config.rules.dialects import Dialect
from ixia_config.rules.nodes import Known, Test
from ixia_config.rules.sql import NotPortable, emit, identifier, literal
from ixia_config.rules.typed import Typed
from ixia_config.simulate.fold import NO_FOLD, Cut, Fold, answer_name, class_name, fold, listed

NOTHING = -1
MOST = 100_000
"""Combinations of answers up to which equal rows are put together before they are decided."""
_CLASSES = "ixia_classes"


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
    """Writes policies for one database, with the clock of the run where a rule reads it.

    ``most`` is how many combinations of answers may be put together; 0 decides row by row.
    """

    dialect: Dialect
    now: datetime | None = None
    most: int = MOST

    def first(self, branches: Sequence[Branch], otherwise: int = NOTHING) -> str:
        """One expression: the answer of the first rule that holds; Refused where one cannot."""
        if not branches:
            return str(otherwise)
        lines = [f"    WHEN {self._test(each.when)} THEN {each.answer}" for each in branches]
        return "\n".join(["CASE", *lines, f"    ELSE {otherwise}", "  END"])

    def counts(self, branches: Sequence[Branch], table: str, otherwise: int = NOTHING) -> str:
        """How many rows get each answer: columns ``answer`` and ``n``."""
        few, source, total = self._few([each.when for each in branches], table)
        asked = [replace(each, when=few.over(each.when)) for each in branches]
        lines = (
            f"SELECT answer, {total} AS n",
            "FROM (",
            f"  SELECT {self.first(asked, otherwise)} AS answer{_more(total)}",
            f"  FROM {source}",
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
        touched = list(dict.fromkeys(each.when for each in changed(before, after)))
        every = [each.when for each in (*before, *after)]
        few, source, total = self._few(every, table)
        was, now = (
            [replace(each, when=few.over(each.when)) for each in side] for side in (before, after)
        )
        tests = [self._test(few.over(each)) for each in touched] or ["FALSE"]
        lines = (
            f"SELECT was, now, {total} AS n",
            "FROM (",
            f"  SELECT {self.first(was, otherwise)} AS was,",
            f"  {self.first(now, otherwise)} AS now{_more(total)}",
            f"  FROM {source}",
            f"  WHERE {' OR '.join(dict.fromkeys(tests))}",
            ") AS decided",
            # Counting first and comparing the few pairs after beats comparing each row.
            "GROUP BY was, now",
            "HAVING was <> now",
            "ORDER BY was, now",
        )
        return "\n".join(lines)

    def _few(self, conditions: Iterable[Typed], table: str) -> tuple[Fold, str, str]:
        """What conditions are asked of, in place of rows; where that lies, and how it is counted.

        The rows themselves, where there may be too many combinations of answers.
        """
        made, name = fold(conditions), identifier(table, self.dialect)
        if made.size > self.most or not (made.answers or made.kept or made.named):
            return NO_FOLD, name, "count(*)"
        return made, f"({self.combined(made, name)}\n) AS combined", "CAST(sum(n) AS BIGINT)"

    def combined(
        self,
        made: Fold,
        source: str,
        raw: Mapping[str, str] | None = None,
        totals: Sequence[tuple[str, str]] = (("n", "count(*)"),),
    ) -> str:
        """A query with each combination that rows have, those of ``raw`` expressions besides.

        ``totals`` are the names and expressions of what is counted of the rows of each.
        """
        columns = {**(raw or {}), **dict(self._columns(made))}
        inner = [f"{text} AS {name}" if text != name else name for name, text in columns.items()]
        inner += [f"{text} AS {name}" for name, text in totals]
        by = ", ".join(str(place) for place in range(1, len(columns) + 1))
        grouping = f"GROUP BY {by}" if by else "HAVING count(*) > 0"
        text = "\n  ".join(("", f"SELECT {_listed(inner)}", f"FROM {source}", grouping))
        if len(made.cut) < 2:
            return text
        outer = [name for name in columns if name != _CLASSES]
        for number, each in enumerate(self._unpacked(made.cut)):
            outer.append(f"{each} AS {self._name(class_name(number))}")
        outer += [name for name, _ in totals]
        return "\n  ".join(("", f"SELECT {_listed(outer)}", f"FROM ({text}", ") AS classes"))

    def _columns(self, made: Fold) -> Iterator[tuple[str, str]]:
        """The name and expression of each column to group by."""
        for name in made.kept:
            yield self._name(name), self._name(name)
        for name, (of, values) in made.named.items():
            there, column = self.test(Known(of.span, of)), self._name(name)
            same = f"WHEN {self.test(listed(of, values))} THEN {column} " if values else ""
            # A text that is none of these is the empty one, which no field has.
            yield column, f"CASE {same}WHEN {there} THEN '' END"
        if made.cut:
            one = len(made.cut) == 1
            yield self._name(class_name(0)) if one else _CLASSES, self._packed(made.cut)
        for number, test in enumerate(made.asked):
            yield self._name(answer_name(number)), self.test(test, strict=True)

    def _packed(self, cuts: Sequence[Cut]) -> str:
        """The classes of all fields as one number: databases group by one about twice as fast."""
        text = ""
        for cut in reversed(cuts):
            text = self._class(cut) if not text else f"({text}) * {cut.size} + {self._class(cut)}"
        return text

    def _unpacked(self, cuts: Sequence[Cut]) -> Iterator[str]:
        rest = _CLASSES
        for cut in cuts[:-1]:
            yield self.dialect.modulo.format(rest, cut.size)
            rest = self.dialect.integer_division.format(rest, cut.size)
        yield rest

    def _class(self, cut: Cut) -> str:
        whens: list[str] = []
        if cut.apart:
            missing = f"{self._name(cut.field.name)} IS NULL"
            whens.append(f"WHEN {missing} THEN {cut.size - 1}")
        for place, start in reversed(tuple(enumerate(cut.starts, 1))):
            whens.append(f"WHEN {self.test(start)} THEN {place}")
        return f"CASE {' '.join(whens)} ELSE 0 END" if whens else "0"

    def _name(self, name: str) -> str:
        return identifier(name, self.dialect)

    def text(self, value: str) -> str:
        """A text as a literal."""
        return literal(value, self.dialect)

    def holds(self, rule: Typed) -> str:
        """Whether a condition holds, never NULL."""
        return self._test(rule, strict=True)

    def test(self, test: Test, *, strict: bool = False) -> str:
        """A test as SQL; with ``strict`` never NULL."""
        return self._test(Typed.of("a test", "", test), strict=strict)

    def _test(self, rule: Typed, *, strict: bool = False) -> str:
        text = emit(rule, self.dialect, self.now, where=not strict)
        if isinstance(text, NotPortable):
            raise Refused(rule, text, self.dialect)
        return text


def _more(total: str) -> str:
    return "" if total == "count(*)" else ", n"


def _listed(columns: Iterable[str]) -> str:
    return ",\n    ".join(columns)


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

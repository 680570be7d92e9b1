"""The queries of a simulation in a database: rows that it cannot type, groups, and single rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ixia_config.kinds.record_schema.incoming import Raw, Reading, Row
from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.sql import identifier
from ixia_config.simulate.columns import Fields
from ixia_config.simulate.database import ROW, Cells, Database
from ixia_config.simulate.fold import Fold, fold
from ixia_config.simulate.questions import (
    Alike,
    First,
    Holds,
    Month,
    Question,
    Sum,
    Unless,
    Value,
)
from ixia_config.simulate.replay import Incoming, Setting
from ixia_config.simulate.run import Given, incoming, place
from ixia_config.simulate.sql import NOTHING, Branch, Emitter

Key = tuple[Any, ...]
Placed = tuple[tuple[Any, ...], Incoming]


@dataclass(frozen=True, slots=True)
class Group:
    """Records that a policy cannot tell apart: the answers, one of the records, and how many."""

    key: Key
    record: Incoming
    count: int
    sums: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """One table of records, and how it is read; ``all_fit`` where the database types every row."""

    database: Database
    reading: Reading
    given: Given
    setting: Setting
    fields: Fields
    all_fit: bool = False

    @property
    def emitter(self) -> Emitter:
        """Writes conditions for this database at the time of the run."""
        return Emitter(self.database.dialect, self.setting.now)

    def row(self, number: int, values: Sequence[Any]) -> Row:
        """A row as Python reads it."""
        cells = Cells(self.database.columns).of(values)
        return self.reading.row(Raw(number, cells))

    def record(self, number: int, values: Sequence[Any]) -> Incoming:
        """A row as policies see it."""
        return incoming(self.row(number, values), self.given, self.setting)

    def placed(self, number: int, record: Incoming) -> Placed:
        """A record with its place in the order of arrival; of the file, where none is told."""
        if not self.given.arrival:
            return (number,), record
        return (*place(record, self.given.arrival), number), record

    def name(self, name: str) -> str:
        """A name as this database writes it."""
        return identifier(name, self.database.dialect)

    @property
    def cells(self) -> str:
        """Every column of a row."""
        return ", ".join(f"base.{self.name(each)}" for each in self.database.columns)

    @property
    def size(self) -> int:
        """How many rows there are."""
        [(found,)] = self.database.rows(f"SELECT count(*)\nFROM {self.database.relation} AS base")
        return int(found)

    @property
    def profiled(self) -> tuple[str, ...]:
        """The fields of which it is told how many rows have them."""
        declared = self.reading.naming.fields
        return tuple(each for each in self.fields.cells if "." not in each and each in declared)

    def regular(self, names: Iterable[str]) -> Sequence[Any]:
        """The rows that the database types: how many, first and last arrival, filled fields."""
        at = self.fields.value(self.given.arrival) if self.given.arrival else "NULL"
        counts = [f"count({self.fields.value(each)})" for each in names]
        lines = (
            f"SELECT {', '.join(['count(*)', f'min({at})', f'max({at})', *counts])}",
            f"FROM {self.database.relation} AS base",
            f"WHERE {self.fields.fits}",
        )
        [found] = self.database.rows("\n".join(lines))
        return found

    def odd(self) -> Iterator[tuple[int, Row]]:
        """The rows that only Python can read, by number."""
        lines = (*self._whole, f"WHERE NOT ({self.fields.fits})", f"ORDER BY {ROW}")
        for number, *values in self.database.rows("\n".join(lines)):
            yield number, self.row(number, values)

    @property
    def _whole(self) -> tuple[str, str]:
        return f"SELECT {ROW}, {self.cells}", f"FROM {self.database.relation} AS base"

    def groups(self, asked: Alike) -> Iterator[Group]:
        """Each group of records that are not single, in the order of their first rows."""
        size = len(asked.questions)
        for number, count, *rest in self.database.rows(self.groups_query(asked)):
            key, values = tuple(rest[:size]), rest[size + len(asked.sums) :]
            sums = zip(asked.sums, rest[size:], strict=False)
            known = {each.name: Decimal(value) for each, value in sums if value is not None}
            yield Group(_hashable(key), self.record(number, values), count, known)

    def groups_query(self, asked: Alike) -> str:
        """Of each group its first row with its number, how many rows it has, answers and sums."""
        keys = [f"ixia_key{number}" for number in range(len(asked.questions))]
        sums = [f"ixia_sum{number}" for number in range(len(asked.sums))]
        by = ", ".join(str(number) for number in range(1, len(keys) + 1))
        totals = ["CAST(sum(ixia_count) AS BIGINT) AS ixia_count", f"min({ROW}) AS {ROW}"]
        totals += [f"sum({each}) AS {each}" for each in sums]
        shown = ", ".join(f"found.{each}" for each in ("ixia_count", *keys, *sums))
        lines = (
            *(f"WITH {self._typed(asked)}", "), asked AS ("),
            f"  {self._combinations(asked, keys, sums)}",
            "), found AS (",
            f"  SELECT {', '.join([*keys, *totals])}",
            "  FROM asked",
            "  WHERE NOT ixia_single",
            f"  GROUP BY {by}" if keys else "  HAVING count(*) > 0",
            ")",
            f"SELECT found.{ROW}, {shown}, {self.cells}",
            f"FROM found JOIN {self.database.relation} AS base ON base.{ROW} = found.{ROW}",
            f"ORDER BY found.{ROW}",
        )
        return "\n".join(lines)

    def _combinations(self, asked: Alike, keys: Sequence[str], sums: Sequence[str]) -> str:
        """Answers for each combination of what conditions ask; for each row, if those are many."""
        made = fold(asked.conditions, frozenset(asked.raw))
        totals = [("ixia_count", "count(*)"), (ROW, f"min({ROW})")]
        pairs = tuple(zip(sums, map(self._product, asked.sums), strict=True))
        totals += [(name, f"sum({column})") for name, column in pairs]
        if made.size <= self.emitter.most:
            told = [each for each in asked.questions if isinstance(each, Value | Month)]
            raw = {self._answer(each, made): self._answer(each, None) for each in told}
            few = f"({self.emitter.combined(made, self._clean, raw, totals)}) AS few"
            return self._asks(asked, made, keys, [name for name, _ in totals], few)
        plain = [f"{column} AS {name}" for name, column in pairs]
        return self._asks(asked, None, keys, ["1 AS ixia_count", ROW, *plain], self._clean)

    @property
    def _clean(self) -> str:
        return "typed" if self.all_fit else "typed WHERE ixia_fits"

    def _typed(self, asked: Alike) -> str:
        arrival = self.given.arrival
        reads = asked.reads | {arrival} if arrival else asked.reads
        return f"typed AS (\n  {self.fields.view(reads, fits=not self.all_fit)}"

    def _asks(
        self,
        asked: Alike,
        made: Fold | None,
        keys: Sequence[str],
        more: Sequence[str],
        source: str,
    ) -> str:
        texts = [self._answer(each, made) for each in asked.questions]
        found = [f"{text} AS {name}" for name, text in zip(keys, texts, strict=True)]
        listed = ",\n    ".join([*found, f"({self._single(asked, made)}) AS ixia_single", *more])
        return f"SELECT\n    {listed}\n  FROM {source}"

    def _answer(self, question: Question, made: Fold | None) -> str:
        over = made.over if made else lambda typed: typed
        match question:
            case First(rules=rules):
                return self.emitter.first([Branch(over(e), n) for n, e in enumerate(rules)])
            case Holds(rule=rule):
                return self.emitter.holds(over(rule))
            case Unless(rule=rule, field=name, texts=texts) if texts and name in self.fields.cells:
                listed = ", ".join(map(self.emitter.text, texts))
                holds = self.emitter.holds(over(rule))
                return f"CASE WHEN {self.name(name)} IN ({listed}) THEN FALSE ELSE {holds} END"
            case Unless(rule=rule):
                return self.emitter.holds(over(rule))
            case Value(name=name):
                return self.name(name)
            case Month(field=name):
                column = self.name(name)
                plain = f"EXTRACT(YEAR FROM {column}) * 12 + EXTRACT(MONTH FROM {column})"
                return self.name(f"month of {name}") if made else plain

    def _product(self, each: Sum) -> str:
        """What is added up: whole numbers as decimals, since databases multiply those exactly."""
        types = self.fields.types
        whole = (
            f"CAST({self.name(name)} AS DECIMAL(19,0))"
            if types[name] is FieldType.INTEGER
            else self.name(name)
            for name in each.factors
        )
        return " * ".join(whole)

    def _single(self, asked: Alike, made: Fold | None) -> str:
        if asked.alone:
            return "TRUE"
        tests = (
            f"({self._answer(first, made)}) IN ({', '.join(map(str, places))})"
            for first, places in asked.single
        )
        return " OR ".join(tests) or "FALSE"

    def singles(self, asked: Alike) -> Iterator[Placed]:
        """Records that must be decided one after the other, in the order of arrival."""
        if not (asked.alone or asked.single):
            return
        late, at = self._order()
        lines = (
            *(f"WITH {self._typed(asked)}", "), asked AS ("),
            f"  SELECT {ROW}, {at} AS ixia_at, ({self._single(asked, None)}) AS ixia_single",
            f"  FROM {self._clean}",
            ")",
            f"SELECT base.{ROW}, {self.cells}",
            f"FROM asked JOIN {self.database.relation} AS base ON base.{ROW} = asked.{ROW}",
            "WHERE ixia_single",
            f"ORDER BY {late}, ixia_at, base.{ROW}",
        )
        for number, *values in self.database.rows("\n".join(lines)):
            yield self.placed(number, self.record(number, values))

    def _order(self) -> tuple[str, str]:
        """What sorts records by arrival, those without one last; and the arrival."""
        at = self.name(self.given.arrival) if self.given.arrival else "0"
        return "CASE WHEN ixia_at IS NULL THEN 1 ELSE 0 END", at

    def in_order(self, asked: Alike, among: Iterable[Key]) -> Iterator[tuple[int, Key]]:
        """The rows of these groups by arrival, each with its group."""
        late, at = self._order()
        wanted = frozenset(among)
        keys = [f"ixia_key{number}" for number in range(len(asked.questions))]
        hints = dict.fromkeys(self._hint(asked, key) for key in wanted)
        where = " AND " if "WHERE" in self._clean else " WHERE "
        source = f"{self._clean}{where}({' OR '.join(hints)})"
        made = self._asks(asked, None, keys, [ROW, f"{at} AS ixia_at"], source)
        listed = ", ".join((ROW, *keys))
        lines = (
            *(f"WITH {self._typed(asked)}", "), asked AS (", f"  {made}", ")"),
            f"SELECT {listed}",
            "FROM asked",
            "WHERE NOT ixia_single",
            f"ORDER BY {late}, ixia_at, {ROW}",
        )
        for number, *key in self.database.rows("\n".join(lines)):
            found = _hashable(key)
            if found in wanted:
                yield number, found

    def _hint(self, asked: Alike, key: Key) -> str:
        """What holds for every row of a group: the rules that take it."""
        tests = [
            self.emitter.holds(question.rules[answer])
            for question, answer in zip(asked.questions, key, strict=True)
            if isinstance(question, First) and answer != NOTHING
        ]
        return f"({' AND '.join(dict.fromkeys(tests))})" if tests else "TRUE"

    def some(self, numbers: Sequence[int]) -> Mapping[int, Incoming]:
        """The records of these rows."""
        lines = (*self._whole, f"WHERE {ROW} IN ({', '.join(map(str, numbers))})")
        rows = self.database.rows("\n".join(lines)) if numbers else ()
        return {number: self.record(number, values) for number, *values in rows}


def _hashable(key: Iterable[Any]) -> Key:
    return tuple(tuple(each) if isinstance(each, list) else each for each in key)

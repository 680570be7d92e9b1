"""Simulations where the records lie: a database groups the records that policies cannot tell apart.

One record of each group is decided by the same code that decides single rows, for all of its
group. So every figure is that of the row engine; ``Grouped`` says for which policies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from heapq import merge
from operator import itemgetter
from typing import Any

from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.record_schema.incoming import Raw, Reading, Row
from ixia_config.rules.sql import identifier
from ixia_config.simulate.alike import Alike, Single, alike
from ixia_config.simulate.columns import Fields
from ixia_config.simulate.database import ROW, Cells, Database
from ixia_config.simulate.impact import Profile, Section
from ixia_config.simulate.profile import Profiler
from ixia_config.simulate.replay import EXAMPLES, SURROUNDINGS, Incoming, Setting, Sides
from ixia_config.simulate.run import REPLAYS, Given, deciding, incoming, place
from ixia_config.simulate.sql import Emitter, Refused

_ODD = 100_000  # rows that may have to be read in Python
Policy = tuple[type[Envelope], str]
_Placed = tuple[tuple[Any, ...], Incoming]
_PLACE = itemgetter(0)


class TooOdd(Exception):  # noqa: N818  # says why another engine has to decide
    """More values than can be kept do not stand in the database as their fields say."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """What a database could decide, and why each of the other policies needs the row engine."""

    profile: Profile | None
    sections: tuple[tuple[Policy, Section], ...]
    left: tuple[tuple[Policy, str], ...]


def grouped(
    database: Database,
    reading: Reading,
    given: Given,
    sides: Sides,
    setting: Setting,
    wanted: Iterable[str] = (),
) -> Grouped:
    """The policies that a database can decide about its records, before and after.

    Untyped or TooOdd where it can decide none; Unreachable where it stops a query.
    """
    ground = _Ground(database, reading, given, setting, Fields.of(database, reading))
    profiler = Profiler(given.file, given.record, given.arrival)
    odd = ground.odd(profiler)
    sections: list[tuple[Policy, Section]] = []
    left: list[tuple[Policy, str]] = []
    for policy in deciding(given.record, sides, frozenset(wanted)):
        try:
            asked = ground.asked(policy, sides)
        except (Single, Refused) as untold:
            left.append((policy, str(untold)))
            continue
        kind, name = policy
        replay = REPLAYS[kind](name, sides, setting)
        for record in ground.records(asked, odd):
            replay.see(record)
        sections.append((policy, replay.section()))
    return Grouped(ground.profile(profiler), tuple(sections), tuple(left))


@dataclass(frozen=True, slots=True)
class _Ground:
    """One table of records, and how it is read."""

    database: Database
    reading: Reading
    given: Given
    setting: Setting
    fields: Fields

    def asked(self, policy: Policy, sides: Sides) -> Alike:
        emitter = Emitter(self.database.dialect, self.setting.now)
        by, arrival = self.setting.by, self.given.arrival
        return alike(policy, sides, emitter, self.fields, by=by, arrival=arrival)

    def row(self, number: int, values: Sequence[Any]) -> Row:
        """A row as Python reads it."""
        cells = Cells(self.database.columns).of(values)
        return self.reading.row(Raw(number, cells))

    def odd(self, profiler: Profiler) -> tuple[_Placed, ...]:
        """The rows that only Python can read, in their order; those with problems are counted."""
        found: list[_Placed] = []
        for number, *values in self.database.rows(self._odd_rows()):
            row = self.row(number, values)
            if profiler.see(row):
                found.append(self._placed(incoming(row, self.given, self.setting), number))
            if len(found) > _ODD:
                raise TooOdd(f"more than {_ODD:,} rows have values that only Python can read")
        return tuple(sorted(found, key=_PLACE))

    def _placed(self, record: Incoming, number: int) -> _Placed:
        """A record with its place in the order of arrival; of the file, where none is told."""
        if not self.given.arrival:
            return (number,), record
        return (*place(record, self.given.arrival), number), record

    def _odd_rows(self) -> str:
        names = ", ".join(self._name(each) for each in self.database.columns)
        return (
            f"SELECT {ROW}, {names} FROM {self.database.relation} AS base\n"
            f"WHERE NOT ({self.fields.fits})\nORDER BY {ROW}"
        )

    def _name(self, name: str) -> str:
        return identifier(name, self.database.dialect)

    def records(self, asked: Alike, odd: Iterable[_Placed]) -> Iterator[Incoming]:
        """Records in the order of arrival, the last shown of each group for all its others."""
        return (record for _, record in merge(self._regular(asked), odd, key=_PLACE))

    def _regular(self, asked: Alike) -> Iterator[_Placed]:
        for number, count, *values in self.database.rows(self.query(asked)):
            row = self.row(number, values)
            yield self._placed(incoming(row, self.given, self.setting, count), number)

    def query(self, asked: Alike) -> str:
        """The first records of every group with the number of those for which each stands."""
        arrival, relation = self.given.arrival, self.database.relation
        at = self._name(arrival) if arrival else "0"
        reads = asked.reads | {arrival} if arrival else asked.reads
        keys = [f"{text} AS ixia_key{number}" for number, text in enumerate(asked.keys)]
        named = ", ".join(f"ixia_key{number}" for number in range(len(keys))) or "1"
        asks = ",\n    ".join([ROW, f"{at} AS ixia_at", f"({asked.single}) AS ixia_single", *keys])
        late = "CASE WHEN ixia_at IS NULL THEN 1 ELSE 0 END"
        others = f"CASE WHEN ixia_place = {EXAMPLES} THEN ixia_count - {EXAMPLES - 1} ELSE 1 END"
        cells = ", ".join(f"base.{self._name(each)}" for each in self.database.columns)
        lines = (
            f"WITH typed AS (\n  {self.fields.view(reads)}",
            f"), asked AS (\n  SELECT\n    {asks}\n  FROM typed\n  WHERE ixia_fits",
            f"), placed AS (\n  SELECT {ROW}, ixia_at,",
            f"    row_number() OVER (PARTITION BY {named} ORDER BY {late}, ixia_at, {ROW})",
            "      AS ixia_place,",
            f"    count(*) OVER (PARTITION BY {named}) AS ixia_count",
            "  FROM asked\n  WHERE NOT ixia_single",
            f"), shown AS (\n  SELECT {ROW}, ixia_at, {others} AS ixia_count",
            f"  FROM placed\n  WHERE ixia_place <= {EXAMPLES}",
            f"  UNION ALL\n  SELECT {ROW}, ixia_at, 1 FROM asked WHERE ixia_single",
            f")\nSELECT shown.{ROW}, shown.ixia_count, {cells}",
            f"FROM shown JOIN {relation} AS base ON base.{ROW} = shown.{ROW}",
            f"ORDER BY {late}, ixia_at, shown.{ROW}",
        )
        return "\n".join(lines)

    def profile(self, profiler: Profiler) -> Profile:
        """The profile, with the rows that the database reads by itself."""
        names = [each for each in self.fields.cells if "." not in each and self._declared(each)]
        counts = [f"count({self.fields.value(each)})" for each in names]
        arrival = self.given.arrival
        at = self.fields.value(arrival) if arrival else "NULL"
        asks = ", ".join(["count(*)", f"min({at})", f"max({at})", *counts])
        sql = f"SELECT {asks}\nFROM {self.database.relation} AS base\nWHERE {self.fields.fits}"
        [(rows, since, until, *filled)] = self.database.rows(sql)
        profiler.rows += rows
        profiler.usable += rows
        profiler.filled.update(dict.fromkeys(self._fields(), 0))
        profiler.filled.update(dict(zip(names, filled, strict=True)))
        columns = self.reading.columns(tuple(self.database.columns))
        found = profiler.profile()
        rest = (each for each in columns.ignored if each.lower() not in SURROUNDINGS)
        return replace(
            found,
            ignored=tuple(sorted({*found.ignored, *rest})) if found.rows else (),
            since=_least(found.since, _day(since)),
            until=_most(found.until, _day(until)),
        )

    def _declared(self, name: str) -> bool:
        return name in self.reading.naming.fields

    def _fields(self) -> Iterator[str]:
        return (each for each in self.reading.naming.fields if "." not in each)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _least(one: date | None, other: date | None) -> date | None:
    return other if one is None else one if other is None else min(one, other)


def _most(one: date | None, other: date | None) -> date | None:
    return other if one is None else one if other is None else max(one, other)

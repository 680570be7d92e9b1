"""Ten million leads through fifty rules: coded columns, DuckDB, and zen-engine row by row."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import duckdb
import numpy as np
import zen

from benchmarks import Row
from ixia_config.rules import Catalogue, Field, FieldType, Typed, read
from ixia_config.rules.dialects import DUCKDB
from ixia_config.simulate.kernel import Column, Kernel
from ixia_config.simulate.sql import Branch, Emitter

ROWS, SAMPLE = 10_000_000, 20_000
_REGIONS = tuple(f"R{n}" for n in range(8))
_SOURCES = ("web", "event", "partner", "outbound")
_CATALOGUE = Catalogue(
    {
        "lead": {
            "region": Field(FieldType.CHOICE, _REGIONS),
            "source": Field(FieldType.CHOICE, _SOURCES),
            "employees": Field(FieldType.INTEGER),
            "score": Field(FieldType.INTEGER),
        }
    }
)


def _rules() -> tuple[str, ...]:
    """A tree of rules, as people write them: region, then source, then size and score."""
    tree = [
        f'region == "{region}" && source == "{source}" && {size}'
        for region in _REGIONS
        for source in _SOURCES[:2]
        for size in ("employees >= 1000", "employees >= 100 && score >= 50", "score < 10")
    ]
    return (*tree, "employees >= 5000", "score >= 95")


def _typed(texts: Sequence[str]) -> tuple[Typed, ...]:
    found = (read(text, _CATALOGUE, "lead")[0] for text in texts)
    return tuple(each for each in found if each is not None)


def _columns() -> dict[tuple[str, ...], Column]:
    """Leads as dictionary-coded columns, empty values among them."""
    r = np.random.default_rng(1)
    choices = {"region": (None, *_REGIONS), "source": (None, *_SOURCES)}
    columns = {
        (name,): Column(r.integers(0, len(values), ROWS).astype(np.uint8), values)
        for name, values in choices.items()
    }
    employees = r.integers(0, 10_000, ROWS).astype(np.uint16)
    score = r.integers(0, 101, ROWS).astype(np.uint8)
    columns["employees",] = Column(employees, range(10_000))
    columns["score",] = Column(score, (None, *range(100)))
    return columns


def _loaded(columns: dict[tuple[str, ...], Column]) -> duckdb.DuckDBPyConnection:
    """The same leads as a DuckDB table, its choices as ENUM: the fastest form that it has."""
    database = duckdb.connect()
    parts = {path[0]: column.codes for path, column in columns.items()}  # noqa: F841  # in the SQL
    for name, values in (("region", _REGIONS), ("source", _SOURCES)):
        listed = ", ".join(f"'{value}'" for value in values)
        database.execute(f"CREATE TYPE a_{name} AS ENUM ({listed})")
    regions, sources = (f"{list(values)!r}" for values in (_REGIONS, _SOURCES))
    database.execute(
        f"""
        CREATE TABLE leads AS SELECT
          CAST(({regions})[CAST(region AS INTEGER)] AS a_region) AS region,
          CAST(({sources})[CAST(source AS INTEGER)] AS a_source) AS source,
          CAST(employees AS BIGINT) AS employees,
          CASE WHEN score > 0 THEN CAST(score AS BIGINT) - 1 END AS score
        FROM parts
        """
    )
    return database


def _by_hand(texts: Sequence[str]) -> str:
    """The CASE that somebody who knows SQL would write."""
    plain = (t.replace('"', "'").replace("==", "=").replace("&&", "AND") for t in texts)
    whens = " ".join(f"WHEN {text} THEN {number}" for number, text in enumerate(plain))
    case = f"CASE {whens} ELSE -1 END"
    return f"SELECT d, count(*) FROM (SELECT {case} AS d FROM leads) GROUP BY d ORDER BY d"


def _zen_seconds(texts: Sequence[str], columns: dict[tuple[str, ...], Column]) -> float:
    """What zen-engine takes for all rows, by a sample of them."""
    cases = (t.replace("&&", "and") for t in texts)
    body = "".join(f"({text}) ? {number} : " for number, text in enumerate(cases))
    compiled = zen.compile_expression(f"{body}-1")
    rows = [
        {path[0]: column.values[column.codes[n]] for path, column in columns.items()}
        for n in range(SAMPLE)
    ]
    known = [row for row in rows if None not in row.values()]  # it raises on a missing number
    return _least(lambda: [compiled.evaluate(row) for row in known]) * ROWS / len(known)


def _least(work: Callable[[], Any], times: int = 3) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def run() -> Iterator[Row]:
    """Every engine gives the same counts before any time is taken."""
    texts = _rules()
    typed, columns = _typed(texts), _columns()
    database, kernel = _loaded(columns), Kernel.of(typed)
    before = [Branch(rule, number) for number, rule in enumerate(typed)]
    after = [*before[:1], Branch(_typed(['region == "R0" && employees >= 800'])[0], 1), *before[2:]]
    emitter = Emitter(DUCKDB)
    counts, hand = emitter.counts(before, "leads"), _by_hand(texts)
    decided = kernel.first(columns, ROWS)
    ours = {int(n): int(c) for n, c in zip(*np.unique(decided, return_counts=True), strict=True)}
    if (
        not ours
        == dict(database.execute(counts).fetchall())
        == dict(database.execute(hand).fetchall())
    ):
        raise RuntimeError("the engines disagree")
    case = _least(lambda: database.execute(counts).fetchall())
    fast = _least(lambda: kernel.first(columns, ROWS))
    by_hand = _least(lambda: database.execute(hand).fetchall())
    note = f"{ROWS:,} leads, {len(texts)} rules; columns are coded and tables loaded beforehand"
    yield Row("kernel, first match", fast, "DuckDB CASE", case, note)
    zen_note = f"zen-engine by {SAMPLE:,} rows, scaled"
    yield Row("kernel, first match", fast, "zen-engine", _zen_seconds(texts, columns), zen_note)
    yield Row("DuckDB, our SQL", case, "CASE by hand", by_hand)
    yield _difference(database, emitter, before, after)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    yield Row("memory, GiB", memory, "allowed", 2.0, "the whole process, ten million rows in both")


def _difference(
    database: duckdb.DuckDBPyConnection,
    emitter: Emitter,
    before: Sequence[Branch],
    after: Sequence[Branch],
) -> Row:
    """One rule of fifty is changed; deciding twice compares every row."""
    quick = emitter.difference(before, after, "leads")
    twice = (
        f"SELECT was, now, count(*) FROM (SELECT {emitter.first(before)} AS was,"
        f" {emitter.first(after)} AS now FROM leads) WHERE was <> now GROUP BY ALL ORDER BY ALL"
    )
    if database.execute(quick).fetchall() != database.execute(twice).fetchall():
        raise RuntimeError("the differences disagree")
    return Row(
        "difference of two versions",
        _least(lambda: database.execute(quick).fetchall()),
        "deciding twice",
        _least(lambda: database.execute(twice).fetchall()),
        "one rule of fifty changed",
    )

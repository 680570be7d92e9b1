"""Ten million leads through fifty rules: our SQL, a CASE by hand, zen-engine, and a whole run.

Times are medians of repeats that take turns, in seconds of processor time over all threads, since
the machine may be busy with other things; the note has those of a clock on the wall.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import numpy as np
import zen

from benchmarks import Row
from ixia_config.app.simulating_at_scale import decided_on
from ixia_config.edges.records import Source
from ixia_config.kinds.parse import configure
from ixia_config.kinds.policy import Configuration
from ixia_config.language import load
from ixia_config.rules import Catalogue, Field, FieldType, Typed, read
from ixia_config.rules.dialects import DUCKDB
from ixia_config.simulate.replay import Setting, Sides
from ixia_config.simulate.run import Given
from ixia_config.simulate.sql import Branch, Emitter

ROWS, SAMPLE, REPEATS = 10_000_000, 20_000, 5
_REGIONS = tuple(f"R{n}" for n in range(8))
_SOURCES = ("web", "event", "partner", "outbound")
_CHANGED = 'region == "R0" && source == "web" && employees >= 50 && score >= 30'
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
_WORLD = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {{name: lead}}
spec:
  fields:
    region: {{type: choice, choices: [{regions}]}}
    source: {{type: choice, choices: [{sources}]}}
    employees: {{type: integer}}
    score: {{type: integer}}
---
apiVersion: ixia/v1
kind: Directory
metadata: {{name: people}}
spec:
  people: [{{email: ana@x.example, name: Ana, role: manager}}]
  queues: {{{queues}}}
---
apiVersion: ixia/v1
kind: RoutingPolicy
metadata: {{name: leads}}
spec:
  object: lead
  rules:
{rules}
"""


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


def _loaded() -> duckdb.DuckDBPyConnection:
    """Leads with empty values among them, choices as ENUM: the fastest form that DuckDB has."""
    r = np.random.default_rng(1)
    parts = {  # noqa: F841  # in the SQL
        "region": r.integers(0, len(_REGIONS) + 1, ROWS).astype(np.uint8),
        "source": r.integers(0, len(_SOURCES) + 1, ROWS).astype(np.uint8),
        "employees": r.integers(0, 10_000, ROWS).astype(np.uint16),
        "score": r.integers(0, 101, ROWS).astype(np.uint8),
    }
    database = duckdb.connect()
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


def _case(texts: Sequence[str]) -> str:
    """The CASE that somebody who knows SQL would write."""
    plain = (t.replace('"', "'").replace("==", "=").replace("&&", "AND") for t in texts)
    whens = " ".join(f"WHEN {text} THEN {number}" for number, text in enumerate(plain))
    return f"CASE {whens} ELSE -1 END"


def _by_hand(texts: Sequence[str]) -> str:
    case = _case(texts)
    return f"SELECT d, count(*) FROM (SELECT {case} AS d FROM leads) GROUP BY d ORDER BY d"


def _twice_by_hand(before: Sequence[str], after: Sequence[str]) -> str:
    both = f"SELECT {_case(before)} AS was, {_case(after)} AS now FROM leads"
    counted = f"SELECT was, now, count(*) FROM ({both}) WHERE was <> now"
    return f"{counted} GROUP BY ALL ORDER BY ALL"


def _zen_seconds(texts: Sequence[str], database: duckdb.DuckDBPyConnection) -> float:
    """What zen-engine takes for all rows, by a sample of them."""
    cases = (t.replace("&&", "and") for t in texts)
    body = "".join(f"({text}) ? {number} : " for number, text in enumerate(cases))
    compiled = zen.compile_expression(f"{body}-1")
    names = ("region", "source", "employees", "score")
    columns = "CAST(region AS VARCHAR), CAST(source AS VARCHAR), employees, score"
    query = f"SELECT {columns} FROM leads LIMIT {SAMPLE}"
    rows = [dict(zip(names, row, strict=True)) for row in database.execute(query).fetchall()]
    known = [row for row in rows if None not in row.values()]  # it raises on a missing number
    [seconds] = _turns({"": lambda: [compiled.evaluate(row) for row in known]}).values()
    return seconds.spent * ROWS / len(known)


@dataclass(frozen=True, slots=True)
class _Time:
    """Seconds of all processors together, and by a clock on the wall."""

    spent: float
    wall: float


def _turns(works: Mapping[str, Callable[[], Any]]) -> dict[str, _Time]:
    """The medians of each; they take turns, so that noise meets all alike."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for _ in range(REPEATS):
        for name, work in works.items():
            spent, wall = time.process_time(), time.perf_counter()
            work()
            found[name].append((time.process_time() - spent, time.perf_counter() - wall))
    return {
        name: _Time(*(median(column) for column in zip(*times, strict=True)))
        for name, times in found.items()
    }


def _row(name: str, ours: _Time, other_name: str, other: _Time, note: str = "") -> Row:
    wall = f"on the wall {ours.wall:.2f} and {other.wall:.2f} s"
    return Row(name, ours.spent, other_name, other.spent, f"{wall}; {note}" if note else wall)


def _agree(database: duckdb.DuckDBPyConnection, *queries: str) -> None:
    if len({tuple(database.execute(query).fetchall()) for query in queries}) != 1:
        raise RuntimeError("the engines disagree")


def run() -> Iterator[Row]:
    """Every engine gives the same counts before any time is taken."""
    texts = _rules()
    changed = (texts[0], _CHANGED, *texts[2:])
    before, after = ([Branch(r, n) for n, r in enumerate(_typed(t))] for t in (texts, changed))
    database, emitter, plain = _loaded(), Emitter(DUCKDB), Emitter(DUCKDB, most=0)
    queries = {
        "ours": emitter.counts(before, "leads"),
        "rows": plain.counts(before, "leads"),
        "hand": _by_hand(texts),
        "difference": emitter.difference(before, after, "leads"),
        "twice": _twice_by_hand(texts, changed),
    }
    _agree(database, queries["ours"], queries["rows"], queries["hand"])
    _agree(database, queries["difference"], queries["twice"])
    works = {
        name: lambda sql=sql: database.execute(sql).fetchall() for name, sql in queries.items()
    }
    seconds = _turns(works)
    ours, hand = seconds["ours"], seconds["hand"]
    note = f"{ROWS:,} leads, {len(texts)} rules, choices as ENUM"
    yield _row("simulate: our SQL", ours, "DuckDB CASE by hand", hand, note)
    zen_note = f"zen-engine by {SAMPLE:,} rows, scaled"
    yield Row(
        "simulate: our SQL", ours.spent, "zen-engine", _zen_seconds(texts, database), zen_note
    )
    yield _row("simulate: our SQL, row by row", seconds["rows"], "DuckDB CASE by hand", hand)
    twice = "deciding twice by hand", seconds["twice"]
    yield _row("simulate: difference of two versions", seconds["difference"], *twice, "one rule")
    yield from _whole(database, texts, changed, seconds["twice"])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    yield Row("memory, GiB", memory, "allowed", 2.0, "the whole process, with the leads in it")


def _whole(
    database: duckdb.DuckDBPyConnection, texts: Sequence[str], changed: Sequence[str], hand: _Time
) -> Iterator[Row]:
    """What ``ixia simulate --on duckdb`` does with a Parquet file, from the file to the report."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "leads.parquet"
        columns = "CAST(region AS VARCHAR) AS region, CAST(source AS VARCHAR) AS source"
        database.execute(f"COPY (SELECT {columns}, employees, score FROM leads) TO '{file}'")
        sides = Sides(_world(texts), _world(changed))
        given, setting = Given("leads", "lead", ()), Setting(datetime(2026, 11, 22, tzinfo=UTC))

        def simulate() -> None:
            _, [section] = decided_on("duckdb", Source(str(file)), given, sides, setting)
            if any("not decided" in note for note in section.notes):
                raise RuntimeError(section.notes)

        [seconds] = _turns({"": simulate}).values()
    note = "Parquet; profile, both versions, examples with reasons"
    yield _row("simulate: the whole run", seconds, "deciding twice by hand", hand, note)


def _world(texts: Sequence[str]) -> Configuration:
    rules = "\n".join(
        f"    - {{key: r{n}, when: '{text}', assign: {{queue: q{n}}}}}"
        for n, text in enumerate(texts)
    )
    queues = ", ".join(f"q{n}: {{owner: manager}}" for n in range(len(texts)))
    regions, sources = ", ".join(_REGIONS), ", ".join(_SOURCES)
    text = _WORLD.format(rules=rules, queues=queues, regions=regions, sources=sources)
    configuration, problems = configure(load("bench.yaml", text).documents)
    if problems:
        raise RuntimeError(problems)
    return configuration

"""A million deals through a tiered, split, to-date plan in DuckDB, next to SQL written by hand."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks import Row
from ixia_config.kinds.comp_plan.periods import read_period
from ixia_config.kinds.comp_plan.sql import text
from ixia_config.kinds.parse import configure
from ixia_config.language import load
from ixia_config.rules.dialects import DUCKDB

_DEALS, _PEOPLE, _RUNS = 1_000_000, 400, 3
_ROLES = [
    {"role": "ae", "field": "owner", "share": "70%"},
    {"role": "se", "field": "engineer", "share": "30%"},
]
_TIERS = [
    {"from": "0", "to": "2000000", "rate": "4%"},
    {"from": "2000000", "to": "5000000", "rate": "6.5%"},
    {"from": "5000000", "rate": "9%"},
]
_FIELDS = {"amount": "money", "close_date": "date", "owner": "person", "engineer": "person"}

# What a careful analyst writes for the same plan, with the same cents.
_BY_HAND = """
WITH credits AS (
  SELECT id, owner AS person, close_date, round(amount, 2) AS whole,
    round(round(amount, 2) * 0.7, 2) AS credit
  FROM deal WHERE owner IS NOT NULL
  UNION ALL
  SELECT id, engineer, close_date, round(amount, 2),
    CASE WHEN owner IS NULL THEN round(round(amount, 2) * 0.3, 2)
      ELSE round(amount, 2) - round(round(amount, 2) * 0.7, 2) END
  FROM deal WHERE engineer IS NOT NULL
),
each_once AS (
  SELECT id, person, close_date, CAST(sum(credit) AS DECIMAL(18,2)) AS credit
  FROM credits GROUP BY id, person, close_date
),
to_date AS (
  SELECT *, date_trunc('month', close_date) AS month,
    CAST(sum(credit) OVER (PARTITION BY person, date_trunc('quarter', close_date)
      ORDER BY close_date, id) AS DECIMAL(18,2)) AS after  -- wider, and CASE drops a digit
  FROM each_once WHERE close_date >= DATE '2026-01-01' AND close_date < DATE '2027-01-01'
),
earned AS (
  SELECT *,
    CASE WHEN after < 2000000 THEN after * 0.04
      WHEN after < 5000000 THEN 80000 + (after - 2000000) * 0.065
      ELSE 275000 + (after - 5000000) * 0.09 END AS now,
    CASE WHEN after - credit < 2000000 THEN (after - credit) * 0.04
      WHEN after - credit < 5000000 THEN 80000 + (after - credit - 2000000) * 0.065
      ELSE 275000 + (after - credit - 5000000) * 0.09 END AS before
  FROM to_date
)
SELECT person, strftime(month, '%Y-%m') AS payout, sum(round(now, 2) - round(before, 2)) AS amount
FROM earned GROUP BY ALL ORDER BY payout, person
"""


def _tree(kind: str, name: str, spec: object) -> str:
    return json.dumps(
        {"apiVersion": "ixia/v1", "kind": kind, "metadata": {"name": name}, "spec": spec}
    )


def _ours() -> str:
    """The SQL of the plan."""
    credit = {"amount": "amount", "split": {"roles": _ROLES}}
    rates = {"accumulate": "quarter", "tiers": _TIERS}
    component = {"key": "acv", "credit": credit, "rates": rates}
    people = [
        {"person": f"p{n}@acme.example", "plan": "plan", "from": "2026-01-01"}
        for n in range(_PEOPLE)
    ]
    fields = {name: {"type": kind} for name, kind in _FIELDS.items()}
    documents = (
        _tree("RecordSchema", "deal", {"currency": "USD", "fields": fields}),
        _tree("CompPlan", "plan", {"currency": "USD", "components": [component]}),
        _tree("CompAssignments", "people", {"assignments": people}),
    )
    configuration, _ = configure(load("comp.yaml", "\n---\n".join(documents)).documents)
    found = text(configuration, "plan", DUCKDB, read_period("2026"))
    if not isinstance(found, str):
        raise RuntimeError("; ".join(found.reasons))
    return found


def _filled(database: duckdb.DuckDBPyConnection) -> None:
    """A million deals, the same in every run."""
    database.execute(
        "CREATE TABLE deal AS SELECT 'D' || lpad(n::VARCHAR, 8, '0') AS id,"
        " CAST((hash(n) % 4000000) / 100 AS DECIMAL(18,4)) AS amount,"
        " DATE '2026-01-01' + CAST(hash(n + 1) % 365 AS INTEGER) AS close_date,"
        f" 'p' || (hash(n + 2) % {_PEOPLE}) || '@acme.example' AS owner,"
        f" 'p' || (hash(n + 3) % {_PEOPLE}) || '@acme.example' AS engineer"
        f" FROM range({_DEALS}) AS r(n)"
    )


def _seconds(database: duckdb.DuckDBPyConnection, sql: str) -> float:
    start = time.perf_counter()
    database.execute(sql).fetchall()
    return time.perf_counter() - start


def _memory(which: str) -> int:
    """The most memory that a process of its own takes for one of the two, in MB."""
    command = [sys.executable, "-m", "benchmarks.bench_comp", which]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _alone(which: str) -> int:
    with duckdb.connect() as database:
        _filled(database)
        if which != "neither":
            database.execute(_ours() if which == "ours" else _BY_HAND).fetchall()
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def run() -> Iterator[Row]:
    """Both must pay every person the same in every month."""
    sql = _ours()
    with duckdb.connect() as database:
        _filled(database)
        ours = {(row[0], row[1]): row[3] for row in database.execute(sql).fetchall()}
        theirs = {row[:2]: row[2] for row in database.execute(_BY_HAND).fetchall()}
        if ours != theirs:
            raise RuntimeError(f"they differ on {len(set(ours.items()) ^ set(theirs.items()))}")
        pairs = [(_seconds(database, sql), _seconds(database, _BY_HAND)) for _ in range(_RUNS)]
    first, second = (min(column) for column in zip(*pairs, strict=True))
    before, mine, hand = (_memory(which) for which in ("neither", "ours", "by hand"))
    used = f"{mine - before} MB more than the deals, by hand {hand - before} MB"
    note = f"{_DEALS:,} deals, {_PEOPLE} people; {first / second:.2f} times as long; {used}"
    yield Row("pay a million deals in DuckDB", first, "SQL by hand", second, note)


if __name__ == "__main__":
    print(_alone(sys.argv[1]))

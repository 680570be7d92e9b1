"""The account's data in SQLite: tables, transactions and the counters that ids come from."""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ixia_connectors.hubspot.sandbox.matching import contains_token, matches_query

Row = sqlite3.Row

_SCHEMA = """
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS people (
  user_id INTEGER PRIMARY KEY, owner_id INTEGER UNIQUE NOT NULL, email TEXT UNIQUE NOT NULL,
  first_name TEXT NOT NULL, last_name TEXT NOT NULL, teams TEXT NOT NULL,
  active INTEGER NOT NULL, super_admin INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS teams (id TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pipelines (
  object TEXT NOT NULL, id TEXT NOT NULL, label TEXT NOT NULL, display_order INTEGER NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, archived_at INTEGER,
  PRIMARY KEY (object, id), UNIQUE (object, label));
CREATE TABLE IF NOT EXISTS stages (
  object TEXT NOT NULL, pipeline TEXT NOT NULL, id TEXT NOT NULL, label TEXT NOT NULL,
  display_order INTEGER NOT NULL, metadata TEXT NOT NULL, write_permissions TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, archived_at INTEGER,
  PRIMARY KEY (object, id), UNIQUE (object, pipeline, label));
CREATE TABLE IF NOT EXISTS audit (
  number INTEGER PRIMARY KEY, object TEXT NOT NULL, pipeline TEXT NOT NULL, stage TEXT NOT NULL,
  action TEXT NOT NULL, user_id INTEGER NOT NULL, message TEXT NOT NULL, raw TEXT NOT NULL,
  at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS rules (
  object TEXT NOT NULL, pipeline TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (object, pipeline));
CREATE TABLE IF NOT EXISTS stage_permissions (
  object TEXT NOT NULL, pipeline TEXT NOT NULL, stage TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (object, pipeline, stage));
CREATE TABLE IF NOT EXISTS required (
  object TEXT NOT NULL, pipeline TEXT NOT NULL, stage TEXT NOT NULL, property TEXT NOT NULL,
  PRIMARY KEY (object, pipeline, stage, property));
CREATE TABLE IF NOT EXISTS property_groups (
  object TEXT NOT NULL, name TEXT NOT NULL, label TEXT NOT NULL, display_order INTEGER NOT NULL,
  PRIMARY KEY (object, name));
CREATE TABLE IF NOT EXISTS properties (
  number INTEGER PRIMARY KEY, object TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL,
  archived_at INTEGER);
CREATE UNIQUE INDEX IF NOT EXISTS property_name
  ON properties (object, name) WHERE archived_at IS NULL;
CREATE TABLE IF NOT EXISTS validations (
  object TEXT NOT NULL, property TEXT NOT NULL, rule TEXT NOT NULL, arguments TEXT NOT NULL,
  normalise INTEGER NOT NULL, PRIMARY KEY (object, property, rule));
CREATE TABLE IF NOT EXISTS records (
  object TEXT NOT NULL, id INTEGER NOT NULL, properties TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, archived_at INTEGER,
  PRIMARY KEY (object, id));
CREATE TABLE IF NOT EXISTS record_versions (
  object TEXT NOT NULL, id INTEGER NOT NULL, at INTEGER NOT NULL, properties TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, archived_at INTEGER,
  PRIMARY KEY (object, id, at));
CREATE INDEX IF NOT EXISTS deals_of_stage
  ON records (object, json_extract(properties, '$.dealstage'));
CREATE INDEX IF NOT EXISTS others_of_stage
  ON records (object, json_extract(properties, '$.hs_pipeline_stage'));
CREATE TABLE IF NOT EXISTS associations (
  from_object TEXT NOT NULL, from_id INTEGER NOT NULL, to_object TEXT NOT NULL,
  to_id INTEGER NOT NULL, type_id INTEGER NOT NULL,
  PRIMARY KEY (from_object, from_id, to_object, to_id, type_id));
CREATE TABLE IF NOT EXISTS flows (
  id INTEGER PRIMARY KEY, object TEXT NOT NULL, body TEXT NOT NULL, enabled INTEGER NOT NULL,
  revision INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS flow_turns (
  flow INTEGER NOT NULL, action TEXT NOT NULL, turn INTEGER NOT NULL, PRIMARY KEY (flow, action));
CREATE TABLE IF NOT EXISTS flow_runs (
  flow INTEGER NOT NULL, object TEXT NOT NULL, record INTEGER NOT NULL, action TEXT NOT NULL,
  due INTEGER, PRIMARY KEY (flow, record));
CREATE INDEX IF NOT EXISTS flow_runs_due ON flow_runs (due);
"""


class Store:
    """One SQLite database; every call is one statement, inside the caller's transaction."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        # A sandbox need not survive a power cut, only the end of its process.
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.row_factory = sqlite3.Row
        self._db.create_function("contains_token", 2, contains_token, deterministic=True)
        self._db.create_function("matches_query", 2, matches_query, deterministic=True)
        self._db.executescript(_SCHEMA)
        self.close = weakref.finalize(self, self._db.close)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """All or nothing of one part of a transaction."""
        self._db.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK TO part")
            self._db.execute("RELEASE part")
            raise
        self._db.execute("RELEASE part")

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Every row that a query finds."""
        return self._db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: object) -> Row | None:
        """The first row, or None."""
        found: Row | None = self._db.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, *values: object) -> Any:  # SQLite types values
        """The first column of the first row, or None."""
        found = self.row(sql, *values)
        return None if found is None else found[0]

    def run(self, sql: str, *values: object) -> int:
        """Write; how many rows it touched."""
        return self._db.execute(sql, values).rowcount

    def run_many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Write many rows with one statement."""
        self._db.executemany(sql, rows)

    def insert(self, table: str, values: Mapping[str, object]) -> None:
        """Add one row."""
        columns = ", ".join(values)
        marks = ", ".join("?" * len(values))
        # Table and column names are literals of this package, never part of a request.
        self._db.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608
            tuple(values.values()),
        )

    def next_id(self, name: str, first: int = 1) -> int:
        """The next number of a counter."""
        upsert = (
            "INSERT INTO counters VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + 1"
        )
        self.run(upsert, name, first)
        return int(self.value("SELECT value FROM counters WHERE name = ?", name))


def dump(value: object) -> str:
    """JSON as it is stored."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

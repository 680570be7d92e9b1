"""Spark: Parquet files, in a session that is there or a local one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ixia_config.rules.dialects import SPARK, Dialect
from ixia_config.rules.sql import identifier
from ixia_config.simulate.database import ROW, Held, Unreachable

_HELD = {
    **dict.fromkeys(("tinyint", "smallint", "int", "bigint"), Held.INTEGER),
    "string": Held.TEXT,
    "array<string>": Held.TEXTS,
    "double": Held.FLOAT,
    "boolean": Held.BOOLEAN,
    "date": Held.DATE,
    "timestamp_ntz": Held.LOCAL,
    "timestamp": Held.INSTANT,
}
_VIEW = "ixia_records"


@dataclass(frozen=True, slots=True)
class SparkTable:
    """One table in Spark."""

    session: Any  # pyspark.sql.SparkSession; Spark is no dependency
    relation: str
    columns: Mapping[str, Held]
    dialect: Dialect = SPARK

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """The rows of a query, one after the other; Unreachable where it is stopped."""
        from pyspark.errors import PySparkException

        try:
            yield from (tuple(row) for row in self.session.sql(sql).toLocalIterator())
        except PySparkException as error:
            raise Unreachable(str(error).strip().partition("\n")[0]) from None


@contextmanager
def parquet(file: Path) -> Iterator[SparkTable]:
    """A Parquet file; Unreachable where it is none."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise Unreachable("Spark is not installed: pip install pyspark, and Java 17") from None
    if not file.is_file():
        raise Unreachable(f"there is no file {file}")
    builder = SparkSession.builder.appName("ixia").config("spark.sql.session.timeZone", "UTC")
    session = builder.config("spark.ui.enabled", "false").getOrCreate()
    frame = session.read.parquet(str(file))
    types = dict(frame.dtypes)
    place = frame.metadataColumn("_metadata").getField("row_index")
    frame.select("*", (place + 1).alias(ROW)).createOrReplaceTempView(_VIEW)
    selected = ", ".join([ROW, *(_column(name, kind) for name, kind in types.items())])
    held = {name: _held(kind) for name, kind in types.items()}
    try:
        yield SparkTable(session, f"(SELECT {selected} FROM {_VIEW})", held)
    finally:
        session.stop()


def _held(kind: str) -> Held:
    return Held.DECIMAL if kind.startswith("decimal") else _HELD.get(kind, Held.TEXT)


def _column(name: str, kind: str) -> str:
    quoted = identifier(name, SPARK)
    if kind == "timestamp":
        return f"to_timestamp_ntz({quoted}) AS {quoted}"
    if kind in _HELD or kind.startswith("decimal"):
        return quoted
    return f"CAST({quoted} AS STRING) AS {quoted}"

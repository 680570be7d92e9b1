"""Tables of records in DuckDB, Parquet files, PostgreSQL and Spark, opened for reading only.

Each client is imported when a table of its kind is opened. What is in a file cannot reach other
files or the network. A password is never part of the source: PostgreSQL's own variables have it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from ixia_config.simulate.database import Database

ENGINES = ("duckdb", "postgres", "spark")
_NAMED = re.compile(r"(duckdb|postgres|postgresql):(.*)#([^#]+)", re.DOTALL)


def is_table(file: str) -> bool:
    """Whether a source is a table of a database, or a file that one reads."""
    return _NAMED.fullmatch(file) is not None or Path(file).suffix.lower() == ".parquet"


def open_table(file: str, engine: str = "") -> AbstractContextManager[Database]:
    """The table that a source names: ``leads.parquet``, ``duckdb:FILE#TABLE`` or
    ``postgres://HOST/DATABASE#TABLE``; by ``engine`` where it is not the usual one.

    Unreachable, with what to do, where it cannot be opened.
    """
    from ixia_config.edges import table_duckdb, table_postgres, table_spark
    from ixia_config.simulate.database import Unreachable

    named = _NAMED.fullmatch(file)
    usual = "duckdb" if named is None else {"duckdb": "duckdb"}.get(named[1], "postgres")
    wanted = engine or usual
    if not is_table(file):
        raise Unreachable(_NEEDS[wanted])
    if named is None and wanted == "duckdb":
        return table_duckdb.parquet(Path(file))
    if named is None and wanted == "spark":
        return table_spark.parquet(Path(file))
    if named is None or wanted != usual:
        raise Unreachable(_NEEDS[wanted])
    if usual == "duckdb":
        return table_duckdb.table(Path(named[2]), named[3])
    return table_postgres.table(_server(named[2]), named[3])


def open_csv(
    file: str, headings: Sequence[str], separator: str
) -> AbstractContextManager[Database]:
    """A CSV file in DuckDB; OtherReading where it may be read otherwise than in Python."""
    from ixia_config.edges import table_duckdb

    return table_duckdb.csv(Path(file), headings, separator)


_NEEDS: Mapping[str, str] = {
    "duckdb": "DuckDB reads Parquet files and tables of duckdb:FILE#TABLE",
    "postgres": "PostgreSQL decides about its own tables: postgres://HOST/DATABASE#TABLE",
    "spark": "Spark reads Parquet files",
}


def _server(address: str) -> str:
    """The address as PostgreSQL takes it; a password in it is refused."""
    from ixia_config.simulate.database import Unreachable

    found = urlsplit(f"postgresql:{address}")
    if found.password or "password" in found.query.lower():
        raise Unreachable("the address has a password: put it into PGPASSWORD")
    return f"postgresql:{address}" if address.startswith("//") else "postgresql://"


def shown(file: str) -> str:
    """A source as messages name it: an address without who connects, and without its options."""
    found = _NAMED.fullmatch(file)
    if found is None or found[1] == "duckdb":
        return file
    address = urlsplit(f"postgresql:{found[2]}")
    return f"postgres:{address.path.lstrip('/')}#{found[3]}"

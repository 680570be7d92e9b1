"""DuckDB: Parquet and CSV files and tables of a database file; it sees no other file."""

from __future__ import annotations

import mmap
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ixia_config.rules.dialects import DUCKDB, Dialect
from ixia_config.rules.sql import identifier
from ixia_config.simulate.database import ROW, Held, OtherReading, Unreachable

if TYPE_CHECKING:
    import duckdb

_BATCH = 2_000
_MEMORY = "1GB"
_LONGEST_LINE = 1024 * 1024
_HELD = {
    **dict.fromkeys(("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UINTEGER"), Held.INTEGER),
    **dict.fromkeys(("USMALLINT", "UTINYINT"), Held.INTEGER),
    "VARCHAR": Held.TEXT,
    "VARCHAR[]": Held.TEXTS,
    "DOUBLE": Held.FLOAT,
    "BOOLEAN": Held.BOOLEAN,
    "DATE": Held.DATE,
    "TIMESTAMP": Held.LOCAL,
    "TIMESTAMP WITH TIME ZONE": Held.INSTANT,
}


@dataclass(frozen=True, slots=True)
class DuckTable:
    """One table in DuckDB."""

    connection: duckdb.DuckDBPyConnection
    relation: str
    columns: Mapping[str, Held]
    dialect: Dialect = DUCKDB

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """The rows of a query, one after the other; Unreachable where it is stopped."""
        import duckdb

        try:
            cursor = self.connection.cursor().execute(sql)
            while batch := cursor.fetchmany(_BATCH):
                yield from batch
        except duckdb.Error as error:
            raise Unreachable(_first_line(error)) from None


@contextmanager
def parquet(file: Path) -> Iterator[DuckTable]:
    """A Parquet file; Unreachable where it is none."""
    if not file.is_file():
        raise Unreachable(f"there is no file {file}")
    with _connected() as connection:
        connection.execute(f"SET allowed_paths = [{_text(str(file))}]")
        connection.execute("SET enable_external_access = false")
        scan = f"read_parquet({_text(str(file))}, file_row_number = true)"
        yield _table(connection, scan, "file_row_number + 1", without="file_row_number")


@contextmanager
def csv(file: Path, headings: Sequence[str], separator: str) -> Iterator[DuckTable]:
    """A CSV file in UTF-8 as columns of text; OtherReading where DuckDB is not sure to read it so.

    It is read once, into a file that is gone in the end.
    """
    with (
        tempfile.TemporaryDirectory(prefix="ixia-csv-") as place,
        _connected(str(Path(place) / "records.duckdb"), kept=False) as connection,
    ):
        connection.execute(f"SET allowed_paths = [{_text(str(file))}]")
        connection.execute("SET enable_external_access = false")
        _loaded(connection, file, headings, separator)
        yield _table(connection, "records", "rowid + 2")


def _loaded(
    connection: duckdb.DuckDBPyConnection, file: Path, headings: Sequence[str], separator: str
) -> None:
    import duckdb

    if len({each.lower() for each in headings}) < len(headings):
        raise OtherReading("two headings differ by capital letters only")
    if not _plain_csv(file, separator, len(headings)):
        raise OtherReading("empty lines, quotes or ends of lines are not those of plain CSV")
    types = ", ".join(f"{_text(each)}: 'VARCHAR'" for each in headings)
    cells = ", ".join(
        f"COALESCE({name}, '') AS {name}" for name in (identifier(h, DUCKDB) for h in headings)
    )
    options = (
        f"auto_detect = false, header = true, columns = {{{types}}}, delim = {_text(separator)},"
        f" quote = '\"', escape = '\"', strict_mode = true, max_line_size = {_LONGEST_LINE}"
    )
    try:
        connection.execute(
            f"CREATE TABLE records AS SELECT {cells} FROM read_csv({_text(str(file))}, {options})"
        )
    except duckdb.Error as error:
        raise OtherReading(f"the file is no plain CSV: {_first_line(error)}") from None


def _plain_csv(file: Path, separator: str, columns: int) -> bool:
    """Whether every program reads the lines and quotes of a file in the same way.

    Quotes stand around whole cells, and every line has a cell for each column.
    """
    divider = re.escape(separator.encode())
    cell = rb'(?:"(?:[^"]|"")*+"|[^"\r\n\0' + divider + rb"]*+)"
    others = rb"(?:" + divider + cell + rb"){%d}" % (columns - 1)
    line = rb"(?!\r?\n)" + cell + others + rb"(?:\r?\n|\Z)"
    with file.open("rb") as stream:
        if not file.stat().st_size:
            return False
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            found = re.match(rb"(?:" + line + rb")*+", data)
            return found is not None and found.end() == len(data)


@contextmanager
def table(file: Path, name: str) -> Iterator[DuckTable]:
    """A table or view of a database file, which is not written to."""
    if not file.is_file():
        raise Unreachable(f"there is no file {file}")
    with _connected(str(file)) as connection:
        import duckdb

        scan = ".".join(identifier(part, DUCKDB) for part in name.split("."))
        try:
            connection.execute(f"SELECT rowid FROM {scan} LIMIT 0")
            number = "rowid + 1"
        except duckdb.Error:  # a view has no rowid, and one that is not there says so next
            number = "row_number() OVER ()"
        yield _table(connection, scan, number)


@contextmanager
def _connected(file: str = "", *, kept: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        import duckdb
    except ImportError:
        raise Unreachable("DuckDB is not installed: pip install 'ixia-config[simulate]'") from None
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": _MEMORY,
    }
    with tempfile.TemporaryDirectory(prefix="ixia-duckdb-") as spill:
        settings["temp_directory"] = spill
        try:
            read_only = bool(file) and kept
            opened = duckdb.connect(file or ":memory:", read_only=read_only, config=settings)
        except duckdb.Error as error:
            raise Unreachable(_first_line(error)) from None
        with opened:
            if read_only:
                opened.execute("SET enable_external_access = false")
            yield opened


def _table(
    connection: duckdb.DuckDBPyConnection, scan: str, number: str, *, without: str = ""
) -> DuckTable:
    import duckdb

    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()
    except duckdb.Error as error:
        raise Unreachable(_first_line(error)) from None
    types = {str(name): str(kind) for name, kind, *_ in described if name != without}
    held = {name: _held(kind) for name, kind in types.items()}
    selected = [f"{number} AS {ROW}", *(_column(name, kind) for name, kind in types.items())]
    return DuckTable(connection, f"(SELECT {', '.join(selected)} FROM {scan})", held)


def _held(kind: str) -> Held:
    if kind.startswith("DECIMAL"):
        return Held.DECIMAL
    return _HELD.get(kind, Held.TEXT)


def _column(name: str, kind: str) -> str:
    """A column as it is read: instants in UTC, and what has no form of its own as text."""
    quoted = identifier(name, DUCKDB)
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"make_timestamp(epoch_us({quoted})) AS {quoted}"
    if kind in _HELD or kind.startswith("DECIMAL"):
        return quoted
    return f"CAST({quoted} AS VARCHAR) AS {quoted}"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]

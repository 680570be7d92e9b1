"""PostgreSQL: a table or view, read in one transaction that cannot write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ixia_config.rules.dialects import POSTGRES, Dialect
from ixia_config.rules.sql import identifier
from ixia_config.simulate.database import ROW, Held, Unreachable

if TYPE_CHECKING:
    import psycopg

_BATCH = 2_000
_HELD = {
    **dict.fromkeys(("int2", "int4", "int8"), Held.INTEGER),
    **dict.fromkeys(("text", "varchar"), Held.TEXT),
    **dict.fromkeys(("_text", "_varchar"), Held.TEXTS),
    "numeric": Held.DECIMAL,
    "float8": Held.FLOAT,
    "bool": Held.BOOLEAN,
    "date": Held.DATE,
    "timestamp": Held.LOCAL,
    "timestamptz": Held.INSTANT,
}


@dataclass(frozen=True, slots=True)
class PostgresTable:
    """One table in PostgreSQL."""

    connection: psycopg.Connection[Any]
    relation: str
    columns: Mapping[str, Held]
    dialect: Dialect = POSTGRES

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """The rows of a query, one after the other; Unreachable where it is stopped."""
        import psycopg

        try:
            with self.connection.cursor(name="ixia") as cursor:
                cursor.itersize = _BATCH
                cursor.execute(sql.encode())
                yield from cursor
        except psycopg.Error as error:
            raise Unreachable(_first_line(error)) from None


@contextmanager
def table(address: str, name: str) -> Iterator[PostgresTable]:
    """The table ``name`` or ``schema.name`` of a server; Unreachable where it is not there.

    Its rows are numbered by the column ``id`` where it has one, else as they lie.
    """
    with _connected(address) as connection:
        scan = ".".join(identifier(part, POSTGRES) for part in name.split("."))
        types = _types(connection, scan)
        order = identifier("id", POSTGRES) if "id" in types else "ctid"
        number = f"row_number() OVER (ORDER BY {order}) AS {ROW}"
        selected = ", ".join([number, *(_column(name, kind) for name, kind in types.items())])
        held = {name: _HELD.get(kind, Held.TEXT) for name, kind in types.items()}
        yield PostgresTable(connection, f"(SELECT {selected} FROM {scan})", held)


@contextmanager
def _connected(address: str) -> Iterator[psycopg.Connection[Any]]:
    try:
        import psycopg
    except ImportError:
        raise Unreachable(
            "the client of PostgreSQL is not installed: pip install 'ixia-config[postgres]'"
        ) from None
    options = "-c default_transaction_read_only=on -c TimeZone=UTC -c DateStyle=ISO"
    try:
        opened = psycopg.connect(address, options=options, connect_timeout=20)
    except psycopg.Error as error:
        raise Unreachable(_first_line(error)) from None
    with opened:
        yield opened


def _types(connection: psycopg.Connection[Any], scan: str) -> Mapping[str, str]:
    """The columns of a table with their types, by the words of the server."""
    import psycopg

    try:
        described = connection.execute(f"SELECT * FROM {scan} LIMIT 0".encode()).description or ()
        names = dict(connection.execute("SELECT oid, typname FROM pg_type").fetchall())
    except psycopg.Error as error:
        raise Unreachable(_first_line(error)) from None
    return {column.name: str(names[column.type_code]) for column in described}


def _column(name: str, kind: str) -> str:
    quoted = identifier(name, POSTGRES)
    if kind == "timestamptz":
        return f"({quoted} AT TIME ZONE 'UTC') AS {quoted}"
    return quoted if kind in _HELD else f"CAST({quoted} AS TEXT) AS {quoted}"


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]

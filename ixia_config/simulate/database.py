"""A table of records in a database, as simulations read it: its columns, and rows by a query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol

from ixia_config.rules.dialects import Dialect
from ixia_config.rules.sql import identifier

ROW = "ixia_row"
"""The column of every relation with the number of the row, from 1."""


class Held(Enum):
    """What a column holds; instants are given as times without zone, in UTC.

    What is none of the others is given as text, as the database writes it.
    """

    TEXT = "text"
    TEXTS = "a list of texts"
    INTEGER = "whole numbers"
    DECIMAL = "exact decimals"
    FLOAT = "binary floating-point numbers"
    BOOLEAN = "true or false"
    DATE = "dates"
    LOCAL = "times without a zone"
    INSTANT = "times with a zone"


class Unreachable(Exception):  # noqa: N818  # says why a table cannot be read
    """A database that is not there, a table that it does not have, or a query that it stops."""


class OtherReading(Exception):  # noqa: N818  # says why another engine has to decide
    """A file that this database would read otherwise than Python does."""


class Database(Protocol):
    """One table of records; ``relation`` is what stands after FROM, with ``ROW`` among it.

    ``rows`` streams, and raises Unreachable with the words of the database.
    """

    @property
    def dialect(self) -> Dialect:
        """Its SQL."""

    @property
    def relation(self) -> str:
        """A query in parentheses, to which a name is given where it is used."""

    @property
    def columns(self) -> Mapping[str, Held]:
        """What each column holds, in order; without ``ROW``."""

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """The rows of a query, one after the other."""


@dataclass(frozen=True, slots=True)
class Cells:
    """How rows of a table become the cells that a RecordSchema reads."""

    columns: Mapping[str, Held]

    def of(self, values: Sequence[Any]) -> dict[str, object]:
        """The cells of one row, whose values come in the order of the columns."""
        pairs = zip(self.columns.items(), values, strict=True)
        return {heading: cell(value, held) for (heading, held), value in pairs}


def cell(value: Any, held: Held) -> object:
    """A value of a database as a file of records would have it.

    A floating-point number is the shortest decimal that stands for it; a time without a zone is
    text, so that the zone of the file is asked for.
    """
    match value:
        case float():
            return Decimal(repr(value))
        case datetime() if held is Held.INSTANT:
            return value.replace(tzinfo=UTC)
        case datetime():
            return value.isoformat(" ")
        case bytes() | bytearray() | memoryview():
            return bytes(value).hex()
        case _:
            return value


def every_row(database: Database) -> str:
    """All rows in order: their numbers, then every column."""
    names = ", ".join(identifier(each, database.dialect) for each in database.columns)
    return f"SELECT {ROW}, {names} FROM {database.relation} AS base ORDER BY {ROW}"

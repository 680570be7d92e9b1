"""Columns of a database as typed fields: an expression with the exact value of each, and a test.

The test is true only where the expression has the value that reading the cell in Python has; rows
for which it is not are read in Python. Field types that a column cannot give are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ixia_config.kinds.record_schema.columns import ID
from ixia_config.kinds.record_schema.incoming import Reading
from ixia_config.kinds.record_schema.notation import Notation
from ixia_config.kinds.record_schema.spec import Field
from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.dialects import DIGITS, DUCKDB, POSTGRES, Dialect
from ixia_config.rules.sql import identifier
from ixia_config.simulate.columns_text import plain
from ixia_config.simulate.database import ROW, Database, Held
from ixia_config.simulate.replay import SURROUNDINGS

# What Python takes for blanks around a word.
_BLANKS = "".join(chr(each) for each in range(0x3001) if chr(each).isspace())
_TEXTS = (FieldType.TEXT, FieldType.PERSON, FieldType.CHOICE, FieldType.REFERENCE)
_NUMBERS = (Held.INTEGER, Held.DECIMAL, Held.FLOAT)
_EXACT = 15  # decimal digits that every binary number keeps
_FIRST, _LAST = "0001-01-01", "9999-12-31"


class Untyped(Exception):  # noqa: N818  # says why another engine has to decide
    """A column whose values the database cannot read as its field does."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The value of a field as SQL, and where that is what Python reads."""

    value: str
    fits: str = "TRUE"


@dataclass(frozen=True, slots=True)
class Fields:
    """Every field of a type of records over one table."""

    database: Database
    cells: Mapping[str, Cell]
    types: Mapping[str, FieldType]
    headings: Mapping[str, str]
    """The column of each field that has one"""

    @classmethod
    def of(cls, database: Database, reading: Reading) -> Fields:
        """Untyped where a column has values that the database cannot read as its field does."""
        columns = reading.columns(tuple(database.columns))
        types = {name: FieldType(each.type) for name, each in reading.naming.fields.items()}
        cells: dict[str, Cell] = {}
        for heading, name in columns.fields.items():
            if name != ID or ID in types:
                writer = _Writer(database.dialect, identifier(heading, database.dialect))
                declared = reading.naming.fields[name]
                held = database.columns[heading]
                cells[name] = writer.cell(declared, held, reading.notation)
        for heading in columns.ignored:
            name = heading.strip().lower()
            if (
                name in SURROUNDINGS
                and name not in types
                and database.columns[heading] is Held.TEXT
            ):
                types[name] = FieldType.TEXT
                cells[name] = Cell(identifier(heading, database.dialect))
        told = {name.partition(".")[0] for name in cells if "." in name}
        # A record of which some field has a column is there, whatever that column holds.
        cells |= {
            name: Cell("'a record'", cells[name].fits if name in cells else "TRUE") for name in told
        }
        return cls(database, cells, types, columns.headings)

    @property
    def fits(self) -> str:
        """Where every value of a row is what Python reads."""
        tests = dict.fromkeys(each.fits for each in self.cells.values())
        return " AND ".join(each for each in tests if each != "TRUE") or "TRUE"

    def value(self, name: str) -> str:
        """The value of a field; NULL for one without a column."""
        if name in self.cells:
            return self.cells[name].value
        kind = self.types.get(name, FieldType.TEXT)
        return f"CAST(NULL AS {self.database.dialect.types.get(kind, 'VARCHAR')})"

    def view(self, names: frozenset[str], *, fits: bool) -> str:
        """A query with the number of each row and these fields; asked for, whether the row fits."""
        dialect = self.database.dialect
        fields = [f"{self.value(name)} AS {identifier(name, dialect)}" for name in sorted(names)]
        told = [f"{self.fits} AS ixia_fits"] if fits else []
        selected = ",\n    ".join([ROW, *fields, *told])
        return f"SELECT\n    {selected}\n  FROM {self.database.relation} AS base"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the cell of one column."""

    dialect: Dialect
    column: str

    def cell(self, declared: Field, held: Held, notation: Notation) -> Cell:
        kind = FieldType(declared.type)
        match held:
            case Held.TEXT if kind in _TEXTS:
                return self._text(declared)
            case Held.TEXT if self.dialect is DUCKDB and plain(kind, notation, self._bare):
                return self._plain(declared, plain(kind, notation, self._bare) or "")
            case Held.INTEGER | Held.DECIMAL | Held.FLOAT if kind in DIGITS:
                return self._number(kind, held)
            case Held.BOOLEAN if kind is FieldType.BOOLEAN:
                return Cell(self.column)
            case Held.DATE if kind is FieldType.DATE:
                return self._within(f"DATE '{_FIRST}'", f"DATE '{_LAST}'")
            case Held.INSTANT if kind is FieldType.DATETIME:
                return self._moment()
            case Held.LOCAL if kind is FieldType.DATETIME and notation.zone == "UTC":
                return self._moment()
        raise Untyped(f"the column {self.column} has {held.value}, and its field is a {kind.value}")

    def _moment(self) -> Cell:
        first, last = f"{_FIRST} 00:00:00", f"{_LAST} 23:59:59.999999"
        return self._within(*(self.dialect.instant.format(each) for each in (first, last)))

    @property
    def _bare(self) -> str:
        """A text without the blanks around it."""
        return f"trim(BOTH {self._literal(_BLANKS)} FROM {self.column})"

    def _plain(self, declared: Field, value: str) -> Cell:
        """A text of a plain form; with any other one, the row is read in Python."""
        nothing = ", ".join(map(self._literal, ("", *declared.placeholders)))
        empty = f"COALESCE({self._bare}, '') IN ({nothing})"
        told = f"CASE WHEN NOT ({empty}) THEN {value} END" if declared.placeholders else value
        return Cell(told, f"({empty} OR {value} IS NOT NULL)")

    def _text(self, declared: Field) -> Cell:
        bare = self._bare
        nothing = ", ".join(map(self._literal, ("", *declared.placeholders)))
        # Databases that keep a column as a dictionary cut its words only; CASE would cut each row.
        value = f"NULLIF({bare}, '')"
        if declared.placeholders:
            value = f"CASE WHEN {bare} NOT IN ({nothing}) THEN {bare} END"
        known = [choice.value for choice in declared.choices]
        known += declared.retired_choices
        if declared.type != "choice" or not known:
            return Cell(value, self._no_nul())
        options = ", ".join(map(self._literal, ("", *declared.placeholders, *known)))
        return Cell(value, f"COALESCE({bare}, '') IN ({options})")

    def _no_nul(self) -> str:
        """No text has NUL in PostgreSQL; elsewhere it is no value of a field."""
        if self.dialect is POSTGRES:
            return "TRUE"
        inside = self.dialect.contains.format(self.column, "chr(0)")
        return f"({self.column} IS NULL OR NOT {inside})"

    def _number(self, kind: FieldType, held: Held) -> Cell:
        total, scale = DIGITS[kind]
        kept = f"CAST({self.column} AS {self.dialect.types[kind]})"
        if held is Held.INTEGER and kind is FieldType.INTEGER:
            return Cell(kept)
        digits = total - scale if held is not Held.FLOAT else min(_EXACT, total) - scale
        small = f"abs({self.column}) < 1{'0' * min(digits, 18)}"
        back = f"CAST({kept} AS DOUBLE PRECISION)" if held is Held.FLOAT else kept
        if self.dialect.name == "spark":
            back = back.replace(" PRECISION", "")
        # A cast of what is too large stops the query, so it is made of the others only.
        fits = f"CASE WHEN {small} THEN {back} = {self.column} ELSE {self.column} IS NULL END"
        return Cell(f"CASE WHEN {small} THEN {kept} END", fits)

    def _within(self, first: str, last: str) -> Cell:
        inside = f"({self.column} IS NULL OR {self.column} BETWEEN {first} AND {last})"
        return Cell(self.column, inside)

    def _literal(self, text: str) -> str:
        doubled = text.replace("\\", "\\\\") if self.dialect.escapes_backslash else text
        return "'" + doubled.replace("'", "''") + "'"

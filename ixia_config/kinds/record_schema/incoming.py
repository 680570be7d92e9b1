"""Records from outside, row by row, in the words and types of a RecordSchema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ixia_config.codes import Diagnostic
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.record_schema.codes.incoming import UnclearDate, WrongCell
from ixia_config.kinds.record_schema.columns import ID, Columns, Naming
from ixia_config.kinds.record_schema.notation import Notation, UnclearError
from ixia_config.kinds.record_schema.spec import RecordSchema
from ixia_config.language.codes import quoted
from ixia_config.model import Mark
from ixia_config.rules import Field, FieldType, RecordProblem, normalise

_PLAIN_NOTATION = Notation()
_DEEPEST = 3  # related records of related records


@dataclass(frozen=True, slots=True)
class Raw:
    """One row as its file has it: text from CSV, plain values from JSON.

    ``number`` counts rows from 1 with the headings as the first, as a spreadsheet does; of JSON
    lines it is the line. ``problems`` is what is wrong with its form.
    """

    number: int
    cells: Mapping[str, object]
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One record: every declared field has an exact value or None.

    ``raw`` has the columns that no field has, as they stood. ``id`` is the number of the row in
    a file that does not tell one. ``told`` are the fields for which the row has a column.
    """

    number: int
    id: str
    values: Mapping[str, object]
    raw: Mapping[str, object] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    problems: tuple[Diagnostic, ...] = ()


class Reading:
    """Turns the raw rows of one file into records of one type."""

    def __init__(
        self,
        configuration: Configuration,
        record: str,
        *,
        file: str,
        notation: Notation = _PLAIN_NOTATION,
    ) -> None:
        self.record, self.file, self.notation = record, file, notation
        self._schemas = {each.name: each.body for each in configuration.of(RecordSchema)}
        self.naming = Naming(record, self._schemas, notation.columns)
        self._catalogue = catalogue(configuration)
        self._columns: dict[tuple[str, ...], Columns] = {}

    def columns(self, headings: Sequence[str]) -> Columns:
        """Which heading is which field."""
        return self._of(tuple(headings))

    def _of(self, headings: tuple[str, ...]) -> Columns:
        """Computed once for each set of headings; JSON lines may have a few of them."""
        found = self._columns.get(headings)
        if found is None:
            if len(self._columns) >= 64:
                self._columns.clear()  # rows that all differ must not fill the memory
            found = self._columns[headings] = self.naming.columns(headings)
        return found

    def rows(self, raws: Iterator[Raw]) -> Iterator[Row]:
        """Each record with what is wrong with it."""
        return map(self.row, raws)

    def row(self, raw: Raw) -> Row:
        """One record with what is wrong with it."""
        columns = self._of(tuple(raw.cells))
        problems = [*raw.problems]
        identity = str(raw.number)
        values: dict[str, object] = {}
        for place, (heading, cell) in enumerate(raw.cells.items(), 1):
            name = columns.fields.get(heading)
            if name == ID and ID not in self.naming.fields:
                identity = ("" if cell is None else str(cell).strip()) or identity
            elif name is not None:
                try:
                    _put(values, name, self._value(name, cell))
                except UnclearError:
                    mark = Mark(self.file, raw.number, place)
                    unclear = UnclearDate(
                        mark=mark, row=raw.number, column=heading, value=str(cell)
                    )
                    problems.append(unclear)
        exact, wrong = self._exact(values)
        problems += [self._placed(raw, columns, path, each) for path, each in wrong]
        problems.sort(key=_column)
        rest = {heading: raw.cells[heading] for heading in columns.ignored}
        if exact.get(ID):
            identity = str(exact[ID])
        return Row(raw.number, identity, exact, rest, columns.told, tuple(problems))

    def _value(self, name: str, cell: object) -> object:
        declared = self.naming.fields[name]
        if isinstance(cell, str):
            text = cell.strip()
            if not text or text in declared.placeholders:
                return None
            return self.notation.read(text, FieldType(declared.type))
        if isinstance(cell, Mapping) and declared.to:
            return self._related(cell, declared.to, 0)
        return _text_of(cell) if declared.type == "text" and isinstance(cell, list) else cell

    def _related(self, cell: Mapping[str, object], record: str, depth: int) -> object:
        """The declared fields of a related record; the others say nothing."""
        schema = self._schemas.get(record)
        if schema is None or depth > _DEEPEST:
            return None
        known = {name: value for name, value in cell.items() if name in schema.spec.fields}
        return {
            name: self._related(value, to, depth + 1)
            if isinstance(value, Mapping) and (to := schema.spec.fields[name].to)
            else value
            for name, value in known.items()
        }

    def _exact(
        self, values: Mapping[str, object]
    ) -> tuple[dict[str, object], tuple[tuple[str, Diagnostic], ...]]:
        try:
            return normalise(values, self._catalogue, self.record), ()
        except RecordProblem as problem:
            return {}, problem.found

    def _placed(self, raw: Raw, columns: Columns, path: str, wrong: Diagnostic) -> Diagnostic:
        heading = _heading(columns, path)
        place = list(raw.cells).index(heading) + 1 if heading in raw.cells else 1
        hidden = self._declared(path) is not None and self._sensitive(path)
        why = "the value does not fit its field" if hidden else wrong.message()
        advice = self._advice(path, raw.cells.get(heading), wrong)
        mark = Mark(self.file, raw.number, place)
        return WrongCell(mark=mark, row=raw.number, column=heading, why=why, advice=advice)

    def _sensitive(self, path: str) -> bool:
        return path in self.naming.fields and self.naming.fields[path].sensitive

    def _declared(self, path: str) -> Field | None:
        return self._catalogue.records[self.record].get(path)

    def _advice(self, path: str, cell: object, wrong: Diagnostic) -> str:
        """How to say what the file means, where an option can."""
        declared = self._declared(path)
        text = str(cell)
        match declared.type if declared is not None else None:
            case FieldType.MONEY | FieldType.DECIMAL | FieldType.INTEGER if "," in text:
                return f"if {quoted(text)} is written as 1,234.5 or 1.234,5 are, say so: --numbers"
            case FieldType.DATETIME if len(text) >= 16 and not text.endswith("Z"):
                return "if the file has local times, say where: --zone Europe/Madrid"
        return wrong.hint()


def _put(values: dict[str, object], name: str, value: object) -> None:
    """Set a field, or one of a related record; the fields of a record go before its bare name."""
    outer, _, inner = name.partition(".")
    before = values.get(outer)
    if not inner:
        if not isinstance(before, dict):
            values[outer] = value
        return
    related = before if isinstance(before, dict) else {}
    values[outer] = {**related, inner: value}


def _text_of(cells: list[object]) -> str:
    """A list in a text field, such as the people and shares of a split: one text for both forms."""
    return "; ".join(_words(each) for each in cells)


def _words(cell: object) -> str:
    """``ana@acme.example 70%`` of person and share; a share in digits is a fraction."""
    if not isinstance(cell, Mapping):
        return str(cell)
    person, share, overlay = (cell.get(name) for name in ("person", "share", "overlay"))
    shown = f"{share * 100:f}%" if isinstance(share, Decimal) else share
    return " ".join(filter(None, (str(person), shown and str(shown), overlay and "overlay")))


def _column(problem: Diagnostic) -> int:
    return problem.mark.column if problem.mark is not None else 0


def _heading(columns: Columns, path: str) -> str:
    """The column of a field, or of the record that it belongs to."""
    headings = columns.headings
    return headings.get(path) or headings.get(path.partition(".")[0]) or path

"""Codes IX900 to IX909: files of records that cannot be read, or whose values cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class UnreadableRecords(Diagnostic):
    """A file of records that cannot be read

    Records are CSV (with any of the usual separators), JSON lines, or a JSON list. The first row
    of a CSV file has the names of the columns. Text is UTF-8 unless ``--encoding`` says otherwise.
    """

    why: str
    advice: str = "save it as CSV or JSON lines, in UTF-8"

    code: ClassVar[str] = "IX900"

    def message(self) -> str:
        return f"these records cannot be read: {self.why}"

    def hint(self) -> str:
        return self.advice


@dataclass(frozen=True, kw_only=True)
class ColumnTwice(Diagnostic):
    """Two columns for one field

    Exports of some systems have the same heading twice, or a field under its name and its title.
    Nobody can tell which one counts. ``--column`` says it; the second of two equal headings is
    called ``Amount#2``.
    """

    field: str
    headings: tuple[str, ...]

    code: ClassVar[str] = "IX901"

    def message(self) -> str:
        names = " and ".join(map(quoted, self.headings))
        return f"the columns {names} are both for the field {self.field}"

    def hint(self) -> str:
        return f'choose one with --column "{self.headings[0]}={self.field}"'


@dataclass(frozen=True, kw_only=True)
class RaggedRow(Diagnostic):
    """A row with more or fewer cells than the first one

    Its values may stand under the wrong headings, so the row is not read. A comma inside a value
    needs quotes around the value.
    """

    row: int
    cells: int
    columns: int

    code: ClassVar[str] = "IX902"

    def message(self) -> str:
        return f"row {self.row:,} has {self.cells:,} cells, the first row has {self.columns:,}"

    def hint(self) -> str:
        return "put quotes around values that hold the separator or a line break"


@dataclass(frozen=True, kw_only=True)
class WrongCell(Diagnostic):
    """A value that does not fit its field

    The file is read as it is written: nothing is guessed. What the RecordSchema calls a
    placeholder counts as empty.
    """

    row: int
    column: str
    why: str
    advice: str = ""

    code: ClassVar[str] = "IX903"

    def message(self) -> str:
        return f"row {self.row:,}, column {quoted(self.column)}: {self.why}"

    def hint(self) -> str:
        return self.advice


@dataclass(frozen=True, kw_only=True)
class UnclearDate(Diagnostic):
    """A date of which nobody can tell day and month

    03/04/2027 is 3 April to some and 4 March to others. ``--dates`` says which comes first; dates
    such as 2027-04-03 are always clear.
    """

    row: int
    column: str
    value: str

    code: ClassVar[str] = "IX904"

    def message(self) -> str:
        where = f"row {self.row:,}, column {quoted(self.column)}"
        return f"{where}: nobody can tell the day from the month in {quoted(self.value)}"

    def hint(self) -> str:
        return "add --dates day/month/year or --dates month/day/year"


@dataclass(frozen=True, kw_only=True)
class NoColumn(Diagnostic):
    """A field that the file does not have

    Without it nothing can be decided about the records. A column may be called like the field,
    like its title, or like a target calls it; any other is named with ``--column``.
    """

    field: str
    purpose: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX905"

    def message(self) -> str:
        return f"no column holds the field {self.field}, {self.purpose}"

    def hint(self) -> str:
        near = suggestion(self.field, self.known)
        return f'name it with --column "HEADING={self.field}"' + (f"; {near}" if near else "")


@dataclass(frozen=True, kw_only=True)
class UnknownColumn(Diagnostic):
    """An option names a column or field that is not there

    ``--column "HEADING=field"`` needs a heading of the file and a field of the RecordSchema.
    """

    what: str
    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX906"

    def message(self) -> str:
        return f"there is no {self.what} {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "name a column of the file and a field"


@dataclass(frozen=True, kw_only=True)
class MoreProblems(Diagnostic):
    """More rows that cannot be read

    Only the first problems of a file are shown.
    """

    count: int

    code: ClassVar[str] = "IX907"

    def message(self) -> str:
        noun = "problem" if self.count == 1 else "problems"
        return f"{self.count:,} more {noun} of the same file"

    def hint(self) -> str:
        return "mend those above first; one cause often has many effects"


@dataclass(frozen=True, kw_only=True)
class RecordTwice(Diagnostic):
    """One record twice in a file

    Two rows have the same id, so one of them would count twice.
    """

    id: str
    row: int
    before: int

    code: ClassVar[str] = "IX908"

    def message(self) -> str:
        return f"row {self.row:,} is the same record as row {self.before:,}: {quoted(self.id)}"

    def hint(self) -> str:
        return "remove one of them; the export may have been made with a one-to-many report"


@dataclass(frozen=True, kw_only=True)
class UntoldField(Diagnostic):
    """A field that the file does not have, and that may be empty

    It counts as empty for every record: nothing was cancelled, every amount is in the currency of
    the plan. Add the column where some records have a value.
    """

    field: str
    purpose: str

    code: ClassVar[str] = "IX909"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"no column holds the field {self.field}, {self.purpose}; it counts as empty"

    def hint(self) -> str:
        return f'name it with --column "HEADING={self.field}" if the file has it'

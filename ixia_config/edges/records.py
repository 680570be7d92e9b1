"""Files of records, read row by row: CSV, JSON lines and JSON lists, bounded in every direction.

A further format is one function in ``_FORMATS`` that yields raw rows; typing, names of columns
and problems are the same for all.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from ixia_config.edges.files import Refused
from ixia_config.edges.tables import is_table, open_csv, open_table, shown
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.record_schema.codes.incoming import RaggedRow, UnreadableRecords
from ixia_config.kinds.record_schema.incoming import Raw, Reading, Row
from ixia_config.kinds.record_schema.notation import Notation
from ixia_config.model import Mark
from ixia_config.simulate.database import Cells, Database, OtherReading, Unreachable, every_row

LONGEST_LINE = 1024 * 1024  # characters
LARGEST_LIST = 64 * 1024 * 1024  # bytes of a JSON list, which is read as a whole
_SEPARATORS = (",", ";", "\t", "|")
_SUFFIXES = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from: a file, or ``-`` for standard input, and how its text is made.

    ``rows`` are records that were read already, from what ``file`` then only names.
    """

    file: str
    form: str = ""  # csv | jsonl | json; by the file's name when empty
    encoding: str = ""
    notation: Notation = Notation()  # noqa: RUF009  # frozen
    rows: tuple[Mapping[str, object], ...] | None = None


def open_records(source: Source, configuration: Configuration, record: str) -> Iterator[Row]:
    """The records of a file, typed by the RecordSchema of this name, in its order.

    Refused (IX900, IX901, IX906) where the file is no table; what is wrong with one row is with
    the row. Memory is that of one row.
    """
    reading = Reading(configuration, record, file=shown(source.file), notation=source.notation)
    if source.rows is not None:
        yield from reading.rows(Raw(number, row) for number, row in enumerate(source.rows, 1))
        return
    if is_table(source.file):
        yield from _of_table(source, reading)
        return
    with _opened(source) as stream, _telling(source):
        form = source.form or _form(source.file, stream)
        raws = _FORMATS[form](_Text(source, stream), reading)
        yield from reading.rows(raws)


def _of_table(source: Source, reading: Reading) -> Iterator[Row]:
    """The rows of a table in a database."""
    with reading_table(source, reading) as table:
        cells = Cells(table.columns)
        raws = (Raw(number, cells.of(values)) for number, *values in table.rows(every_row(table)))
        yield from reading.rows(raws)


@contextmanager
def reading_table(source: Source, reading: Reading, engine: str = "") -> Iterator[Database]:
    """The table of a source, its columns known; Refused where it or they cannot be read.

    OtherReading where an engine is asked for a file that it would read in another way.
    """
    try:
        with _table(source, reading, engine) as table:
            headings = tuple(table.columns)
            problems = reading.naming.unknown(headings)
            for problem in (*problems, *reading.columns(headings).problems):
                raise Refused(problem)
            yield table
    except Unreachable as error:
        advice = "look at the name of the file or table, and at who may read it"
        named = replace(source, file=shown(source.file))
        raise _unreadable(named, str(error), advice) from None


def _table(source: Source, reading: Reading, engine: str) -> AbstractContextManager[Database]:
    """The table of a database, or a CSV file as one."""
    if source.rows is not None:
        raise OtherReading("records of a target are read one by one")
    if engine != "duckdb" or is_table(source.file):
        return open_table(source.file, engine)
    if source.file == "-" or not Path(source.file).is_file():
        raise OtherReading("records that come through a pipe are read one by one")
    with _opened(source) as stream, _telling(source):
        form = source.form or _form(source.file, stream)
        encoding = (source.encoding or _encoding(stream)).lower()
        if form != "csv" or encoding not in ("utf-8", "utf-8-sig", "utf8"):
            raise OtherReading("DuckDB is given CSV in UTF-8 only, and tables")
        first = next(_Text(source, stream).lines(), "")
    separator = _separator(first, reading)
    headings = _headings(next(csv.reader([first], delimiter=separator), []))
    return open_csv(source.file, headings, separator)


@dataclass(frozen=True, slots=True)
class _Text:
    """The bytes of a source, and how to see them as lines."""

    source: Source
    stream: BinaryIO

    def lines(self) -> Iterator[str]:
        """Lines with their ends; Refused for one without end."""
        encoding = self.source.encoding or _encoding(self.stream)
        text = io.TextIOWrapper(self.stream, encoding=encoding, newline="")
        try:
            while line := text.readline(LONGEST_LINE + 1):
                if len(line) > LONGEST_LINE:
                    raise _unreadable(self.source, "a line is longer than 1 MiB")
                yield line
        finally:
            with suppress(ValueError):  # it is closed already where a reader stopped half-way
                text.detach()  # whoever opened the stream closes it


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    if source.file == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(source.file).open("rb")  # noqa: SIM115  # closed below
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise _unreadable(source, why, "name a file that is there, or - for input") from None
    with stream:
        yield stream


@contextmanager
def _telling(source: Source) -> Iterator[None]:
    """What the standard library raises about a file, as a diagnostic."""
    try:
        yield
    except UnicodeError:
        encoding = source.encoding or "UTF-8"
        advice = "save it as UTF-8, or add --encoding windows-1252 if Excel wrote it"
        raise _unreadable(source, f"its text is not {encoding}", advice) from None
    except LookupError:
        why = f"nobody knows the encoding {source.encoding}"
        raise _unreadable(source, why, "try utf-8, utf-16 or windows-1252") from None
    except csv.Error as error:
        raise _unreadable(source, f"it is not CSV: {error}") from None
    except OSError as error:
        raise _unreadable(source, (error.strerror or type(error).__name__).lower()) from None


def _unreadable(source: Source, why: str, advice: str = "", row: int = 1) -> Refused:
    mark = Mark(source.file, row, 1)
    if advice:
        return Refused(UnreadableRecords(mark=mark, why=why, advice=advice))
    return Refused(UnreadableRecords(mark=mark, why=why))


def _peek(stream: BinaryIO, size: int) -> bytes:
    """The first bytes, which stay unread."""
    peek = getattr(stream, "peek", None)
    return b"" if peek is None else bytes(peek(size)[:size])


def _encoding(stream: BinaryIO) -> str:
    start = _peek(stream, 4)
    return next((name for bom, name in _BOMS if start.startswith(bom)), "utf-8")


def _form(file: str, stream: BinaryIO) -> str:
    """By the end of the name; JSON by its first character where the name says nothing."""
    suffix = Path(file).suffix.lower()
    start = _peek(stream, 1024).lstrip(codecs.BOM_UTF8 + b" \t\r\n")
    if suffix in _SUFFIXES and not (suffix == ".txt" and start[:1] in (b"{", b"[")):
        return _SUFFIXES[suffix]
    if start[:1] == b"[":
        return "json"
    return "jsonl" if start[:1] == b"{" else "csv"


def _csv(text: _Text, reading: Reading) -> Iterator[Raw]:
    lines = text.lines()
    first = next(lines, "")
    separator = _separator(first, reading)
    rows = csv.reader(_again(first, lines), delimiter=separator, strict=True)
    headings = _headings(next(rows, []))
    if not any(headings):
        raise _unreadable(text.source, "it is empty")
    problems = (*reading.naming.unknown(headings), *reading.columns(headings).problems)
    for problem in problems[:1]:
        raise Refused(problem)
    for number, cells in enumerate(rows, 2):
        if cells:
            yield _row(text.source.file, number, headings, cells)


def _again(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _separator(first: str, reading: Reading) -> str:
    """What divides the headings: the one by which most of them are known, or just most."""

    def known(separator: str) -> tuple[int, int]:
        headings = _headings(next(csv.reader([first], delimiter=separator), []))
        return len(reading.columns(headings).fields), len(headings)

    return max(_SEPARATORS, key=known)


def _headings(cells: Sequence[str]) -> tuple[str, ...]:
    """The headings, each once: the second ``Amount`` is called ``Amount#2``."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for cell in cells:
        name = cell.strip()
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(found)


def _row(file: str, number: int, headings: tuple[str, ...], cells: list[str]) -> Raw:
    if len(cells) == len(headings):
        return Raw(number, dict(zip(headings, cells, strict=True)))
    mark = Mark(file, number, min(len(cells), len(headings)) + 1)
    ragged = RaggedRow(mark=mark, row=number, cells=len(cells), columns=len(headings))
    return Raw(number, {}, (ragged,))


def _json_lines(text: _Text, reading: Reading) -> Iterator[Raw]:
    for number, line in enumerate(text.lines(), 1):
        if line.strip():
            yield _object(text.source, reading, number, _parsed(text.source, line, number))


def _json_list(text: _Text, reading: Reading) -> Iterator[Raw]:
    data = text.stream.read(LARGEST_LIST + 1)
    if len(data) > LARGEST_LIST:
        advice = "write one record a line (JSON lines), which has no limit"
        raise _unreadable(text.source, "a JSON list may have 64 MiB", advice)
    encoding = text.source.encoding or _encoding_of(data)
    found = _parsed(text.source, data.decode(encoding), 1)
    for number, each in enumerate(found if isinstance(found, list) else [found], 1):
        yield _object(text.source, reading, number, each)


def _encoding_of(data: bytes) -> str:
    return next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")


def _parsed(source: Source, text: str, row: int) -> Any:
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_not_json,
            object_pairs_hook=_once,
        )
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, _NotJsonError) else "it is not JSON"
        raise _unreadable(source, f"{why} (line {row:,})", row=row) from None


class _NotJsonError(ValueError):
    """JSON that Python would read and no other program."""


def _not_json(name: str) -> None:
    raise _NotJsonError(f"{name} is no JSON number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for name, _ in pairs if [key for key, _ in pairs].count(name) > 1)
        raise _NotJsonError(f'the key "{twice[:60]}" stands there twice')
    return found


def _object(source: Source, reading: Reading, number: int, found: object) -> Raw:
    if not isinstance(found, Mapping):
        raise _unreadable(source, f"line {number:,} is no record with fields", row=number)
    for problem in reading.columns(tuple(found)).problems[:1]:
        raise Refused(problem)
    return Raw(number, found)


_FORMATS: Mapping[str, Callable[[_Text, Reading], Iterator[Raw]]] = MappingProxyType(
    {"csv": _csv, "jsonl": _json_lines, "json": _json_list}
)

FORMATS = tuple(_FORMATS)
"""The names of the formats, as ``--input-format`` takes them."""

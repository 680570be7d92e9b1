"""The second surface: the cells of a decision table row become one condition.

A cell tests the field of its column: ``-`` asks nothing, ``EMEA`` is equality, ``[EMEA, APAC]`` is
membership, ``>= 50000`` compares, ``10%..20%`` is a range without its end, ``known`` and
``missing`` ask for a value. Text needs no quotes; dates and durations are written plainly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ixia_config.codes import Diagnostic
from ixia_config.rules.catalogue import Catalogue, Field, FieldType
from ixia_config.rules.codes.names import UnknownField
from ixia_config.rules.typed import Typed, read
from ixia_config.rules.write import quoted

Cell = str | bool | Sequence[str | bool] | None
"""What a YAML document holds there."""

_COMPARISON = re.compile(r"(==|!=|<=|>=|<|>)\s*(.*)", re.DOTALL)
_WORD = re.compile(r"-?[0-9.][0-9A-Za-z_.]*%?|true|false", re.ASCII)
_RANGE = re.compile(r"(\S.*?)\s*\.\.\s*(\S.*)", re.DOTALL)
_WRITTEN = {
    FieldType.DATE: "date({})",
    FieldType.DATETIME: "datetime({})",
    FieldType.DURATION: "duration({})",
}
_PLAIN = frozenset(
    {FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.PERCENT, FieldType.BOOLEAN}
)


def row(
    cells: Mapping[str, Cell], catalogue: Catalogue, record: str
) -> tuple[Typed | None, tuple[tuple[str, Diagnostic], ...]]:
    """The condition of one row, or None, and what is wrong with which column.

    A row that asks nothing is true for every record.
    """
    tests: list[str] = []
    found: list[tuple[str, Diagnostic]] = []
    for column, value in cells.items():
        text, problems = _cell(column, value, catalogue, record)
        tests += [text] if text else []
        found += [(column, problem) for problem in problems]
    if found:
        return None, tuple(found)
    typed, _ = read(" && ".join(f"({test})" for test in tests) or "true", catalogue, record)
    return typed, ()


def _cell(
    column: str, value: Cell, catalogue: Catalogue, record: str
) -> tuple[str, tuple[Diagnostic, ...]]:
    """The test of one cell and what is wrong with it; warnings count, a table has no room."""
    declared = _declared(column, catalogue, record)
    if declared is None:
        known = tuple(sorted(catalogue.related(record)))
        return "", (UnknownField(name=column, record=record, known=known),)
    text = condition(column, declared, value)
    if not text:
        return "", ()
    return text, tuple(problem.diagnostic for problem in read(text, catalogue, record)[1])


def _declared(column: str, catalogue: Catalogue, record: str) -> Field | None:
    """The field that heads a column; ``account.segment`` is one, too."""
    first, *rest = column.split(".")
    declared = catalogue.records[record].get(first)
    for step in rest:
        fields = catalogue.records.get(declared.to, {}) if declared else {}
        declared = fields.get(step)
    return declared


def condition(name: str, declared: Field, value: Cell) -> str:
    """One cell as the text of a condition; empty where it asks nothing."""
    if value in (None, "", "-"):
        return ""
    if not isinstance(value, str | bool):
        return _one_of(name, declared, value or ())
    text = _constant(value)
    if text in ("known", "missing"):
        return f"known({name})" if text == "known" else f"!known({name})"
    return _test(name, declared, text)


def _one_of(name: str, declared: Field, options: Sequence[str | bool]) -> str:
    constants = [_literal(declared, _constant(option)) for option in options]
    if declared.type is FieldType.CHOICES:
        return " || ".join(f"{constant} in {name}" for constant in constants)
    return f"{name} in [{', '.join(constants)}]"


def _test(name: str, declared: Field, text: str) -> str:
    comparison, between = _COMPARISON.fullmatch(text), _RANGE.fullmatch(text)
    if comparison:
        return f"{name} {comparison[1]} {_literal(declared, comparison[2])}"
    if between and declared.type not in (FieldType.TEXT, FieldType.CHOICE):
        low, high = (_literal(declared, end) for end in between.groups())
        return f"{name} >= {low} && {name} < {high}"
    if declared.type is FieldType.CHOICES:
        return f"{_literal(declared, text)} in {name}"
    return f"{name} == {_literal(declared, text)}"


def _constant(value: object) -> str:
    """YAML has already read true and false."""
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _literal(declared: Field, text: str) -> str:
    """The cell's text as one constant and no more; what does not fit the type is quoted."""
    if declared.type in _PLAIN and _WORD.fullmatch(text):
        return text
    bare = text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
    return _WRITTEN.get(declared.type, "{}").format(quoted(bare))

"""The words of SQL that pay is written in: exact literals, roundings, lists of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ixia_config.kinds.comp_plan.rounding import Mode
from ixia_config.rules.dialects import Dialect
from ixia_config.rules.sql import identifier

WHOLE = 18
"""Digits of an amount in all: databases count up to here in 64 bits."""
WIDEST = 38
_PLACES = 12  # of a constant


class Refused(Exception):  # noqa: N818  # never seen outside the SQL modules
    """A part of a plan that SQL cannot pay exactly."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One named step of the text."""

    name: str
    body: str
    remark: str = ""


def number(value: Fraction | Decimal | int) -> str:
    """An exact literal; Refused where its decimals do not end."""
    exact = Fraction(value)
    scaled = exact * 10**_PLACES
    if scaled.denominator != 1:
        raise Refused(f"{float(exact):.6g} has decimals without end, and SQL must not divide")
    text = f"{Decimal(scaled.numerator).scaleb(-_PLACES):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def places(value: Fraction) -> int:
    """How many decimals a literal has."""
    return len(number(value).partition(".")[2])


def width(value: Fraction) -> int:
    """How many digits a literal has."""
    return len(number(value).lstrip("-").replace(".", ""))


def term(factor: Fraction, what: str) -> str:
    """A product, without a factor of 1."""
    return what if factor == 1 else f"{number(factor)} * {what}"


def day(value: date) -> str:
    """A date."""
    return f"DATE '{value.isoformat()}'"


def text(value: str, dialect: Dialect) -> str:
    """A text."""
    doubled = value.replace("\\", "\\\\") if dialect.escapes_backslash else value
    return "'" + doubled.replace("'", "''") + "'"


def money(scale: int) -> str:
    """The type of an amount with so many decimals."""
    return f"DECIMAL({WHOLE},{scale})"


def rounded(what: str, scale: int, mode: Mode) -> str:
    """A column rounded as Python rounds it, in CASE and exact in every dialect.

    ``round`` of a decimal takes halves away from zero in all of them; the other modes move its
    answer by one unit where they differ.
    """
    near, unit = f"round({what}, {scale})", number(Fraction(1, 10**scale))
    step = f"CASE WHEN {what} < 0 THEN -{unit} ELSE {unit} END"
    match mode:
        case "half_up":
            return near
        case "down":
            return f"CASE WHEN abs({near}) > abs({what}) THEN {near} - {step} ELSE {near} END"
        case "up":
            return f"CASE WHEN abs({near}) < abs({what}) THEN {near} + {step} ELSE {near} END"
        case "half_even":
            half = number(Fraction(1, 2 * 10**scale))
            odd = f"CAST({near} * {10**scale} AS BIGINT) % 2 <> 0"
            tie = f"abs({near} - {what}) = {half} AND {odd}"
            return f"CASE WHEN {tie} THEN {near} - {step} ELSE {near} END"


def one_of(cases: Iterable[tuple[str, str]], otherwise: str) -> str:
    """CASE; only the last where there is none."""
    written = " ".join(f"WHEN {test} THEN {then}" for test, then in cases)
    return f"CASE {written} ELSE {otherwise} END" if written else otherwise


def rows(columns: Sequence[tuple[str, str]], values: Iterable[Sequence[str]]) -> str:
    """A relation of constant rows; each column with its type. Without rows it is empty."""
    lines = ",\n    ".join(f"({', '.join(row)})" for row in values)
    typed = ", ".join(f"CAST(c{n} AS {kind}) AS {name}" for n, (name, kind) in enumerate(columns))
    if not lines:
        nothing = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in columns)
        return f"SELECT {nothing} WHERE FALSE"
    names = ", ".join(f"c{n}" for n in range(len(columns)))
    return f"SELECT {typed}\n  FROM (VALUES\n    {lines}\n  ) AS t({names})"


def written(relations: Iterable[Relation], dialect: Dialect) -> str:
    """The WITH clause of these steps."""
    return "WITH\n" + ",\n".join(
        f"{f'-- {each.remark}{chr(10)}' if each.remark else ''}"
        f"{identifier(each.name, dialect)} AS (\n  {each.body}\n)"
        for each in relations
    )

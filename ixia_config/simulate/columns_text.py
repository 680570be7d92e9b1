"""Columns of text as typed fields in DuckDB, as files of text have them.

Only the plain forms are typed there, by tests that say what reading them in Python says; whatever
is written otherwise is left to Python, row by row.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ixia_config.kinds.record_schema.notation import Notation
from ixia_config.rules.catalogue import FieldType

_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.PERCENT)
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?"
_PLAIN: Mapping[FieldType, tuple[str, str]] = MappingProxyType(
    {
        FieldType.INTEGER: ("-?[0-9]{1,18}", "CAST({0} AS BIGINT)"),
        FieldType.DECIMAL: ("-?[0-9]{1,12}([.][0-9]{1,6})?", "CAST({0} AS DECIMAL(18,6))"),
        FieldType.MONEY: ("-?[0-9]{1,14}([.][0-9]{1,4})?", "CAST({0} AS DECIMAL(18,4))"),
        FieldType.PERCENT: (
            "-?[0-9]{1,3}([.][0-9]{1,4})?%",
            "CAST(CAST(rtrim({0}, '%') AS DECIMAL(9,4)) * 0.01 AS DECIMAL(9,6))",
        ),
        FieldType.BOOLEAN: (
            "(?i)true|false|yes|no|1|0",
            "(lower({0}) IN ('true', 'yes', '1'))",
        ),
        FieldType.DATE: ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "TRY_CAST({0} AS DATE)"),
        FieldType.DATETIME: (
            f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{_CLOCK}(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])",
            "make_timestamp(epoch_us(TRY_CAST({0} AS TIMESTAMPTZ)))",
        ),
    }
)
_WITHIN: Mapping[FieldType, str] = MappingProxyType(
    {
        FieldType.DATE: "BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'",
        FieldType.DATETIME: (
            "BETWEEN TIMESTAMP '0001-01-01 00:00:00' AND TIMESTAMP '9999-12-31 23:59:59.999999'"
        ),
    }
)


def plain(kind: FieldType, notation: Notation, text: str) -> str | None:
    """The value of a text without blanks around it, NULL where its form is not the plain one.

    None where a file in this notation writes such values otherwise.
    """
    if kind not in _PLAIN or (kind in _NUMBERS and notation.numbers == "1.234,5"):
        return None
    form, made = _PLAIN[kind]
    value = made.format(text)
    within = f" AND {value} {_WITHIN[kind]}" if kind in _WITHIN else ""
    return f"CASE WHEN regexp_full_match({text}, '{form}'){within} THEN {value} END"

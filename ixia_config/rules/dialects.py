"""What differs between the databases that conditions are emitted for: one row for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ixia_config.rules.catalogue import FieldType

_DAY = 86_400_000_000  # microseconds


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one database writes what conditions need; ``{0}`` and ``{1}`` are the operands.

    Instants are timestamps without zone, in UTC; durations are microseconds. ``digits`` is how
    many a decimal holds; None where there is no bound. ``widened`` makes room for a result.
    """

    name: str
    quote: str
    types: Mapping[FieldType, str]
    instant: str
    same: str
    starts: str
    ends: str
    contains: str
    member: str
    count: str
    instants_apart: str
    dates_apart: str
    later_date: str
    later_instant: str
    earlier_instant: str
    integer_division: str
    widened: str
    digits: int | None
    escapes_backslash: bool = False


_TYPES = {
    FieldType.TEXT: "VARCHAR",
    FieldType.PERSON: "VARCHAR",
    FieldType.CHOICE: "VARCHAR",
    FieldType.REFERENCE: "VARCHAR",
    FieldType.CHOICES: "VARCHAR[]",
    FieldType.INTEGER: "BIGINT",
    FieldType.DURATION: "BIGINT",
    FieldType.DECIMAL: "DECIMAL(18,6)",
    FieldType.MONEY: "DECIMAL(18,4)",
    FieldType.PERCENT: "DECIMAL(9,6)",
    FieldType.BOOLEAN: "BOOLEAN",
    FieldType.DATE: "DATE",
    FieldType.DATETIME: "TIMESTAMP",
}

DIGITS: Mapping[FieldType, tuple[int, int]] = MappingProxyType(
    {
        FieldType.INTEGER: (19, 0),
        FieldType.DECIMAL: (18, 6),
        FieldType.MONEY: (18, 4),
        FieldType.PERCENT: (9, 6),
    }
)
"""Digits in all and behind the point of each numeric column."""

DUCKDB = Dialect(
    name="duckdb",
    quote='"',
    types=MappingProxyType(_TYPES),
    instant="TIMESTAMP '{0}'",
    same="({0} IS NOT DISTINCT FROM {1})",
    starts="starts_with({0}, {1})",
    ends="suffix({0}, {1})",
    contains="contains({0}, {1})",
    member="list_contains({1}, {0})",
    count="len({0})",
    instants_apart="(epoch_us({0}) - epoch_us({1}))",
    dates_apart="date_diff('day', {1}, {0})",
    later_date="({0} + {1})",
    later_instant="({0} + to_microseconds({1}))",
    earlier_instant="({0} - to_microseconds({1}))",
    integer_division="({0} // {1})",
    widened="CAST({0} AS DECIMAL({1},{2}))",
    digits=38,
)

_SPLIT = (
    f"({{0}} {{sign}} ({{1}} / {_DAY}) * INTERVAL '1 day'"
    f" {{sign}} ({{1}} % {_DAY}) * INTERVAL '1 microsecond')"
)

POSTGRES = Dialect(
    name="postgres",
    quote='"',
    types=MappingProxyType({**_TYPES, FieldType.CHOICES: "TEXT[]"}),
    instant="TIMESTAMP '{0}'",
    same="({0} IS NOT DISTINCT FROM {1})",
    starts="starts_with({0}, {1})",
    ends="(right({0}, length({1})) = {1})",
    contains="(strpos({0}, {1}) > 0)",
    member="({0} = ANY({1}))",
    count="cardinality({0})",
    instants_apart="CAST(EXTRACT(EPOCH FROM ({0} - {1})) * 1000000 AS BIGINT)",
    dates_apart="CAST({0} - {1} AS BIGINT)",
    later_date="({0} + {1})",
    # A bigint times an interval goes through a double; days and the rest are exact separately.
    later_instant=_SPLIT.replace("{sign}", "+"),
    earlier_instant=_SPLIT.replace("{sign}", "-"),
    integer_division="({0} / {1})",
    widened="CAST({0} AS NUMERIC)",
    digits=None,
)

SPARK = Dialect(
    name="spark",
    quote="`",
    types=MappingProxyType(
        {
            **dict.fromkeys(
                (FieldType.TEXT, FieldType.PERSON, FieldType.CHOICE, FieldType.REFERENCE), "STRING"
            ),
            FieldType.CHOICES: "ARRAY<STRING>",
            FieldType.INTEGER: "BIGINT",
            FieldType.DURATION: "BIGINT",
            FieldType.DECIMAL: "DECIMAL(18,6)",
            FieldType.MONEY: "DECIMAL(18,4)",
            FieldType.PERCENT: "DECIMAL(9,6)",
            FieldType.BOOLEAN: "BOOLEAN",
            FieldType.DATE: "DATE",
            FieldType.DATETIME: "TIMESTAMP_NTZ",
        }
    ),
    instant="TIMESTAMP_NTZ '{0}'",
    same="({0} <=> {1})",
    starts="startswith({0}, {1})",
    ends="endswith({0}, {1})",
    contains="contains({0}, {1})",
    member="array_contains({1}, {0})",
    count="CASE WHEN {0} IS NOT NULL THEN size({0}) END",
    instants_apart="timestampdiff(MICROSECOND, {1}, {0})",
    dates_apart="CAST(datediff({0}, {1}) AS BIGINT)",
    later_date="date_add({0}, {1})",
    later_instant="timestampadd(MICROSECOND, {1}, {0})",
    earlier_instant="timestampadd(MICROSECOND, -({1}), {0})",
    integer_division="({0} div {1})",
    widened="CAST({0} AS DECIMAL({1},{2}))",
    digits=37,  # a product is given one digit more than it needs, and rounded beyond 38
    escapes_backslash=True,
)

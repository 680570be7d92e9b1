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
    many a decimal holds; None where there is no bound. ``widened`` makes room for a result. What a
    database cannot do exactly is None.

    ``scale`` is how many digits a product keeps behind the point, and ``unwidened`` how many it
    keeps without ``widened``. ``dot`` stands in the name of a column of a related record.
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
    instants_apart: str | None
    dates_apart: str
    later_date: str
    later_instant: str | None
    earlier_instant: str | None
    integer_division: str
    widened: str
    digits: int | None
    escapes_backslash: bool = False
    apostrophe: str = "''"
    fraction: str = "{0}"
    modulo: str = "{0} % {1}"
    scale: int | None = None
    unwidened: int | None = None
    dot: str = "."


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

SNOWFLAKE = Dialect(
    name="snowflake",
    quote='"',
    types=MappingProxyType(
        {
            **_TYPES,
            FieldType.CHOICES: "ARRAY",
            FieldType.INTEGER: "NUMBER(19,0)",
            FieldType.DURATION: "NUMBER(19,0)",
            FieldType.DATETIME: "TIMESTAMP_NTZ(6)",
        }
    ),
    instant="CAST('{0}' AS TIMESTAMP_NTZ)",
    same="({0} IS NOT DISTINCT FROM {1})",
    starts="STARTSWITH({0}, {1})",
    ends="ENDSWITH({0}, {1})",
    contains="CONTAINS({0}, {1})",
    member="ARRAY_CONTAINS(TO_VARIANT({0}), {1})",
    count="ARRAY_SIZE({0})",
    instants_apart="TIMESTAMPDIFF(MICROSECOND, {1}, {0})",
    dates_apart="DATEDIFF(DAY, {1}, {0})",
    later_date="DATEADD(DAY, {1}, {0})",
    later_instant="TIMESTAMPADD(MICROSECOND, {1}, {0})",
    earlier_instant="TIMESTAMPADD(MICROSECOND, -({1}), {0})",
    integer_division="CAST({0} / {1} AS NUMBER(19,0))",
    widened="CAST({0} AS NUMBER({1},{2}))",
    digits=38,
    escapes_backslash=True,
    scale=12,  # more digits of a product are dropped
)

BIGQUERY = Dialect(
    name="bigquery",
    quote="`",
    types=MappingProxyType(
        {
            **dict.fromkeys(
                (FieldType.TEXT, FieldType.PERSON, FieldType.CHOICE, FieldType.REFERENCE), "STRING"
            ),
            FieldType.CHOICES: "ARRAY<STRING>",
            FieldType.INTEGER: "INT64",
            FieldType.DURATION: "INT64",
            FieldType.DECIMAL: "NUMERIC(18,6)",
            FieldType.MONEY: "NUMERIC(18,4)",
            FieldType.PERCENT: "NUMERIC(9,6)",
            FieldType.BOOLEAN: "BOOL",
            FieldType.DATE: "DATE",
            FieldType.DATETIME: "DATETIME",
        }
    ),
    instant="DATETIME '{0}'",
    same="({0} IS NOT DISTINCT FROM {1})",
    starts="STARTS_WITH({0}, {1})",
    ends="ENDS_WITH({0}, {1})",
    contains="(STRPOS({0}, {1}) > 0)",
    member="({0} IN UNNEST({1}))",
    count="NULLIF(ARRAY_LENGTH({0}), 0)",  # a missing list is stored as an empty one
    instants_apart="DATETIME_DIFF({0}, {1}, MICROSECOND)",
    dates_apart="DATE_DIFF({0}, {1}, DAY)",
    later_date="DATE_ADD({0}, INTERVAL {1} DAY)",
    later_instant="DATETIME_ADD({0}, INTERVAL {1} MICROSECOND)",
    earlier_instant="DATETIME_SUB({0}, INTERVAL {1} MICROSECOND)",
    integer_division="DIV({0}, {1})",
    widened="CAST({0} AS BIGNUMERIC)",
    digits=38,
    escapes_backslash=True,
    apostrophe="\\'",
    fraction="BIGNUMERIC '{0}'",  # a bare 0.1 is a binary number
    modulo="MOD({0}, {1})",
    unwidened=9,
    dot="__",
)

TRINO = Dialect(
    name="trino",
    quote='"',
    types=MappingProxyType(
        {**_TYPES, FieldType.CHOICES: "ARRAY(VARCHAR)", FieldType.DATETIME: "TIMESTAMP(6)"}
    ),
    instant="TIMESTAMP '{0}'",
    same="({0} IS NOT DISTINCT FROM {1})",
    starts="starts_with({0}, {1})",
    ends="(substr({0}, -length({1})) = {1})",
    contains="(strpos({0}, {1}) > 0)",
    member="contains({1}, {0})",
    count="cardinality({0})",
    instants_apart=None,  # its intervals have milliseconds
    dates_apart="date_diff('day', {1}, {0})",
    later_date="date_add('day', {1}, {0})",
    later_instant=None,
    earlier_instant=None,
    integer_division="({0} / {1})",
    widened="CAST({0} AS DECIMAL({1},{2}))",
    digits=38,
)

"""The declaration of a Metric: which records count, what is taken of them, and the formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import (
    Condition,
    Count,
    FieldName,
    FieldPath,
    Key,
    Month,
    Name,
    Number,
    Text,
)


class Span(Frozen):
    """The time from one date of a record to another."""

    from_: FieldName = Field(alias="from")
    """The field with the start"""
    to: FieldName
    """The field with the end, or now"""
    unit: Literal["days", "hours", "minutes"] = "days"
    calendar: Name | None = None
    """Counts the business hours or minutes of this Calendar; real time when left out"""


class Amount(Frozen):
    """What is taken of each record: a field, or the time between two dates."""

    field: FieldPath | None = None
    between: Span | None = None
    """Left out of the figure where one of the two dates is missing"""
    times: tuple[FieldPath, ...] = ()
    """Fields that it is multiplied by, such as probability"""


def _field(value: object) -> object:
    return {"field": value} if isinstance(value, str) else value


AmountOrField = Annotated[
    Amount, BeforeValidator(_field, json_schema_input_type=FieldPath | Amount)
]


class Input(Frozen):
    """One figure that the formula uses: exactly one way to get it."""

    count: Literal["records"] | None = None
    """How many records"""
    filled: FieldPath | None = None
    """Records with a value here that is no placeholder"""
    distinct: FieldPath | None = None
    """How many different values"""
    sum: AmountOrField | None = None
    mean: AmountOrField | None = None
    median: AmountOrField | None = None
    smallest: AmountOrField | None = None
    largest: AmountOrField | None = None
    number: Number | None = None
    """A figure that is no record's, such as a target; a run may give another one"""
    metric: Name | None = None
    """Another Metric of the same records, in the same groups and periods"""
    when: Condition | None = None
    """Only records for which this is true"""
    ever_in: Key | None = None
    """Only records that were ever in this stage; needs the history of stages"""


class MetricSpec(Frozen):
    """One figure; its filter, date, grain and denominator stand here and nowhere else."""

    of: Name
    """Record type: deal, lead, ticket"""
    when: Condition | None = None
    """Records that it speaks of; all when left out"""
    date: FieldName | None = None
    """The date that places a record in a period; without it, all records as they are now"""
    period: Literal["month", "quarter", "half", "year"] | None = None
    """One figure for each; the year begins with `year_starts`"""
    year_starts: Month | None = None
    """The month in which the fiscal year begins; the Project's when left out"""
    by: tuple[FieldPath, ...] = ()
    """One figure for each value of these fields, and one for all"""
    inputs: Mapping[FieldName, Input] = Field(min_length=1)
    value: Text | None = None
    """Names of inputs, numbers, + - * / abs() and brackets; the only input when left out"""
    unit: Literal["share", "money", "days", "hours", "minutes", "count", "ratio"] = "ratio"
    scale: Count | None = None
    """Decimal places: 2, for shares 4, for counts 0 when left out"""
    rounding: Literal["half_up", "half_even", "down"] = "half_up"
    """Once, at the end"""

    @property
    def formula(self) -> str:
        """The formula as written, or the only input."""
        return self.value if self.value is not None else next(iter(self.inputs))

    @property
    def places(self) -> int:
        """Decimal places of the figure."""
        usual = {"share": 4, "count": 0}
        return self.scale if self.scale is not None else usual.get(self.unit, 2)


class Metric(Envelope):
    """A figure such as a win rate: grain, filter, date and denominator, defined once."""

    kind: Literal["Metric"]
    spec: MetricSpec

    supporting: ClassVar[bool] = True

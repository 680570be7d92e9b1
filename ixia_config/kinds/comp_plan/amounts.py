"""The scalars of compensation: bounds, rates, periods, and what they read from text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import PlainValidator, WithJsonSchema

from ixia_config.kinds.scalars import matching, percentage

PeriodName = Literal["week", "month", "quarter", "half", "year"]
"""A stretch of the calendar; quarters and halves follow the month in which the year starts."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number or a share: ``50000``, or ``80%``, which is Decimal("0.8") and a share."""

    value: Decimal
    share: bool = False

    def __str__(self) -> str:
        return percentage(self.value) if self.share else f"{self.value:,f}"


_MEASURE = r"([0-9]{1,15}(?:\.[0-9]{1,9})?) ?(%)?"
_measure = matching(_MEASURE, "a number such as 50000 or a percentage such as 80%")


def _read_measure(value: object) -> Measure:
    number, sign = _measure(value).groups()
    return Measure(Decimal(number) / (100 if sign else 1), share=sign is not None)


MeasureText = Annotated[
    Measure,
    PlainValidator(_read_measure),
    WithJsonSchema({"type": ["number", "string"], "pattern": f"^{_MEASURE}$", "minimum": 0}),
]
"""A bound of a tier, or a rate: a share of the credit, or money for each unit."""

_POSITIVE = r"[0-9]{1,15}(?:\.[0-9]{1,9})?"
_positive = matching(_POSITIVE, "a number such as 1200 or 0.5, 0 or more")
Amount = Annotated[
    Decimal,
    PlainValidator(lambda value: Decimal(_positive(value)[0])),
    WithJsonSchema({"type": ["number", "string"], "pattern": f"^{_POSITIVE}$", "minimum": 0}),
]
"""Money in the currency of the plan, or a factor; never negative."""

_SHARE = r"([0-9]{1,6}(?:\.[0-9]{1,6})?) ?%"
_share = matching(_SHARE, "a share such as 70%")
Share = Annotated[
    Decimal,
    PlainValidator(lambda value: Decimal(_share(value)[1]) / 100),
    WithJsonSchema({"type": "string", "pattern": f"^{_SHARE}$"}),
]
"""A share as a fraction, never negative: ``70%`` is Decimal("0.7")."""

_SCALE = "[0-6]"
_scale = matching(_SCALE, "a number of decimals from 0 to 6")
Scale = Annotated[
    int,
    PlainValidator(lambda value: int(_scale(value)[0])),
    WithJsonSchema(
        {"type": ["integer", "string"], "pattern": f"^{_SCALE}$", "minimum": 0, "maximum": 6}
    ),
]
"""How many decimals money has."""

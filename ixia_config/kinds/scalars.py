"""The scalars of the language as pydantic types: each reads the user's text and publishes its JSON Schema.

The loader gives every number as the text that the user wrote, so a type here accepts text and,
in its schema, the number that an editor sees in the same place.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError


def _expected(what: str) -> PydanticCustomError:
    """The error that says what the place expects; the caller quotes what stands there."""
    return PydanticCustomError("ixia_scalar", "{what}", {"what": what})


def _text(value: object) -> str:
    if isinstance(value, bool):
        raise _expected("text; put it in quotes to mean the word")
    if not isinstance(value, str):
        raise _expected("text")
    return value


def _matching(pattern: str, what: str) -> Any:
    compiled = re.compile(pattern)

    def check(value: object) -> re.Match[str]:
        match = compiled.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise _expected(what)
        return match

    return check


_TEXT_SCHEMA = {"type": ["string", "number"]}

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(_TEXT_SCHEMA)]
"""Free text; numbers stay as they were written."""

_NAME = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_KEY = r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?"


def _pattern(pattern: str, what: str) -> Any:
    matching = _matching(pattern, what)
    schema = {"type": "string", "pattern": f"^(?:{pattern})$"}
    return Annotated[str, PlainValidator(lambda value: matching(value)[0]), WithJsonSchema(schema)]


def _digits_too(pattern: str, what: str) -> Any:
    """Like ``_pattern``, for what an editor may take for a number (a key such as 2027)."""
    matching = _matching(pattern, what)
    schema = {"type": ["string", "integer"], "pattern": f"^(?:{pattern})$", "minimum": 0}
    return Annotated[str, PlainValidator(lambda value: matching(value)[0]), WithJsonSchema(schema)]


Name = _digits_too(_NAME, "a name of lower-case letters, digits and hyphens, such as new-business")
Key = _digits_too(_KEY, "a key of letters, digits, hyphens and underscores, such as closed_won")
FieldName = _pattern(
    r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*", "a field name in lower case, such as close_date"
)
Email = _pattern(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+", "an e-mail address")
Condition = Annotated[
    str,
    BeforeValidator(_text),
    StringConstraints(min_length=1),
    WithJsonSchema({"type": "string", "minLength": 1}),
]
"""A condition as its author wrote it; ``ixia_config.rules`` reads it."""

_integer = _matching(r"[+-]?[0-9]{1,15}", "a whole number")
Integer = Annotated[
    int,
    PlainValidator(lambda value: int(_integer(value)[0])),
    WithJsonSchema({"type": ["integer", "string"], "pattern": "^[+-]?[0-9]{1,15}$"}),
]
_count = _matching(r"[0-9]{1,15}", "a whole number, 0 or more")
Count = Annotated[
    int,
    PlainValidator(lambda value: int(_count(value)[0])),
    WithJsonSchema({"type": ["integer", "string"], "pattern": "^[0-9]{1,15}$", "minimum": 0}),
]
_DECIMAL = r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,9})?"
_decimal = _matching(_DECIMAL, "a number such as 1200 or 0.5")
Number = Annotated[
    Decimal,
    PlainValidator(lambda value: Decimal(_decimal(value)[0])),
    WithJsonSchema({"type": ["number", "string"], "pattern": f"^{_DECIMAL}$"}),
]

_PERCENT = r"(-?[0-9]{1,6}(?:\.[0-9]{1,6})?) ?%"
_percent = _matching(_PERCENT, "a percentage such as 20%")
Percent = Annotated[
    Decimal,
    PlainValidator(lambda value: Decimal(_percent(value)[1]) / 100),
    WithJsonSchema({"type": "string", "pattern": f"^{_PERCENT}$"}),
]
"""A share as a fraction: ``20%`` is Decimal("0.2")."""

_DATE = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_date = _matching(_DATE, "a date such as 2027-01-31")


def _read_date(value: object) -> dt.date:
    match = _date(value)
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise _expected("a date that exists, such as 2027-01-31") from None


Date = Annotated[
    dt.date,
    PlainValidator(_read_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_DATE}$"}),
]


class Unit(StrEnum):
    """The units of a duration; months and years follow the calendar."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Duration:
    """``4 business hours`` is Duration(4, Unit.HOURS, business=True)."""

    amount: int
    unit: Unit
    business: bool = False

    def __str__(self) -> str:
        unit = self.unit.value.removesuffix("s") if self.amount == 1 else self.unit.value
        return f"{self.amount} {'business ' if self.business else ''}{unit}"

    @property
    def minutes(self) -> int:
        """Length in minutes for comparing like with like; a month counts 30 days, a year 365."""
        return self.amount * _MINUTES[self.unit]


_MINUTES = {
    Unit.MINUTES: 1,
    Unit.HOURS: 60,
    Unit.DAYS: 1440,
    Unit.WEEKS: 10080,
    Unit.MONTHS: 43200,
    Unit.YEARS: 525600,
}
_DURATION = r"([0-9]{1,6}) +(business +)?(minute|hour|day|week|month|year)s?"
_duration = _matching(_DURATION, "a duration with its unit, such as 21 days or 4 business hours")


def _read_duration(value: object) -> Duration:
    match = _duration(value)
    return Duration(int(match[1]), Unit(match[3] + "s"), business=match[2] is not None)


DurationText = Annotated[
    Duration,
    PlainValidator(_read_duration),
    WithJsonSchema({"type": "string", "pattern": f"^{_DURATION}$"}),
]


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """Opening hours of one day in minutes after its midnight; ``end`` past 1440 is the next day."""

    start: int
    end: int

    def __str__(self) -> str:
        return "-".join(f"{point // 60:02}:{point % 60:02}" for point in (self.start, self.end))


_HOURS = r"([0-9]{2}):([0-5][0-9])-([0-9]{2}):([0-5][0-9])"
_hours = _matching(_HOURS, "opening hours such as 09:00-17:30")


def _read_hours(value: object) -> Hours:
    numbers = [int(group) for group in _hours(value).groups()]
    return Hours(numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3])


HoursText = Annotated[
    Hours,
    PlainValidator(_read_hours),
    WithJsonSchema({"type": "string", "pattern": f"^{_HOURS}$"}),
]

Currency = _pattern(r"[A-Z]{3}", "a currency code such as USD")

"""The scalars of the language as pydantic types: each reads text and publishes its JSON Schema.

The loader gives every number as the text that the user wrote, so a type here accepts text and,
in its schema, the number that an editor sees in the same place.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


@dataclass(frozen=True, slots=True)
class Written:
    """Text of one form; pydantic's own code judges it, so that a large repo is read fast.

    ``number`` is what an editor may see in the same place: no number, an ``integer`` that is not
    negative, or any ``number``.
    """

    what: str
    pattern: str | None = None
    number: str = ""

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        return core_schema.custom_error_schema(
            core_schema.str_schema(strict=True, pattern=self._anchored),
            custom_error_type="ixia_scalar",
            custom_error_message="{what}",
            custom_error_context={"what": self.what},
        )

    def __get_pydantic_json_schema__(self, _schema: object, _handler: object) -> dict[str, Any]:
        form = {"pattern": self._anchored} if self.pattern else {}
        bound = {"minimum": 0} if self.number == "integer" else {}
        return {"type": ["string", self.number] if self.number else "string"} | form | bound

    @property
    def _anchored(self) -> str | None:
        return f"^(?:{self.pattern})$" if self.pattern else None


Text = Annotated[str, Written("text", number="number")]
"""Free text; numbers stay as they were written."""

_KEY = r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?"
_NAME = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_FIELD = r"[a-z][a-z0-9_]*"
Key = Annotated[
    str,
    Written("a key of letters, digits, - and _, such as closed_won", _KEY, number="integer"),
]
Name = Annotated[
    str,
    Written("a name of lower-case letters, digits and -, such as emea-ae", _NAME, number="integer"),
]
FieldName = Annotated[str, Written("a field name in lower case, such as close_date", _FIELD)]
FieldPath = Annotated[
    str,
    Written(
        "a field name in lower case, such as close_date or account.segment",
        rf"{_FIELD}(?:\.{_FIELD})*",
    ),
]
Email = Annotated[str, Written("an e-mail address", r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")]
Currency = Annotated[str, Written("a currency code such as USD", "[A-Z]{3}")]
Variable = Annotated[
    str,
    Written("the name of an environment variable, such as HUBSPOT_TOKEN", "[A-Za-z_][A-Za-z0-9_]*"),
]
Condition = Annotated[str, Written("a condition", r"\s*\S[\s\S]*", number="number")]
"""A condition as its author wrote it; ``ixia_config.rules`` reads it."""


def matching(pattern: str, what: str) -> Callable[[object], re.Match[str]]:
    """A reader of text that has this form; the error says what the place expects."""
    compiled = re.compile(pattern)

    def read(value: object) -> re.Match[str]:
        match = compiled.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise expected(what)
        return match

    return read


def expected(what: str) -> PydanticCustomError:
    """The error that says what the place expects; the caller quotes what stands there."""
    return PydanticCustomError("ixia_scalar", "{what}", {"what": what})


_integer = matching(r"[+-]?[0-9]{1,15}", "a whole number")
Integer = Annotated[
    int,
    PlainValidator(lambda value: int(_integer(value)[0])),
    WithJsonSchema({"type": ["integer", "string"], "pattern": "^[+-]?[0-9]{1,15}$"}),
]
_count = matching(r"[0-9]{1,15}", "a whole number, 0 or more")
Count = Annotated[
    int,
    PlainValidator(lambda value: int(_count(value)[0])),
    WithJsonSchema({"type": ["integer", "string"], "pattern": "^[0-9]{1,15}$", "minimum": 0}),
]
_MONTH = "[1-9]|1[0-2]"
_month = matching(_MONTH, "a month from 1 to 12")
Month = Annotated[
    int,
    PlainValidator(lambda value: int(_month(value)[0])),
    WithJsonSchema(
        {"type": ["integer", "string"], "pattern": f"^(?:{_MONTH})$", "minimum": 1, "maximum": 12}
    ),
]
_DECIMAL = r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,9})?"
_decimal = matching(_DECIMAL, "a number such as 1200 or 0.5")
Number = Annotated[
    Decimal,
    PlainValidator(lambda value: Decimal(_decimal(value)[0])),
    WithJsonSchema({"type": ["number", "string"], "pattern": f"^{_DECIMAL}$"}),
]

_PERCENT = r"(-?[0-9]{1,6}(?:\.[0-9]{1,6})?) ?%"
_percent = matching(_PERCENT, "a percentage such as 20%")
Percent = Annotated[
    Decimal,
    PlainValidator(lambda value: Decimal(_percent(value)[1]) / 100),
    WithJsonSchema({"type": "string", "pattern": f"^{_PERCENT}$"}),
]
"""A share as a fraction: ``20%`` is Decimal("0.2")."""

_DATE = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_date = matching(_DATE, "a date such as 2027-01-31")


def _read_date(value: object) -> dt.date:
    match = _date(value)
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise expected("a date that exists, such as 2027-01-31") from None


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
_duration = matching(_DURATION, "a duration with its unit, such as 21 days or 4 business hours")


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
_hours = matching(_HOURS, "opening hours such as 09:00-17:30")


def _read_hours(value: object) -> Hours:
    numbers = [int(group) for group in _hours(value).groups()]
    return Hours(numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3])


HoursText = Annotated[
    Hours,
    PlainValidator(_read_hours),
    WithJsonSchema({"type": "string", "pattern": f"^{_HOURS}$"}),
]


def percentage(share: Decimal) -> str:
    """A share as people write it: Decimal("0.2") is ``20%``."""
    text = f"{share * 100:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"

"""The declaration of a Calendar: zone, week, holidays and overrides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field, PlainValidator, WithJsonSchema

from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import Date, HoursText, Text, matching

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_DAY = "(?:" + "|".join(DAYS) + ")"
_DAY_RANGE = f"{_DAY}(?:-{_DAY})?"
_day_range = matching(_DAY_RANGE, "a day or a range of days, such as fri or mon-thu")
DayRange = Annotated[
    str,
    PlainValidator(lambda value: _day_range(value)[0]),
    WithJsonSchema({"type": "string", "pattern": f"^{_DAY_RANGE}$"}),
]


def days_of(text: str) -> tuple[str, ...]:
    """The days that a range names: ``mon-thu`` is mon, tue, wed, thu; ``fri-mon`` wraps."""
    first, _, last = text.partition("-")
    start = DAYS.index(first)
    length = (DAYS.index(last or first) - start) % 7 + 1
    return tuple(DAYS[(start + step) % 7] for step in range(length))


class Holidays(Frozen):
    """Days on which nobody works."""

    region: Text | None = None
    """Country, or country and subdivision, e.g. US or US-CA"""
    also: tuple[Date, ...] = ()
    except_: tuple[Date, ...] = Field(default=(), alias="except")


class Effective(Frozen):
    """From the first day to before the last; an absent end is open."""

    from_: Date | None = Field(default=None, alias="from")
    to: Date | None = None


class CalendarSpec(Frozen):
    """Business hours."""

    zone: Text
    """IANA time zone, e.g. America/New_York"""
    week: Mapping[DayRange, tuple[HoursText, ...]]
    """Opening hours per day or range of days; past midnight is written 22:00-30:00"""
    holidays: Holidays = Holidays()
    overrides: Mapping[Date, tuple[HoursText, ...]] = {}
    """Other hours on one date; [] closes it"""
    effective: Effective = Effective()


class Calendar(Envelope):
    """When people work, for SLAs, caps and due dates."""

    supporting: ClassVar[bool] = True

    kind: Literal["Calendar"]
    spec: CalendarSpec


__all__ = ["DAYS", "Calendar", "CalendarSpec", "Effective", "Holidays", "days_of"]

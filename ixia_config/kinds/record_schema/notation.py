"""How a file writes dates, times and numbers: declared once for the file, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from ixia_config.rules import FieldType

DateOrder = Literal["year-month-day", "day/month/year", "month/day/year"]
NumberForm = Literal["1234.5", "1,234.5", "1.234,5"]

_SLASHED = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?:[ T]+(\S+))?")
_LOCAL = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
)
_COMMAS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?|[+-]?[0-9]+(?:\.[0-9]+)?")
_POINTS = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})*(?:,[0-9]+)?|[+-]?[0-9]+(?:,[0-9]+)?")
_BOOLEANS: Mapping[str, str] = {"yes": "true", "no": "false", "1": "true", "0": "false"}
_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)


class UnclearError(ValueError):
    """A date in which nobody can tell day and month."""


@dataclass(frozen=True, slots=True)
class Notation:
    """What the user says about a file; ``columns`` has the field of each heading that is named."""

    dates: DateOrder = "year-month-day"
    numbers: NumberForm = "1234.5"
    zone: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    def read(self, text: str, kind: FieldType) -> object:
        """The text as ``ixia_config.rules.normalise`` reads it; UnclearError for an unclear date.

        What is in no known form is given back as it is.
        """
        text = text.strip()
        if kind in _NUMBERS:
            return self._number(text)
        if kind is FieldType.PERCENT and text.endswith("%"):
            return self._number(text[:-1].rstrip()) + "%"
        if kind is FieldType.BOOLEAN:
            return _BOOLEANS.get(text.lower(), text)
        if kind is FieldType.DATE:
            return self._date(text)
        return self._moment(text) if kind is FieldType.DATETIME else text

    def _number(self, text: str) -> str:
        match self.numbers:
            case "1234.5":
                return text
            case "1,234.5":
                return text.replace(",", "") if _COMMAS.fullmatch(text) else text
            case "1.234,5":
                plain = text.replace(".", "").replace(",", ".")
                return plain if _POINTS.fullmatch(text) else f"{text} (a point is no decimal here)"

    def _date(self, text: str) -> object:
        found = _SLASHED.fullmatch(text)
        return text if found is None or found[4] else self._ordered(found) or text

    def _ordered(self, found: re.Match[str]) -> date | None:
        """The day of a date with its year last; None for one that does not exist."""
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        try:
            match self.dates:
                case "year-month-day":
                    raise UnclearError(found[0])
                case "day/month/year":
                    return date(year, second, first)
                case "month/day/year":
                    return date(year, first, second)
        except UnclearError:
            raise
        except ValueError:
            return None

    def _moment(self, text: str) -> object:
        """A time with its zone; a local one is in the zone that was declared, if any."""
        slashed = _SLASHED.fullmatch(text)
        if slashed is not None and slashed[4]:
            day = self._ordered(slashed)
            text = text if day is None else f"{day.isoformat()} {slashed[4]}"
        local = _LOCAL.fullmatch(text)
        if local is None or not self.zone:
            return text
        try:
            clock = local[2] if local[2][1] != ":" else "0" + local[2]
            at = datetime.fromisoformat(f"{local[1]}T{clock}")
        except ValueError:
            return text
        return at.replace(tzinfo=ZoneInfo(self.zone))

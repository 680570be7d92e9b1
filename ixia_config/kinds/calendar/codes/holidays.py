"""Codes IX375 to IX379: holidays and exceptions that do not do what they seem to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity


@dataclass(frozen=True, kw_only=True)
class NoHolidays(Diagnostic):
    """A calendar without any holidays.

    Deadlines would fall on days on which nobody works.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: ES}
    """

    code: ClassVar[str] = "IX375"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return "this calendar has no holidays"

    def hint(self) -> str:
        return (
            "write holidays: {region: US}, with your country; overrides and except make exceptions"
        )


@dataclass(frozen=True, kw_only=True)
class HolidaysEnd(Diagnostic):
    """A list of holidays that ends this year, or has ended.

    A list has to be continued by hand. From the first day after it, every day counts as a
    working day.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {also: [2025-12-25, 2026-12-25]}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {also: [2026-12-25, 2027-12-25]}
    """

    last: str

    code: ClassVar[str] = "IX376"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"the list of holidays ends on {self.last}"

    def hint(self) -> str:
        return "add the dates of next year, or name a region"


@dataclass(frozen=True, kw_only=True)
class NoHolidayToExcept(Diagnostic):
    """An exception for a day that is no holiday.

    The date is probably that of another year.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: America/New_York
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: US, except: [2026-10-13]}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: America/New_York
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: US, except: [2026-10-12]}
    """

    date: str
    region: str

    code: ClassVar[str] = "IX377"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        where = f" in {self.region}" if self.region else ""
        return f"{self.date} is no holiday{where}, so this exception does nothing"

    def hint(self) -> str:
        return "check the date, or remove it"


@dataclass(frozen=True, kw_only=True)
class OverrideWithoutEffect(Diagnostic):
    """An override that closes a day that is closed anyway.

    The date is probably wrong: it falls on a day without hours.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: ES}
          overrides: {2026-12-26: []}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: ES}
          overrides: {2026-12-28: []}
    """

    date: str
    day: str

    code: ClassVar[str] = "IX378"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"{self.date} is a {self.day}, and closed anyway"

    def hint(self) -> str:
        return "check the date, or remove the override"


@dataclass(frozen=True, kw_only=True)
class HolidayWithHours(Diagnostic):
    """A day that the calendar lists as a holiday and also gives hours.

    An override replaces the hours of a date, so the holiday has no effect.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: ES, also: [2026-12-24]}
          overrides: {2026-12-24: ["09:00-12:00"]}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: ES}
          overrides: {2026-12-24: ["09:00-12:00"]}
    """

    date: str

    code: ClassVar[str] = "IX379"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"{self.date} is listed under also, and has hours under overrides; the hours win"

    def hint(self) -> str:
        return "remove the date from one of the two"

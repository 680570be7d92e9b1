"""Codes IX140 to IX148 and IX207: a calendar that cannot be read as hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class UnknownCalendar(Diagnostic):
    """A calendar that is not declared.

    Without a calendar nobody knows when this person works.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: ES}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, calendar: es-busines}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: ES}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, calendar: es-business}
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX207"

    def message(self) -> str:
        return f"there is no Calendar {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "declare it as a document of kind Calendar"


@dataclass(frozen=True, kw_only=True)
class NoHours(Diagnostic):
    """A calendar without any hours.

    Nothing is ever due on it: a deadline in business time would never come.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: []}
          holidays: {region: ES}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: ES}
    """

    code: ClassVar[str] = "IX140"

    def message(self) -> str:
        return "this calendar has no opening hours, so nothing on it is ever due"

    def hint(self) -> str:
        return 'write hours, such as mon-fri: ["09:00-17:00"]'


@dataclass(frozen=True, kw_only=True)
class UnknownZone(Diagnostic):
    """A time zone that does not exist.

    Zones have the names of the IANA database, which know every change to summer time. A fixed
    offset such as +01:00 is wrong for half of the year.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madird
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: ES}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: ES}
    """

    zone: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX141"

    def message(self) -> str:
        return f"there is no time zone {quoted(self.zone)}"

    def hint(self) -> str:
        if not self.zone.replace("/", "").replace("_", "").isalpha():
            return "write a place such as Europe/Madrid; an offset ignores summer time"
        return suggestion(self.zone, self.known) or "write a place such as Europe/Madrid"


@dataclass(frozen=True, kw_only=True)
class ZoneWithoutSummerTime(Diagnostic):
    """A zone that ignores summer time.

    Names such as EST or Etc/GMT+5 are offsets in disguise: they stay the same all year, and
    business hours do not.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: EST
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: US}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: America/New_York
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: US}
    """

    zone: str

    code: ClassVar[str] = "IX142"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"the zone {quoted(self.zone)} ignores summer time"

    def hint(self) -> str:
        return "write the place, such as America/New_York"


@dataclass(frozen=True, kw_only=True)
class InvertedHours(Diagnostic):
    """Hours that end before they begin.

    Hours past midnight count on: 22:00-30:00 ends at six in the morning. A day begins before
    24:00, and nothing lasts longer than to the end of the next day.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["22:00-06:00"]}
          holidays: {region: ES}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-thu: ["22:00-30:00"]}
          holidays: {region: ES}
    """

    hours: str
    remedy: str = ""

    code: ClassVar[str] = "IX143"

    def message(self) -> str:
        return f"the hours {self.hours} do not go from earlier to later"

    def hint(self) -> str:
        return self.remedy


@dataclass(frozen=True, kw_only=True)
class OverlappingHours(Diagnostic):
    """Hours that overlap others.

    An hour counts once. Hours past midnight reach into the next day.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-13:00", "12:00-17:00"]}
          holidays: {region: ES}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-13:00", "14:00-17:00"]}
          holidays: {region: ES}
    """

    hours: str
    other: str

    code: ClassVar[str] = "IX144"

    def message(self) -> str:
        return f"{self.hours} overlaps {self.other}"

    def hint(self) -> str:
        return "make one end where the other begins"


@dataclass(frozen=True, kw_only=True)
class DayTwice(Diagnostic):
    """A day of the week has hours in two places.

    Ranges such as mon-thu name several days. Each day stands in one of them.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-thu: ["09:00-17:00"], thu: ["09:00-20:00"]}
          holidays: {region: ES}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-wed: ["09:00-17:00"], thu: ["09:00-20:00"]}
          holidays: {region: ES}
    """

    day: str
    key: str
    other: str

    code: ClassVar[str] = "IX145"

    def message(self) -> str:
        return (
            f"{quoted(self.key)} gives hours to {self.day}, which {quoted(self.other)} has already"
        )

    def hint(self) -> str:
        return "name each day once"


@dataclass(frozen=True, kw_only=True)
class OutsideEffective(Diagnostic):
    """A date outside the time for which the calendar holds.

    A holiday or override on such a day can never matter; most often the year is wrong.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: ES, also: [2026-12-24]}
          effective: {from: 2027-01-01}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: ES, also: [2027-12-24]}
          effective: {from: 2027-01-01}
    """

    date: str
    span: str

    code: ClassVar[str] = "IX146"

    def message(self) -> str:
        return f"{self.date} is outside the calendar's effective dates, {self.span}"

    def hint(self) -> str:
        return "check the year"


@dataclass(frozen=True, kw_only=True)
class UnknownRegion(Diagnostic):
    """A region whose holidays are not known.

    Regions are countries, or countries with a subdivision: US, US-CA, DE-BY.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: EUR}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: es-business}
        spec:
          zone: Europe/Madrid
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: ES-MD}
    """

    region: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX148"

    def message(self) -> str:
        return f"no holidays are known for the region {quoted(self.region)}"

    def hint(self) -> str:
        return (
            suggestion(self.region, self.known)
            or "write a country such as US, or one of its parts such as US-CA"
        )

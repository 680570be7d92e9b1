"""Codes IX370 to IX373: pools that do not share records as they promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class WeightWithoutEffect(Diagnostic):
    """A weight in a pool that does not look at weights.

    Only the method weighted shares by weight. Elsewhere a weight promises something that does
    not happen.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
            - {email: sam@acme.example}
          pools:
            emea:
              members: [{email: ana@acme.example, weight: 2}, {email: sam@acme.example}]

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
            - {email: sam@acme.example}
          pools:
            emea:
              method: weighted
              members: [{email: ana@acme.example, weight: 2}, {email: sam@acme.example}]
    """

    method: str

    code: ClassVar[str] = "IX370"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"weights have no effect with method {self.method}"

    def hint(self) -> str:
        return "write method: weighted, or remove the weight"


@dataclass(frozen=True, kw_only=True)
class CapOfNothing(Diagnostic):
    """A cap of 0.

    Somebody with a cap of 0 never gets a record, but still looks like a member.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
            - {email: sam@acme.example}
          pools:
            emea:
              members: [{email: ana@acme.example, daily_cap: 0}, {email: sam@acme.example}]

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
            - {email: sam@acme.example}
          pools:
            emea:
              members: [{email: ana@acme.example, daily_cap: 8}, {email: sam@acme.example}]
    """

    cap: str
    email: str

    code: ClassVar[str] = "IX371"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"with {self.cap}: 0, {self.email} never gets a record"

    def hint(self) -> str:
        return (
            "raise the cap, or remove the member; somebody who is away has away: in the Directory"
        )


@dataclass(frozen=True, kw_only=True)
class CapsContradict(Diagnostic):
    """A daily cap above the weekly cap.

    The weekly cap is reached within a single day, so the daily cap has no effect.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
          pools:
            emea:
              members: [{email: ana@acme.example, daily_cap: 30, weekly_cap: 20}]

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example}
          pools:
            emea:
              members: [{email: ana@acme.example, daily_cap: 8, weekly_cap: 20}]
    """

    daily: int
    weekly: int

    code: ClassVar[str] = "IX372"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"the daily cap of {self.daily} is above the weekly cap of {self.weekly}"

    def hint(self) -> str:
        return "lower the daily cap, or raise the weekly one"


@dataclass(frozen=True, kw_only=True)
class CoverageGap(Diagnostic):
    """Hours in which nobody of a follow-the-sun pool works.

    A pool with covers: 24x7 promises somebody at every hour of the week; with 24x5, from the
    first opening of the working week to its last closing. Both halves of the year are looked
    at, since clocks change on different days. A member without a calendar covers nothing.

    Bad:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: uk}
        spec:
          zone: Europe/London
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: GB}
        ---
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: us}
        spec:
          zone: America/Los_Angeles
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: US}
        ---
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: au}
        spec:
          zone: Australia/Sydney
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: AU}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, calendar: uk}
            - {email: sam@acme.example, calendar: us}
            - {email: lee@acme.example, calendar: au}
          pools:
            support:
              covers: 24x5
              members:
                - {email: ana@acme.example}
                - {email: sam@acme.example}
                - {email: lee@acme.example}

    Good:
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: uk}
        spec:
          zone: Europe/London
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: GB}
        ---
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: us}
        spec:
          zone: America/Los_Angeles
          week: {mon-fri: ["09:00-17:00"]}
          holidays: {region: US}
        ---
        apiVersion: ixia/v1
        kind: Calendar
        metadata: {name: au}
        spec:
          zone: Australia/Sydney
          week: {mon-fri: ["09:00-20:00"]}
          holidays: {region: AU}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, calendar: uk}
            - {email: sam@acme.example, calendar: us}
            - {email: lee@acme.example, calendar: au}
          pools:
            support:
              covers: 24x5
              members:
                - {email: ana@acme.example}
                - {email: sam@acme.example}
                - {email: lee@acme.example}
    """

    pool: str
    start: str
    end: str
    hours: str

    code: ClassVar[str] = "IX373"

    def message(self) -> str:
        gap = f"from {self.start} to {self.end} ({self.hours} hours)"
        return f"nobody of the pool {quoted(self.pool)} works {gap}"

    def hint(self) -> str:
        return "extend the hours of a calendar, or add somebody in another time zone"

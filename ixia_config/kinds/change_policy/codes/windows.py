"""Codes IX856 to IX858: freezes that never hold, and waivers of nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class WindowUnclear(Diagnostic):
    """A freeze without a time, or with two.

    A freeze holds around the end of a quarter, between two days, or outside a calendar.

    Bad:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          freeze:
            - {key: year-end, from: 2026-12-20}

    Good:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          freeze:
            - {key: year-end, from: 2026-12-20, to: 2027-01-04}
    """

    freeze: str

    code: ClassVar[str] = "IX856"

    def message(self) -> str:
        return f"it is not clear when {quoted(self.freeze)} holds"

    def hint(self) -> str:
        return "write one of quarter_end, from and to, or outside"


@dataclass(frozen=True, kw_only=True)
class WaiverOfNothing(Diagnostic):
    """A waiver of a rule that is not there.

    A waiver names a rule or a freeze of its own policy by its key.

    Bad:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          freeze:
            - {key: year-end, from: 2026-12-20, to: 2027-01-04}
          waivers:
            - {of: yearend, owner: revops, reason: a new tax, until: 2027-01-04}

    Good:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          freeze:
            - {key: year-end, from: 2026-12-20, to: 2027-01-04}
          waivers:
            - {of: year-end, owner: revops, reason: a new tax, until: 2027-01-04}
    """

    of: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX857"

    def message(self) -> str:
        return f"there is no rule or freeze {quoted(self.of)}"

    def hint(self) -> str:
        return suggestion(self.of, self.known)


@dataclass(frozen=True, kw_only=True)
class WaiverEnded(Diagnostic):
    """A waiver whose day has come.

    The rule holds again. Take the line away, or give it another day.

    Bad:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          freeze:
            - {key: year-end, from: 2026-12-20, to: 2027-01-04}
          waivers:
            - {of: year-end, owner: revops, reason: a new tax, until: 2026-01-04}

    Good:
        apiVersion: ixia/v1
        kind: ChangePolicy
        metadata: {name: production}
        spec:
          freeze:
            - {key: year-end, from: 2026-12-20, to: 2027-01-04}
    """

    of: str
    until: date

    code: ClassVar[str] = "IX858"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"the waiver of {quoted(self.of)} ended on {self.until}"

    def hint(self) -> str:
        return "take the line away, or give it another day"

"""Codes IX927 to IX929: closed pay that cannot be taken as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class UnreadableHistory(Diagnostic):
    """A file of closed pay that was changed, or that no ``ixia comp close`` wrote

    Closed pay is sealed with a digest, so that a figure that somebody edits is not taken for one
    that was paid. The digest guards against mistakes; who may write the file is up to you.
    """

    file: str
    why: str

    code: ClassVar[str] = "IX927"

    def message(self) -> str:
        return f"{self.file} cannot be taken as closed pay: {self.why}"

    def hint(self) -> str:
        return "give the file as ixia comp close wrote it, such as from git or a backup"


@dataclass(frozen=True, kw_only=True)
class ForeignHistory(Diagnostic):
    """Closed pay of a plan or an assignment that is not in the configuration

    What was paid belongs to a person, a plan, and the first day of the assignment. Where one of
    them is gone, or payouts have other periods now, what was paid would be paid again.
    """

    file: str
    payout: str
    why: str

    code: ClassVar[str] = "IX928"

    def message(self) -> str:
        return f"{self.file} holds pay of {self.payout}, and {self.why}"

    def hint(self) -> str:
        return "leave the file out where it is of another company; else put back what was changed"


@dataclass(frozen=True, kw_only=True)
class HistoryOutOfOrder(Diagnostic):
    """Closed pay that overlaps, or has an open period before it

    Each period is closed once, and after every earlier one: what records say late of a closed
    period is paid in the first open one, so there must be no open one in between.
    """

    file: str
    payout: str
    why: str
    advice: str

    code: ClassVar[str] = "IX929"

    def message(self) -> str:
        return f"{self.payout} {self.why}"

    def hint(self) -> str:
        return self.advice

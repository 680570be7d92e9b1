"""Codes IX920 to IX926: what a pay statement needs and does not find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class NobodyPaid(Diagnostic):
    """Nobody of this name is on a plan

    Statements are for people whom CompAssignments put on a CompPlan in the period.
    """

    person: str
    period: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX920"

    def message(self) -> str:
        who = quoted(self.person) if self.person else "nobody"
        return (
            f"{who} is not on a plan in {self.period}"
            if self.person
            else (f"nobody is on a plan in {self.period}")
        )

    def hint(self) -> str:
        return suggestion(self.person, self.known) or "add an assignment to a CompAssignments"


@dataclass(frozen=True, kw_only=True)
class NotAPeriod(Diagnostic):
    """A period that cannot be read

    Periods are a year, a half, a quarter, a month or a week.
    """

    text: str

    code: ClassVar[str] = "IX921"

    def message(self) -> str:
        return f"{quoted(self.text)} is no period"

    def hint(self) -> str:
        return "write 2027, 2027-H1, 2027-Q1, 2027-01 or 2027-W05"


@dataclass(frozen=True, kw_only=True)
class NoRecordsGiven(Diagnostic):
    """Records that a plan needs and nobody named

    A plan that credits deals and invoices needs a file of each.
    """

    record: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX922"

    def message(self) -> str:
        return f"the plan needs records of {self.record}, and no file has them"

    def hint(self) -> str:
        return f"add --records {self.record}=FILE"


@dataclass(frozen=True, kw_only=True)
class NoSuchPlan(Diagnostic):
    """No CompPlan of this name

    A plan is meant by its name.
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX923"

    def message(self) -> str:
        return f"there is no CompPlan {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "ixia comp needs a CompPlan"


@dataclass(frozen=True, kw_only=True)
class NotWrittenOut(Diagnostic):
    """Statements that cannot be written

    Statements go to a file, or to a folder with a file for each person; only their owner may read
    them.
    """

    file: str
    why: str

    code: ClassVar[str] = "IX924"

    def message(self) -> str:
        return f"statements cannot be written to {self.file}: {self.why}"

    def hint(self) -> str:
        return "choose another with --output"


@dataclass(frozen=True, kw_only=True)
class NoSuchDeal(Diagnostic):
    """A record that is not in the statement

    Only records that credit the person, or once did, have lines.
    """

    record: str
    person: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX925"

    def message(self) -> str:
        return f"no line of {self.person} is about {quoted(self.record)}"

    def hint(self) -> str:
        return suggestion(self.record, self.known) or "name a record by its id or title"


@dataclass(frozen=True, kw_only=True)
class UnclearSplit(Diagnostic):
    """A split that cannot be read, or does not share out the whole deal

    People and shares are written ``ana@acme.example 70%; bo@acme.example 30%``. The shares of a
    deal add up to 100 %; those on top are marked ``overlay``.
    """

    row: int
    record: str
    why: str

    code: ClassVar[str] = "IX926"

    def message(self) -> str:
        return f"row {self.row:,}: the split of {quoted(self.record)} {self.why}"

    def hint(self) -> str:
        return "write it like ana@acme.example 70%; bo@acme.example 30%"

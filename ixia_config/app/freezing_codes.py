"""Codes IX583 to IX585: a freeze that cannot be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion


@dataclass(frozen=True, kw_only=True)
class NoPolicy(Diagnostic):
    """There is no policy of this name

    A freeze is a line in a policy, so it needs one that is there.
    """

    code: ClassVar[str] = "IX583"
    name: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f'there is no policy "{self.name}"'

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "write it like Pipeline/new-business#evaluate"


@dataclass(frozen=True, kw_only=True)
class DayPassed(Diagnostic):
    """The day of a freeze is past

    A freeze ends before its day, so that day must be still to come.
    """

    code: ClassVar[str] = "IX584"
    day: str

    def message(self) -> str:
        return f"{self.day} is not after today"

    def hint(self) -> str:
        return "choose a later day"


@dataclass(frozen=True, kw_only=True)
class CannotHold(Diagnostic):
    """The line cannot be written into the file

    The file is laid out in a way that an edit by text would break.
    """

    code: ClassVar[str] = "IX585"
    file: str
    why: str

    def message(self) -> str:
        return f"{self.file} cannot be edited: {self.why}"

    def hint(self) -> str:
        return (
            "write it by hand: metadata: {hold: [{part: ..., owner: ..., reason: ..., until: ...}]}"
        )

"""Codes of reports and handbooks (IX549)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class PageNotWritten(Diagnostic):
    """A report or handbook that cannot be written

    The file or folder is not there, or may not be written.

    Bad:
        ixia report --output no-such-folder/report.html

    Good:
        ixia report --output report.html
    """

    file: str
    why: str

    code: ClassVar[str] = "IX549"

    def message(self) -> str:
        return f"the page cannot be written to {self.file}: {self.why}"

    def hint(self) -> str:
        return "choose another place with --output"

"""Codes IX910 to IX912: simulations that cannot be run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class NoSuchRevision(Diagnostic):
    """A git revision that is not there.

    ``--against`` takes the name of a commit, branch or tag of the repository that the
    configuration is in. A shallow clone does not have older commits.

    Bad:
        ixia simulate --against mian --records leads.csv

    Good:
        ixia simulate --against main --records leads.csv
    """

    why: str

    code: ClassVar[str] = "IX910"

    def message(self) -> str:
        return f"the other version cannot be read: {self.why}"

    def hint(self) -> str:
        return "name a commit, branch or tag, such as main; in CI, fetch it first"


@dataclass(frozen=True, kw_only=True)
class NothingDecides(Diagnostic):
    """Records that no policy decides about.

    Bad:
        ixia simulate --records company=companies.csv

    Good:
        ixia simulate --records lead=leads.csv
    """

    record: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX911"

    def message(self) -> str:
        return f"no policy decides about records of the type {quoted(self.record)}"

    def hint(self) -> str:
        known = ", ".join(self.known)
        return f"there are policies about {known}" if known else "write a policy first"


@dataclass(frozen=True, kw_only=True)
class WhichRecords(Diagnostic):
    """A file of records whose type nobody named, where there are several.

    Bad:
        ixia simulate --records export.csv

    Good:
        ixia simulate --records lead=export.csv
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX912"

    def message(self) -> str:
        if self.name:
            return f"there is no record type {quoted(self.name)}"
        return "the file does not tell which type of records it has"

    def hint(self) -> str:
        if self.name:
            return suggestion(self.name, self.known)
        return "write --records TYPE=FILE, with one of " + ", ".join(self.known)

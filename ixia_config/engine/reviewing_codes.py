"""Codes IX580 to IX582: what the change policies forbid, and whose approval is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class ChangeDenied(Diagnostic):
    """A change policy forbids this now

    A rule of a ChangePolicy denies the change, or one of its freezes holds at this moment. A waiver
    in that policy, with an owner and a day, is the exception; it goes through review like all else.
    """

    code: ClassVar[str] = "IX580"
    rule: str
    why: str
    until: str = ""

    def message(self) -> str:
        return f"{self.rule} forbids this{f' until {self.until}' if self.until else ''}: {self.why}"

    def hint(self) -> str:
        return "wait until then" if self.until else "leave this change out"


@dataclass(frozen=True, kw_only=True)
class ReviewMissing(Diagnostic):
    """Somebody has to approve this

    A ChangePolicy asks for the word of people in a role before this change is applied. An approval
    is bound to this very plan.
    """

    code: ClassVar[str] = "IX581"
    rule: str
    roles: tuple[str, ...]
    need: int
    agreed: tuple[str, ...]
    able: tuple[str, ...]
    digest: str

    def message(self) -> str:
        of = " or ".join(self.roles)
        have = f", of which {len(self.agreed)} came" if self.agreed else ""
        return f"{self.rule} needs {self.need} from {of}{have}"

    def hint(self) -> str:
        if not self.able:
            return "nobody else who holds the role could approve it"
        return f"apply with  --approve {self.rule}:{self.able[0]}@{self.digest}"


@dataclass(frozen=True, kw_only=True)
class AuthorUnknown(Diagnostic):
    """It is not known who wrote the change

    The rule says that the author's own approval does not count. So the apply must know the author:
    git knows it once the configuration is committed.
    """

    code: ClassVar[str] = "IX582"
    rule: str

    def message(self) -> str:
        return f"{self.rule} does not let authors approve, and nobody knows who wrote this"

    def hint(self) -> str:
        return "commit the configuration with your e-mail address, then plan again"

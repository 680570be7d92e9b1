"""Codes IX570 to IX575: ownership that cannot be, what is protected, and renames in disguise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion


@dataclass(frozen=True, kw_only=True)
class NoSuchField(Diagnostic):
    """A line of ownership or hold names a field that the target does not have

    A misspelt field would be enforced although somebody wanted to leave it alone, so the plan is
    refused.
    """

    code: ClassVar[str] = "IX570"
    field: str
    address: str
    known: tuple[str, ...]
    key: str = "ownership"

    def message(self) -> str:
        return f'the {self.key} of {self.address} names "{self.field}", which is no field there'

    def hint(self) -> str:
        return suggestion(self.field, self.known)


@dataclass(frozen=True, kw_only=True)
class ClearsWhatItSays(Diagnostic):
    """A field has a value and is to be kept empty

    ``mode: clear`` takes a value away and keeps it away. A policy that also writes one says two
    things.
    """

    code: ClassVar[str] = "IX571"
    field: str
    title: str

    def message(self) -> str:
        return f"{self.field} of {self.title} has a value and is also to be cleared"

    def hint(self) -> str:
        return "take out the value, or the line under ownership"


@dataclass(frozen=True, kw_only=True)
class NotASet(Diagnostic):
    """Only a set can be additive

    ``mode: additive`` keeps our members of a set and lets others be. A single value, or a list in
    an order, has no members that stand for themselves.
    """

    code: ClassVar[str] = "IX572"
    field: str
    title: str

    def message(self) -> str:
        return f"{self.field} of {self.title} is no set, so it cannot be additive"

    def hint(self) -> str:
        return "choose enforce, observe, create_only or ignore"


@dataclass(frozen=True, kw_only=True)
class Protected(Diagnostic):
    """Something protected would be removed or let go

    ``metadata.protect: true`` is kept in the state, so taking the policy away does not lift it.
    Lifting it takes a plan of its own, before the one that removes anything.
    """

    code: ClassVar[str] = "IX573"
    title: str
    policy: str

    def message(self) -> str:
        return f"{self.title} belongs to {self.policy}, which is protected"

    def hint(self) -> str:
        return "first apply a plan with protect: false in its metadata, then remove it"


@dataclass(frozen=True, kw_only=True)
class LooksRenamed(Diagnostic):
    """A key and a title changed in one place, and all else is the same

    At the same place of its collection, one key went away and another came with the same settings.
    Making a new one would leave the records on the old one. If it is the same thing, say so under
    ``moved``.
    """

    code: ClassVar[str] = "IX574"
    title: str
    was: str
    old: str
    new: str

    def message(self) -> str:
        return f"{self.title} stands where {self.was} stood, with the same settings"

    def hint(self) -> str:
        return (
            f"if it was renamed, add  moved: [{{from: {self.old}, to: {self.new}}}]; if it is new,"
            " take the old one out in a plan of its own first"
        )


@dataclass(frozen=True, kw_only=True)
class Shrunken(Diagnostic):
    """Most of what is managed would be let go

    More than half of the managed objects have no policy any more. That is nearly always a wrong
    folder, branch or filter, so it needs an approval of its own.
    """

    code: ClassVar[str] = "IX575"
    count: int
    total: int
    approve: str

    def message(self) -> str:
        return f"{self.count} of {self.total} managed objects have no policy any more"

    def hint(self) -> str:
        return f"check the folder and the branch, or apply with  --approve {self.approve}"

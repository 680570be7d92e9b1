"""What the conformance kit is told of a connector: its sandbox, its samples, how to fill it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from ixia_config.sdk import Connector, Json, Rehearsal, Request

Files = Mapping[str, str]
"""Policies as YAML texts, by file name."""


class NotApplicable(Exception):  # noqa: N818  # an answer, not a failure
    """A check or a knob does not apply to this connector; the text says why."""


class Broken(AssertionError):  # noqa: N818  # says what happened: a promise was broken
    """A check failed; the text says what was promised and what happened."""


class Knob(StrEnum):
    """One bad habit of a system; the kit turns the first five itself, over HTTP."""

    ERROR_AFTER_COMMIT = "500 after the change was made"
    TIMEOUT_AFTER_COMMIT = "no answer after the change was made"
    PAUSE = "429 with Retry-After"
    PAUSE_UNSAID = "429 without Retry-After"
    BROKEN_ANSWER = "an answer that breaks off"
    PACE = "few requests are allowed"
    LIST_LAG = "lists lag behind writes"
    PAGING = "small pages"
    FOLD_CASE = "names in lower case"
    DEFAULTS = "fills in what was not sent"
    REORDER = "lists in another order"
    DROPPED = "a field is taken and not kept"
    UNIQUE = "409 on a name that is taken"
    PARTIAL_BATCH = "a batch is done in part"
    HOLES = "a part may not be read"
    ID_REUSE = "ids are given again"
    SCHEMA_CHANGE = "the API has new fields"


@dataclass(frozen=True, slots=True)
class Samples:
    """Configurations to lead the account through; all of the same policies.

    ``start`` makes at least one object of each type. ``changed`` adds, changes and arranges anew;
    ``rival`` changes a value that ``changed`` changes too, to another one. ``renamed`` is the start
    with other titles, ``reordered`` the start in another order, ``removed`` the start without
    something that holds records. ``odd`` has titles with case, accents and signs; ``titled`` makes
    the start with this title on one object that is known by its title.
    """

    start: Files
    changed: Files
    rival: Files
    renamed: Files
    reordered: Files
    removed: Files
    odd: Files
    titled: Callable[[str], Files]


class Subject:
    """A connector under test: name its class, and say more where the sandbox can do more.

    A third party's connector needs ``connector`` only where it has a rehearsal and holds pipelines.
    """

    connector: ClassVar[type[Connector]]
    samples: ClassVar[Samples]

    def account(self, knob: Knob | None) -> Rehearsal:
        """A fresh account, with this habit; NotApplicable where its sandbox cannot have it."""
        if knob is not None:
            raise NotApplicable(f"the sandbox has no switch for it: {knob}")
        return self.connector().rehearsal()

    def make(self) -> Connector:
        """The connector."""
        return self.connector()

    def unowned(self, rehearsal: Rehearsal) -> Mapping[str, Json]:
        """Every value in the account that no sample owns, under a name of its own."""
        raise NotApplicable(f"nobody said how to look into {type(rehearsal.sandbox).__name__}")

    def fill(self, rehearsal: Rehearsal, remote_id: str, count: int) -> None:  # noqa: ARG002
        """Put records on the object that ``removed`` removes."""
        raise NotApplicable(f"nobody said how to put {count} records on {remote_id}")

    def held(self, rehearsal: Rehearsal, remote_id: str) -> int:  # noqa: ARG002
        """How many records stand on an object."""
        raise NotApplicable(f"nobody said how to count the records of {remote_id}")

    def meddle(self, rehearsal: Rehearsal, now: float) -> None:
        """Change by hand what no sample owns: colours, notes, objects of others."""
        raise NotApplicable(f"nobody said what else account {rehearsal.account} holds at {now}")

    def changes_nothing(self, request: Request) -> bool:
        """Whether the vendor's documentation says that this request only reads."""
        return request.method in ("GET", "HEAD")

    def same_name(self, one: str, other: str) -> bool:
        """Whether the system takes two titles for the same name."""
        return one == other


__all__ = ["Broken", "Files", "Knob", "NotApplicable", "Samples", "Subject"]

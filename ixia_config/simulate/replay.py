"""A replay: one policy before and after a change, shown one record after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any, Protocol

from ixia_config.kinds.policy import Configuration
from ixia_config.simulate.impact import Section

Record = Mapping[str, Any]
EXAMPLES = 10
"""How many changed records are shown of each policy; the others are counted."""

SURROUNDINGS = ("pipeline", "stage", "submitter", "owner")
"""Columns that are read also where the record type does not declare them."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record: its type and id, its name for people, its exact values, and when it came.

    ``count`` is for how many records it stands, which every policy that sees it treats alike.
    """

    kind: str
    id: str
    name: str
    values: Record
    at: datetime
    count: int = 1


@dataclass(frozen=True, slots=True)
class Sides:
    """The configuration before a change, where there is one, and after it."""

    before: Configuration | None
    after: Configuration

    @property
    def both(self) -> tuple[Configuration | None, Configuration]:
        """Before and after."""
        return self.before, self.after


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for every replay: the clock of the run, and the fields to group by."""

    now: datetime
    by: tuple[str, ...] = ()


class Replay(Protocol):
    """Sees every record once, in order, and then says what it found."""

    def see(self, record: Incoming) -> None:
        """One more record."""

    def section(self) -> Section:
        """What was found."""


def moment(value: object, zone: tzinfo) -> datetime | None:
    """When a record came; a date without a time of day is taken as noon."""
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time(12), zone) if isinstance(value, date) else None


def group(record: Record, path: str) -> str:
    """The value of a field, as a line of a table is called."""
    value: Any = record
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return "(empty)" if value is None else str(value)

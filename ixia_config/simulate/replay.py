"""A replay: one policy before and after a change, shown one record after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.rules import value_at
from ixia_config.simulate.impact import Section, Table, lines

E = TypeVar("E", bound=Envelope)

Record = Mapping[str, Any]
EXAMPLES = 10
"""How many changed records are shown of each policy; the others are counted."""

SURROUNDINGS = ("pipeline", "stage", "submitter", "owner")
"""Columns that are read also where the record type does not declare them."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record: its type and id, its name for people, its exact values, and when it came.

    ``count`` is for how many records it stands, which every policy that sees it treats alike;
    ``sums`` are then the sums of fields over all of them.
    """

    kind: str
    id: str
    name: str
    values: Record
    at: datetime
    count: int = 1
    sums: Mapping[str, Decimal] = field(default_factory=dict)


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


@dataclass(slots=True)
class Side(Generic[E]):
    """One version of a policy at work, and what it has counted so far."""

    configuration: Configuration
    policy: Policy[E]
    tallies: dict[str, Counter[str]] = field(default_factory=dict)

    def count(self, name: str, what: str, records: int) -> None:
        """So many more of this."""
        self.tallies.setdefault(name, Counter())[what] += records

    def counted(self, name: str) -> Counter[str]:
        """All that was counted under a name."""
        return self.tallies.get(name, Counter())


def each_side(kind: type[E], name: str, sides: Sides) -> tuple[Side[E] | None, Side[E] | None]:
    """The policy before and after; None where there is none of this name."""

    def one(configuration: Configuration | None) -> Side[E] | None:
        policy = configuration.get(kind, name) if configuration else None
        return Side(configuration, policy) if configuration and policy else None

    return one(sides.before), one(sides.after)


def table(
    before: Side[E] | None, after: Side[E] | None, name: str, title: str, order: Iterable[str] = ()
) -> Table:
    """What both sides counted under a name, the given lines first."""
    counts = [None if side is None else side.counted(name) for side in (before, after)]
    return Table(title, lines(counts[0], counts[1], order))


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
    value = value_at(record, path)
    return "(empty)" if value is None else str(value)

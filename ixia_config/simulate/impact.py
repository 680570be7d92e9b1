"""What a change does to real records: an Impact is a value with counts, tables and examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Unit = Literal["records", "money", "share", "number"]
Figure = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table; a figure is None where it does not exist on that side."""

    name: str
    before: Figure
    after: Figure

    @property
    def change(self) -> Figure:
        """After less before; None where a side is missing."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Table:
    """Figures before and after, by rule, person, region, target or month.

    ``personal`` tables name what people are paid, and are shown only where that is asked for.
    ``people`` is how many people stand behind each line of a table of pay, by name of the line.
    """

    title: str
    lines: tuple[Line, ...]
    unit: Unit = "records"
    currency: str = ""
    personal: bool = False
    people: Mapping[str, int] | None = None

    @property
    def changed(self) -> tuple[Line, ...]:
        """The lines that differ."""
        return tuple(line for line in self.lines if line.before != line.after)


@dataclass(frozen=True, slots=True)
class Example:
    """One record for which the answer is another one, and why."""

    record: str
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """What one policy decides: ``changed`` of ``seen`` records get another answer.

    ``headline`` says it in a sentence; ``notes`` have what else a reader must know; ``left_out``
    what could not be simulated, and why. ``examples`` are the first of the changed ones.
    ``weight`` orders sections: what people ask about first has the smallest.
    """

    policy: str
    title: str
    noun: str
    seen: int
    changed: int
    headline: str
    tables: tuple[Table, ...] = ()
    examples: tuple[Example, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding about rows of a file, how often, and the first row that has it."""

    code: str
    text: str
    count: int
    first: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What a file of records holds, before anything is decided about them.

    ``filled`` is how many rows have a value, by field; ``problems`` are rows left out because a
    value does not fit. ``since`` and ``until`` are the dates of the records by ``dated``.
    """

    file: str
    record: str
    rows: int
    usable: int
    filled: Mapping[str, int]
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()
    dated: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def empty(self) -> tuple[str, ...]:
        """Fields without a single value."""
        return tuple(sorted(name for name, count in self.filled.items() if not count))


@dataclass(frozen=True, slots=True)
class Impact:
    """A change seen on records; ``before`` names the revision, empty where nothing is compared."""

    before: str
    after: str
    profiles: tuple[Profile, ...]
    sections: tuple[Section, ...]

    @property
    def compared(self) -> bool:
        """Whether there are two sides."""
        return bool(self.before)

    @property
    def changed(self) -> tuple[Section, ...]:
        """The sections in which something is another one."""
        return tuple(section for section in self.sections if section.changed)


def lines(
    before: Counter[str] | None, after: Counter[str] | None, names: Iterable[str] = ()
) -> tuple[Line, ...]:
    """Two counts side by side: first the given names in order, then the others by name."""
    known = list(dict.fromkeys(names))
    rest = sorted({*(before or ()), *(after or ())} - set(known))
    return tuple(
        Line(name, _count(before, name), _count(after, name))
        for name in (*known, *rest)
        if _count(before, name) or _count(after, name)
    )


def _count(counts: Counter[str] | None, name: str) -> int | None:
    return None if counts is None else counts[name]


def sums(
    before: Mapping[str, Decimal] | None, after: Mapping[str, Decimal] | None
) -> tuple[Line, ...]:
    """Two sums side by side, by name."""
    names = sorted({*(before or {}), *(after or {})})
    nothing = Decimal(0)
    return tuple(
        Line(
            name,
            None if before is None else before.get(name, nothing),
            None if after is None else after.get(name, nothing),
        )
        for name in names
    )


def share_of(part: int, whole: int) -> str:
    """``187 of 8,000 (2.3 %)``."""
    if not whole:
        return "0 of 0"
    return f"{part:,} of {whole:,} ({Decimal(part) * 100 / whole:.1f} %)"


def plural(noun: str) -> str:
    """``lead`` to ``leads``, ``company`` to ``companies``, ``breach`` to ``breaches``."""
    if noun.endswith("ch"):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def more(count: int, noun: str) -> str:
    """``1 more lead``, ``257 more leads``."""
    return f"{count:,} more {noun if count == 1 else plural(noun)}"

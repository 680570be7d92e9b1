"""The rules of one policy as the analysis takes them: whom each takes, what it says, where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ixia_config.codes import Related
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.proofs.domain import domain
from ixia_config.model import Path
from ixia_config.rules import Typed, read
from ixia_config.rules.analysis import Domain, HitPolicy, Rule


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: its name, whom it takes, what it says of them in words, and where it stands."""

    key: str
    when: Typed
    output: str
    path: Path
    asks: str
    """The condition as people wrote it; empty where it takes everything"""


@dataclass(frozen=True)
class Book:
    """Rules that decide one thing together.

    ``part`` tells several books of one policy apart. ``otherwise`` is what happens to a record that
    no rule takes, in words; ``complete`` whether such a record is a mistake. ``outside`` holds for
    records that the policy is not about. ``decided`` are the rules with everything that sways
    them, where the lines leave something out.
    """

    policy: Policy[Envelope]
    record: str
    hit: HitPolicy
    lines: tuple[Line, ...]
    domain: Domain
    part: str = ""
    otherwise: str = ""
    complete: bool = False
    outside: Typed | None = None
    decided: tuple[Line, ...] = ()
    rest: Typed | None = None
    """What holds for every record, for those that no rule takes"""
    broken: bool = False
    """Whether some rule cannot be read, so that nothing is known of all of them together"""

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """As the engine takes them, by their place."""
        return tuple(Rule(str(n), each.when, each.output) for n, each in enumerate(self.lines))

    @property
    def compared(self) -> tuple[Rule, ...]:
        """As two versions are compared: by their names, first those that are not concerned."""
        found = [Rule(each.key, each.when, each.output) for each in self.decided or self.lines]
        if self.outside is not None:
            found.insert(0, Rule("(not concerned)", self.outside, "not concerned"))
        if self.hit is HitPolicy.FIRST and self.rest is not None:
            found.append(Rule("(otherwise)", self.rest, self.otherwise))
        return tuple(found)

    @property
    def name(self) -> str:
        """The policy, and which of its books this is."""
        return f"{self.policy.address} {self.part}" if self.part else str(self.policy.address)

    def line(self, key: str) -> Line:
        """The rule of the engine's key."""
        return self.lines[int(key)]

    def related(self, *lines: Line) -> tuple[Related, ...]:
        """Rules as other places of a finding, each with what it asks."""
        found = []
        for each in lines:
            mark = self.policy.mark(*each.path)
            found.append(Related(each.key, each.asks or "everything else", mark))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads the conditions of one policy, and those that are made of them."""

    configuration: Configuration
    policy: Policy[Envelope]
    record: str

    def typed(self, text: str | None) -> Typed | None:
        """A condition; one that is left out holds for every record; None where it has errors."""
        known = catalogue(self.configuration)
        if self.record not in known.records:
            return None
        return read("true" if text is None else text, known, self.record)[0]

    def both(self, *conditions: Typed | None) -> Typed | None:
        """All of these at once."""
        texts = [f"({each.text})" for each in conditions if each is not None]
        return self.typed(" && ".join(texts) or None)

    def domain(self, *given: Typed | None, required: frozenset[str] = frozenset()) -> Domain:
        """What holds for every record, and for those that the policy is about."""
        return domain(self.configuration, self.record, given, required)

    def line(self, key: str, when: str | Typed | None, output: str, path: Path) -> Line | None:
        """A rule; None where its condition has errors."""
        typed = when if isinstance(when, Typed) else self.typed(when)
        if typed is None:
            return None
        return Line(key, typed, output, path, "" if when is None else typed.text)

    def whether(self, text: str | None) -> Typed | None:
        """A condition that narrows others; None where it is left out."""
        return None if text is None else self.typed(text)


def readable(lines: Iterable[Line | None]) -> tuple[Line, ...]:
    """The rules whose conditions have no errors."""
    return tuple(each for each in lines if each is not None)

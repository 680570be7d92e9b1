"""What a policy asks of a record, so that records with the same answers are decided together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ixia_config.kinds.envelope import Frozen
from ixia_config.rules import Typed
from ixia_config.simulate.columns import Fields
from ixia_config.simulate.replay import Setting

_NO_FIELDS = ("key", "title", "when", "cells")  # names of parts, and conditions


class Single(Exception):  # noqa: N818  # says why another engine has to decide
    """A policy of which every record must be decided alone."""


@dataclass(frozen=True, slots=True)
class First:
    """Which of the rules is the first that holds."""

    rules: tuple[Typed, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """Whether a condition holds."""

    rule: Typed


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a field."""

    name: str


@dataclass(frozen=True, slots=True)
class Unless:
    """Whether a condition holds; not asked where a field has one of these texts."""

    rule: Typed
    field: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The month of a date; of an instant, that in UTC."""

    field: str


Question = First | Holds | Value | Unless | Month


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of fields multiplied with each other, which all of a group have or none has."""

    name: str
    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Questions whose answers say all that a policy asks of a record.

    ``single`` are answers to a ``First`` whose records must be decided one after the other; with
    ``alone`` all of them must. ``sums`` are fields of which the policy adds up the values.
    """

    questions: tuple[Question, ...]
    single: tuple[tuple[First, tuple[int, ...]], ...]
    alone: bool
    sums: tuple[Sum, ...]

    @property
    def raw(self) -> tuple[str, ...]:
        """Fields that are asked for as they are."""
        return tuple(each.name for each in self.questions if isinstance(each, Value))

    @property
    def conditions(self) -> tuple[Typed, ...]:
        """Every condition that is asked."""
        return tuple(dict.fromkeys(typed for each in self.questions for typed in _typed(each)))

    @property
    def reads(self) -> frozenset[str]:
        """The fields that must be there to answer."""
        read = {name for typed in self.conditions for name in typed.reads}
        read |= {each.field for each in self.questions if isinstance(each, Month)}
        return frozenset((*self.raw, *read, *(name for s in self.sums for name in s.factors)))


def _typed(question: Question) -> tuple[Typed, ...]:
    match question:
        case First(rules=rules):
            return rules
        case Holds(rule=rule) | Unless(rule=rule):
            return (rule,)
        case Value() | Month():
            return ()


@dataclass(slots=True)
class Asked:
    """What one policy asks, collected."""

    fields: Fields
    setting: Setting
    arrival: str
    questions: dict[Question, None] = field(default_factory=dict)
    single: list[tuple[First, tuple[int, ...]]] = field(default_factory=list)
    alone: bool = False
    sums: dict[Sum, None] = field(default_factory=dict)

    def rules(self, conditions: Iterable[Typed], *, first: bool) -> First | None:
        """Which of the rules hold, or the first of them."""
        given = tuple(conditions)
        if not first:
            for each in given:
                self.truth(each)
            return None
        for each in given:
            self.timeless(each)
        asked = First(given)
        self.questions[asked] = None
        return asked

    def truth(self, typed: Typed) -> None:
        """Whether a condition holds."""
        self.timeless(typed)
        self.questions[Holds(typed)] = None

    def timeless(self, typed: Typed) -> None:
        """Single for a condition that is asked at another time for every record."""
        if typed.clocked and self.arrival:
            raise Single("a rule reads the clock, which is another one for every record")

    def values(self, names: Iterable[str]) -> None:
        """What stands in fields."""
        known = (name for name in names if name in self.fields.types)
        self.questions |= dict.fromkeys(map(Value, known))

    def named(self, spec: object) -> None:
        """Fields that a policy names elsewhere than in a condition, such as whose owner gets it."""
        words = frozenset(_words(spec))
        self.values(
            name
            for name in sorted(self.fields.types)
            if any(name == word or name.startswith(f"{word}.") for word in words)
        )

    def found(self) -> Alike:
        """Everything that was asked."""
        return Alike(tuple(self.questions), tuple(self.single), self.alone, tuple(self.sums))


def _words(value: object) -> Iterator[str]:
    """Every text in a declaration that may name a field, beside its conditions."""
    match value:
        case str():
            yield value
        case Frozen():
            for name, each in value:
                if name not in _NO_FIELDS:
                    yield from _words(each)
        case Mapping():
            for key, each in value.items():
                yield from _words(key)
                yield from _words(each)
        case list() | tuple():
            for each in value:
                yield from _words(each)

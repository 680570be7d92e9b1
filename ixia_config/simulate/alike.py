"""Records that a policy cannot tell apart: what it asks of a record on either side, as SQL.

Records with the same answers get the same decision, so one of them is decided for all. Records
whose decision depends on those before them, such as the next turn of a pool, stay single.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ixia_config.kinds.approval_policy.ladder import ladder
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.envelope import Frozen
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.kinds.routing_policy.table import table
from ixia_config.rules import Typed, read
from ixia_config.simulate.approvals import POINT, SUBMITTERS, bounds
from ixia_config.simulate.columns import Fields
from ixia_config.simulate.replay import Setting, Sides
from ixia_config.simulate.sql import NOTHING

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


Question = First | Holds | Value


@dataclass(frozen=True, slots=True)
class Alike:
    """Questions whose answers say all that a policy asks of a record.

    ``single`` are answers to a ``First`` whose records must be decided one after the other; with
    ``alone`` all of them must. ``sums`` are fields of which the policy adds up the values.
    """

    questions: tuple[Question, ...]
    single: tuple[tuple[First, tuple[int, ...]], ...]
    alone: bool
    sums: tuple[str, ...]

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
        read = (name for typed in self.conditions for name in typed.reads)
        return frozenset((*self.raw, *self.sums, *read))


def _typed(question: Question) -> tuple[Typed, ...]:
    match question:
        case First(rules=rules):
            return rules
        case Holds(rule=rule):
            return (rule,)
        case Value():
            return ()


@dataclass(slots=True)
class _Asked:
    """What one policy asks, collected."""

    fields: Fields
    setting: Setting
    arrival: str
    questions: dict[Question, None] = field(default_factory=dict)
    single: list[tuple[First, tuple[int, ...]]] = field(default_factory=list)
    alone: bool = False
    sums: dict[str, None] = field(default_factory=dict)

    def rules(self, conditions: Iterable[Typed], *, first: bool) -> First | None:
        """Which of the rules hold, or the first of them."""
        given = tuple(conditions)
        if not first:
            for each in given:
                self.truth(each)
            return None
        for each in given:
            self._timeless(each)
        asked = First(given)
        self.questions[asked] = None
        return asked

    def truth(self, typed: Typed) -> None:
        """Whether a condition holds."""
        self._timeless(typed)
        self.questions[Holds(typed)] = None

    def _timeless(self, typed: Typed) -> None:
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
        return Alike(tuple(self.questions), tuple(self.single), self.alone, tuple(self.sums))


def alike(
    policy: tuple[type[Any], str], sides: Sides, setting: Setting, fields: Fields, arrival: str
) -> Alike:
    """What a policy asks on both sides; Single where another engine has to decide."""
    kind, name = policy
    asked = _Asked(fields, setting, arrival)
    for configuration in sides.both:
        found = configuration.get(kind, name) if configuration else None
        if configuration is None or found is None:
            continue
        if len(configuration.versions.get(found.address, ())) > 1:
            raise Single("the policy has versions, and the date of a record says which one counts")
        match found.body:
            case RoutingPolicy():
                _routing(asked, configuration, found)
            case ApprovalPolicy():
                _approvals(asked, configuration, found)
            case _:
                raise Single(f"a {found.body.kind} looks at each record by itself")
    return asked.found()


def _routing(asked: _Asked, configuration: Configuration, policy: Policy[RoutingPolicy]) -> None:
    """The rule; where that leads to a person or a pool, the records before count, and the hour."""
    asked.values(asked.setting.by)
    asked.named(policy.body.spec)
    ready, spec = table(configuration, policy), policy.body.spec
    first = spec.hit_policy == "first" and not ready.goes_on
    rule = asked.rules(ready.conditions, first=first)
    turning = [place for place, each in enumerate(ready.rules) if each.assign.queue is None]
    if spec.otherwise is not None and spec.otherwise.queue is None:
        turning.append(NOTHING)
    if turning and rule is None:
        asked.alone = True
    elif turning and rule is not None:
        asked.single.append((rule, tuple(turning)))


def _approvals(asked: _Asked, configuration: Configuration, policy: Policy[ApprovalPolicy]) -> None:
    """The rule, every other condition, who asks, and the bounds that requests are counted at."""
    asked.values(asked.setting.by)
    asked.named(policy.body.spec)
    ready = ladder(configuration, policy)
    rules = [("spec", "rules", place, "when") for place in range(ready.size)]
    asked.rules(
        (ready.conditions.get(path, ready.always) for path in rules),
        first=policy.body.spec.hit_policy == "first",
    )
    for path, typed in ready.conditions.items():
        if path not in rules:
            asked.truth(typed)
    asked.values(SUBMITTERS)
    asked.values(each.field for each in ready.deputies)
    for near in _near(configuration, policy):
        asked.truth(near)
    if asked.arrival and (ready.deputies or _comes_and_goes(configuration)):
        asked.values((asked.arrival,))


def _near(configuration: Configuration, policy: Policy[ApprovalPolicy]) -> Iterator[Typed]:
    """Whether a record is just below a bound, or just at it."""
    known, record = catalogue(configuration), policy.body.spec.object
    for name, bound in dict.fromkeys(bounds(configuration, policy)):
        low, middle, high = (f"{each * 100:f}%" for each in (bound - POINT, bound, bound + POINT))
        for text in (
            f"{name} >= {low} && {name} < {middle}",
            f"{name} >= {middle} && {name} <= {high}",
        ):
            typed, _ = read(text, known, record)
            if typed is None:
                raise Single(f"the bound {middle} of {name} cannot be asked for")
            yield typed


def _comes_and_goes(configuration: Configuration) -> bool:
    """Whether it depends on the day who can answer."""
    people = roster(configuration).people.values()
    return any(each.away or each.from_ is not None or each.to is not None for each in people)


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

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
from ixia_config.rules.sql import NotPortable, emit, identifier
from ixia_config.simulate.approvals import POINT, SUBMITTERS, bounds
from ixia_config.simulate.columns import Fields
from ixia_config.simulate.replay import Sides
from ixia_config.simulate.sql import NOTHING, Branch, Emitter, Refused

_NO_FIELDS = ("key", "title", "when", "cells")  # names of parts, and conditions


class Single(Exception):  # noqa: N818  # says why another engine has to decide
    """A policy of which every record must be decided alone."""


@dataclass(frozen=True, slots=True)
class Alike:
    """``keys`` are expressions whose values say all that a policy asks of a record.

    ``single`` is a test of the records that must be decided one after the other; ``reads`` are
    the fields of both.
    """

    keys: tuple[str, ...]
    single: str
    reads: frozenset[str]


@dataclass(slots=True)
class _Asked:
    """What one policy asks, collected."""

    emitter: Emitter
    fields: Fields
    arrival: str
    keys: dict[str, None] = field(default_factory=dict)
    singles: list[str] = field(default_factory=list)
    reads: set[str] = field(default_factory=set)

    def rules(self, conditions: Iterable[Typed], *, first: bool) -> str:
        """Which of the rules hold, or the first of them; the expression that says it."""
        given = tuple(conditions)
        for each in given:
            self.condition_reads(each)
        if not first:
            for each in given:
                self.truth(each)
            return ""
        text = self.emitter.first([Branch(each, place) for place, each in enumerate(given)])
        self.keys[text] = None
        return text

    def truth(self, typed: Typed) -> None:
        """Whether a condition holds."""
        self.condition_reads(typed)
        text = emit(typed, self.emitter.dialect, self.emitter.now)
        if isinstance(text, NotPortable):
            raise Refused(typed, text, self.emitter.dialect)
        self.keys[text] = None

    def condition_reads(self, typed: Typed) -> None:
        if typed.clocked and self.arrival:
            raise Single("a rule reads the clock, which is another one for every record")
        self.reads |= typed.reads

    def values(self, names: Iterable[str]) -> None:
        """What stands in fields."""
        for name in names:
            if name in self.fields.types:
                self.reads.add(name)
                self.keys[identifier(name, self.emitter.dialect)] = None

    def named(self, spec: object) -> None:
        """Fields that a policy names elsewhere than in a condition, such as whose owner gets it."""
        words = frozenset(_words(spec))
        self.values(
            name
            for name in sorted(self.fields.types)
            if any(name == word or name.startswith(f"{word}.") for word in words)
        )

    def found(self) -> Alike:
        return Alike(tuple(self.keys), " OR ".join(self.singles) or "FALSE", frozenset(self.reads))


def alike(
    policy: tuple[type[Any], str],
    sides: Sides,
    emitter: Emitter,
    fields: Fields,
    *,
    by: Iterable[str],
    arrival: str,
) -> Alike:
    """What a policy asks on both sides; Single or Refused where another engine has to decide."""
    kind, name = policy
    asked = _Asked(emitter, fields, arrival)
    asked.values(by)
    for configuration in sides.both:
        found = configuration.get(kind, name) if configuration else None
        if configuration is None or found is None:
            continue
        if len(configuration.versions.get(found.address, ())) > 1:
            raise Single("the policy has versions, and the date of a record says which one counts")
        asked.named(found.body.spec)
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
    ready, spec = table(configuration, policy), policy.body.spec
    first = spec.hit_policy == "first" and not ready.goes_on
    rule = asked.rules(ready.conditions, first=first)
    turning = [place for place, each in enumerate(ready.rules) if each.assign.queue is None]
    if spec.otherwise is not None and spec.otherwise.queue is None:
        turning.append(NOTHING)
    if turning:
        places = ", ".join(map(str, turning))
        asked.singles.append(f"({rule}) IN ({places})" if first else "TRUE")


def _approvals(asked: _Asked, configuration: Configuration, policy: Policy[ApprovalPolicy]) -> None:
    """The rule, every other condition, who asks, and the bounds that requests are counted at."""
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

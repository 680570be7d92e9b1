"""What a RoutingPolicy means: who gets a record, why, and whose turn it is then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from ixia_config.kinds.calendar.hours import holds
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.kinds.routing_policy.destinations import Place, destination
from ixia_config.kinds.routing_policy.rotation import NOBODY_YET, Rotation
from ixia_config.kinds.routing_policy.spec import Assign, RoutingPolicy, RoutingSpec, Rule
from ixia_config.kinds.routing_policy.staff import Staff
from ixia_config.kinds.routing_policy.table import Table, table
from ixia_config.rules.explain import facts

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """Where one record goes.

    ``rule`` is empty where no rule took it; with neither person nor queue it goes nowhere.
    ``overlaps`` are the other rules that hold where only one may.
    """

    policy: str
    rule: str = ""
    person: str = ""
    pool: str = ""
    queue: str = ""
    overlaps: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    name: str = ""
    told: str = ""
    """Person, role or team that hears of it"""

    @property
    def headline(self) -> str:
        """``goes to Ana Ruiz (pool emea-enterprise), by rule enterprise of inbound-leads``."""
        pool = f" (pool {self.pool})" if self.pool else ""
        goal = f"{self.name or self.person}{pool}" if self.person else f"the queue {self.queue}"
        found = f"goes to {goal}" if self.person or self.queue else "goes to nobody"
        by = f"rule {self.rule} of {self.policy}" if self.rule else f"{self.policy}"
        return f"{found}, by {by}"


class _Trail(NamedTuple):
    """A rule (or none) that was tried, what came of it, and the lines about it."""

    rule: str
    place: Place
    below: tuple[Reason, ...]


def route(
    configuration: Configuration,
    policy: Policy[RoutingPolicy],
    record: Record,
    *,
    now: datetime,
    rotation: Rotation = NOBODY_YET,
    absent: Iterable[str] = (),
    excluded: Iterable[str] = (),
    explained: bool = True,
) -> tuple[Decision, Rotation]:
    """Where a normalised record goes now, and the rotation after it.

    ``absent`` and ``excluded`` are addresses: people who are away though the Directory does not
    say so, and people who may not get this record. Reasons cost time; a bulk run can do without.
    """
    staff = Staff(configuration, now, _lower(absent), _lower(excluded))
    router = _Router(policy, table(configuration, policy), staff, explained=explained)
    return router.decide(record, rotation)


def governing(configuration: Configuration, name: str, day: date) -> Policy[RoutingPolicy] | None:
    """The version of a policy that holds on a day, else its latest."""
    latest = configuration.get(RoutingPolicy, name)
    if latest is None:
        return None
    for policy in configuration.versions.get(latest.address, ()):
        if isinstance(policy.body, RoutingPolicy) and holds(policy.body.spec.effective, day):
            return policy  # type: ignore[return-value]  # narrowed by its body
    return latest


def fall_back(
    configuration: Configuration,
    policy: Policy[RoutingPolicy],
    record: Record,
    *,
    now: datetime,
    rotation: Rotation,
) -> tuple[Decision, Rotation]:
    """Where a record goes that nobody can take, whatever its rule; and the rotation after it."""
    staff = Staff(configuration, now)
    router = _Router(policy, table(configuration, policy), staff, explained=True)
    return router.fall_back(record, rotation)


def route_all(
    configuration: Configuration,
    policy: Policy[RoutingPolicy],
    records: Iterable[tuple[Record, datetime]],
    *,
    rotation: Rotation = NOBODY_YET,
    absent: Iterable[str] = (),
    explained: bool = False,
) -> tuple[tuple[Decision, ...], Rotation]:
    """Records with their times in order, each as if it came alone after the one before."""
    away, ready = _lower(absent), table(configuration, policy)
    decisions: list[Decision] = []
    for record, now in records:
        staff = Staff(configuration, now, away)
        router = _Router(policy, ready, staff, explained=explained)
        decision, rotation = router.decide(record, rotation)
        decisions.append(decision)
    return tuple(decisions), rotation


def _lower(addresses: Iterable[str]) -> frozenset[str]:
    return frozenset(address.lower() for address in addresses)


class _Router:
    """Decides records with one policy at one moment."""

    def __init__(
        self, policy: Policy[RoutingPolicy], ready: Table, staff: Staff, *, explained: bool
    ) -> None:
        if staff.now.tzinfo is None:
            raise ValueError("now needs a time zone")
        self.policy = policy
        self.table = ready
        self.staff = staff
        self.explained = explained

    @property
    def spec(self) -> RoutingSpec:
        return self.policy.body.spec

    def decide(self, record: Record, rotation: Rotation) -> tuple[Decision, Rotation]:
        matching = self.matching(record)
        trails = list(self.trails(matching, record, rotation))
        overlaps = self.overlaps(matching)
        reasons: tuple[Reason, ...] = ()
        if self.explained:
            reasons = (*self.looked_at(record, trails), *self.notes(trails, overlaps))
        return self.decision(trails[-1], overlaps, reasons)

    def fall_back(self, record: Record, rotation: Rotation) -> tuple[Decision, Rotation]:
        """Past the rules, to what follows when nobody can take a record."""
        matching = self.matching(record)[:1]
        rules = [self.table.rules[position] for position in matching]
        first = next((rule.on_no_eligible for rule in rules), None) or self.spec.on_no_eligible
        assign = None if first == "next_rule" else first
        trails = list(self.fallback("", assign, record, rotation))
        return self.decision(trails[-1], (), tuple(self.notes(trails, ())))

    def decision(
        self, taken: _Trail, overlaps: tuple[str, ...], reasons: tuple[Reason, ...]
    ) -> tuple[Decision, Rotation]:
        place = taken.place
        decision = Decision(
            policy=self.policy.name,
            rule=taken.rule,
            person=place.person,
            pool=place.pool,
            queue=place.queue,
            overlaps=overlaps,
            reasons=reasons,
            name=self.staff.name(place.person) if place.person else "",
        )
        return decision, place.rotation

    def matching(self, record: Record) -> Sequence[int]:
        """The first rule that holds; all of them where more than one can matter."""
        if self.spec.hit_policy == "first" and not self.table.goes_on:
            first = self.table.index.first(record, self.staff.now)
            return () if first is None else (first,)
        return self.table.index.all(record, self.staff.now)

    def overlaps(self, matching: Sequence[int]) -> tuple[str, ...]:
        if self.spec.hit_policy == "first":
            return ()
        return tuple(self.table.rules[position].key for position in matching[1:])

    def trails(
        self, matching: Sequence[int], record: Record, rotation: Rotation
    ) -> Iterator[_Trail]:
        """What is tried in turn: rules that hold, their fallbacks, and ``otherwise`` in the end."""
        for position in matching:
            rule = self.table.rules[position]
            place = self.place(rule.assign, record, rotation)
            yield _Trail(rule.key, place, place.reasons)
            fallback = rule.on_no_eligible or self.spec.on_no_eligible
            if place.found:
                return
            if fallback == "next_rule":
                continue
            yield from self.fallback(rule.key, fallback, record, rotation)
            return
        yield from self.fallback("", None, record, rotation)

    def place(self, assign: Assign, record: Record, rotation: Rotation) -> Place:
        return destination(assign, record, self.staff, rotation, explained=self.explained)

    def fallback(
        self, rule: str, first: Assign | None, record: Record, rotation: Rotation
    ) -> Iterator[_Trail]:
        """Where a record goes that nobody can take."""
        for assign in (first, self.spec.otherwise):
            if assign is None:
                continue
            place = self.place(assign, record, rotation)
            yield _Trail(rule if assign is first else "", place, place.reasons)
            if place.found:
                return
        yield _Trail("", Place(rotation), ())

    def looked_at(self, record: Record, trails: Sequence[_Trail]) -> Iterator[Reason]:
        """Every rule up to the one that took the record, with the facts."""
        tried = {trail.rule: trail.below for trail in reversed(trails) if trail.rule}
        left = len(tried)
        for rule, condition in zip(self.table.rules, self.table.conditions, strict=True):
            told = facts(condition, record, self.staff.now) if _asks(rule) else "every record"
            verdict = Verdict.YES if rule.key in tried else Verdict.NO
            yield Reason(rule.key, verdict, told, tried.get(rule.key, ()))
            left -= rule.key in tried
            if tried and not left:
                return

    def notes(self, trails: Sequence[_Trail], overlaps: Sequence[str]) -> Iterator[Reason]:
        """What happened beside the rules."""
        for name in overlaps:
            yield Reason(name, Verdict.NOTE, "holds, too, though only one rule may")
        seen: set[str] = set()
        for trail in trails:
            if trail.rule in seen:
                yield Reason("on_no_eligible", Verdict.CHOSEN, trail.place.words, trail.below)
            elif not trail.rule:
                yield Reason("otherwise", Verdict.CHOSEN, trail.place.words, trail.below)
            if trail.rule:
                seen.add(trail.rule)


def _asks(rule: Rule) -> bool:
    """Whether a rule has a condition."""
    return rule.when is not None or bool(rule.cells)

"""Who gets which record, before and after: rotations go on from record to record on each side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.reasons import Verdict
from ixia_config.kinds.routing_policy.decide import Decision, governing, route
from ixia_config.kinds.routing_policy.rotation import NOBODY_YET, Rotation
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.simulate.impact import Example, Line, Section, Table, more, plural, share_of
from ixia_config.simulate.replay import (
    EXAMPLES,
    Incoming,
    Setting,
    Side,
    Sides,
    each_side,
    group,
    table,
)

OTHERWISE = "(no rule)"
NOBODY = "(nobody)"


@dataclass(slots=True)
class _Side(Side[RoutingPolicy]):
    """One version of the policy at work, and whose turn it is in its pools."""

    rotation: Rotation = NOBODY_YET

    def decide(self, record: Incoming) -> Decision:
        """Where the record goes; the rotation moves on."""
        version = governing(self.configuration, self.policy.name, record.at.date())
        decision, self.rotation = route(
            self.configuration,
            version or self.policy,
            record.values,
            now=record.at,
            rotation=self.rotation,
            explained=False,
        )
        return decision

    def explained(self, record: Incoming, rotation: Rotation) -> Decision:
        """The same decision with its reasons; the rotation stays."""
        version = governing(self.configuration, self.policy.name, record.at.date())
        decision, _ = route(
            self.configuration,
            version or self.policy,
            record.values,
            now=record.at,
            rotation=rotation,
        )
        return decision


class RoutingReplay:
    """A RoutingPolicy on both sides."""

    def __init__(self, name: str, sides: Sides, setting: Setting) -> None:
        self.name, self.setting = name, setting
        self.before, self.after = map(_turning, each_side(RoutingPolicy, name, sides))
        self.seen = self.elsewhere = self.renamed = self.redealt = 0
        self.ways: Counter[tuple[str, str]] = Counter()
        self.examples: list[Example] = []

    def see(self, record: Incoming) -> None:
        """Route the record on both sides."""
        self.seen += record.count
        found: list[Decision | None] = []
        rotations = [each.rotation if each else NOBODY_YET for each in (self.before, self.after)]
        for side in (self.before, self.after):
            found.append(None if side is None else side.decide(record))
            if side is not None and found[-1] is not None:
                self._count(side, record, found[-1])
        if self.before is not None and self.after is not None:
            self._compare(record, found, rotations)

    def _count(self, side: _Side, record: Incoming, decision: Decision) -> None:
        side.count("rule", decision.rule or OTHERWISE, record.count)
        side.count("destination", _place(decision), record.count)
        if decision.person:
            people = roster(side.configuration)
            person = people.person(decision.person)
            side.count("person", decision.name or decision.person, record.count)
            side.count("team", (person.team if person else None) or "(no team)", record.count)
        for path in self.setting.by:
            place = f"{group(record.values, path)} to {_place(decision)}"
            side.count(f"{path} and place", place, record.count)

    def _compare(
        self, record: Incoming, found: list[Decision | None], rotations: list[Rotation]
    ) -> None:
        before, after = found
        if before is None or after is None:
            return
        if before.rule != after.rule:
            self.ways[before.rule or OTHERWISE, after.rule or OTHERWISE] += record.count
        if _place(before) != _place(after):
            self.elsewhere += record.count
            if len(self.examples) < EXAMPLES:
                self.examples.append(self._example(record, before, after, rotations[1]))
        elif before.rule != after.rule:
            self.renamed += record.count
        elif before.person != after.person:
            self.redealt += record.count

    def _example(
        self, record: Incoming, before: Decision, after: Decision, rotation: Rotation
    ) -> Example:
        told = self.after.explained(record, rotation) if self.after else after
        holding = (each for each in told.reasons if each.verdict is Verdict.YES)
        why = next((f"{each.subject}: {each.why}" for each in holding), "no rule holds")
        return Example(record.name, _told(before), _told(after), why)

    def section(self) -> Section:
        """Records by rule, place, person and team; who goes elsewhere."""
        shown = self.after or self.before
        policy = shown.policy if shown else None
        noun = policy.body.spec.object if policy else "record"
        rules = [rule.key for rule in policy.body.spec.rules] if policy else []
        names = ["rule", "destination", "team", "person"]
        names += [f"{path} and place" for path in self.setting.by]
        order = {"rule": (*rules, OTHERWISE)}
        tables = [
            table(self.before, self.after, each, f"by {each}", order.get(each, ()))
            for each in names
        ]
        return Section(
            policy=f"RoutingPolicy/{self.name}",
            title=policy.title if policy else self.name,
            noun=plural(noun),
            seen=self.seen,
            changed=self.elsewhere + self.renamed,
            headline=self._headline(noun),
            tables=(*self._moves(), *(each for each in tables if each.lines)),
            examples=tuple(self.examples),
            notes=tuple(self._notes(noun)),
        )

    def _moves(self) -> tuple[Table, ...]:
        if not self.ways:
            return ()
        ranked = sorted(self.ways.items(), key=lambda each: (-each[1], each[0]))
        found = tuple(Line(f"{old} -> {new}", 0, count) for (old, new), count in ranked)
        return (Table("from rule to rule", found),)

    def _headline(self, noun: str) -> str:
        if self.before is None or self.after is None:
            nobody = sum(
                side.counted("destination")[NOBODY]
                for side in (self.before, self.after)
                if side is not None
            )
            return f"{share_of(nobody, self.seen)} {plural(noun)} go to nobody"
        return f"{share_of(self.elsewhere, self.seen)} {plural(noun)} go elsewhere"

    def _notes(self, noun: str) -> list[str]:
        found: list[str] = []
        if self.renamed:
            verb = "is" if self.renamed == 1 else "are"
            told = f"{more(self.renamed, noun)} {verb} taken by another rule"
            found.append(f"{told} and end in the same place")
        if self.redealt:
            told = f"{more(self.redealt, noun)} of the same pool go to somebody else"
            found.append(f"{told}, because turns were taken in another order")
        return found


def _turning(side: Side[RoutingPolicy] | None) -> _Side | None:
    return None if side is None else _Side(side.configuration, side.policy)


def _place(decision: Decision) -> str:
    """The pool, queue or person that a record goes to."""
    if decision.pool:
        return f"pool {decision.pool}"
    if decision.queue:
        return f"queue {decision.queue}"
    return decision.name or decision.person or NOBODY


def _told(decision: Decision) -> str:
    who = f" ({decision.name})" if decision.pool and decision.name else ""
    return f"{decision.rule or OTHERWISE}: {_place(decision)}{who}"

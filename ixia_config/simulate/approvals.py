"""Who has to approve how much, before and after, and which requests stay just below a bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from ixia_config.kinds.approval_policy.decide import chain
from ixia_config.kinds.approval_policy.decision import Decision, Outcome
from ixia_config.kinds.approval_policy.ladder import ladder
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.reasons import Verdict
from ixia_config.kinds.scalars import percentage
from ixia_config.rules import FieldType
from ixia_config.rules.nodes import Compare, Constant, FieldValue, within
from ixia_config.simulate.impact import Example, Section, plural, share_of
from ixia_config.simulate.replay import (
    EXAMPLES,
    Incoming,
    Record,
    Setting,
    Side,
    Sides,
    each_side,
    group,
    table,
)

SUBMITTERS = ("submitter", "owner")
"""Fields that name who asks, the first that a record has."""
POINT = Decimal("0.01")


class ApprovalReplay:
    """An ApprovalPolicy on both sides."""

    def __init__(self, name: str, sides: Sides, setting: Setting) -> None:
        self.name, self.setting = name, setting
        self.before, self.after = each_side(ApprovalPolicy, name, sides)
        self.seen = self.changed = self.more = self.less = self.anonymous = 0
        self.examples: list[Example] = []
        self.near: Counter[tuple[str, Decimal, str]] = Counter()
        self.bounds = tuple(dict.fromkeys(_bounds(self.after or self.before)))

    def see(self, record: Incoming) -> None:
        """Ask for the record on both sides."""
        self.seen += record.count
        submitter = _submitter(record.values)
        self.anonymous += 0 if submitter else record.count
        self._bunching(record)
        found: list[Decision | None] = []
        for side in (self.before, self.after):
            decision = None
            if side is not None:
                decision = chain(
                    side.configuration, side.policy, record.values, submitter, record.at
                )
                self._count(side, record, decision)
            found.append(decision)
        if found[0] is not None and found[1] is not None:
            self._compare(record, found[0], found[1])

    def _bunching(self, record: Incoming) -> None:
        for name, bound in self.bounds:
            value = record.values.get(name)
            if isinstance(value, Decimal) and abs(value - bound) <= POINT:
                where = "below" if value < bound else "at or above"
                self.near[name, bound, where] += record.count

    def _count(self, side: Side[ApprovalPolicy], record: Incoming, decision: Decision) -> None:
        side.count("outcome", decision.outcome.value, record.count)
        side.count("rule", decision.rule or "(no rule)", record.count)
        for label in {label for step in decision.steps for label in step.labels}:
            side.count("who is asked", label, record.count)
        people = roster(side.configuration)
        asked = {
            email for step in decision.steps for seat in step.seats for email in seat.emails[:1]
        }
        for email in asked:
            person = people.person(email)
            side.count("person", (person.name if person else None) or email, record.count)
        for path in self.setting.by:
            if decision.steps:
                side.count(f"approvals by {path}", group(record.values, path), record.count)

    def _compare(self, record: Incoming, before: Decision, after: Decision) -> None:
        if (before.outcome, _steps(before)) == (after.outcome, _steps(after)):
            return
        self.changed += record.count
        self.more += record.count * (_burden(after) > _burden(before))
        self.less += record.count * (_burden(after) < _burden(before))
        if len(self.examples) < EXAMPLES:
            holding = [each for each in after.reasons if each.verdict is Verdict.YES]
            why = f"{holding[0].subject}: {holding[0].why}" if holding else "no rule holds"
            self.examples.append(Example(record.name, _told(before), _told(after), why))

    def section(self) -> Section:
        """Outcomes, the load of everybody who is asked, and requests close to a bound."""
        shown, both, by = self.after or self.before, (self.before, self.after), self.setting.by
        policy = shown.policy if shown else None
        rules = [rule.key for rule in policy.body.spec.rules] if policy else []
        tables = [
            table(*both, "outcome", "outcomes", [each.value for each in Outcome]),
            table(*both, "rule", "by rule", rules),
            table(*both, "who is asked", "who is asked"),
            table(*both, "person", "asked first"),
            *(table(*both, f"approvals by {each}", f"approvals by {each}") for each in by),
        ]
        return Section(
            policy=f"ApprovalPolicy/{self.name}",
            title=policy.title if policy else self.name,
            noun=plural(policy.body.spec.object if policy else "record"),
            seen=self.seen,
            changed=self.changed,
            headline=self._headline(policy.body.spec.object if policy else "record"),
            tables=tuple(each for each in tables if each.lines),
            examples=tuple(self.examples),
            notes=tuple(self._close()),
            left_out=self._left_out(),
        )

    def _close(self) -> Iterator[str]:
        """Records within one point of a bound: many below and few above look like avoidance."""
        for name, bound in self.bounds:
            below, above = (self.near[name, bound, each] for each in ("below", "at or above"))
            if below or above:
                at = percentage(bound).replace("%", " %")
                yield (
                    f"within one point of {name} {at}: {below:,} stay below,"
                    f" {above:,} are at it or above"
                )

    def _headline(self, noun: str) -> str:
        if self.before is None or self.after is None:
            side = self.after or self.before
            needed = side.counted("outcome")[Outcome.NEEDED.value] if side else 0
            return f"{share_of(needed, self.seen)} {plural(noun)} need a person"
        counts = [
            side.counted("outcome")[Outcome.NEEDED.value] for side in (self.before, self.after)
        ]
        return (
            f"{counts[0]:,} {plural(noun)} needed a person, now {counts[1]:,};"
            f" {self.more:,} need more approval, {self.less:,} less"
        )

    def _left_out(self) -> tuple[str, ...]:
        if not self.anonymous:
            return ()
        told = f"{self.anonymous:,} requests do not say who submitted them (submitter or owner)"
        return (f"{told}: managers of the submitter are unknown there",)


def _submitter(record: Record) -> str:
    found = (record.get(name) for name in SUBMITTERS)
    return next((each for each in found if isinstance(each, str) and each), "")


def _bounds(side: Side[ApprovalPolicy] | None) -> Iterator[tuple[str, Decimal]]:
    return iter(()) if side is None else bounds(side.configuration, side.policy)


def bounds(
    configuration: Configuration, policy: Policy[ApprovalPolicy]
) -> Iterator[tuple[str, Decimal]]:
    """The percentages at which the answer may become another one, by field."""
    for typed in ladder(configuration, policy).conditions.values():
        for node in within(typed.root):
            if not isinstance(node, Compare):
                continue
            sides = (node.left, node.right)
            fields = [each for each in sides if isinstance(each, FieldValue)]
            literals = [each for each in sides if isinstance(each, Constant)]
            if fields and literals and fields[0].type is FieldType.PERCENT:
                value = literals[0].value
                if isinstance(value, int | Decimal):
                    yield fields[0].name, Decimal(value)


def _steps(decision: Decision) -> tuple[tuple[str, ...], ...]:
    return tuple(step.labels for step in decision.steps)


def _burden(decision: Decision) -> tuple[int, int]:
    """Denied is most, then more seats to ask."""
    denied = decision.outcome is Outcome.DENIED
    return (int(denied), sum(len(step.seats) for step in decision.steps))


def _told(decision: Decision) -> str:
    if not decision.steps:
        return decision.outcome.value
    return " then ".join(" and ".join(step.labels) for step in decision.steps)

"""Triggers ready to be asked: what must hold of a record, and since when it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ixia_config.codes import Diagnostic
from ixia_config.kinds.conditions import catalogue, condition
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.sla_policy.spec import SlaPolicy, Trigger
from ixia_config.model import Path
from ixia_config.rules import Fields, FieldType, Typed
from ixia_config.rules.nodes import FieldValue, Known, within

Record = Mapping[str, Any]
ROLES = ("start", "pause", "stop", "reset", "cancel")


@dataclass(frozen=True, slots=True)
class Change:
    """A record as it was from an instant on, and the event that made it so.

    ``partial`` says that only its times are known to be of that instant, and the rest is of later.
    """

    at: datetime
    record: Record
    event: str = ""
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Signal:
    """One trigger: an event, or a test that holds since the time in a field."""

    test: Typed | None = None
    event: str = ""
    field: str = ""
    times: frozenset[str] = frozenset()
    """The date-and-time fields that tell when it came to hold"""

    def holds(self, change: Change) -> bool:
        """Whether it is so; false where nobody can know yet."""
        if self.event:
            return change.event == self.event or self._since(change) is not None
        if self.test is None or (change.partial and not self.times):
            return False
        known = not self.field or self._since(change) is not None
        return known and self.test.evaluate(change.record, change.at)

    def at(self, change: Change) -> datetime:
        """Since when it is so."""
        return self._since(change) or change.at

    def _since(self, change: Change) -> datetime | None:
        moment = change.record.get(self.field) if self.field else None
        return moment if isinstance(moment, datetime) and moment <= change.at else None


@dataclass(frozen=True, slots=True)
class Signals:
    """The triggers of a policy; a pause, reset or cancel may be absent."""

    when: Typed | None
    start: Signal
    stop: Signal
    pause: Signal | None = None
    reset: Signal | None = None
    cancel: Signal | None = None

    def __iter__(self) -> Iterator[Signal]:
        every = (self.start, self.pause, self.stop, self.reset, self.cancel)
        return (signal for signal in every if signal is not None)

    def applies(self, change: Change) -> bool:
        """Whether the policy holds for the record."""
        return self.when is None or self.when.evaluate(change.record, change.at)

    @property
    def times(self) -> frozenset[str]:
        """Every field that tells when something happened."""
        return frozenset[str]().union(*(signal.times for signal in self))


def declared(policy: Policy[SlaPolicy]) -> Iterator[tuple[str, Trigger]]:
    """The triggers of a policy by their role."""
    for role in ROLES:
        trigger = getattr(policy.body.spec, role)
        if trigger is not None:
            yield role, trigger


def condition_path(policy: Policy[SlaPolicy], role: str) -> Path:
    """Where the condition of a trigger stands: written out, or in its place alone."""
    tree: Any = policy.document.tree
    written = isinstance(tree["spec"][role], Mapping)
    return ("spec", role, "when") if written else ("spec", role)


def event_field(event: str, fields: Fields) -> str:
    """The field that tells when an event happened: ``assigned_at``; empty where there is none."""
    names = (f"{event}_at", event, f"{event}_date")
    return next((name for name in names if is_time(name, fields)), "")


def is_time(name: str, fields: Fields) -> bool:
    """Whether a field holds date and time."""
    return name in fields and fields[name].type is FieldType.DATETIME


def typed(
    policy: Policy[SlaPolicy], path: Path, configuration: Configuration
) -> tuple[Typed | None, tuple[Diagnostic, ...]]:
    """A condition of a policy, and what is wrong with it."""
    return condition(policy, path, configuration, policy.body.spec.object)


def signals(policy: Policy[SlaPolicy], configuration: Configuration) -> Signals | None:
    """The triggers of a policy, or None where one of them has errors."""
    fields = catalogue(configuration).records.get(policy.body.spec.object, {})
    found: dict[str, Signal] = {}
    for role, trigger in declared(policy):
        test = None
        if trigger.when is not None:
            test = typed(policy, condition_path(policy, role), configuration)[0]
            if test is None:
                return None
        found[role] = _signal(trigger, test, fields)
    when = None
    if policy.body.spec.when is not None:
        when = typed(policy, ("spec", "when"), configuration)[0]
        if when is None:
            return None
    return Signals(when, **found)


def _signal(trigger: Trigger, test: Typed | None, fields: Fields) -> Signal:
    if trigger.on is not None:
        name = event_field(trigger.on, fields)
        return Signal(event=trigger.on, field=name, times=frozenset({name} - {""}))
    dated = _dated(test)
    name = trigger.since or (next(iter(dated), "") if test and isinstance(test.root, Known) else "")
    if name not in dated and name != trigger.since:
        name = ""
    return Signal(test, field=name, times=dated | ({name} - {""}))


def _dated(test: Typed | None) -> frozenset[str]:
    """The date-and-time fields whose presence a condition asks for."""
    known = (node for node in within(test.root) if isinstance(node, Known)) if test else ()
    subjects = (node.subject for node in known)
    return frozenset(
        node.name
        for node in subjects
        if isinstance(node, FieldValue) and node.type is FieldType.DATETIME and len(node.path) == 1
    )

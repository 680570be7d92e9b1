"""The interpreter of workflows: one record walks from step to step until it ends or waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ixia_connectors.hubspot.sandbox.flow_filters import Subject, passes

_MINUTES = {"SECONDS": 1 / 60, "MINUTES": 1, "HOURS": 60, "DAYS": 60 * 24, "WEEKS": 60 * 24 * 7}
MOST_STEPS = 500


@dataclass(frozen=True, slots=True)
class Wait:
    """A record stands before a step until a number of minutes is over, or a property's time."""

    next: str
    minutes: float | None = None
    until: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What a step told people."""

    user_ids: tuple[str, ...]
    owner_properties: tuple[str, ...]
    subject: str


@dataclass(slots=True)
class Walk:
    """One record on its way through a workflow: what it has now, and what was said meanwhile.

    ``turn`` counts the rotations of an action and gives the number of this one, from 0;
    ``owner_of`` is the owner id of a user, None where nobody active has the user id.
    """

    flow: Mapping[str, Any]
    subject: Subject
    turn: Callable[[str], int]
    owner_of: Callable[[str], str | None]
    changes: dict[str, str] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    def go(self, start: str) -> Wait | None:
        """Walk from a step on; None at the end."""
        steps = {str(each["actionId"]): each for each in self.flow["actions"]}
        key: str | None = start
        for _ in range(MOST_STEPS):
            if key is None or key not in steps:
                return None
            step = steps[key]
            if step["type"] == "LIST_BRANCH":
                key = self.way(step)
            else:
                following = _next(step.get("connection"))
                wait = self.act(step, following)
                if wait is not None:
                    return wait
                key = following
        raise ValueError("the workflow goes round in a circle")

    def now(self) -> Subject:
        """The record with what this walk wrote."""
        return Subject({**self.subject.properties, **self.changes}, self.subject.related)

    def way(self, step: Mapping[str, Any]) -> str | None:
        """The first branch that the record passes."""
        for branch in step["listBranches"]:
            if passes(branch["filterBranch"], self.now()):
                return _next(branch.get("connection"))
        return _next(step.get("defaultBranch"))

    def act(self, step: Mapping[str, Any], following: str | None) -> Wait | None:
        fields = step["fields"]
        match step["actionTypeId"]:
            case "0-1":
                minutes = float(fields["delta"]) * _MINUTES[fields["time_unit"]]
                return Wait(following or "", minutes=minutes)
            case "0-35":
                return Wait(following or "", until=fields["date"]["propertyName"])
            case "0-5":
                self.put(fields["property_name"], fields["value"])
            case "0-11":
                self.rotate(str(step["actionId"]), fields)
            case "0-8":
                self.messages.append(_message(fields))
            case other:
                raise ValueError(f"the interpreter does not know action {other}")
        return None

    def put(self, name: str, value: Mapping[str, Any]) -> None:
        if value["type"] == "STATIC_VALUE":
            self.changes[name] = str(value["staticValue"])
            return
        copied = self.now().properties.get(value["propertyName"])
        if copied is not None:
            self.changes[name] = copied

    def rotate(self, action: str, fields: Mapping[str, Any]) -> None:
        """The next of those who are there; a record that has an owner keeps it."""
        target = fields["target_property"]
        kept = str(fields["overwrite_current_owner"]).lower() == "false"
        if kept and self.now().properties.get(target):
            return
        owners = [self.owner_of(str(each)) for each in fields["user_ids"]]
        there = [each for each in owners if each is not None]
        if there:
            self.changes[target] = there[self.turn(action) % len(there)]


def _next(connection: Any) -> str | None:
    return str(connection["nextActionId"]) if connection else None


def _message(fields: Mapping[str, Any]) -> Message:
    users = tuple(str(each) for each in fields.get("user_ids") or ())
    return Message(users, tuple(fields.get("owner_properties") or ()), fields["subject"])

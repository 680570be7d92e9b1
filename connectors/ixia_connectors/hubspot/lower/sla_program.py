"""The timers of an SlaPolicy as the steps of a workflow: wait, look whether it is met, tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from ixia_config.sdk.flows import (
    Graph,
    Late,
    Left,
    Notify,
    Passed,
    Recipient,
    SetField,
    Target,
    Timer,
    Used,
)
from ixia_connectors.hubspot.flow_filters import Groups, plain
from ixia_connectors.hubspot.flow_steps import OWNER, Step
from ixia_connectors.hubspot.lower.flow_conditions import ALWAYS, InexpressibleError, Places, asked
from ixia_connectors.hubspot.lower.flow_numbers import Numbered

MET = "met"
WATCHED = "running"


@dataclass(frozen=True, slots=True)
class Clock:
    """What a policy's workflow is made of; ``people`` is None where nobody could be asked.

    ``done`` are the records whose clock has ended.
    """

    graph: Graph
    places: Places
    done: Groups
    state: str
    due: str
    people: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Timers:
    """The steps by their id, and what they do not do: by part, with the reason."""

    first: str
    steps: Mapping[str, Step]
    unheld: Mapping[str, str]
    waits_for_due: bool


@dataclass(frozen=True, slots=True)
class _Alarm:
    """One alarm at so many minutes after the start or, ``late``, after the due time."""

    key: str
    after: Fraction
    then: str


def timers(clock: Clock) -> Timers:
    """The steps of every target, the first one whose condition holds."""
    writer = _Writer(clock)
    first = writer.targets()
    return Timers(first, dict(writer.steps), writer.unheld, writer.waits_for_due)


@dataclass(slots=True)
class _Writer(Numbered):
    """Writes steps in the order in which records meet them."""

    clock: Clock
    unheld: dict[str, str] = field(default_factory=dict)
    waits_for_due: bool = False

    def targets(self) -> str:
        """A branch over the targets; the last one holds for the rest, where it has no condition."""
        held: list[tuple[Target, Groups]] = []
        rest: Target | None = None
        watch = self.clock.graph.watch
        for target in watch.targets if watch else ():
            groups = self.condition(target)
            if groups is None:
                continue
            if groups == ALWAYS:
                rest = target
                break
            held.append((target, groups))
        if not held:
            return self.target(rest) if rest else self.noted("none")

        def make() -> Step:
            branches = [
                {"name": each.key, "when": plain(groups), "then": self.target(each)}
                for each, groups in held
            ]
            return {
                "do": "branch",
                "branches": branches,
                "else": self.target(rest) if rest else self.noted("none"),
            }

        return self.once("targets", make)

    def condition(self, target: Target) -> Groups | None:
        if target.test is None:
            return ALWAYS
        try:
            return asked(target.test, self.clock.places).groups
        except InexpressibleError as error:
            self.unheld[f"condition of target {target.key}"] = str(error)
            return None

    def noted(self, state: str, then: str = "") -> str:
        step: Step = {"do": "set", "property": self.clock.state, "value": state}
        return self.once(("noted", state, then), lambda: {**step, "then": then} if then else step)

    def target(self, target: Target) -> str:
        """The alarms of one target one after another, each behind a wait and a look."""
        counted = target.within.business or target.by is not None
        alarms = tuple(sorted(self.alarms(target, counted=counted), key=lambda each: each.after))
        self.waits_for_due = self.waits_for_due or counted
        step: Step = {"do": "set", "property": self.clock.state, "value": WATCHED}

        def make() -> Step:
            if counted:
                return _on(step, self.until_due(target.key, alarms))
            return _on(step, self.waiting(target.key, alarms, Fraction(0)))

        return self.once(("watched", target.key), make)

    def alarms(self, target: Target, *, counted: bool) -> Iterator[_Alarm]:
        """When each alarm is; one whose time HubSpot cannot count is left out, and said."""
        length = Fraction(target.within.minutes)
        for node in self.clock.graph.nodes:
            if not isinstance(node, Timer):
                continue
            after = _after(node, length)
            if counted:
                after = after - length
                if after < 0:
                    self.unheld[f"alarm of {node.title}"] = (
                        "HubSpot counts no business time before the due time"
                    )
                    continue
            if isinstance(node.alarm, Late) and node.alarm.amount.business:
                self.unheld[f"alarm of {node.title}"] = "HubSpot counts no business time"
                continue
            then = self.clock.graph.node(node.reached)
            if not isinstance(then, Notify) or self.tell(then) is not None:
                yield _Alarm(node.key, after, node.reached)

    def waiting(self, key: str, alarms: tuple[_Alarm, ...], now: Fraction) -> str:
        """The wait for the next alarm and what follows; nothing after the last one."""
        if not alarms:
            return ""
        alarm, later = alarms[0], alarms[1:]
        if alarm.after <= now:
            return self.look(key, alarm, later)
        step: Step = {"do": "wait", "time": str(ceil(alarm.after - now)), "unit": "MINUTES"}
        return self.once(
            ("wait", key, alarm.key), lambda: {**step, "then": self.look(key, alarm, later)}
        )

    def until_due(self, key: str, alarms: tuple[_Alarm, ...]) -> str:
        """The same from the due time on, which another tool writes."""
        step: Step = {"do": "wait until", "property": self.clock.due}
        return self.once(("until", key), lambda: _on(step, self.waiting(key, alarms, Fraction(0))))

    def look(self, key: str, alarm: _Alarm, later: tuple[_Alarm, ...]) -> str:
        """Nothing more where the clock has ended; else the alarm, and on to the next one."""

        def make() -> Step:
            branch = {"name": MET, "when": plain(self.clock.done), "then": self.noted(MET)}
            return {
                "do": "branch",
                "branches": [branch],
                "else": self.act(key, alarm, later),
            }

        return self.once(("look", key, alarm.key), make)

    def act(self, key: str, alarm: _Alarm, later: tuple[_Alarm, ...]) -> str:
        node = self.clock.graph.node(alarm.then)

        def then() -> str:
            return self.waiting(key, later, alarm.after) if later else ""

        match node:
            case SetField(value=value):
                step: Step = {"do": "set", "property": self.clock.state, "value": str(value)}
            case Notify():
                step = self.tell(node) or {}
            case other:
                raise ValueError(f"{other.key} is nothing that an alarm does")
        return self.once(("act", key, alarm.key), lambda: _on(step, then()))

    def tell(self, node: Notify) -> Step | None:
        """A message to whom an alarm names; None where HubSpot does not know who that is."""
        title = self.clock.graph.title
        told = {"subject": f"{title}: {node.text}", "body": _body(title, node.text)}
        if node.action in ("reroute", "raise_priority", "task"):
            self.unheld[f"{node.action.replace('_', ' ')} of {node.text}"] = "people are told only"
        if node.to.to == "owner":
            return {"do": "tell", "owners": [OWNER], **told}
        emails = self.people(node.to)
        if emails:
            return {"do": "tell", "people": emails, **told}
        self.unheld[f"message of {node.text}"] = _why_not(node.to)
        return None

    def people(self, to: Recipient) -> list[str]:
        """Everybody of a role or team, or the person, who has a user in the account."""
        every = self.clock.graph.people
        match to.to:
            case "person":
                found = [to.name.lower()]
            case "role":
                found = [email for email, each in every.items() if each.role == to.name]
            case "team":
                found = [email for email, each in every.items() if each.team == to.name]
            case _:
                found = []
        present = self.clock.people
        return sorted(each for each in found if present is None or each in present)


def _on(step: Step, then: str) -> Step:
    return {**step, "then": then} if then else step


def _body(title: str, text: str) -> str:
    return f"<p>{_plain(title)}: {_plain(text)}</p>"


def _plain(words: str) -> str:
    """Words of a user as text of a message, never as markup."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _why_not(to: Recipient) -> str:
    if to.to in ("manager", "team_lead"):
        return "HubSpot does not know who leads the owner of a record"
    return f"nobody of {to.name} is an active user of this account"


def _after(node: Timer, length: Fraction) -> Fraction:
    """Minutes after the start at which an alarm is."""
    match node.alarm:
        case Used(share=share):
            return length * Fraction(share)
        case Left(amount=amount):
            return max(length - amount.minutes, Fraction(0))
        case Late(amount=amount):
            return length + amount.minutes
        case Passed():
            return length

"""A decision graph as the steps of a workflow, and which of its nodes are not held exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ixia_config.sdk.flows import (
    Assign,
    Branch,
    Case,
    End,
    Graph,
    Member,
    Start,
    ToOwner,
    ToPerson,
    ToPool,
    ToQueue,
)
from ixia_connectors.hubspot.flow_filters import ANY_PROPERTY, Filter, Groups, plain
from ixia_connectors.hubspot.flow_steps import OWNER, ROTATE, Step
from ixia_connectors.hubspot.lower.flow_conditions import (
    InexpressibleError,
    Places,
    always,
    asked,
    never,
)
from ixia_connectors.hubspot.lower.flow_numbers import Numbered

MOST_BRANCHES = 20
NOBODY = "nobody"
"""What stands in the decision of a record that the policy gives to nobody."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the account has for a graph: who is there, which actions, where fields stand.

    ``people`` is None where nobody could be asked; so is ``actions``.
    """

    places: Places
    decision: str
    people: frozenset[str] | None = None
    actions: frozenset[str] | None = None

    def has(self, email: str) -> bool:
        """Whether somebody is an active person of the account."""
        return self.people is None or email.lower() in self.people

    @property
    def rotates(self) -> bool:
        """Whether the account's workflows can take turns."""
        return self.actions is None or ROTATE in self.actions


@dataclass(frozen=True, slots=True)
class Program:
    """The steps by their id, the first one, and what is not as the graph has it.

    ``left_out`` are rules without a filter, ``loose`` rules whose filter is less strict, and
    ``unheld`` assignments that HubSpot makes in another way: by rule or node, with the reason.
    """

    first: str
    steps: Mapping[str, Step]
    left_out: Mapping[str, str]
    loose: Mapping[str, str]
    unheld: Mapping[str, str]
    missing: tuple[str, ...]

    @property
    def inexact(self) -> frozenset[str]:
        """The rules and nodes behind which records may go another way than in the graph."""
        return frozenset(self.left_out) | frozenset(self.loose) | frozenset(self.unheld)


def program(graph: Graph, means: Means) -> Program:
    """The steps of a graph that routes records."""
    writer = _Writer(graph, means)
    first = writer.go(graph.start.key) or writer.nobody()
    return Program(
        first=first,
        steps={number: dict(step) for number, step in writer.steps.items()},
        left_out=writer.left_out,
        loose=writer.loose,
        unheld=writer.unheld,
        missing=tuple(sorted(writer.missing)),
    )


def outcome(rule: str, queue: str = "") -> str:
    """What a record's decision says: the rule that took it, and the queue in which it waits."""
    return f"{rule or 'otherwise'} > {queue}" if queue else rule or "otherwise"


@dataclass(slots=True)
class _Writer(Numbered):
    """Writes steps in the order in which records meet them; each thing once."""

    graph: Graph
    means: Means
    left_out: dict[str, str] = field(default_factory=dict)
    loose: dict[str, str] = field(default_factory=dict)
    unheld: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def go(self, key: str) -> str:
        """The step at which a node begins; nothing at the end."""
        node = self.graph.node(key)
        match node:
            case Start():
                return self.go(node.next)
            case Branch():
                return self.branch(node)
            case Assign():
                return self.assign(node)
            case End():
                return ""
            case _:
                raise ValueError(f"{key} waits or tells: this graph is no routing")

    def somewhere(self, key: str) -> str:
        """The same, where HubSpot wants a step: a branch that leads nowhere makes it fail."""
        return self.go(key) or self.nobody()

    def nobody(self) -> str:
        return self.noted(NOBODY, "")

    def noted(self, decision: str, then: str) -> str:
        """The step that writes the decision down, and goes on."""
        step: Step = {"do": "set", "property": self.means.decision, "value": decision}
        return self.once(("noted", decision, then), lambda: _then(step, then))

    def branch(self, node: Branch) -> str:
        """The cases that can be asked for, in chains of as many as HubSpot takes."""
        found: list[tuple[Case, Groups]] = []
        otherwise = node.otherwise
        for case, groups in self.cases(node):
            if always(groups):
                otherwise = case.next
                break
            found.append((case, groups))
        return self.chain(node.key, found, otherwise)

    def cases(self, node: Branch) -> Iterator[tuple[Case, Groups]]:
        for case in node.cases:
            try:
                question = asked(case.test, self.means.places)
            except InexpressibleError as error:
                self.left_out[case.rule] = str(error)
                continue
            if question.loosely:
                self.loose[case.rule] = question.loosely
            if not never(question.groups):
                yield case, question.groups

    def chain(self, key: str, cases: list[tuple[Case, Groups]], otherwise: str) -> str:
        now, later = cases[:MOST_BRANCHES], cases[MOST_BRANCHES:]
        if not now:
            return self.somewhere(otherwise)

        def make() -> Step:
            branches = [
                {"name": each.rule, "when": plain(groups), "then": self.somewhere(each.next)}
                for each, groups in now
            ]
            return {
                "do": "branch",
                "branches": branches,
                "else": self.chain(key, later, otherwise),
            }

        return self.once(("branch", key, len(later)), make)

    def assign(self, node: Assign) -> str:
        match node.to:
            case ToQueue(queue=queue):
                return self.noted(outcome(node.rule, queue), "")
            case ToPerson(email=email):
                return self.person(node, email)
            case ToOwner(path=path):
                return self.owner(node, path)
            case ToPool():
                return self.pool(node, node.to)

    def person(self, node: Assign, email: str) -> str:
        person = self.graph.people.get(email.lower())
        if person is None or not self.there(email):
            return self.go(node.nobody)
        if person.start or person.end:
            self.unheld[node.key] = "HubSpot does not look at first and last days of work"
        return self.noted(outcome(node.rule), self.fixed(email))

    def there(self, email: str) -> bool:
        """Whether the account has somebody; who is missing is remembered."""
        if self.means.has(email):
            return True
        self.missing.add(email.lower())
        return False

    def fixed(self, email: str) -> str:
        step: Step = {"do": "set", "property": OWNER, "person": email.lower()}
        return self.once(("fixed", email.lower()), lambda: step)

    def owner(self, node: Assign, path: str) -> str:
        """The person in a field of the record itself; HubSpot copies none from another record."""
        steps = tuple(path.split("."))
        declared = self.graph.fields.get(path)
        place = self.means.places.known.get(steps)
        if declared is None or declared.type != "person" or place is None or place.of:
            self.unheld[node.key] = f"HubSpot's workflows do not take the owner of {path}"
            return self.go(node.nobody)
        self.unheld[node.key] = f"HubSpot takes whoever stands in {path}, at work or not"
        known = Filter(place.property, ANY_PROPERTY, "IS_KNOWN")

        def make() -> Step:
            copied: Step = {"do": "set", "property": OWNER, "from": place.property}
            copy = self.once(("copied", place.property), lambda: copied)
            there = self.noted(outcome(node.rule), copy)
            branch = {"name": path, "when": plain(((known,),)), "then": there}
            return {"do": "branch", "branches": [branch], "else": self.somewhere(node.nobody)}

        return self.once(("owner", node.key), make)

    def pool(self, node: Assign, to: ToPool) -> str:
        pool = self.graph.pools.get(to.pool)
        members = [each for each in pool.members if self.eligible(each, to)] if pool else []
        weighted = pool is not None and pool.method == "weighted"
        members = [each for each in members if each.weight > 0 or not weighted]
        if pool is None or not members:
            return self.go(node.nobody)
        why = "; ".join(unheld(self.graph, to, members))
        emails = [each.email.lower() for each in members]
        if pool.method == "first_available":
            emails = emails[:1]
        if len(emails) > 1 and not self.means.rotates:
            why = f"rotation: this account's workflows have none, and all go to {emails[0]}"
            emails = emails[:1]
        if why:
            self.unheld[node.key] = why
        return self.noted(outcome(node.rule), self.turn(to, emails))

    def eligible(self, member: Member, to: ToPool) -> bool:
        known = member.email.lower() in self.graph.people
        return known and to.skills <= member.skills and self.there(member.email)

    def turn(self, to: ToPool, emails: list[str]) -> str:
        """One rotation for all that take turns among the same people."""
        if len(emails) == 1:
            return self.fixed(emails[0])
        step: Step = {"do": "rotate", "among": emails}
        return self.once(("turn", to.pool, tuple(emails)), lambda: step)


def _then(step: Step, then: str) -> Step:
    return {**step, "then": then} if then else step


def unheld(graph: Graph, to: ToPool, members: list[Member]) -> Iterator[str]:
    """What a pool asks for and HubSpot's rotation does not have, in words."""
    pool = graph.pools[to.pool]
    if pool.method == "weighted" and len({each.weight for each in members}) > 1:
        yield "weights: HubSpot gives everybody the same share"
    if pool.method == "least_loaded":
        yield "open records: HubSpot takes turns, however many somebody has"
    caps = ((each.daily_cap, each.weekly_cap, each.open_cap) for each in members)
    if any(cap is not None for each in caps for cap in each):
        yield "caps: HubSpot has no largest number of records"
    people = [graph.people[each.email.lower()] for each in members]
    if any(each.hours for each in people):
        yield "working hours: HubSpot assigns at any time"
    if any(each.away for each in people):
        yield "absences: HubSpot assigns to who is away"
    dated = (*((each.start, each.end) for each in members), *((p.start, p.end) for p in people))
    if any(day is not None for days in dated for day in days):
        yield "first and last days: HubSpot looks at neither"
    others = {tuple(sorted(each)) for each in _skills(graph, to.pool)}
    if len(others) > 1:
        yield "skills: each choice of skills takes turns of its own"


def _skills(graph: Graph, pool: str) -> set[frozenset[str]]:
    """The skills that assignments ask of one pool."""
    goals = [node.to for node in graph.nodes if isinstance(node, Assign)]
    return {each.skills for each in goals if isinstance(each, ToPool) and each.pool == pool}

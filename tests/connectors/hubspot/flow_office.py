"""Generated routing policies as workflows, and what the sandbox's interpreter makes of records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from ixia_config.flows import Assign, Branch, routing_graph, run
from ixia_config.kinds.routing_policy.rotation import NOBODY_YET, Rotation
from ixia_config.model import Identity
from ixia_config.sdk import Live
from ixia_config.sdk.flows import Graph, ToPool
from ixia_connectors.hubspot.flow_steps import Ids, actions
from ixia_connectors.hubspot.lower.flow_program import NOBODY, Program, program
from ixia_connectors.hubspot.lower.flows import means
from ixia_connectors.hubspot.names import record_type
from ixia_connectors.hubspot.sandbox.flow_filters import Subject
from ixia_connectors.hubspot.sandbox.flow_run import Walk
from ixia_connectors.hubspot.target import Target
from tests.flows.generated import EMAILS, RECORDS, offices
from tests.kinds.routing_policy.place import MONDAY, Office, directory, document

EVERYBODY = [*EMAILS, "gone@acme.example"]
# An owner id is the user id of somebody else: whoever takes one for the other is found out.
USERS = {email: str(number) for number, email in enumerate(EVERYBODY, 1)}
OWNERS = {email: str(number % len(EVERYBODY) + 1) for number, email in enumerate(EVERYBODY, 1)}
OWNER_OF = {USERS[email]: OWNERS[email] for email in EVERYBODY}
EMAIL_OF = {number: email for email, number in OWNERS.items()}
COMPANY = ("0-2", 610)
ATOMS = [
    'region == "EMEA"',
    'region != "EMEA"',
    'region in ["EMEA", "APAC"]',
    "known(region)",
    "employees >= 1000",
    "employees < 1000",
    "employees == 999",
    "employees != 10",
    "known(employees)",
    "amount > 100.10",
    "amount <= 2500",
    "amount == 500.25",
    "score in [1, 2.0, 3]",
    "true",
]
HELD = list(ATOMS)
ATOMS += [
    "known(account)",
    'country == "DE"',
    'account.lifecycle == "customer"',
    "amount * 2 > 1000.50",
]


@dataclass
class Told:
    """What one law saw: how many pairs were compared, and why others were not."""

    seen: Counter[str] = field(default_factory=Counter)


@st.composite
def conditions(draw: st.DrawFn, atoms: list[str], deep: int = 2) -> str:
    """A condition of a few parts, some of which HubSpot cannot ask about."""
    if deep == 0 or draw(st.integers(0, 2)) == 0:
        return draw(st.sampled_from(atoms))
    if draw(st.integers(0, 3)) == 0:
        return f"!({draw(conditions(atoms, deep - 1))})"
    sign = draw(st.sampled_from([" && ", " || "]))
    parts = draw(st.lists(conditions(atoms, deep - 1), min_size=2, max_size=3))
    return "(" + sign.join(parts) + ")"


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    """Mostly pools that HubSpot's rotation holds as they are; up to 45 rules, to chain branches."""
    many = draw(st.integers(0, 9)) == 0
    size = draw(st.integers(21, 45)) if many else draw(st.integers(1, 5))
    odd = draw(st.integers(0, 3)) == 0
    atoms = ATOMS if odd else HELD
    lines = ["object: lead", "rules:"]
    for number in range(size):
        when = draw(st.sampled_from(atoms) if many else conditions(atoms))
        to = draw(
            st.sampled_from(
                [
                    "{pool: team}",
                    "{pool: team}",
                    "{pool: other}",
                    "{person: m2@acme.example}",
                    "{person: m1@acme.example}",
                    "{queue: triage}",
                    "{queue: triage}",
                    *(["{owner_of: account}", "{person: gone@acme.example}"] if odd else []),
                ]
            )
        )
        lines += [f"  - key: rule-{number}", f"    when: '{when}'", f"    assign: {to}"]
        if draw(st.integers(0, 3)) == 0:
            lines.append("    on_no_eligible: next_rule")
    if draw(st.booleans()):
        lines.append("otherwise: {queue: triage}")
    if draw(st.booleans()):
        lines.append("on_no_eligible: {pool: team}")
    method = draw(
        st.sampled_from(["round_robin", "round_robin", "first_available", "least_loaded"])
    )
    people = [f"{{email: {each}}}" for each in EMAILS[: draw(st.integers(3, 4))]]
    members = [f"{{email: {each}}}" for each in draw(st.permutations(EMAILS))]
    gone = "{email: gone@acme.example, to: 2026-01-01}"
    desk = directory(members, method, people=[*people, gone]).replace(
        "queues:",
        "  other: {members: [{email: m1@acme.example}, {email: m0@acme.example}]}\n  queues:",
    )
    return desk, document("RoutingPolicy", "leads", "\n".join(lines))


ROUTINGS = texts().map(lambda pair: Office(*pair))
OFFICES = st.one_of(ROUTINGS, ROUTINGS, ROUTINGS, offices())


def lowered(office: Office) -> tuple[Graph, Program]:
    """The graph of an office's policy and the steps that it becomes."""
    graph = routing_graph(office.configuration, office.policy)
    target = Target.of(office.configuration, Live(Identity("hubspot", "1", ""), asked=False))
    return graph, program(graph, means(target, office.policy, record_type("leads")))


def subject(record: Mapping[str, Any]) -> Subject:
    """A record as HubSpot keeps it: texts, nothing where there is no value, companies apart."""
    account = record.get("account")
    related = {} if account is None else {COMPANY: [{"hs_object_id": "7", **_texts(account)}]}
    return Subject(_texts({k: v for k, v in record.items() if k != "account"}), related)


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in values.items() if value is not None}


@dataclass
class Sandboxed:
    """A workflow in the interpreter, with its turns."""

    made: Program
    turns: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.flow = {"actions": actions(self.made.steps, Ids(OWNERS, USERS))}

    def turn(self, action: str) -> int:
        self.turns[action] += 1
        return self.turns[action] - 1

    def route(self, record: Mapping[str, Any]) -> tuple[str, str]:
        """The decision, and who owns the record then."""
        walk = Walk(self.flow, subject(record), self.turn, OWNER_OF.get)
        assert walk.go(self.made.first) is None
        owner = walk.changes.get("hubspot_owner_id")
        return walk.changes["ixia_leads_rule"], EMAIL_OF[owner] if owner else ""


def compared(
    office: Office, coming: list[Mapping[str, Any]], told: Told
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """What the graph and the workflow say of each record, until something inexact is met."""
    graph, made = lowered(office)
    flow, rotation = Sandboxed(made), NOBODY_YET
    for record in coming:
        reached, rotation = run(graph, office.record(**record), rotation, now=MONDAY)
        if _inexact(graph, made, office.record(**record), reached.path):
            told.seen["declared inexact"] += 1
            if any(_turns(graph, key) for key in reached.path):
                return  # the graph took a turn that the workflow may not have taken
            continue
        answer = flow.route(record)
        kind = "person" if reached.person else "queue" if reached.queue else "nobody"
        told.seen[kind] += 1
        yield (_decision(reached), reached.person.lower()), answer


def _turns(graph: Graph, key: str) -> bool:
    node = graph.node(key)
    return isinstance(node, Assign) and isinstance(node.to, ToPool)


def _decision(reached: Any) -> str:
    if not (reached.person or reached.queue):
        return NOBODY
    rule = reached.rule or "otherwise"
    return f"{rule} > {reached.queue}" if reached.queue else rule


def _inexact(graph: Graph, made: Program, record: Any, path: tuple[str, ...]) -> bool:
    """Whether the record meets something that the lowering declared as not held exactly."""
    for key in path:
        node = graph.node(key)
        if isinstance(node, Assign) and key in made.unheld:
            return True
        if isinstance(node, Branch):
            for case in node.cases:
                if case.rule in made.left_out or case.rule in made.loose:
                    return True
                if case.test.evaluate(record, MONDAY):
                    break
    return False


__all__ = ["OFFICES", "RECORDS", "Rotation", "Sandboxed", "Told", "compared", "lowered", "texts"]

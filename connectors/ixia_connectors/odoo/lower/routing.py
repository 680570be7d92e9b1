"""A routing policy as a sales team whose members are each given what the rules allow them.

Odoo deals out records by chance and capacity. What is exact is who can get which record: a member
is given a record only where a rule holds, none before it holds, and the rule leads to that member.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ixia_config.sdk import Address, Clause, Desired, Level, Lowered, Policy, RoutingPolicy
from ixia_config.sdk.flows import (
    Assign,
    Branch,
    Graph,
    ToOwner,
    ToPerson,
    ToPool,
    ToQueue,
    routing_graph,
)
from ixia_config.sdk.rules import Typed
from ixia_connectors.odoo.domains import Domain, NotHeld, every, lowered, some
from ixia_connectors.odoo.names import external_id, joined
from ixia_connectors.odoo.target import OBJECTS, Target, choose

_LONGEST = 4_000
_SETTINGS = {
    "crm.lead.auto.assignment": "rules for giving out records",
    "sales_team.membership_multi": "people in several teams",
}
_TYPES = {"lead": "lead", "deal": "opportunity"}


@dataclass(frozen=True, slots=True)
class Turn:
    """One rule: which records it takes, and who may get them; nobody for a queue."""

    rule: str
    domain: Domain
    people: tuple[str, ...]


def lower_routing(target: Target, policy: Policy[RoutingPolicy]) -> Lowered:
    """Compile one routing policy."""
    noun = policy.body.spec.object
    if noun not in OBJECTS:
        note = "Odoo's CRM has leads and opportunities (lead, deal)"
        clause = Clause(policy.address, f'records of type "{noun}"', Level.UNSUPPORTED, note)
        return Lowered(clauses=(clause,))
    graph = routing_graph(target.configuration, policy)
    found, unheld = turns(graph, target)
    given = reachable(found, noun)
    known = {each.email for each in target.live.people if each.active}
    people = {each: domain for each, domain in given.items() if each in known or not known}
    clauses = _clauses(policy, graph, found, unheld, sorted(set(given) - set(people)))
    if not people:
        return Lowered(clauses=tuple(clauses))
    team = _team(target, policy, noun, some(given[each] for each in sorted(people)))
    members = [_member(target, policy, each, people[each]) for each in sorted(people)]
    return Lowered((*_settings(target, policy), team, *members), clauses=tuple(clauses))


def turns(graph: Graph, target: Target) -> tuple[list[Turn], str]:
    """The rules in order, each without what an earlier one takes; and why some are left out."""
    places, earlier, found = target.places(graph.record), list[Domain](), list[Turn]()
    goals = {node.key: node for node in graph.nodes if isinstance(node, Assign)}
    for key, title, test in _cases(graph):
        plain = lowered(test, places) if test else every(())
        other = lowered(test, places, holds=False) if test else some(())
        if isinstance(plain, NotHeld) or isinstance(other, NotHeld):
            why = plain.why if isinstance(plain, NotHeld) else ""
            return found, f"{title} and what follows: {why}"
        domain = every([*([plain] if test else ()), *earlier]) if test or earlier else every(())
        if len(domain.tokens) > _LONGEST:
            return found, f"{title} and what follows: the rules grow too long for Odoo"
        people = tuple(sorted(_people(graph, goals[key])))
        found.append(Turn(title, domain, people))
        earlier.append(other)
    return found, ""


def _cases(graph: Graph) -> Iterator[tuple[str, str, Typed | None]]:
    for node in graph.nodes:
        if isinstance(node, Branch):
            yield from ((case.next, case.title, case.test) for case in node.cases)
        elif isinstance(node, Assign) and node.key == "otherwise":
            yield node.key, "every other record", None


def _people(graph: Graph, node: Assign) -> Iterator[str]:
    match node.to:
        case ToPerson(email=email):
            yield email.lower()
        case ToPool(pool=name, skills=skills):
            members = graph.pools[name].members if name in graph.pools else ()
            yield from (each.email.lower() for each in members if skills <= each.skills)
        case ToOwner() | ToQueue():
            return


def reachable(found: Sequence[Turn], noun: str) -> Mapping[str, Domain]:
    """The records that each person may get."""
    people = sorted({email for turn in found for email in turn.people})
    own = Domain((("type", "=", _TYPES[noun]),))
    return {
        email: every([own, some(turn.domain for turn in found if email in turn.people)])
        for email in people
    }


def _settings(target: Target, policy: Policy[RoutingPolicy]) -> Iterator[Desired]:
    for key, title in _SETTINGS.items():
        address = policy.address.at(f".setting.{key}")
        holder = target.holder(key)
        yield Desired(
            type="setting",
            address=address,
            title=title,
            natural_key=key,
            fields={"value": "True"},
            choose_id=key,
            previous=() if holder is None or holder == address else (holder,),
            source=policy.source,
        )


def _team(target: Target, policy: Policy[RoutingPolicy], noun: str, accepts: Domain) -> Desired:
    chosen = [external_id("routing", policy.name)]
    return Desired(
        type="team",
        address=policy.address,
        title=policy.title,
        natural_key=policy.title,
        fields={
            "title": policy.title,
            "leads" if noun == "lead" else "deals": True,
            "accepts": str(accepts),
        },
        choose_id=choose(target, "team", chosen, policy.address),
        source=policy.source,
    )


def _member(target: Target, policy: Policy[RoutingPolicy], email: str, domain: Domain) -> Desired:
    chosen = [external_id("member", policy.name, email)]
    address: Address = policy.address.at(f".member.{email}")
    return Desired(
        type="member",
        address=address,
        title=email,
        natural_key=joined(external_id("routing", policy.name), email),
        fields={"person": email, "accepts": str(domain)},
        parent=policy.address,
        choose_id=choose(target, "member", chosen, address),
        source=policy.source,
    )


def _clauses(
    policy: Policy[RoutingPolicy],
    graph: Graph,
    found: Sequence[Turn],
    unheld: str,
    strangers: Sequence[str],
) -> Iterator[Clause]:
    at, spec = policy.address, policy.body.spec
    notes = dict.fromkeys(note for turn in found for note in turn.domain.notes)
    told = f"when Odoo's assignment runs; {'; '.join(['approximate: ', *notes])}" if notes else ""
    note = told.replace("approximate: ; ", "approximate: ") or "when Odoo's assignment runs"
    yield Clause(at, "rules, in order", Level.AUTOMATION, note)
    note = "Odoo deals out by chance and capacity among those whom the rule allows"
    yield Clause(at, "rotation, weights and limits", Level.UNSUPPORTED, note)
    if unheld:
        yield Clause(at, f"rule {unheld}", Level.UNSUPPORTED, "Odoo gives these to nobody")
    goals = [node.to for node in graph.nodes if isinstance(node, Assign)]
    if any(isinstance(each, ToQueue) for each in goals):
        yield Clause(at, "queues", Level.NATIVE, "these records stay without a person")
    if any(isinstance(each, ToOwner) for each in goals):
        note = "Odoo cannot look it up; these records stay without a person"
        yield Clause(at, "the owner of a related record", Level.UNSUPPORTED, note)
    if strangers:
        steps = tuple(f"Settings > Users: invite {each}" for each in strangers)
        yield Clause(at, "people whom Odoo does not know", Level.MANUAL, "by login", steps)
    for name, part in (
        ("match", spec.match),
        ("score", spec.score),
        ("acceptance", spec.acceptance),
    ):
        if part is not None:
            yield Clause(at, name, Level.UNSUPPORTED, "Odoo has no place for it")

"""How well a tab holds each clause of an SLA or an approval, for ``ixia coverage``."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.sdk import Address, Clause, Level, SlaPolicy
from ixia_config.sdk.flows import Branch, Graph, WaitApproval

_SENT = "for records whose events are sent to its address; due within a second of its clock"
_KEPT = "clocks are lost on a restart unless Node-RED has a persistent context store"
_TOLD = "told at its address and to IXIA_WEBHOOK; who listens carries it out"
_HOURS = "holidays are known from 2015 to 2035; public ones as they are computed today"


def sla_clauses(body: SlaPolicy, at: Address, graph: Graph) -> Iterator[Clause]:
    """How well each part is held."""
    spec = body.spec
    yield Clause(at, "due times", Level.AUTOMATION, _SENT)
    yield Clause(at, "clocks that run", Level.AUTOMATION, _KEPT)
    if any(each.within.business for each in spec.targets):
        yield Clause(at, "business hours", Level.AUTOMATION, _HOURS)
    if spec.warn_at or spec.escalate:
        yield Clause(at, "warnings and escalations", Level.DETECT, _TOLD)
    yield Clause(at, "breach", Level.DETECT, _TOLD)
    for missing in graph.not_yet:
        yield Clause(at, missing.part, Level.UNSUPPORTED, missing.reason)


_ASKED = "for requests that are sent to its address; people answer through it, too"
_HELD = "requests are lost on a restart unless Node-RED has a persistent context store"
_UNPROVED = "who answers is whom the sender names: keep the address behind a sign-in of yours"


def approval_clauses(at: Address, graph: Graph) -> Iterator[Clause]:
    """How well each part is held."""
    waits = [node for node in graph.nodes if isinstance(node, WaitApproval)]
    yield Clause(at, "rules and steps, in order", Level.AUTOMATION, _ASKED)
    yield Clause(at, "answers and quorum", Level.AUTOMATION, _UNPROVED)
    yield Clause(at, "requests that wait", Level.AUTOMATION, _HELD)
    if any(node.silence is not None for node in waits):
        yield Clause(at, "what silence leads to", Level.AUTOMATION, "within a second of its clock")
    if graph.stands:
        yield Clause(at, "delegation", Level.AUTOMATION, "as it is on the day of the request")
    branches = (node for node in graph.nodes if isinstance(node, Branch))
    if any(case.test.clocked for node in branches for case in node.cases):
        yield Clause(at, "today in conditions", Level.AUTOMATION, "the date in UTC counts")
    for missing in graph.not_yet:
        yield Clause(at, missing.part, Level.UNSUPPORTED, missing.reason)

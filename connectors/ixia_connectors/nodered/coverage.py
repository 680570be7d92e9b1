"""How well a tab holds each clause of an SLA, for ``ixia coverage``."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.sdk import Address, Clause, Level, SlaPolicy
from ixia_config.sdk.flows import Graph

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

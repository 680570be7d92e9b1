"""SLA policies as workflows: records that are watched, timers, and a field with the result."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.sdk import Clause, Desired, Level, Lowered, Policy
from ixia_config.sdk.flows import Graph, NotYet, sla_graph
from ixia_config.sdk.rules import Typed
from ixia_config.sdk.service import SlaPolicy
from ixia_connectors.hubspot.flow_filters import ANY_PROPERTY, Filter, Groups, plain
from ixia_connectors.hubspot.flow_steps import OWNER, Step
from ixia_connectors.hubspot.lower.flow_conditions import (
    ALWAYS,
    InexpressibleError,
    Places,
    asked,
    both,
    bounded,
    either,
)
from ixia_connectors.hubspot.lower.flow_objects import (
    Subject,
    Workflow,
    not_held,
    obstacle,
    own_field,
    workflow,
)
from ixia_connectors.hubspot.lower.flow_places import places
from ixia_connectors.hubspot.lower.flows import present
from ixia_connectors.hubspot.lower.sla_program import Clock, Timers, timers
from ixia_connectors.hubspot.names import RecordType, sla_property
from ixia_connectors.hubspot.target import Target

CLOCK = "clock and alarms"


def lower_sla(target: Target, policy: Policy[SlaPolicy]) -> Lowered:
    """Compile one SLA policy."""
    noun = policy.body.spec.object
    kind = target.record_type(noun)
    why = obstacle(target) if kind else f'HubSpot has no record type "{noun}"'
    if kind is None or why:
        return not_held(policy, CLOCK, why)
    graph = sla_graph(target.configuration, policy)
    if isinstance(graph, NotYet):
        return not_held(policy, CLOCK, f"{graph.part}: {graph.reason}")
    subject = Subject(target, policy, kind)
    try:
        return _lowered(subject, policy, graph, places(target, kind, noun))
    except InexpressibleError as error:
        return not_held(policy, CLOCK, str(error))


def _lowered(subject: Subject, policy: Policy[SlaPolicy], graph: Graph, known: Places) -> Lowered:
    state, due = sla_property(policy.name, "state"), sla_property(policy.name, "due")
    people = present(subject.target)
    made = timers(Clock(graph, known, _done(graph, known), state, due, people))
    flow = Workflow(graph.version, _enrolled(graph, known, made, due), made.first, made.steps)
    fields = [own_field(subject, ".state", state, f"{policy.title}: state")]
    if made.waits_for_due:
        fields.append(own_field(subject, ".due", due, f"{policy.title}: due at", "datetime"))
    desired: tuple[Desired, ...] = (*fields, *workflow(subject, policy.title, flow))
    return Lowered(desired, clauses=tuple(_clauses(policy, subject.kind, graph, made, due)))


def _done(graph: Graph, known: Places) -> Groups:
    """The records whose clock has ended: stopped, or cancelled."""
    signals = graph.watch.signals if graph.watch else None
    if signals is None:
        raise InexpressibleError("it has no clock")
    ends = [signals.stop, *([signals.cancel] if signals.cancel else [])]
    return either(*(_signal(each.test, each.event, known) for each in ends))


def _signal(test: Typed | None, event: str, known: Places) -> Groups:
    """The records for which a trigger holds."""
    if test is not None:
        return asked(test, known).groups
    if event == "created":
        return ALWAYS
    place = known.known.get((f"{event}_at",))
    if place is not None:
        return ((Filter(place.property, ANY_PROPERTY, "IS_KNOWN", of=place.of),),)
    if event == "assigned":
        return ((Filter(OWNER, ANY_PROPERTY, "IS_KNOWN"),),)
    raise InexpressibleError(f"HubSpot has no field {event}_at that tells when that happened")


def _enrolled(graph: Graph, known: Places, made: Timers, due: str) -> Step:
    """Records that the policy holds for, whose clock has begun and not ended."""
    signals = graph.watch.signals if graph.watch else None
    if signals is None:
        raise InexpressibleError("it has no clock")
    parts = [_signal(signals.start.test, signals.start.event, known)]
    parts += [asked(signals.when, known).groups] if signals.when else []
    for each in (signals.stop, signals.cancel):
        if each is not None and each.test is not None:
            parts.append(asked(each.test, known, opposite=True).groups)
    if made.waits_for_due:
        parts.append(((Filter(due, ANY_PROPERTY, "IS_KNOWN"),),))
    groups = bounded(both(*parts)).groups
    if groups == ALWAYS:
        groups = ((Filter("hs_object_id", ANY_PROPERTY, "IS_KNOWN"),),)
    return {"on": "matching", "when": plain(groups), "again": False, "leaves": False}


def _clauses(
    policy: Policy[SlaPolicy], kind: RecordType, graph: Graph, made: Timers, due: str
) -> Iterator[Clause]:
    at, spec = policy.address, policy.body.spec
    note = f"a workflow on {kind.plural} from when HubSpot first sees that they match"
    yield Clause(at, CLOCK, Level.AUTOMATION, note)
    if made.waits_for_due:
        step = f"let a tool that knows the calendar write the due time into {due}"
        why = "HubSpot counts no business time: it waits for a due time that is computed outside"
        yield Clause(at, "business time", Level.MANUAL, why, (step,))
    for part, why in made.unheld.items():
        yield Clause(at, part, Level.UNSUPPORTED, why)
    for each in graph.not_yet:
        yield Clause(at, each.part, Level.UNSUPPORTED, each.reason)
    if spec.pause is not None and not made.waits_for_due:
        yield Clause(at, "pause", Level.UNSUPPORTED, "HubSpot's timers do not stand still")
    if spec.reset is not None:
        yield Clause(at, "reset", Level.UNSUPPORTED, "HubSpot's timers do not begin anew")

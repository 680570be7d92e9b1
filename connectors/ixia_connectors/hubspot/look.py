"""The objects of a unit read once more, right before it is written."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.sdk import Change, Flow, LiveResource, Verb
from ixia_connectors.hubspot import calls
from ixia_connectors.hubspot.flow_live import flow_resources, marked
from ixia_connectors.hubspot.flow_steps import Names
from ixia_connectors.hubspot.live import (
    group_resource,
    pipeline_resources,
    property_resource,
    stage_resource,
)
from ixia_connectors.hubspot.names import parts, record_type
from ixia_connectors.hubspot.read import people


def look(unit: Sequence[Change]) -> Flow[Sequence[LiveResource] | None]:
    """What is there now; None for rules and checks, whose writes read them first in any case."""
    known = [change for change in unit if change.verb is not Verb.CREATE]
    if any(change.type in ("flow", "switch") for change in known):
        return (yield from _flows(known))
    if any(change.type not in ("pipeline", "stage", "property", "group") for change in known):
        return None
    found: dict[str, LiveResource] = {}
    for change in sorted(known, key=lambda each: each.type):  # a pipeline brings its stages
        if change.remote_id is not None and change.remote_id not in found:
            read = yield from _one(change.type, parts(change.remote_id))
            found |= {each.remote_id: each for each in read}
    return tuple(found.values())


def _flows(changes: Sequence[Change]) -> Flow[Sequence[LiveResource]]:
    """Workflows, with everybody whom their steps may name."""
    known = Names.of((yield from people()))
    found: list[LiveResource] = []
    for number in dict.fromkeys(parts(each.remote_id)[1] for each in changes if each.remote_id):
        row = yield from calls.absent_as_none(calls.get("flow", number))
        found += flow_resources(row, known) if row is not None and marked(row) else []
    return found


def _one(name: str, where: Sequence[str]) -> Flow[list[LiveResource]]:
    row = yield from calls.absent_as_none(calls.get(name, *where))
    if row is None:
        return []
    kind = record_type(where[0])
    match name:
        case "pipeline":
            return pipeline_resources(kind, row)
        case "stage":
            return [stage_resource(kind, where[1], row)]
        case "property":
            return [property_resource(kind, row)]
        case _:
            return [group_resource(kind, row)]

"""Writing: changes grouped into units, what each unit costs, and the requests that do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ixia_config.sdk import Address, Change, Flow, Outcome, Verb
from ixia_connectors.hubspot.write import (
    checks,
    flows,
    groups,
    migrate,
    pipelines,
    properties,
    rules,
    stages,
)
from ixia_connectors.hubspot.write.outcome import refused
from ixia_connectors.hubspot.write.units import units

Ids = Mapping[Address, str]


def write(unit: Sequence[Change], ids: Ids) -> Flow[Sequence[Outcome]]:
    """Do one unit; a refusal is an outcome of each of its changes, an unknown effect is thrown."""
    return (yield from refused(unit, _write(unit, ids)))


def _write(unit: Sequence[Change], ids: Ids) -> Flow[Sequence[Outcome]]:
    first = _leading(unit)
    match first.type:
        case "pipeline":
            return (yield from _pipeline(unit, first, ids))
        case "stage":
            return (yield from _stage(first, ids))
        case "rules":
            return (yield from _by_verb(first, ids, rules.create, rules.update, rules.remove))
        case "property":
            ways = (properties.create, properties.update, properties.archive)
            return (yield from _by_verb(first, ids, *ways))
        case "checks":
            return (yield from _by_verb(first, ids, checks.set_all, checks.set_all, checks.stay))
        case "group":
            return (yield from _by_verb(first, ids, groups.create, groups.update, groups.remove))
        case "flow":
            return (yield from _by_verb(first, ids, flows.create, flows.update, flows.retire))
        case "switch":
            return (yield from _by_verb(first, ids, flows.turn_on, flows.turn_on, flows.turn_off))
        case other:
            raise AssertionError(f"HubSpot has no resource type for {other}")


def _pipeline(unit: Sequence[Change], change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    if change.verb is Verb.CREATE:
        return (yield from pipelines.create(unit))
    if change.verb is Verb.UPDATE:
        return (yield from pipelines.update(change, ids))
    return (yield from pipelines.archive(unit))


def _stage(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    if change.verb is Verb.MIGRATE:
        return (yield from migrate.migrate(change, ids))
    return (yield from _by_verb(change, ids, stages.create, stages.update, stages.archive))


Way = Callable[[Change, Ids], Flow[Sequence[Outcome]]]


def _by_verb(
    change: Change, ids: Ids, create: Way, update: Way, remove: Way
) -> Flow[Sequence[Outcome]]:
    if change.verb is Verb.CREATE:
        return create(change, ids)
    return update(change, ids) if change.verb is Verb.UPDATE else remove(change, ids)


def cost(unit: Sequence[Change]) -> int:
    """How many requests ``write`` sends for this unit when nothing else changes meanwhile."""
    first = _leading(unit)
    match first.type, first.verb:
        case "pipeline", Verb.UPDATE:
            return pipelines.update_cost(first)
        case "stage", Verb.UPDATE:
            return 2
        case "stage", Verb.MIGRATE:
            return migrate.cost(first)
        case "rules", Verb.CREATE | Verb.UPDATE:
            return rules.cost(first)
        case "flow" | "switch", _:
            return flows.cost(first)
        case "checks", _:
            return checks.cost(first)
        case "property", Verb.CREATE | Verb.UPDATE:
            return properties.cost(first)
        case _:
            return 1


def _leading(unit: Sequence[Change]) -> Change:
    """The change that the others of its unit belong to."""
    return next((each for each in unit if each.type == "pipeline"), unit[0])


__all__ = ["cost", "units", "write"]

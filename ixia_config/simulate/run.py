"""Simulate: every policy about a type of records, on every record of it, before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.metric.spec import Metric
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.record_schema.incoming import Row
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.rules import FieldType
from ixia_config.simulate.approvals import ApprovalReplay
from ixia_config.simulate.impact import Profile, Section
from ixia_config.simulate.metrics import MetricReplay
from ixia_config.simulate.pay import PayReplay
from ixia_config.simulate.profile import Profiler
from ixia_config.simulate.replay import SURROUNDINGS, Incoming, Replay, Setting, Sides, moment
from ixia_config.simulate.routing import RoutingReplay
from ixia_config.simulate.sla import SlaReplay
from ixia_config.simulate.stages import StageReplay

REPLAYS: Mapping[type[Envelope], Callable[[str, Sides, Setting], Replay]] = MappingProxyType(
    {
        RoutingPolicy: RoutingReplay,
        SlaPolicy: SlaReplay,
        ApprovalPolicy: ApprovalReplay,
        Pipeline: StageReplay,
        CompPlan: PayReplay,
        Metric: MetricReplay,
    }
)
"""What simulates a policy of each kind."""

ARRIVALS = (
    *("submitted_at", "assigned_at", "created_at", "received_at"),
    *("submitted_on", "created_on", "created", "create_date", "created_date"),
)
"""Fields that tell when a record came, the first that its type declares."""


@dataclass(frozen=True, slots=True)
class Given:
    """One file of records of one type, as its rows come."""

    file: str
    record: str
    rows: Iterable[Row]
    arrival: str = ""


def arrival(configuration: Configuration, record: str) -> str:
    """The field that tells when a record of this type came; empty where none does."""
    fields = catalogue(configuration).records.get(record, {})
    times = (FieldType.DATE, FieldType.DATETIME)
    return next((n for n in ARRIVALS if n in fields and fields[n].type in times), "")


def about(configuration: Configuration) -> tuple[str, ...]:
    """The record types that some policy decides about."""
    found = (_types(policy.body) for kind in REPLAYS for policy in configuration.of(kind))
    return tuple(sorted(frozenset[str]().union(*found)))


def simulated(
    given: Given, sides: Sides, setting: Setting, wanted: Iterable[str] = ()
) -> tuple[Profile, tuple[Section, ...]]:
    """What every policy about these records decides; ``wanted`` names policies by address.

    Records are seen in the order of their arrival, those without one last; without a field for
    it, in the order of the file and at the clock of the run.
    """
    profiler = Profiler(given.file, given.record, given.arrival)
    replays = tuple(_replays(given.record, sides, setting, frozenset(wanted)))
    for record in _in_order(given, setting, profiler):
        for replay in replays:
            replay.see(record)
    return profiler.profile(), tuple(replay.section() for replay in replays)


def _in_order(given: Given, setting: Setting, profiler: Profiler) -> Iterator[Incoming]:
    rows = (row for row in given.rows if profiler.see(row))
    records = (incoming(row, given, setting) for row in rows)
    if not given.arrival:
        return records
    kept = sorted(records, key=lambda each: place(each, given.arrival))
    return iter(kept)


def place(record: Incoming, arrival: str) -> tuple[bool, datetime]:
    """A record's place by arrival, which a stable sort keeps for records that came together."""
    return record.values.get(arrival) is None, record.at


def incoming(row: Row, given: Given, setting: Setting, count: int = 1) -> Incoming:
    """A row as policies see it, for so many records."""
    zone = setting.now.tzinfo
    came = moment(row.values.get(given.arrival), zone) if zone else None
    values = {**_around(row), **row.values}
    return Incoming(given.record, row.id, _name(row), values, came or setting.now, count)


def _around(row: Row) -> Mapping[str, object]:
    """What surrounds a record whose type does not declare it: pipeline, stage, who submitted it."""
    columns = {str(name).strip().lower(): value for name, value in row.raw.items()}
    found = {name: columns.get(name) for name in SURROUNDINGS}
    return {name: value for name, value in found.items() if isinstance(value, str) and value}


def _name(row: Row) -> str:
    """What people call a record: its title or name, else its id."""
    for field in ("name", "title", "company"):
        value = row.values.get(field)
        if isinstance(value, str):
            return value
    return row.id


def _replays(
    record: str, sides: Sides, setting: Setting, wanted: frozenset[str]
) -> Iterator[Replay]:
    for kind, name in deciding(record, sides, wanted):
        yield REPLAYS[kind](name, sides, setting)


def deciding(
    record: str, sides: Sides, wanted: frozenset[str]
) -> Iterator[tuple[type[Envelope], str]]:
    """The kind and name of every policy about records of a type, in the order of the report."""
    for kind in REPLAYS:
        names = {
            policy.name
            for configuration in sides.both
            if configuration is not None
            for policy in configuration.of(kind)
            if record in _types(policy.body) and (not wanted or str(policy.address) in wanted)
        }
        yield from ((kind, name) for name in sorted(names))


def _types(body: Envelope) -> frozenset[str]:
    """The record types that a policy decides about."""
    spec: Any = body.spec
    match body:
        case Metric():
            return frozenset({spec.of})
        case CompPlan():
            return frozenset(each.credit.object for each in spec.components)
    return frozenset({spec.object})

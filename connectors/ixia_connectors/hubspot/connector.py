"""The HubSpot connector: what it declares, and which module does what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from ixia_config.sdk import (
    Address,
    Change,
    Configuration,
    Connector,
    Finding,
    Flow,
    Identity,
    Lifted,
    LimitHeaders,
    Live,
    LiveResource,
    Lowered,
    Outcome,
    Pace,
    Records,
    Rehearsal,
    RemoteError,
    Request,
    ResourceType,
    Response,
    Scope,
)
from ixia_connectors.hubspot import errors, inspection, lift, look, lower, read, records, write
from ixia_connectors.hubspot.resources import TYPES


class HubSpot(Connector):
    """Pipelines, stages, pipeline rules, fields and their groups of a HubSpot account."""

    name: ClassVar[str] = "hubspot"
    title: ClassVar[str] = "HubSpot"
    hosts: ClassVar[tuple[str, ...]] = ("api.hubapi.com",)
    base_url: ClassVar[str] = "https://api.hubapi.com"
    types: ClassVar[tuple[ResourceType, ...]] = TYPES
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"Pipeline", "RecordSchema", "RoutingPolicy", "SlaPolicy"}
    )
    settle_seconds: ClassVar[float] = 0.0  # lists of pipelines and properties do not lag
    limits: ClassVar[LimitHeaders | None] = LimitHeaders(
        maximum="x-hubspot-ratelimit-max",
        remaining="x-hubspot-ratelimit-remaining",
        interval_ms="x-hubspot-ratelimit-interval-milliseconds",
        daily_remaining="x-hubspot-ratelimit-daily-remaining",
        paces=(Pace("/search", 5, 1.0),),
    )

    def identify(self) -> Flow[Identity]:
        return read.identify()

    def read(self, scope: Scope) -> Flow[Live]:
        return read.read(scope)

    def lower(self, configuration: Configuration, live: Live) -> Lowered:
        return lower.lower(configuration, live)

    def lift(self, live: Live) -> Lifted:
        return lift.lift(live)

    def inspect(self, changes: Sequence[Change], live: Live) -> Flow[Sequence[Finding]]:
        return inspection.inspect(changes, live)

    def units(self, changes: Sequence[Change]) -> Sequence[Sequence[Change]]:
        return write.units(changes)

    def cost(self, unit: Sequence[Change]) -> int:
        return write.cost(unit)

    def write(self, unit: Sequence[Change], ids: Mapping[Address, str]) -> Flow[Sequence[Outcome]]:
        return write.write(unit, ids)

    def look(self, unit: Sequence[Change]) -> Flow[Sequence[LiveResource] | None]:
        return look.look(unit)

    def explain_error(self, response: Response, request: Request) -> RemoteError | None:
        return errors.explain_error(response, request)

    def records(
        self,
        configuration: Configuration,
        live: Live,
        record: str,
        *,
        limit: int,
        fields: frozenset[str] = frozenset(),
    ) -> Flow[Records]:
        return records.records(configuration, live, record, limit, fields)

    def rehearsal(self, *, path: str = ":memory:", demo: bool = False) -> Rehearsal:
        from ixia_connectors.hubspot.sandbox.rehearsal import (
            rehearsal,
        )  # only who rehearses needs it

        return rehearsal(path, demo=demo)

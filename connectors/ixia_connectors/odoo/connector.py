"""The Odoo connector: what it declares, and which module does what."""

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
    Live,
    LiveResource,
    Lowered,
    Outcome,
    Records,
    Rehearsal,
    RemoteError,
    Request,
    ResourceType,
    Response,
    Scope,
)
from ixia_connectors.odoo import errors, inspection, lift, look, lower, read, records, write
from ixia_connectors.odoo.resources import TYPES


class Odoo(Connector):
    """Teams, stages, gates, reasons for losing, fields, calendars and timers of an Odoo 19."""

    name: ClassVar[str] = "odoo"
    title: ClassVar[str] = "Odoo"
    hosts: ClassVar[tuple[str, ...]] = ()
    base_url: ClassVar[str] = "http://127.0.0.1:8069"
    types: ClassVar[tuple[ResourceType, ...]] = TYPES
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"Calendar", "Pipeline", "RecordSchema", "RoutingPolicy", "SlaPolicy"}
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
        from ixia_connectors.odoo.sandbox import rehearsal  # only who rehearses needs it

        if demo or path != ":memory:":
            raise NotImplementedError("the Odoo sandbox is always fresh, and in memory")
        return rehearsal()

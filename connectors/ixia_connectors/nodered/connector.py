"""The Node-RED connector: what it declares, and which module does what."""

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
    Rehearsal,
    RemoteError,
    Request,
    ResourceType,
    Response,
    Scope,
)
from ixia_connectors.nodered import errors, lift, lower, read, write
from ixia_connectors.nodered.information import KINDS
from ixia_connectors.nodered.resources import TYPES


class NodeRed(Connector):
    """Policies as flows of a Node-RED instance."""

    name: ClassVar[str] = "nodered"
    title: ClassVar[str] = "Node-RED"
    hosts: ClassVar[tuple[str, ...]] = ()
    base_url: ClassVar[str] = "http://127.0.0.1:1880"
    types: ClassVar[tuple[ResourceType, ...]] = TYPES
    kinds: ClassVar[frozenset[str]] = KINDS

    def identify(self) -> Flow[Identity]:
        return read.identify()

    def read(self, scope: Scope) -> Flow[Live]:
        return read.read(scope)

    def lower(self, configuration: Configuration, live: Live) -> Lowered:
        return lower.lower(configuration, live)

    def lift(self, live: Live) -> Lifted:
        return lift.lift(live)

    def inspect(self, changes: Sequence[Change], live: Live) -> Flow[Sequence[Finding]]:
        """A tab on which somebody else put nodes is not removed."""
        yield from ()
        strangers = {each.remote_id: each.raw["strangers"] for each in live.resources}
        return [
            Finding(each.id, blocker=f"{each.title} has nodes that are not ours", hint=_MOVE)
            for each in changes
            if each.verb.removes and strangers.get(each.remote_id or "")
        ]

    def units(self, changes: Sequence[Change]) -> Sequence[Sequence[Change]]:
        """One deployment has them all: Node-RED takes all flows, or none."""
        return [changes] if changes else []

    def cost(self, unit: Sequence[Change]) -> int:
        del unit
        return write.COST

    def write(self, unit: Sequence[Change], ids: Mapping[Address, str]) -> Flow[Sequence[Outcome]]:
        return write.write(unit, ids)

    def look(self, unit: Sequence[Change]) -> Flow[Sequence[LiveResource] | None]:
        found = yield from read.flows()
        wanted = {change.remote_id for change in unit}
        return [each for each in read.tabs(found.rows) if each.remote_id in wanted]

    def explain_error(self, response: Response, request: Request) -> RemoteError | None:
        return errors.explain_error(response, request)

    def rehearsal(self, *, path: str = ":memory:", demo: bool = False) -> Rehearsal:
        from ixia_connectors.nodered.sandbox import rehearsal  # only who rehearses needs it

        if demo or path != ":memory:":
            raise NotImplementedError("the Node-RED sandbox is always fresh, and in memory")
        return rehearsal()


_MOVE = "move them to another tab in the editor, deploy, and plan again"

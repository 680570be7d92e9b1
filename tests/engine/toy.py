"""A small system to try the engine on: boxes that hold shelves in an order, over real requests."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ixia_config.kinds import Configuration
from ixia_config.model import Address, Change, Dependents, Identity, Quota, Status, Value, Verb
from ixia_config.sdk.connector import (
    Connector,
    Desired,
    FieldType,
    Finding,
    Lifted,
    Live,
    LiveResource,
    Lowered,
    Outcome,
    ResourceType,
    Retired,
    Scope,
)
from ixia_config.sdk.wire import Flow, Kind, RemoteError, Request, Response

BOX = ResourceType(
    "box",
    "box",
    rank=1,
    plural="boxes",
    fields={
        "title": FieldType("title"),
        "order": FieldType("order", format="reference", semantics="order"),
        "colour": FieldType("colour", immutable=True),
    },
)
SHELF = ResourceType(
    "shelf",
    "shelf",
    rank=2,
    plural="shelves",
    fields={
        "title": FieldType("title"),
        "share": FieldType("share", format="percent"),
        "tags": FieldType("tags", semantics="set"),
        "choices.*": FieldType("choice"),
    },
)


@dataclass
class ToyServer:
    """Keeps objects by id; ``things`` on a shelf are its records."""

    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    things: dict[str, int] = field(default_factory=dict)
    log: list[Request] = field(default_factory=list)
    fail: dict[int, RemoteError] = field(default_factory=dict)  # write number -> error
    lose: frozenset[int] = frozenset()  # write numbers whose answer is lost after the effect
    writes: int = 0

    def answer(self, request: Request) -> Response:
        self.log.append(request)
        if request.reads:
            return Response(200, {"objects": self.objects, "things": self.things})
        self.writes += 1
        if self.writes in self.fail:
            raise self.fail[self.writes]
        response = self._write(request)
        if self.writes in self.lose:
            raise RemoteError(Kind.UNKNOWN, "the answer was lost", code="IX608")
        return response

    def _write(self, request: Request) -> Response:
        verb, _, key = request.path.strip("/").partition("/")
        body: Any = request.json
        if verb == "things":
            self.things[body["to"]] = self.things.get(body["to"], 0) + self.things.pop(key, 0)
        elif request.method == "DELETE":
            del self.objects[key]
        elif request.method == "POST":
            if key in self.objects:
                raise RemoteError(Kind.REJECTED, f"{key} exists", code="IX612")
            self.objects[key] = dict(body)
        else:
            self.objects[key].update(body)
        return Response(200, {"id": key})


class Toy(Connector):
    """Speaks to a ToyServer; what it shall hold is handed in instead of being lowered."""

    name: ClassVar[str] = "toy"
    title: ClassVar[str] = "Toy"
    hosts: ClassVar[tuple[str, ...]] = ()
    base_url: ClassVar[str] = "http://127.0.0.1"
    types: ClassVar[tuple[ResourceType, ...]] = (BOX, SHELF)
    kinds: ClassVar[frozenset[str]] = frozenset({"Pipeline"})

    def __init__(self, lowered: Lowered) -> None:
        self.lowered = lowered

    def identify(self) -> Flow[Identity]:
        yield Request("GET", "/", reads=True)
        return Identity("toy", "1", "Toy 1")

    def read(self, scope: Scope) -> Flow[Live]:
        response = yield Request("GET", "/", reads=True)
        body: Any = response.json
        return Live(
            Identity("toy", "1", "Toy 1"),
            tuple(_live(key, each) for key, each in sorted(body["objects"].items())),
            quota=Quota(0, 1000),
        )

    def lower(self, configuration: Configuration, live: Live) -> Lowered:
        return self.lowered

    def lift(self, live: Live) -> Lifted:
        return Lifted()

    def inspect(self, changes: Sequence[Change], live: Live) -> Flow[Sequence[Finding]]:
        response = yield Request("GET", "/things", reads=True)
        body: Any = response.json
        return [
            Finding(
                change.id, Dependents(body["things"].get(change.remote_id or "", 0), "open things")
            )
            for change in changes
            if change.verb in (Verb.MIGRATE, Verb.ARCHIVE, Verb.DELETE)
        ]

    def units(self, changes: Sequence[Change]) -> Sequence[Sequence[Change]]:
        return [[change] for change in changes]

    def cost(self, unit: Sequence[Change]) -> int:
        return len(unit)

    def write(self, unit: Sequence[Change], ids: Mapping[Address, str]) -> Flow[Sequence[Outcome]]:
        outcomes = []
        for change in unit:
            outcomes.append((yield from self._one(change, ids)))
        return outcomes

    def _one(
        self, change: Change, ids: Mapping[Address, str]
    ) -> Generator[Request, Response, Outcome]:
        key = change.remote_id or ""
        body: dict[str, Any] = {path: _sent(value, ids) for path, value in change.after.items()}
        if change.verb is Verb.CREATE:
            body |= {
                "type": change.type,
                "parent": ids.get(change.parent) if change.parent else None,
            }
            yield Request("POST", f"/objects/{key}", json=body)
        elif change.verb is Verb.UPDATE:
            yield Request("PATCH", f"/objects/{key}", json=body)
        elif change.verb is Verb.MIGRATE:
            to = ids[change.migrate_to] if change.migrate_to else ""
            yield Request("POST", f"/things/{key}", json={"to": to})
        else:
            yield Request("DELETE", f"/objects/{key}")
        return Outcome(change.id, Status.APPLIED, key)

    def explain_error(self, response: Response, request: Request) -> RemoteError | None:
        return None


def _sent(value: Value, ids: Mapping[Address, str]) -> Any:
    texts = {str(address): remote for address, remote in ids.items()}
    if isinstance(value, tuple):
        return [texts.get(each, each) for each in value]
    return texts.get(value, value) if isinstance(value, str) else value


def _live(key: str, stored: Mapping[str, Any]) -> LiveResource:
    fields = {
        path: tuple(value) if isinstance(value, list) else value
        for path, value in stored.items()
        if path not in ("type", "parent")
    }
    title = str(fields.get("title") or key)
    return LiveResource(
        stored["type"], key, title.casefold(), title, fields, parent=stored.get("parent")
    )


BOX_1 = Address("Pipeline", "box")


def box(order: Sequence[str] = (), **fields: Value) -> Desired:
    """A box whose shelves stand in this order (by key)."""
    given: dict[str, Value] = {"title": "Box", **fields}
    if order:
        given["order"] = tuple(str(BOX_1.at(key)) for key in order)
    title = str(given["title"])
    return Desired("box", BOX_1, title, title.casefold(), given, choose_id="ixia_box")


def shelf(key: str, title: str | None = None, *, previous: str = "", **fields: Value) -> Desired:
    """A shelf of the box."""
    title = title or key.title()
    return Desired(
        "shelf",
        BOX_1.at(key),
        title,
        title.casefold(),
        {"title": title, **fields},
        parent=BOX_1,
        choose_id=f"ixia_{key}",
        previous=(BOX_1.at(previous),) if previous else (),
    )


def retired(key: str, to: str, **known: Any) -> Retired:
    """A shelf that goes away."""
    return Retired("shelf", BOX_1.at(key), key.title(), BOX_1, migrate_to=BOX_1.at(to), **known)

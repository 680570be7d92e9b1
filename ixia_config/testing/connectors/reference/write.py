"""How the reference CRM is written: one request per change, more only where records move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ixia_config.sdk import (
    Address,
    Change,
    Flow,
    Kind,
    Outcome,
    RemoteError,
    Request,
    Response,
    Status,
    Value,
    Verb,
)

Ids = Mapping[Address, str]
_NAMES = {"title": "name", "chance": "chance"}


def cost(change: Change) -> int:
    """Requests that one change takes."""
    if change.verb is Verb.UPDATE:
        return len({each.path == "order" for each in change.fields})
    if change.verb is Verb.MIGRATE and change.dependents is not None:
        return max(1, change.dependents.count)
    return 1


def write(change: Change, ids: Ids) -> Flow[list[Outcome]]:
    """Do one change; a plain refusal is an outcome, what is not certain is thrown."""
    try:
        return [(yield from _write(change, ids))]
    except RemoteError as error:
        if error.status == 404 and change.verb.removes:
            return [Outcome(change.id, Status.ALREADY, change.remote_id)]
        if error.kind is not Kind.REJECTED:
            raise
        return [Outcome(change.id, Status.FAILED, change.remote_id, str(error))]


def _write(change: Change, ids: Ids) -> Flow[Outcome]:
    table, key = f"/{change.type}s", change.remote_id or ids.get(change.address, "")
    match change.verb:
        case Verb.CREATE:
            made = yield from _sent("POST", table, _new(change, ids))
            body: Any = made.json
            return Outcome(change.id, Status.APPLIED, str(body["id"]))
        case Verb.UPDATE:
            yield from _update(change, f"{table}/{key}", ids)
        case Verb.MIGRATE:
            yield from _migrate(change, f"{table}/{key}/move", ids)
        case Verb.ARCHIVE | Verb.DELETE:
            yield Request("DELETE", f"{table}/{key}")
        case _:
            raise AssertionError(f"{change.verb} writes nothing")
    return Outcome(change.id, Status.APPLIED, key)


def _sent(method: str, path: str, body: dict[str, Any]) -> Flow[Response]:
    response = yield Request(method, path, json=body, repeatable=method != "POST")
    return response


def _new(change: Change, ids: Ids) -> dict[str, Any]:
    body = _plain(change)
    return body | {"pipeline": ids[change.parent]} if change.parent else body


def _plain(change: Change) -> dict[str, Any]:
    return {_NAMES[path]: value for path, value in change.after.items() if path in _NAMES}


def _update(change: Change, path: str, ids: Ids) -> Flow[None]:
    if body := _plain(change):
        yield from _sent("PATCH", path, body)
    if "order" in change.after:
        stages = [_remote(each, ids) for each in _texts(change.after["order"])]
        yield from _sent("PUT", f"{path}/order", {"stages": stages})


def _texts(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _remote(text: str, ids: Ids) -> str:
    """A reference is an address until its object is there."""
    return ids[Address.parse(text)] if "/" in text else text


def _migrate(change: Change, path: str, ids: Ids) -> Flow[None]:
    """Move records until none is left; moving what has moved already moves nothing."""
    if change.migrate_to is None:
        raise AssertionError("records move to somewhere")
    left = 1
    while left:
        request = Request("POST", path, json={"to": ids[change.migrate_to]}, repeatable=True)
        moved = yield request
        body: Any = moved.json
        left = int(body["left"])

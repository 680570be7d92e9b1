"""Records in batches of up to 100; with trace ids a batch may fail in part (207)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from ixia_config.sdk.wire import Response
from ixia_connectors.hubspot.sandbox import records
from ixia_connectors.hubspot.sandbox.call import (
    Body,
    Call,
    answer,
    identifier,
    mapping,
    objects,
    text,
    texts,
)
from ixia_connectors.hubspot.sandbox.clock import iso
from ixia_connectors.hubspot.sandbox.errors import Refusal, absent, invalid
from ixia_connectors.hubspot.sandbox.objects import ObjectType, object_type

_MOST = 100
_TRACE = "objectWriteTraceId"


def _inputs(call: Call) -> list[Body]:
    inputs = objects(call.body(), "inputs")
    if not 1 <= len(inputs) <= _MOST:
        raise invalid(f"inputs must hold 1 to {_MOST} members, not {len(inputs)}")
    return inputs


def _answer(call: Call, status: int, found: Sequence[Body], errors: Sequence[Body]) -> Response:
    body: Body = {
        "status": "COMPLETE",
        "results": list(found),
        "startedAt": iso(call.now),
        "completedAt": iso(call.now),
    }
    if errors:
        body |= {"numErrors": len(errors), "errors": list(errors)}
    return answer(207 if errors else status, body)


def _error(refusal: Refusal, trace: str) -> Body:
    return {
        "status": "error",
        "category": refusal.category,
        "message": refusal.message,
        "context": {**{key: list(ids) for key, ids in refusal.context.items()}, _TRACE: [trace]},
    }


def _write(call: Call, status: int, one: Callable[[Body], Body]) -> Response:
    """Write each input; without a trace id on every one of them the first failure fails all."""
    inputs = _inputs(call)
    traced = all(isinstance(body.get(_TRACE), str) for body in inputs)
    found: list[Body] = []
    errors: list[Body] = []
    for body in inputs:
        trace = str(body.get(_TRACE))
        try:
            with call.store.savepoint():
                found.append({**one(body), **({_TRACE: trace} if traced else {})})
        except Refusal as refusal:
            if not traced:
                raise
            errors.append(_error(refusal, trace))
    return _answer(call, status, found, errors)


def create(call: Call) -> Response:
    """POST {object}/batch/create"""
    found = object_type(call.path["object"])

    def one(body: Body) -> Body:
        row = records.add(call, found, body)
        return records.shown(found, row, list(json.loads(row["properties"])))

    return _write(call, 201, one)


def update(call: Call) -> Response:
    """POST {object}/batch/update"""
    found = object_type(call.path["object"])
    _refuse_twins(_inputs(call))
    return _write(call, 200, lambda body: _update(call, found, body))


def _refuse_twins(inputs: Sequence[Body]) -> None:
    ids = [identifier(body, "id") for body in inputs]
    twins = sorted({name for name in ids if ids.count(name) > 1})
    if twins:
        raise invalid(f"Duplicate IDs found in batch input: [{', '.join(twins)}]")


def _key(body: Body) -> str | None:
    return text(body, "idProperty") if body.get("idProperty") is not None else None


def _update(call: Call, found: ObjectType, body: Body) -> Body:
    row = records.require(call, found, identifier(body, "id"), _key(body))
    given = mapping(body, "properties")
    return records.shown(found, records.change(call, found, row, given), list(given))


def upsert(call: Call) -> Response:
    """POST {object}/batch/upsert"""
    found = object_type(call.path["object"])
    return _write(call, 200, lambda body: _upsert(call, found, body))


def _upsert(call: Call, found: ObjectType, body: Body) -> Body:
    key, name = text(body, "idProperty"), identifier(body, "id")
    given = mapping(body, "properties")
    row = records.find(call, found, name, key)
    if row is None or row["archived_at"] is not None:
        new = records.add(call, found, {**body, "properties": {**given, key: name}})
        return {**records.shown(found, new, [*given, key]), "new": True}
    changed = records.change(call, found, row, given)
    return {**records.shown(found, changed, [*given, key]), "new": False}


def read(call: Call) -> Response:
    """POST {object}/batch/read"""
    found, body = object_type(call.path["object"]), call.body()
    wanted = texts(body, "properties") if "properties" in body else []
    names = [identifier(each, "id") for each in _inputs(call)]
    rows = {name: records.find(call, found, name, _key(body)) for name in names}
    archived = body.get("archived") is True or call.archived
    there = {
        name: row
        for name, row in rows.items()
        if row is not None and (row["archived_at"] is not None) == archived
    }
    shown = [records.shown(found, row, wanted) for row in there.values()]
    missing = [name for name in rows if name not in there]
    return _answer(call, 200, shown, [_absent(found, name) for name in missing])


def _absent(found: ObjectType, name: str) -> Body:
    refusal = absent(found.singular, name)
    return {
        "status": "error",
        "category": refusal.category,
        "message": refusal.message,
        "context": {"ids": [name]},
    }


def archive(call: Call) -> Response:
    """POST {object}/batch/archive: 204 whatever the state was."""
    found = object_type(call.path["object"])
    for body in _inputs(call):
        records.archive(call, found, identifier(body, "id"))
    return answer(204)

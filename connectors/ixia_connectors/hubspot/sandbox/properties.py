"""Properties and their groups: create, read, change, archive, in ones and in batches."""

from __future__ import annotations

import json

from ixia_config.sdk.wire import Response
from ixia_connectors.hubspot.sandbox import definitions
from ixia_connectors.hubspot.sandbox.call import (
    Body,
    Call,
    answer,
    integer,
    objects,
    results,
    text,
)
from ixia_connectors.hubspot.sandbox.clock import iso
from ixia_connectors.hubspot.sandbox.errors import Refusal, absent, conflict, invalid
from ixia_connectors.hubspot.sandbox.objects import object_type
from ixia_connectors.hubspot.sandbox.routing import Route
from ixia_connectors.hubspot.sandbox.scopes import of_object, reads_schema, writes_schema
from ixia_connectors.hubspot.sandbox.store import Row, dump

_BATCH = 100


def _shown(row: Row) -> Body:
    """A property as the API shows it."""
    definition: Body = json.loads(row["definition"])
    shown: Body = {**definition, "archived": row["archived_at"] is not None}
    for stamp in ("createdAt", "updatedAt"):
        shown[stamp] = iso(int(str(definition[stamp])))
    if row["archived_at"] is not None:
        shown["archivedAt"] = iso(row["archived_at"])
    return shown


def _list(call: Call) -> Response:
    rows = call.store.rows(
        "SELECT * FROM properties WHERE object = ? AND (archived_at IS NOT NULL) = ? "
        "ORDER BY name, number",
        object_type(call.path["object"]).name,
        call.archived,
    )
    wanted = call.query("dataSensitivity") or "non_sensitive"
    shown = [_shown(row) for row in rows]
    return results([found for found in shown if found["dataSensitivity"] == wanted])


def _find(call: Call, name: str, *, archived: bool) -> Row | None:
    """A property; of several archived twins the one that was archived last."""
    return call.store.row(
        "SELECT * FROM properties WHERE object = ? AND name = ? AND (archived_at IS NOT NULL) = ? "
        "ORDER BY number DESC",
        object_type(call.path["object"]).name,
        name,
        archived,
    )


def _require(call: Call, name: str, *, archived: bool = False) -> Row:
    row = _find(call, name, archived=archived)
    if row is None:
        raise absent("Property", name)
    return row


def _get(call: Call) -> Response:
    return answer(200, _shown(_require(call, call.path["name"], archived=call.archived)))


def _create(call: Call) -> Response:
    return answer(201, _add(call, call.body()))


def _add(call: Call, body: Body) -> Body:
    definition = definitions.created(body, call.now, call.user_id)
    name = str(definition["name"])
    if _find(call, name, archived=False) is not None:
        raise conflict(f"A property named '{name}' already exists.")
    _require_group(call, str(definition["groupName"]))
    values = {
        "object": object_type(call.path["object"]).name,
        "name": name,
        "definition": dump(definition),
    }
    call.store.insert("properties", values)
    return _shown(_require(call, name))


def _update(call: Call) -> Response:
    row = _require(call, call.path["name"])
    before: Body = json.loads(row["definition"])
    definition = definitions.edited(before, call.body(), call.now, call.user_id)
    _require_group(call, str(definition["groupName"]))
    sql = "UPDATE properties SET definition = ? WHERE number = ?"
    call.store.run(sql, dump(definition), row["number"])
    return answer(200, _shown(_require(call, call.path["name"])))


def _delete(call: Call) -> Response:
    _archive(call, _require(call, call.path["name"]))
    return answer(204)


def _archive(call: Call, row: Row) -> None:
    if not definitions.trait(json.loads(row["definition"]), "archivable"):
        raise invalid(f"The property {row['name']} is defined by HubSpot and cannot be archived")
    sql = "UPDATE properties SET archived_at = ? WHERE number = ?"
    call.store.run(sql, call.now, row["number"])


def _inputs(call: Call) -> list[Body]:
    inputs = objects(call.body(), "inputs")
    if not 1 <= len(inputs) <= _BATCH:
        raise invalid(f"inputs must hold 1 to {_BATCH} members, not {len(inputs)}")
    return inputs


def _batch(call: Call, status: int, found: list[Body], errors: list[Body]) -> Response:
    body: Body = {
        "status": "COMPLETE",
        "results": list(found),
        "startedAt": iso(call.now),
        "completedAt": iso(call.now),
    }
    if errors:
        body |= {"numErrors": len(errors), "errors": list(errors)}
    return answer(207 if errors else status, body)


def _batch_create(call: Call) -> Response:
    found: list[Body] = []
    errors: list[Body] = []
    for body in _inputs(call):
        try:
            with call.store.savepoint():
                found.append(_add(call, body))
        except Refusal as refusal:
            errors.append(_batch_error(refusal, str(body.get("name"))))
    return _batch(call, 201, found, errors)


def _batch_read(call: Call) -> Response:
    archived = call.body().get("archived") is True
    names = [text(body, "name") for body in _inputs(call)]
    rows = {name: _find(call, name, archived=archived) for name in names}
    found = [_shown(row) for row in rows.values() if row is not None]
    missing = [name for name, row in rows.items() if row is None]
    return _batch(
        call, 200, found, [_batch_error(absent("Property", name), name) for name in missing]
    )


def _batch_error(refusal: Refusal, name: str) -> Body:
    return {
        "status": "error",
        "category": refusal.category,
        "message": refusal.message,
        "context": {"name": [name]},
    }


def _batch_archive(call: Call) -> Response:
    """204 whatever the state was, as the vendor does."""
    for body in _inputs(call):
        row = _find(call, text(body, "name"), archived=False)
        if row is not None:
            _archive(call, row)
    return answer(204)


def _group_shown(row: Row) -> Body:
    return {
        "name": row["name"],
        "label": row["label"],
        "displayOrder": row["display_order"],
        "archived": False,
    }


def _group(call: Call, name: str) -> Row | None:
    sql = "SELECT * FROM property_groups WHERE object = ? AND name = ?"
    return call.store.row(sql, object_type(call.path["object"]).name, name)


def _require_group(call: Call, name: str) -> None:
    if _group(call, name) is None:
        raise invalid(f"Property group {name} does not exist", context={"groupName": [name]})


def _group_of_path(call: Call) -> Row:
    row = _group(call, call.path["group"])
    if row is None:
        raise absent("Property group", call.path["group"])
    return row


def _list_groups(call: Call) -> Response:
    sql = "SELECT * FROM property_groups WHERE object = ? ORDER BY display_order, name"
    rows = call.store.rows(sql, object_type(call.path["object"]).name)
    return results([_group_shown(row) for row in rows])


def _get_group(call: Call) -> Response:
    return answer(200, _group_shown(_group_of_path(call)))


def _create_group(call: Call) -> Response:
    body = call.body()
    name, label = text(body, "name"), text(body, "label")
    if _group(call, name) is not None:
        raise conflict(f"A property group named '{name}' already exists.")
    values = {
        "object": object_type(call.path["object"]).name,
        "name": name,
        "label": label,
        "display_order": integer(body, "displayOrder") if "displayOrder" in body else -1,
    }
    call.store.insert("property_groups", values)
    row = _group(call, name)
    return answer(201, _group_shown(row) if row else None)


def _update_group(call: Call) -> Response:
    row, body = _group_of_path(call), call.body()
    label = text(body, "label") if "label" in body else row["label"]
    order = integer(body, "displayOrder") if "displayOrder" in body else row["display_order"]
    sql = "UPDATE property_groups SET label = ?, display_order = ? WHERE object = ? AND name = ?"
    call.store.run(sql, label, order, row["object"], row["name"])
    return _get_group(call)


def _delete_group(call: Call) -> Response:
    row = _group_of_path(call)
    live = definitions.of_object(call.store, row["object"])
    inside = [name for name, found in live.items() if found["groupName"] == row["name"]]
    if inside:
        raise invalid(
            f"Property group {row['name']} is not empty: it holds {len(inside)} properties",
            context={"propertyName": inside},
        )
    sql = "DELETE FROM property_groups WHERE object = ? AND name = ?"
    call.store.run(sql, row["object"], row["name"])
    return answer(204)


_READ = of_object(reads_schema)
_WRITE = of_object(writes_schema)

ROUTES = (
    Route("properties", "GET", "{object}", _list, _READ),
    Route("properties", "POST", "{object}", _create, _WRITE),
    Route("properties", "GET", "{object}/groups", _list_groups, _READ),
    Route("properties", "POST", "{object}/groups", _create_group, _WRITE),
    Route("properties", "GET", "{object}/groups/{group}", _get_group, _READ),
    Route("properties", "PATCH", "{object}/groups/{group}", _update_group, _WRITE),
    Route("properties", "DELETE", "{object}/groups/{group}", _delete_group, _WRITE),
    Route("properties", "POST", "{object}/batch/create", _batch_create, _WRITE),
    Route("properties", "POST", "{object}/batch/read", _batch_read, _READ),
    Route("properties", "POST", "{object}/batch/archive", _batch_archive, _WRITE),
    Route("properties", "GET", "{object}/{name}", _get, _READ),
    Route("properties", "PATCH", "{object}/{name}", _update, _WRITE),
    Route("properties", "DELETE", "{object}/{name}", _delete, _WRITE),
)

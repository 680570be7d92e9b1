"""Associations between records: written with a record or on their own, read as lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ixia_config.sdk.wire import Response
from ixia_connectors.hubspot.sandbox.call import (
    Body,
    Call,
    answer,
    integer,
    mapping,
    objects,
    results,
)
from ixia_connectors.hubspot.sandbox.errors import absent, invalid
from ixia_connectors.hubspot.sandbox.objects import OBJECTS, ObjectType, object_type
from ixia_connectors.hubspot.sandbox.routing import Route
from ixia_connectors.hubspot.sandbox.scopes import of_object, reads_records, writes_records

# The vendor's type ids of unlabelled associations; both directions have one of their own.
_DEFAULT_TYPES = {
    ("deals", "contacts"): 3,
    ("contacts", "deals"): 4,
    ("deals", "companies"): 341,
    ("companies", "deals"): 342,
    ("tickets", "contacts"): 16,
    ("contacts", "tickets"): 15,
    ("leads", "contacts"): 578,
    ("contacts", "leads"): 579,
    ("leads", "companies"): 610,
    ("companies", "leads"): 611,
    ("notes", "contacts"): 202,
    ("notes", "companies"): 190,
    ("notes", "deals"): 214,
    ("emails", "contacts"): 198,
    ("emails", "companies"): 186,
    ("emails", "deals"): 210,
    ("tasks", "contacts"): 204,
    ("tasks", "companies"): 192,
    ("tasks", "deals"): 216,
    ("tasks", "tickets"): 230,
}


@dataclass(frozen=True, slots=True)
class Link:
    """One association that a new record asks for."""

    to_object: str
    to_id: int
    type_id: int


def wanted(call: Call, body: Body) -> list[Link]:
    """The associations of a create; each must lead to a record that exists."""
    if body.get("associations") is None:
        return []
    found: list[Link] = []
    for association in objects(body, "associations"):
        number = str(mapping(association, "to").get("id"))
        for kind in objects(association, "types"):
            type_id = integer(kind, "associationTypeId")
            found.append(Link(_target(call, type_id, number), int(number), type_id))
    return found


def _target(call: Call, type_id: int, number: str) -> str:
    """The object type on the far side of an association type."""
    for (_, target), known in _DEFAULT_TYPES.items():
        if known == type_id:
            _require(call, OBJECTS[target], number)
            return target
    raise invalid(f"{type_id} is not an association type")


def _require(call: Call, found: ObjectType, number: str) -> int:
    sql = "SELECT id FROM records WHERE object = ? AND id = ? AND archived_at IS NULL"
    if not number.isdigit() or call.store.row(sql, found.name, int(number)) is None:
        raise absent(found.singular, number)
    return int(number)


def link(call: Call, found: ObjectType, number: int, links: Sequence[Link]) -> None:
    """Write associations of a record, in both directions."""
    for each in links:
        _write(call, (found.name, number), (each.to_object, each.to_id), each.type_id)


def _write(call: Call, start: tuple[str, int], end: tuple[str, int], type_id: int) -> None:
    sql = "INSERT OR IGNORE INTO associations VALUES (?, ?, ?, ?, ?)"
    call.store.run(sql, *start, *end, type_id)
    back = _DEFAULT_TYPES.get((end[0], start[0]), type_id)
    call.store.run(sql, *end, *start, back)
    _note_activity(call, start, end)
    _note_activity(call, end, start)


def _note_activity(call: Call, activity: tuple[str, int], record: tuple[str, int]) -> None:
    """A note or e-mail about a record with a pipeline moves the record's last activity forward."""
    if activity[0] not in ("notes", "emails") or not OBJECTS[record[0]].pipeline:
        return
    call.store.run(
        "UPDATE records SET properties = json_set(properties, '$.notes_last_updated', "
        "nullif(max(coalesce(json_extract(properties, '$.notes_last_updated'), ''), "
        "coalesce((SELECT json_extract(properties, '$.hs_timestamp') FROM records "
        "WHERE object = ? AND id = ?), '')), '')) WHERE object = ? AND id = ?",
        *activity,
        *record,
    )


def summary(call: Call, found: ObjectType, number: int, asked: Sequence[str]) -> Body:
    """The associated records of a read, by the name of their type."""
    body: Body = {}
    for name in asked:
        target = object_type(name)
        ids: list[Body] = [
            {"id": str(to), "type": f"{found.singular}_to_{target.singular}".lower()}
            for to, _ in _linked(call, found, number, target)
        ]
        if ids:
            body[target.name] = {"results": list(ids)}
    return body


def _linked(
    call: Call, found: ObjectType, number: int, target: ObjectType
) -> list[tuple[int, int]]:
    sql = (
        "SELECT to_id, type_id FROM associations "
        "WHERE from_object = ? AND from_id = ? AND to_object = ? ORDER BY to_id, type_id"
    )
    rows = call.store.rows(sql, found.name, number, target.name)
    return [(row["to_id"], row["type_id"]) for row in rows]


def _ends(call: Call) -> tuple[ObjectType, int, ObjectType]:
    found, target = object_type(call.path["object"]), object_type(call.path["target"])
    return found, _require(call, found, call.path["id"]), target


def _list(call: Call) -> Response:
    found, number, target = _ends(call)
    return results(
        [
            {
                "toObjectId": to,
                "associationTypes": [
                    {"category": "HUBSPOT_DEFINED", "typeId": type_id, "label": None}
                ],
            }
            for to, type_id in _linked(call, found, number, target)
        ]
    )


def _labels(call: Call) -> Response:
    """The association types between two object types; an account without labels has one."""
    pair = (object_type(call.path["object"]).name, object_type(call.path["target"]).name)
    known = [_DEFAULT_TYPES[pair]] if pair in _DEFAULT_TYPES else []
    return results(
        [{"category": "HUBSPOT_DEFINED", "typeId": type_id, "label": None} for type_id in known]
    )


def _put_default(call: Call) -> Response:
    found, number, target = _ends(call)
    other = _require(call, target, call.path["other"])
    type_id = _DEFAULT_TYPES.get((found.name, target.name))
    if type_id is None:
        raise invalid(f"{found.plural} cannot be associated with {target.plural}")
    _write(call, (found.name, number), (target.name, other), type_id)
    return answer(
        200,
        {
            "status": "COMPLETE",
            "results": [
                {
                    "from": {"id": str(number)},
                    "to": {"id": str(other)},
                    "associationSpec": {
                        "associationCategory": "HUBSPOT_DEFINED",
                        "associationTypeId": type_id,
                    },
                }
            ],
        },
    )


def _delete(call: Call) -> Response:
    found, number, target = _ends(call)
    sql = (
        "DELETE FROM associations "
        "WHERE from_object = ? AND from_id = ? AND to_object = ? AND to_id = ?"
    )
    other = int(call.path["other"]) if call.path["other"].isdigit() else -1
    call.store.run(sql, found.name, number, target.name, other)
    call.store.run(sql, target.name, other, found.name, number)
    return answer(204)


_READ = of_object(reads_records)
_WRITE = of_object(writes_records)
_PAIR = "{object}/{id}/associations/{target}"

ROUTES = (
    Route("labels", "GET", "{object}/{target}/labels", _labels, _READ),
    Route("records", "GET", _PAIR, _list, _READ),
    Route(
        "records",
        "PUT",
        "{object}/{id}/associations/default/{target}/{other}",
        _put_default,
        _WRITE,
    ),
    Route("records", "DELETE", _PAIR + "/{other}", _delete, _WRITE),
)

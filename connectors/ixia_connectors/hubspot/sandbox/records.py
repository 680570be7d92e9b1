"""Records: create, read, change, archive and list them, one at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ixia_config.sdk.wire import Response
from ixia_connectors.hubspot.sandbox import (
    associations,
    definitions,
    flow_enrolment,
    moves,
    stages,
    usage,
    values,
)
from ixia_connectors.hubspot.sandbox.call import Body, Call, answer, mapping
from ixia_connectors.hubspot.sandbox.clock import iso, parse_moment
from ixia_connectors.hubspot.sandbox.errors import absent, conflict, forbidden, invalid
from ixia_connectors.hubspot.sandbox.objects import ObjectType, object_type
from ixia_connectors.hubspot.sandbox.store import Row, dump
from ixia_connectors.hubspot.sandbox.values import Properties

PAGE = 100
_ALWAYS = ("hs_object_id", "hs_lastmodifieddate")


def shown(found: ObjectType, row: Row, wanted: Sequence[str]) -> Body:
    """A record as the API shows it; a property without a value is null."""
    kept: Properties = json.loads(row["properties"])
    created, changed = iso(row["created_at"]), iso(row["updated_at"])
    kept |= {"hs_object_id": str(row["id"]), "hs_lastmodifieddate": changed}
    kept.setdefault("createdate", created)
    kept["hs_createdate"] = created
    names = dict.fromkeys((*(wanted or found.shown), "createdate", *_ALWAYS))
    body: Body = {
        "id": str(row["id"]),
        "properties": {name: kept.get(name) for name in names},
        "createdAt": created,
        "updatedAt": changed,
        "archived": row["archived_at"] is not None,
    }
    if row["archived_at"] is not None:
        body["archivedAt"] = iso(row["archived_at"])
    return body


def find(call: Call, found: ObjectType, name: str, key: str | None = None) -> Row | None:
    """A record, archived or not, by id or by the value of a property with unique values."""
    if key is None or key == "hs_object_id":
        sql = "SELECT * FROM records WHERE object = ? AND id = ?"
        return call.store.row(sql, found.name, int(name)) if name.isdigit() else None
    known = definitions.of_object(call.store, found.name)
    if key not in known or not known[key]["hasUniqueValue"]:
        raise invalid(f"{key} is not a property with unique values")
    return holder(call, found, key, name)


def holder(call: Call, found: ObjectType, key: str, value: str) -> Row | None:
    """The live record that has this value; text is compared without case."""
    sql = (
        "SELECT * FROM records WHERE object = ? AND archived_at IS NULL "
        "AND lower(json_extract(properties, '$.' || ?)) = lower(?)"
    )
    return call.store.row(sql, found.name, key, value)


def require(call: Call, found: ObjectType, name: str, key: str | None = None) -> Row:
    """The live record with this id."""
    row = find(call, found, name, key)
    if row is None or row["archived_at"] is not None:
        raise absent(found.singular, name)
    return row


def wanted_properties(call: Call, found: ObjectType) -> list[str]:
    """The properties that the query names; those that do not exist are left out silently."""
    known = definitions.of_object(call.store, found.name)
    return [name for name in call.listed("properties") if name in known]


def list_records(call: Call) -> Response:
    """GET {object}"""
    found = object_type(call.path["object"])
    limit, after = call.number("limit", 10, most=PAGE), call.offset()
    rows = call.store.rows(
        "SELECT * FROM records WHERE object = ? AND (archived_at IS NOT NULL) = ? AND id > ? "
        "ORDER BY id LIMIT ?",
        found.name,
        call.archived,
        after,
        limit + 1,
    )
    wanted = wanted_properties(call, found)
    page = [with_associations(call, found, row, wanted) for row in rows[:limit]]
    body: Body = {"results": list(page)}
    if len(rows) > limit:
        body["paging"] = paging(call, str(rows[limit - 1]["id"]))
    return answer(200, body)


def paging(call: Call, after: str) -> Body:
    """Where the next page begins."""
    return {"next": {"after": after, "link": f"{call.request.path}?after={after}"}}


def with_associations(call: Call, found: ObjectType, row: Row, wanted: Sequence[str]) -> Body:
    """A record and, where the query asks for them, the ids of its associated records."""
    body = shown(found, row, wanted)
    asked = call.listed("associations")
    if asked:
        body["associations"] = associations.summary(call, found, int(row["id"]), asked)
    return body


def get_record(call: Call) -> Response:
    """GET {object}/{id}"""
    found = object_type(call.path["object"])
    row = find(call, found, call.path["id"], call.query("idProperty"))
    if row is None or (row["archived_at"] is not None) != call.archived:
        raise absent(found.singular, call.path["id"])
    return answer(200, with_associations(call, found, row, wanted_properties(call, found)))


def create_record(call: Call) -> Response:
    """POST {object}"""
    found = object_type(call.path["object"])
    row = add(call, found, call.body())
    return answer(201, shown(found, row, list(json.loads(row["properties"]))))


def add(call: Call, found: ObjectType, body: Body) -> Row:
    """Make a record of the properties and associations of a body."""
    if call.profile.tier < found.records_from:
        raise forbidden(f"{found.plural} need {found.records_from.title}")
    given = mapping(body, "properties")
    links = associations.wanted(call, body)
    kept = values.accepted(call, found, given)
    after = {name: value for name, value in kept.items() if value is not None}
    _refuse_incomplete(found, after, links)
    _refuse_taken(call, found, after, None)
    _derive(found, after, moves.check(call, found, None, after))
    _enter(call, found, {}, after)
    number = call.store.next_id(f"record {found.name}", call.profile.first_id)
    created = parse_moment(after.get("createdate", "")) or call.now
    _keep(call, found, number, after, created=created)
    associations.link(call, found, number, links)
    event = flow_enrolment.Happened(frozenset(after), created=True)
    flow_enrolment.touched(call, found, number, event)
    return require(call, found, str(number))


def _refuse_incomplete(
    found: ObjectType, after: Properties, links: Sequence[associations.Link]
) -> None:
    """A lead needs a name and a contact."""
    if found.name != "leads":
        return
    if "hs_lead_name" not in after:
        raise invalid("Some required properties were missing: [hs_lead_name]")
    if not any(link.to_object in ("contacts", "companies") for link in links):
        raise invalid("A lead needs an association with a contact")


def _refuse_taken(call: Call, found: ObjectType, after: Properties, number: int | None) -> None:
    """A value that must be unique and is another record's."""
    known = definitions.of_object(call.store, found.name)
    for name in sorted(after):
        if not known[name]["hasUniqueValue"]:
            continue
        other = holder(call, found, name, after[name])
        if other is not None and other["id"] != number:
            raise conflict(f"{found.singular} already exists. Existing ID: {other['id']}")


def _derive(found: ObjectType, after: Properties, stage: Row | None) -> None:
    """Values that the vendor computes."""
    if found.name != "deals":
        return
    if stage is not None:
        after.update(usage.closed_properties(stages.metadata_of(stage)))
    after.pop("amount_in_home_currency", None)
    if "amount" in after:
        after["amount_in_home_currency"] = after["amount"]


def _enter(call: Call, found: ObjectType, before: Properties, after: Properties) -> None:
    """The vendor keeps when a record came into its stage."""
    if found.stage and before.get(found.stage) != after.get(found.stage):
        after["hs_v2_date_entered_current_stage"] = iso(call.now)


def update_record(call: Call) -> Response:
    """PATCH {object}/{id}"""
    found = object_type(call.path["object"])
    row = require(call, found, call.path["id"], call.query("idProperty"))
    given = mapping(call.body(), "properties")
    return answer(200, shown(found, change(call, found, row, given), list(given)))


def change(call: Call, found: ObjectType, row: Row, given: Body) -> Row:
    """Write some properties of a record."""
    before: Properties = json.loads(row["properties"])
    kept = values.accepted(call, found, given)
    merged = {**before, **kept}
    after = {name: value for name, value in merged.items() if value is not None}
    _refuse_taken(call, found, {name: after[name] for name in kept if name in after}, row["id"])
    _derive(found, after, _moved(call, found, before, after))
    _enter(call, found, before, after)
    _keep(call, found, int(row["id"]), after, created=int(row["created_at"]))
    changed = {name for name in kept if before.get(name) != after.get(name)}
    flow_enrolment.touched(call, found, int(row["id"]), flow_enrolment.Happened(frozenset(changed)))
    return require(call, found, str(row["id"]))


def _moved(call: Call, found: ObjectType, before: Properties, after: Properties) -> Row | None:
    """Check a record's stage; one that rests on what was archived meanwhile may stay there."""
    if not found.stage:
        return None
    rests = all(before.get(key) == after.get(key) for key in (found.stage, found.pipeline))
    place = (after.get(found.pipeline, ""), after.get(found.stage, ""))
    if rests and moves.find_stage(call, found, *place) is None:
        return None
    return moves.check(call, found, before, after)


def _keep(call: Call, found: ObjectType, number: int, after: Properties, *, created: int) -> None:
    sql = (
        "INSERT INTO records VALUES (?, ?, ?, ?, ?, NULL) ON CONFLICT (object, id) DO UPDATE "
        "SET properties = excluded.properties, updated_at = excluded.updated_at"
    )
    call.store.run(sql, found.name, number, dump(after), created, call.now)
    remember(call, found, number)


def remember(call: Call, found: ObjectType, number: int) -> None:
    """Keep this version of a record for the lagging search index, and drop what it has passed."""
    if not call.profile.search_lag_seconds:
        return
    indexed = call.now - int(call.profile.search_lag_seconds * 1000)
    call.store.run(
        "DELETE FROM record_versions WHERE object = ? AND id = ? AND at < ("
        "SELECT max(at) FROM record_versions WHERE object = ? AND id = ? AND at <= ?)",
        found.name,
        number,
        found.name,
        number,
        indexed,
    )
    call.store.run(
        "INSERT OR REPLACE INTO record_versions (object, id, at, properties, created_at, "
        "updated_at, archived_at) SELECT object, id, ?, properties, created_at, updated_at, "
        "archived_at FROM records WHERE object = ? AND id = ?",
        call.now,
        found.name,
        number,
    )


def delete_record(call: Call) -> Response:
    """DELETE {object}/{id}: 204 whether it was there or not."""
    found = object_type(call.path["object"])
    archive(call, found, call.path["id"])
    return answer(204)


def archive(call: Call, found: ObjectType, name: str) -> None:
    """Put a record into the recycling bin."""
    row = find(call, found, name)
    if row is None or row["archived_at"] is not None:
        return
    sql = "UPDATE records SET archived_at = ?, updated_at = ? WHERE object = ? AND id = ?"
    call.store.run(sql, call.now, call.now, found.name, row["id"])
    remember(call, found, int(row["id"]))

"""Pipelines: create, read, change, replace, archive, restore, and who changed them."""

from __future__ import annotations

from ixia_config.sdk.wire import Response
from ixia_connectors.hubspot.sandbox import audit, stages, usage
from ixia_connectors.hubspot.sandbox.call import (
    Body,
    Call,
    answer,
    integer,
    objects,
    optional_text,
    results,
    text,
)
from ixia_connectors.hubspot.sandbox.clock import iso
from ixia_connectors.hubspot.sandbox.errors import absent, conflict, forbidden, invalid
from ixia_connectors.hubspot.sandbox.objects import ObjectType, pipeline_object
from ixia_connectors.hubspot.sandbox.routing import Route
from ixia_connectors.hubspot.sandbox.scopes import of_object, reads_schema, writes_schema
from ixia_connectors.hubspot.sandbox.store import Row


def _shown(call: Call, row: Row) -> Body:
    """A pipeline with its stages as the API shows it."""
    body: Body = {
        "label": row["label"],
        "displayOrder": row["display_order"],
        "id": row["id"],
        "stages": [
            stages.shown(stage) for stage in stages.of_pipeline(call, row["object"], row["id"])
        ],
        "createdAt": iso(row["created_at"]),
        "updatedAt": iso(row["updated_at"]),
        "archived": row["archived_at"] is not None,
    }
    if row["archived_at"] is not None:
        body["archivedAt"] = iso(row["archived_at"])
    return body


def _list(call: Call) -> Response:
    found = pipeline_object(call.path["object"])
    rows = call.store.rows(
        "SELECT * FROM pipelines WHERE object = ? AND (archived_at IS NOT NULL) = ? "
        "ORDER BY display_order, label",
        found.name,
        call.archived,
    )
    return results([_shown(call, row) for row in rows])


def _require(call: Call, found: ObjectType) -> Row:
    """The pipeline of a path, archived or not."""
    sql = "SELECT * FROM pipelines WHERE object = ? AND id = ?"
    row = call.store.row(sql, found.name, call.path["pipeline"])
    if row is None:
        raise absent("Pipeline", call.path["pipeline"])
    return row


def _get(call: Call) -> Response:
    row = _require(call, pipeline_object(call.path["object"]))
    if (row["archived_at"] is not None) != call.archived:
        raise absent("Pipeline", row["id"])
    return answer(200, _shown(call, row))


def _audit(call: Call) -> Response:
    found = pipeline_object(call.path["object"])
    return results(audit.trail(call, found.name, _require(call, found)["id"]))


def _create(call: Call) -> Response:
    found, body = pipeline_object(call.path["object"]), call.body()
    label, order = text(body, "label"), integer(body, "displayOrder")
    wanted = objects(body, "stages")
    if not wanted:
        raise invalid("stages must hold at least one stage", context={"field": ["stages"]})
    _refuse_beyond_tier(call, found)
    chosen = stages.chosen_id(body, "pipelineId")
    pipeline = chosen or str(call.store.next_id("id", call.profile.first_id))
    _refuse_taken_id(call, found, pipeline)
    _refuse_taken_label(call, found, label)
    values = {
        "object": found.name,
        "id": pipeline,
        "label": label,
        "display_order": _order(call, found, order),
        "created_at": call.now,
        "updated_at": call.now,
    }
    call.store.insert("pipelines", values)
    for stage in wanted:
        stages.add(call, found, pipeline, stage)
    return answer(201, _log(call, found, pipeline, "CREATE"))


def _refuse_beyond_tier(call: Call, found: ObjectType) -> None:
    tier, needed = call.profile.tier, found.pipelines_from
    if tier < needed:
        raise forbidden(
            f"This account cannot add {found.singular.lower()} pipelines: "
            f"they need {needed.title}, and it has {tier.title}"
        )
    number = live_count(call, found)
    if number >= call.profile.pipelines_max:
        raise invalid(f"The account has reached its limit of {number} {found.singular} pipelines")


def live_count(call: Call, found: ObjectType) -> int:
    """How many pipelines of this object type are not archived."""
    sql = "SELECT count(*) FROM pipelines WHERE object = ? AND archived_at IS NULL"
    return int(call.store.value(sql, found.name))


def _refuse_taken_id(call: Call, found: ObjectType, pipeline: str) -> None:
    sql = "SELECT archived_at FROM pipelines WHERE object = ? AND id = ?"
    taken = call.store.row(sql, found.name, pipeline)
    if taken is not None:
        raise conflict(f"A pipeline with the id {pipeline} already exists{_as_archived(taken)}")


def _refuse_taken_label(call: Call, found: ObjectType, label: str, *, but: str = "") -> None:
    sql = "SELECT archived_at FROM pipelines WHERE object = ? AND label = ? AND id <> ?"
    taken = call.store.row(sql, found.name, label, but)
    if taken is not None:
        raise conflict(f'A pipeline with the label "{label}" already exists{_as_archived(taken)}')


def _as_archived(row: Row) -> str:
    return "" if row["archived_at"] is None else " and is archived"


def _order(call: Call, found: ObjectType, order: int) -> int:
    """-1 stands for the place after the last pipeline."""
    if order >= 0:
        return order
    if order != -1:
        raise invalid(f"displayOrder must be -1 or more, not {order}")
    sql = "SELECT max(display_order) FROM pipelines WHERE object = ? AND archived_at IS NULL"
    last = call.store.value(sql, found.name)
    return 0 if last is None else int(last) + 1


def _update(call: Call) -> Response:
    found, body = pipeline_object(call.path["object"]), call.body()
    row = _require(call, found)
    restoring = "archived" in body
    if restoring:
        stages.require_restorable(body, row)
    elif row["archived_at"] is not None:
        raise absent("Pipeline", row["id"])
    label = optional_text(body, "label") or row["label"]
    order = integer(body, "displayOrder") if "displayOrder" in body else row["display_order"]
    _write(call, found, row, label=label, order=order)
    return answer(200, _log(call, found, row["id"], "RESTORE" if restoring else "UPDATE"))


def _write(call: Call, found: ObjectType, row: Row, *, label: str, order: int) -> None:
    _refuse_taken_label(call, found, label, but=row["id"])
    call.store.run(
        "UPDATE pipelines SET label = ?, display_order = ?, updated_at = ?, archived_at = NULL "
        "WHERE object = ? AND id = ?",
        label,
        _order(call, found, order),
        call.now,
        found.name,
        row["id"],
    )


def _replace(call: Call) -> Response:
    """The hazard that the vendor warns of: stages that are not sent are dropped.

    What only the vendor's own pages can set (properties required by stage) is reported to be lost
    as well, so it is lost here.
    """
    found, body = pipeline_object(call.path["object"]), call.body()
    row = stages.require_pipeline(call, found, call.path["pipeline"])
    label, order = text(body, "label"), integer(body, "displayOrder")
    _replace_stages(call, found, row["id"], objects(body, "stages"))
    _write(call, found, row, label=label, order=order)
    sql = "DELETE FROM required WHERE object = ? AND pipeline = ?"
    call.store.run(sql, found.name, row["id"])
    return answer(200, _log(call, found, row["id"], "UPDATE"))


def _replace_stages(call: Call, found: ObjectType, pipeline: str, wanted: list[Body]) -> None:
    live = {stage["id"]: stage for stage in stages.of_pipeline(call, found.name, pipeline)}
    sent = {stages.chosen_id(stage, "stageId") for stage in wanted}
    dropped = [stage for name, stage in live.items() if name not in sent]
    if usage.guarded(call, found):
        usage.refuse_used_stages(call, found, dropped)
    for stage in dropped:
        stages.archive(call, found, stage)
    for body in wanted:
        known = live.get(str(body.get("stageId")))
        if known is None:
            stages.add(call, found, pipeline, body)
        else:
            stages.rewrite(call, found, known, body)


def _delete(call: Call) -> Response:
    found = pipeline_object(call.path["object"])
    row = stages.require_pipeline(call, found, call.path["pipeline"])
    if live_count(call, found) == 1:
        raise invalid(f"The last pipeline for {found.plural.lower()} cannot be deleted")
    if usage.guarded(call, found):
        usage.refuse_used_stages(call, found, stages.of_pipeline(call, found.name, row["id"]))
    sql = "UPDATE pipelines SET archived_at = ?, updated_at = ? WHERE object = ? AND id = ?"
    call.store.run(sql, call.now, call.now, found.name, row["id"])
    _log(call, found, row["id"], "DELETE")
    return answer(204)


def _log(call: Call, found: ObjectType, pipeline: str, action: str) -> Body:
    """Write the audit line of a change and return the pipeline as it is now."""
    row = call.store.row(
        "SELECT * FROM pipelines WHERE object = ? AND id = ?", found.name, pipeline
    )
    if row is None:
        raise absent("Pipeline", pipeline)
    body = _shown(call, row)
    audit.record(call, object_name=found.name, pipeline=pipeline, action=action, raw=body)
    return body


_READ = of_object(reads_schema)
_WRITE = of_object(writes_schema)
_STAGE = "{object}/{pipeline}/stages/{stage}"

ROUTES = (
    Route("pipelines", "GET", "{object}", _list, _READ),
    Route("pipelines", "POST", "{object}", _create, _WRITE),
    Route("pipelines", "GET", "{object}/{pipeline}", _get, _READ),
    Route("pipelines", "PATCH", "{object}/{pipeline}", _update, _WRITE),
    Route("pipelines", "PUT", "{object}/{pipeline}", _replace, _WRITE),
    Route("pipelines", "DELETE", "{object}/{pipeline}", _delete, _WRITE),
    Route("pipelines", "GET", "{object}/{pipeline}/audit", _audit, _READ),
    Route("pipelines", "GET", "{object}/{pipeline}/stages", stages.list_stages, _READ),
    Route("pipelines", "POST", "{object}/{pipeline}/stages", stages.create_stage, _WRITE),
    Route("pipelines", "GET", _STAGE, stages.get_stage, _READ),
    Route("pipelines", "PATCH", _STAGE, stages.update_stage, _WRITE),
    Route("pipelines", "PUT", _STAGE, stages.replace_stage, _WRITE),
    Route("pipelines", "DELETE", _STAGE, stages.delete_stage, _WRITE),
    Route("pipelines", "GET", _STAGE + "/audit", stages.stage_audit, _READ),
)

"""Stages of a pipeline: create, read, change, archive, restore, and who changed them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from ixia_config.sdk.wire import Response
from ixia_connectors.hubspot.sandbox import audit, usage
from ixia_connectors.hubspot.sandbox.call import (
    Body,
    Call,
    answer,
    boolean,
    integer,
    mapping,
    optional_text,
    results,
    text,
)
from ixia_connectors.hubspot.sandbox.clock import iso
from ixia_connectors.hubspot.sandbox.errors import absent, conflict, invalid
from ixia_connectors.hubspot.sandbox.metadata import normal_form
from ixia_connectors.hubspot.sandbox.objects import ObjectType, pipeline_object
from ixia_connectors.hubspot.sandbox.store import Row, dump

_ID = re.compile(r"[a-z0-9_-]{1,255}")


def chosen_id(body: Body, name: str) -> str | None:
    """The id that the caller chose, or None; upper case is refused."""
    value = optional_text(body, name)
    if value is not None and not _ID.fullmatch(value):
        raise invalid(f"{name} must be lower-case letters, digits, - and _, not {value}")
    return value


def shown(row: Row) -> Body:
    """A stage as the API shows it."""
    body: Body = {
        "label": row["label"],
        "displayOrder": row["display_order"],
        "metadata": json.loads(row["metadata"]),
        "id": row["id"],
        "createdAt": iso(row["created_at"]),
        "updatedAt": iso(row["updated_at"]),
        "writePermissions": row["write_permissions"],
        "archived": row["archived_at"] is not None,
    }
    if row["archived_at"] is not None:
        body["archivedAt"] = iso(row["archived_at"])
    return body


_LIVE = (
    "SELECT * FROM stages WHERE object = ? AND pipeline = ? AND archived_at IS NULL "
    "ORDER BY display_order, label"
)
_ARCHIVED = (
    "SELECT * FROM stages WHERE object = ? AND pipeline = ? AND archived_at IS NOT NULL "
    "ORDER BY display_order, label"
)


def of_pipeline(call: Call, object_name: str, pipeline: str) -> list[Row]:
    """The stages of a pipeline in their order; equal orders sort by label."""
    return call.store.rows(_LIVE, object_name, pipeline)


def require_pipeline(call: Call, found: ObjectType, pipeline: str) -> Row:
    """The pipeline of a path, unless it is absent or archived."""
    row = call.store.row(
        "SELECT * FROM pipelines WHERE object = ? AND id = ? AND archived_at IS NULL",
        found.name,
        pipeline,
    )
    if row is None:
        raise absent("Pipeline", pipeline)
    return row


def _require(call: Call, found: ObjectType) -> Row:
    """The stage of a path, archived or not."""
    pipeline, stage = call.path["pipeline"], call.path["stage"]
    require_pipeline(call, found, pipeline)
    row = call.store.row(
        "SELECT * FROM stages WHERE object = ? AND pipeline = ? AND id = ?",
        found.name,
        pipeline,
        stage,
    )
    if row is None:
        raise absent("Stage", stage)
    return row


def _require_live(call: Call, found: ObjectType) -> Row:
    row = _require(call, found)
    if row["archived_at"] is not None:
        raise absent("Stage", row["id"])
    return row


def list_stages(call: Call) -> Response:
    """GET .../stages"""
    found = pipeline_object(call.path["object"])
    require_pipeline(call, found, call.path["pipeline"])
    query = _ARCHIVED if call.archived else _LIVE
    return results(
        [shown(row) for row in call.store.rows(query, found.name, call.path["pipeline"])]
    )


def get_stage(call: Call) -> Response:
    """GET .../stages/{stage}"""
    row = _require(call, pipeline_object(call.path["object"]))
    if (row["archived_at"] is not None) != call.archived:
        raise absent("Stage", row["id"])
    return answer(200, shown(row))


def stage_audit(call: Call) -> Response:
    """GET .../stages/{stage}/audit"""
    found = pipeline_object(call.path["object"])
    row = _require(call, found)
    return results(audit.trail(call, found.name, row["pipeline"], row["id"]))


def create_stage(call: Call) -> Response:
    """POST .../stages"""
    found = pipeline_object(call.path["object"])
    require_pipeline(call, found, call.path["pipeline"])
    return answer(201, add(call, found, call.path["pipeline"], call.body()))


def add(call: Call, found: ObjectType, pipeline: str, body: Body) -> Body:
    """Make a stage from a PipelineStageInput."""
    label, order = text(body, "label"), integer(body, "displayOrder")
    metadata = normal_form(found.name, mapping(body, "metadata"))
    chosen = chosen_id(body, "stageId")
    stage = chosen or str(call.store.next_id("id", call.profile.first_id))
    _refuse_taken_id(call, found, stage)
    refuse_taken_label(call, found, pipeline, label)
    values = {
        "object": found.name,
        "pipeline": pipeline,
        "id": stage,
        "label": label,
        "display_order": _order(call, found, pipeline, order),
        "metadata": dump(metadata),
        "write_permissions": "CRM_PERMISSIONS_ENFORCEMENT",
        "created_at": call.now,
        "updated_at": call.now,
    }
    call.store.insert("stages", values)
    return _log(call, found, pipeline, stage, "CREATE")


def _refuse_taken_id(call: Call, found: ObjectType, stage: str) -> None:
    taken = call.store.row(
        "SELECT archived_at FROM stages WHERE object = ? AND id = ?", found.name, stage
    )
    if taken is not None:
        raise conflict(f"A stage with the id {stage} already exists{_as_archived(taken)}")


def refuse_taken_label(
    call: Call, found: ObjectType, pipeline: str, label: str, *, but: str = ""
) -> None:
    """A label is taken once per pipeline, even when its stage is archived."""
    taken = call.store.row(
        "SELECT id, archived_at FROM stages "
        "WHERE object = ? AND pipeline = ? AND label = ? AND id <> ?",
        found.name,
        pipeline,
        label,
        but,
    )
    if taken is not None:
        raise conflict(f'A stage with the label "{label}" already exists{_as_archived(taken)}')


def _as_archived(row: Row) -> str:
    return "" if row["archived_at"] is None else " and is archived"


def _order(call: Call, found: ObjectType, pipeline: str, order: int) -> int:
    """-1 stands for the place after the last stage."""
    if order >= 0:
        return order
    if order != -1:
        raise invalid(f"displayOrder must be -1 or more, not {order}")
    last = call.store.value(
        "SELECT max(display_order) FROM stages "
        "WHERE object = ? AND pipeline = ? AND archived_at IS NULL",
        found.name,
        pipeline,
    )
    return 0 if last is None else int(last) + 1


def update_stage(call: Call) -> Response:
    """PATCH .../stages/{stage}"""
    found = pipeline_object(call.path["object"])
    row, body = _require(call, found), call.body()
    if "metadata" not in body:
        raise invalid("metadata is required to update a stage", context={"field": ["metadata"]})
    restoring = "archived" in body
    if restoring:
        require_restorable(body, row)
    elif row["archived_at"] is not None:
        raise absent("Stage", row["id"])
    label = optional_text(body, "label") or row["label"]
    order = integer(body, "displayOrder") if "displayOrder" in body else row["display_order"]
    action = "RESTORE" if restoring else "UPDATE"
    change = {"label": label, "displayOrder": order, "metadata": body["metadata"]}
    return answer(200, rewrite(call, found, row, change, action=action))


def require_restorable(body: Body, row: Row) -> None:
    """``archived`` may be sent to restore what is archived; any other use is refused."""
    if boolean(body, "archived") or row["archived_at"] is None:
        raise invalid("archived may only be false, and only to restore what is archived")


def replace_stage(call: Call) -> Response:
    """PUT .../stages/{stage}"""
    found = pipeline_object(call.path["object"])
    return answer(200, rewrite(call, found, _require_live(call, found), call.body()))


def rewrite(call: Call, found: ObjectType, row: Row, body: Body, *, action: str = "UPDATE") -> Body:
    """Give a stage this label, order and metadata, all of them."""
    label, order = text(body, "label"), integer(body, "displayOrder")
    metadata = normal_form(found.name, mapping(body, "metadata"))
    refuse_taken_label(call, found, row["pipeline"], label, but=row["id"])
    call.store.run(
        "UPDATE stages SET label = ?, display_order = ?, metadata = ?, updated_at = ?, "
        "archived_at = NULL WHERE object = ? AND id = ?",
        label,
        _order(call, found, row["pipeline"], order),
        dump(metadata),
        call.now,
        found.name,
        row["id"],
    )
    usage.refresh_closed(call, found, row["id"], metadata)
    return _log(call, found, row["pipeline"], row["id"], action)


def delete_stage(call: Call) -> Response:
    """DELETE .../stages/{stage}"""
    found = pipeline_object(call.path["object"])
    row = _require_live(call, found)
    if usage.guarded(call, found):
        usage.refuse_used_stages(call, found, [row])
    archive(call, found, row)
    return answer(204)


def archive(call: Call, found: ObjectType, row: Row) -> None:
    """Archive a stage; its label and id stay taken."""
    sql = "UPDATE stages SET archived_at = ?, updated_at = ? WHERE object = ? AND id = ?"
    call.store.run(sql, call.now, call.now, found.name, row["id"])
    _log(call, found, row["pipeline"], row["id"], "DELETE")


def _log(call: Call, found: ObjectType, pipeline: str, stage: str, action: str) -> Body:
    """Write the audit line of a change and return the stage as it is now."""
    row = call.store.row("SELECT * FROM stages WHERE object = ? AND id = ?", found.name, stage)
    if row is None:
        raise absent("Stage", stage)
    body = shown(row)
    audit.record(
        call, object_name=found.name, pipeline=pipeline, stage=stage, action=action, raw=body
    )
    sql = "UPDATE pipelines SET updated_at = ? WHERE object = ? AND id = ?"
    call.store.run(sql, call.now, found.name, pipeline)
    return body


def metadata_of(row: Row) -> Mapping[str, str]:
    """The metadata of a stage row."""
    found: Mapping[str, str] = json.loads(row["metadata"])
    return found

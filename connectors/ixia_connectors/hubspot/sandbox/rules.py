"""Pipeline rules, the approval stage and who may edit records on which stage."""

from __future__ import annotations

import json

from ixia_config.sdk.wire import Response
from ixia_connectors.hubspot.sandbox import stages
from ixia_connectors.hubspot.sandbox.call import (
    Body,
    Call,
    answer,
    boolean,
    mapping,
    objects,
    text,
    texts,
)
from ixia_connectors.hubspot.sandbox.clock import iso
from ixia_connectors.hubspot.sandbox.errors import absent, forbidden, invalid
from ixia_connectors.hubspot.sandbox.objects import ObjectType, pipeline_object
from ixia_connectors.hubspot.sandbox.profile import Tier
from ixia_connectors.hubspot.sandbox.routing import Route
from ixia_connectors.hubspot.sandbox.scopes import needs, needs_all
from ixia_connectors.hubspot.sandbox.store import Row, dump

_MOVES = ("noBackwardsMovementRule", "noSkippingStagesRule")
_CREATION = "objectCreationRule"
_APPROVERS = 3


def _object(call: Call) -> ObjectType:
    """The object type, which these paths name by its id (0-3)."""
    found = pipeline_object(call.path["object"])
    if call.path["object"] != found.id:
        raise invalid(f"objectTypeId must be an id such as {found.id}, not {call.path['object']}")
    return found


def _place(call: Call) -> tuple[ObjectType, str, set[str]]:
    """The object type, the pipeline and its stages' ids; a refusal where the tier lacks rules."""
    _refuse_below(call, Tier.PROFESSIONAL, "Pipeline rules")
    found = _object(call)
    pipeline = stages.require_pipeline(call, found, call.path["pipeline"])["id"]
    return found, pipeline, {row["id"] for row in stages.of_pipeline(call, found.name, pipeline)}


def _refuse_below(call: Call, needed: Tier, what: str) -> None:
    if call.profile.tier < needed:
        raise forbidden(
            f"{what} need Sales Hub {needed.title}; this account has {call.profile.tier.title}"
        )


def _row(call: Call, found: ObjectType, pipeline: str) -> Row:
    sql = "SELECT * FROM rules WHERE object = ? AND pipeline = ?"
    row = call.store.row(sql, found.name, pipeline)
    if row is None:
        raise absent("Pipeline rules of", pipeline)
    return row


def _shown(found: ObjectType, row: Row) -> Body:
    body: Body = json.loads(row["body"])
    return {
        "id": str(row["id"]),
        "objectTypeId": found.id,
        "pipelineId": row["pipeline"],
        **body,
        "createdAt": iso(row["created_at"]),
        "updatedAt": iso(row["updated_at"]),
    }


def _get(call: Call) -> Response:
    found, pipeline, _ = _place(call)
    return answer(200, _shown(found, _row(call, found, pipeline)))


def _put(call: Call) -> Response:
    found, pipeline, known = _place(call)
    body = call.body()
    rules = mapping(body, "governanceValidationRules")
    kept: Body = {
        "governanceValidationRules": {
            **{name: _move(mapping(rules, name), known) for name in _MOVES},
            _CREATION: _creation(mapping(rules, _CREATION), known),
        }
    }
    if body.get("approvalStage") is not None:
        kept["approvalStage"] = _approval(call, found, mapping(body, "approvalStage"), known)
    return answer(200, _keep(call, found, pipeline, kept))


def _keep(call: Call, found: ObjectType, pipeline: str, body: Body) -> Body:
    """Write all rules of a pipeline; its creation date and id stay."""
    sql = (
        "INSERT INTO rules VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (object, pipeline) "
        "DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at"
    )
    number = call.store.next_id("rules")
    call.store.run(sql, found.name, pipeline, number, dump(body), call.now, call.now)
    return _shown(found, _row(call, found, pipeline))


def _patch(call: Call) -> Response:
    found, pipeline, known = _place(call)
    kept: Body = json.loads(_row(call, found, pipeline)["body"])
    body, rules = call.body(), mapping(kept, "governanceValidationRules")
    edits: Body = {name: _move(mapping(body, name), known) for name in _MOVES if name in body}
    if _CREATION in body:
        edits[_CREATION] = _creation(mapping(body, _CREATION), known)
    kept["governanceValidationRules"] = {**rules, **edits}
    if "approvalStage" in body:
        kept["approvalStage"] = _approval(call, found, mapping(body, "approvalStage"), known)
    return answer(200, _keep(call, found, pipeline, kept))


def _delete(call: Call) -> Response:
    found, pipeline, _ = _place(call)
    _row(call, found, pipeline)
    call.store.run("DELETE FROM rules WHERE object = ? AND pipeline = ?", found.name, pipeline)
    return answer(204)


def _move(rule: Body, known: set[str]) -> Body:
    return {
        "enabledForAllStages": boolean(rule, "enabledForAllStages"),
        "pipelineStageIds": list(_stage_ids(rule, known)),
    }


def _creation(rule: Body, known: set[str]) -> Body:
    return {"pipelineStageIds": list(_stage_ids(rule, known))}


def _stage_ids(rule: Body, known: set[str]) -> list[str]:
    named = texts(rule, "pipelineStageIds")
    unknown = [stage for stage in named if stage not in known]
    if unknown:
        raise invalid(
            f"These stages are not in the pipeline: {', '.join(unknown)}",
            context={"pipelineStageIds": unknown},
        )
    return named


def _approval(call: Call, found: ObjectType, body: Body, known: set[str]) -> Body:
    """The one approval stage that a deal pipeline may have."""
    _refuse_below(call, Tier.ENTERPRISE, "Approvals")
    if found.name != "deals":
        raise invalid("Approvals exist for deals only")
    stage, mode = text(body, "pipelineStageId"), text(body, "approvalMode")
    _stage_ids({"pipelineStageIds": [stage]}, known)
    if mode not in ("ANY", "ALL"):
        raise invalid(f"approvalMode must be ANY or ALL, not {mode}")
    approvers = texts(body, "approverUserIds")
    if not 1 <= len(approvers) <= _APPROVERS:
        raise invalid(f"An approval needs 1 to {_APPROVERS} approvers, not {len(approvers)}")
    _refuse_strangers(call, approvers)
    return {**body, "approverUserIds": list(approvers)}


def _refuse_strangers(call: Call, users: list[str]) -> None:
    sql = "SELECT user_id FROM people WHERE active = 1"
    known = {str(row["user_id"]) for row in call.store.rows(sql)}
    strangers = [user for user in users if user not in known]
    if strangers:
        raise invalid(
            f"These are not ids of active users: {', '.join(strangers)}",
            context={"userIds": strangers},
        )


def _get_permissions(call: Call) -> Response:
    found, pipeline, _ = _place(call)
    sql = "SELECT body FROM stage_permissions WHERE object = ? AND pipeline = ? ORDER BY stage"
    rows = call.store.rows(sql, found.name, pipeline)
    return answer(200, {"stages": [json.loads(row["body"]) for row in rows]})


def _put_permissions(call: Call) -> Response:
    """Replaces what was set before; a stage that is not named is open."""
    found, pipeline, known = _place(call)
    permissions = [_permission(call, body, known) for body in objects(call.body(), "stages")]
    sql = "DELETE FROM stage_permissions WHERE object = ? AND pipeline = ?"
    call.store.run(sql, found.name, pipeline)
    sql = "INSERT OR REPLACE INTO stage_permissions VALUES (?, ?, ?, ?)"
    for body in permissions:
        call.store.run(sql, found.name, pipeline, body["pipelineStageId"], dump(body))
    return _get_permissions(call)


def _permission(call: Call, body: Body, known: set[str]) -> Body:
    stage, mode = text(body, "pipelineStageId"), text(body, "permissionMode")
    _stage_ids({"pipelineStageIds": [stage]}, known)
    if mode not in ("OPEN", "RESTRICTED"):
        raise invalid(f"permissionMode must be OPEN or RESTRICTED, not {mode}")
    users, teams = texts(body, "userIds"), texts(body, "teamIds")
    _refuse_strangers(call, users)
    known_teams = {row["id"] for row in call.store.rows("SELECT id FROM teams")}
    strangers = [team for team in teams if team not in known_teams]
    if strangers:
        raise invalid(f"These are not ids of teams: {', '.join(strangers)}")
    return {
        "pipelineStageId": stage,
        "permissionMode": mode,
        "superAdmin": boolean(body, "superAdmin"),
        "teamIds": list(teams),
        "userIds": list(users),
    }


_READ = needs("crm-pipelines-governance-read", "crm-pipelines-governance-write")
_WRITE = needs("crm-pipelines-governance-write")
_RULES = "{object}/{pipeline}"
_PERMISSIONS = _RULES + "/stage-edit-permissions"

ROUTES = (
    Route("rules", "GET", _RULES, _get, _READ),
    Route("rules", "PUT", _RULES, _put, _WRITE),
    Route("rules", "PATCH", _RULES, _patch, _WRITE),
    Route("rules", "DELETE", _RULES, _delete, _WRITE),
    Route(
        "rules",
        "GET",
        _PERMISSIONS,
        _get_permissions,
        needs_all("crm-pipelines-locked-stages-access", "pipeline-level-permissions-access"),
    ),
    Route(
        "rules",
        "PUT",
        _PERMISSIONS,
        _put_permissions,
        needs_all(
            "crm-access", "crm-pipelines-locked-stages-write", "pipeline-level-permissions-write"
        ),
    ),
)

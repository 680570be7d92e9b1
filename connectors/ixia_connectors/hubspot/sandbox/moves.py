"""Where a record may go: its stage must exist, and pipeline rules bind those who act as a user.

Rules do not bind super admins, nor calls that name no user: that is how the vendor has it. No
skipping means that none of the stages that the rule names may be jumped over on the way forward
(lost, the stage with probability 0, may always be reached). No going back means that a stage that
the rule names may not be left for an earlier one. Creation means that a record may only begin on
a stage that the rule names, unless it names none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from ixia_connectors.hubspot.sandbox import stages
from ixia_connectors.hubspot.sandbox.call import Body, Call
from ixia_connectors.hubspot.sandbox.errors import forbidden, invalid, invalid_values, problem
from ixia_connectors.hubspot.sandbox.objects import ObjectType
from ixia_connectors.hubspot.sandbox.store import Row
from ixia_connectors.hubspot.sandbox.values import Properties
from ixia_connectors.hubspot.sandbox.versions import enforces_required


def check(
    call: Call, found: ObjectType, before: Properties | None, after: Properties
) -> Row | None:
    """The stage that the record ends on, or None; a refusal where it may not be there."""
    stage = _stage(call, found, after)
    if before is None or before.get(found.stage) != after.get(found.stage):
        _obey_rules(call, found, before, after)
        _obey_permissions(call, found, before, after)
    _refuse_missing(call, found, after)
    return stage


def _stage(call: Call, found: ObjectType, after: Properties) -> Row | None:
    """The stage row; a record that names a stage is in the default pipeline unless it says so."""
    if not found.stage or found.stage not in after:
        return None
    pipeline = after.setdefault(found.pipeline, found.default_pipeline)
    row = find_stage(call, found, pipeline, after[found.stage])
    if row is None:
        message = f"{after[found.stage]} is not a stage of the pipeline {pipeline}"
        raise invalid_values([problem(found.stage, "INVALID_OPTION", message)])
    return row


def find_stage(call: Call, found: ObjectType, pipeline: str, stage: str) -> Row | None:
    """The stage, unless it or its pipeline is absent or archived."""
    return call.store.row(
        "SELECT stages.* FROM stages JOIN pipelines "
        "ON pipelines.object = stages.object AND pipelines.id = stages.pipeline "
        "WHERE stages.object = ? AND stages.pipeline = ? AND stages.id = ? "
        "AND stages.archived_at IS NULL AND pipelines.archived_at IS NULL",
        found.name,
        pipeline,
        stage,
    )


def _obey_rules(
    call: Call, found: ObjectType, before: Properties | None, after: Properties
) -> None:
    if call.actor is None or call.actor.super_admin or found.stage not in after:
        return
    sql = "SELECT body FROM rules WHERE object = ? AND pipeline = ?"
    pipeline = after[found.pipeline]
    text = call.store.value(sql, found.name, pipeline)
    if text is None:
        return
    rules: Body = json.loads(text)["governanceValidationRules"]
    if before is None or before.get(found.pipeline) != pipeline:
        _obey_creation(rules, after[found.stage])
    else:
        in_order = stages.of_pipeline(call, found.name, pipeline)
        _obey_order(rules, in_order, before.get(found.stage, ""), after[found.stage])


def _obey_creation(rules: Body, stage: str) -> None:
    allowed = _named(rules["objectCreationRule"])
    if allowed and stage not in allowed:
        raise invalid(f"Pipeline rules do not allow records to be created on stage {stage}")


def _obey_order(rules: Body, in_order: Sequence[Row], left: str, reached: str) -> None:
    names = [row["id"] for row in in_order]
    if left not in names:
        return
    start, end = names.index(left), names.index(reached)
    if end < start and _binds(rules["noBackwardsMovementRule"], left):
        raise invalid(f"Pipeline rules do not allow records to go back from {left} to {reached}")
    lost = stages.metadata_of(in_order[end]).get("probability") == "0.0"
    skipped = [
        name for name in names[start + 1 : end] if _binds(rules["noSkippingStagesRule"], name)
    ]
    if skipped and not lost:
        raise invalid(
            f"Pipeline rules do not allow records to skip {', '.join(skipped)} "
            f"on the way from {left} to {reached}"
        )


def _binds(rule: object, stage: str) -> bool:
    assert isinstance(rule, dict)  # noqa: S101  # stored rules have this shape
    return bool(rule["enabledForAllStages"]) or stage in rule["pipelineStageIds"]


def _named(rule: object) -> Sequence[str]:
    assert isinstance(rule, dict)  # noqa: S101  # stored rules have this shape
    named: Sequence[str] = rule["pipelineStageIds"]
    return named


def _obey_permissions(
    call: Call, found: ObjectType, before: Properties | None, after: Properties
) -> None:
    """A restricted stage may be entered or left only by those whom it names."""
    if call.actor is None or not found.stage:
        return
    for stage in {(before or {}).get(found.stage), after.get(found.stage)} - {None}:
        sql = "SELECT body FROM stage_permissions WHERE object = ? AND stage = ?"
        text = call.store.value(sql, found.name, stage)
        if text is not None and not _permits(call, json.loads(text)):
            raise forbidden(f"User {call.actor.user_id} may not edit records on stage {stage}")


def _permits(call: Call, permission: Mapping[str, object]) -> bool:
    actor = call.actor
    if actor is None or permission["permissionMode"] == "OPEN":
        return True
    users, teams = permission["userIds"], permission["teamIds"]
    assert isinstance(users, list)  # noqa: S101  # stored permissions have this shape
    assert isinstance(teams, list)  # noqa: S101  # stored permissions have this shape
    return (
        (actor.super_admin and bool(permission["superAdmin"]))
        or str(actor.user_id) in users
        or any(team in teams for team in actor.teams)
    )


def _refuse_missing(call: Call, found: ObjectType, after: Properties) -> None:
    """What a stage requires, since the version that began to enforce it on API writes."""
    if not enforces_required(call.version) or not found.stage or found.stage not in after:
        return
    sql = (
        "SELECT property FROM required WHERE object = ? AND pipeline = ? AND stage = ? "
        "ORDER BY property"
    )
    rows = call.store.rows(sql, found.name, after[found.pipeline], after[found.stage])
    missing = [row["property"] for row in rows if row["property"] not in after]
    if missing:
        raise invalid(
            f"Some required properties were missing: [{', '.join(missing)}]",
            context={"properties": missing},
        )

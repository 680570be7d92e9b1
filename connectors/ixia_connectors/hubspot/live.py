"""HubSpot's answers as live resources, in the neutral field paths and spellings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from ixia_config.sdk import LiveResource, RemotePerson, Value
from ixia_connectors.hubspot.names import RecordType, remote
from ixia_connectors.hubspot.resources import RULE_OF, live_type
from ixia_connectors.hubspot.values import number_text

Body = Mapping[str, Any]
R = TypeVar("R", bound=Body)


def in_order(rows: Iterable[R]) -> list[R]:
    """Stages or options as people see them; equal places sort by label."""
    return sorted(rows, key=lambda row: (row.get("displayOrder", 0), row.get("label", "")))


def pipeline_resources(kind: RecordType, row: Body) -> list[LiveResource]:
    """A pipeline and its stages."""
    pipeline = str(row["id"])
    stages = [stage_resource(kind, pipeline, each) for each in in_order(row["stages"])]
    own = LiveResource(
        type="pipeline",
        remote_id=remote(kind.api, pipeline),
        natural_key=remote(kind.api, row["label"]),
        title=row["label"],
        fields={"title": row["label"], "order": tuple(each.remote_id for each in stages)},
        raw=row,
    )
    return [own, *stages]


def stage_resource(kind: RecordType, pipeline: str, row: Body) -> LiveResource:
    """One stage."""
    return LiveResource(
        type="stage",
        remote_id=remote(kind.api, pipeline, str(row["id"])),
        natural_key=remote(kind.api, pipeline, row["label"]),
        title=row["label"],
        fields={"title": row["label"], **_metadata_fields(kind, row.get("metadata") or {})},
        parent=remote(kind.api, pipeline),
        raw=row,
    )


def _metadata_fields(kind: RecordType, metadata: Body) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if "probability" in metadata:
        found["probability"] = number_text(metadata["probability"])
    if kind.api == "tickets":
        found["state"] = str(metadata.get("ticketState") or "OPEN").lower()
    return found


def rules_resource(
    kind: RecordType, pipeline: str, row: Body, emails: Mapping[str, str]
) -> LiveResource:
    """The rules of one pipeline; ``emails`` tells who a user id is."""
    return LiveResource(
        type="rules",
        remote_id=remote(kind.api, pipeline, "rules"),
        natural_key=remote(kind.api, pipeline, "rules"),
        title="pipeline rules",
        fields={**_governance(kind, pipeline, row), **_approval(kind, pipeline, row, emails)},
        parent=remote(kind.api, pipeline),
        raw=row,
    )


def _governance(kind: RecordType, pipeline: str, row: Body) -> dict[str, Value]:
    rules = row.get("governanceValidationRules") or {}
    starts = (rules.get("objectCreationRule") or {}).get("pipelineStageIds") or []
    return {
        "no_skipping": _everywhere(rules.get("noSkippingStagesRule")),
        "no_backwards": _everywhere(rules.get("noBackwardsMovementRule")),
        "create_in": tuple(sorted(remote(kind.api, pipeline, str(stage)) for stage in starts)),
    }


def _everywhere(rule: Body | None) -> Value:
    """Whether a rule holds on all stages; a rule for some stages is neither yes nor no."""
    if not rule:
        return False
    if rule.get("enabledForAllStages"):
        return True
    return "for some stages" if rule.get("pipelineStageIds") else False


def _approval(
    kind: RecordType, pipeline: str, row: Body, emails: Mapping[str, str]
) -> dict[str, Value]:
    approval = row.get("approvalStage")
    if not approval:
        return {}
    approvers = (str(user) for user in approval.get("approverUserIds") or [])
    return {
        "approval.stage": remote(kind.api, pipeline, str(approval["pipelineStageId"])),
        "approval.approvers": tuple(sorted(emails.get(user, f"user {user}") for user in approvers)),
        "approval.mode": str(approval.get("approvalMode") or "ANY").lower(),
        "approval.comment": approval.get("approvalComment") or None,
    }


def group_resource(kind: RecordType, row: Body) -> LiveResource:
    """One property group."""
    return LiveResource(
        type="group",
        remote_id=remote(kind.api, row["name"]),
        natural_key=remote(kind.api, row["label"]),
        title=row["label"],
        fields={"title": row["label"]},
        raw=row,
    )


def property_resource(kind: RecordType, row: Body) -> LiveResource:
    """One property with its choices."""
    changes = row.get("modificationMetadata") or {}
    fields: dict[str, Value] = {
        "title": row["label"],
        "description": row.get("description") or None,
        "type": live_type(row),
        "unique": bool(row.get("hasUniqueValue")),
        "group": remote(kind.api, row["groupName"]),
        **_choices(row),
    }
    return LiveResource(
        type="property",
        remote_id=remote(kind.api, row["name"]),
        natural_key=remote(kind.api, row["name"]),
        title=row["label"],
        fields={path: value for path, value in fields.items() if value is not None},
        reserved=bool(row.get("hubspotDefined")) or changes.get("archivable") is False,
        raw=row,
    )


def _choices(row: Body) -> dict[str, Value]:
    if live_type(row) not in ("choice", "choices"):
        return {}
    options = in_order(row.get("options") or [])
    fields: dict[str, Value] = {f"choices.{each['value']}": each["label"] for each in options}
    fields |= {f"offered.{each['value']}": not each.get("hidden") for each in options}
    return {**fields, "order": tuple(str(each["value"]) for each in options)}


def checks_resource(kind: RecordType, name: str, title: str, rules: Iterable[Body]) -> LiveResource:
    """The validation rules of one property; they belong to it, so that nobody has to adopt them."""
    found = {rule["ruleType"]: rule.get("ruleArguments") or [] for rule in rules}
    held = [(path, found[rule][0]) for path, rule in RULE_OF.items() if found.get(rule)]
    return LiveResource(
        type="checks",
        remote_id=remote(kind.api, name, "checks"),
        natural_key=remote(kind.api, name, "checks"),
        title=title,
        fields={path: number_text(value) for path, value in held},
        parent=remote(kind.api, name),
        reserved=True,
        raw=found,
    )


def person(row: Body) -> RemotePerson:
    """An owner: the id of an owner and the id of its user are two things."""
    user = row.get("userIdIncludingInactive") or row.get("userId")
    name = f"{row.get('firstName') or ''} {row.get('lastName') or ''}".strip()
    return RemotePerson(
        email=str(row["email"]).lower(),
        name=name or str(row["email"]),
        ids={"owner": str(row["id"]), **({"user": str(user)} if user else {})},
        active=not row.get("archived") and bool(row.get("userId")),
    )

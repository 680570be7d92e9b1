"""Writing the rules of a pipeline: only the rules that the policy owns are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ixia_config.sdk import Change, Flow, Kind, Outcome, RemoteError, Value, Verb
from ixia_connectors.hubspot import calls
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.names import parts, record_type, remote
from ixia_connectors.hubspot.write.bodies import Ids, pipeline_of, resolved
from ixia_connectors.hubspot.write.outcome import applied, gone, texts

_OFF: Mapping[str, Any] = {
    "noBackwardsMovementRule": {"enabledForAllStages": False, "pipelineStageIds": []},
    "noSkippingStagesRule": {"enabledForAllStages": False, "pipelineStageIds": []},
    "objectCreationRule": {"pipelineStageIds": []},
}
_APPROVAL = "approval."


def create(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Set the rules of a pipeline that had none; HubSpot wants all three, so it is asked first."""
    api, pipeline = pipeline_of(change, ids)
    where = (record_type(api).type_id, pipeline)
    live = (yield from calls.absent_as_none(calls.get("rules", *where))) or {}
    wanted = yield from _wanted(change, ids, live)
    approval = wanted.pop("approvalStage", live.get("approvalStage"))
    rules = {**_OFF, **(live.get("governanceValidationRules") or {}), **wanted}
    body: Body = {"governanceValidationRules": rules}
    if approval:
        body["approvalStage"] = approval
    yield from calls.one(calls.put("rules", *where, json=body))
    return [applied(change, remote(api, pipeline, "rules"))]


def update(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Change the rules that the plan names; an approval is sent whole, so it is read first."""
    api, pipeline = pipeline_of(change, ids)
    where = (record_type(api).type_id, pipeline)
    live: Body = {}
    if _approves(change):
        live = yield from calls.one(calls.get("rules", *where))
    wanted = yield from _wanted(change, ids, live)
    yield from calls.one(calls.patch("rules", *where, json=wanted))
    return [applied(change)]


def remove(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Take all rules off a pipeline."""
    api, pipeline = pipeline_of(change, ids)
    request = calls.delete("rules", record_type(api).type_id, pipeline)
    return (yield from gone(change, calls.sent(request)))


def cost(change: Change) -> int:
    """A look first when something is sent whole, and one for each approver."""
    look = change.verb is Verb.CREATE or _approves(change)
    return 1 + int(look) + len(texts(change.after.get("approval.approvers")))


def _approves(change: Change) -> bool:
    return any(path.startswith(_APPROVAL) for path in change.after)


def _wanted(change: Change, ids: Ids, live: Body) -> Flow[Body]:
    """The rules that the change names, as HubSpot spells them."""
    after = change.after
    body: Body = {}
    if "no_skipping" in after:
        body["noSkippingStagesRule"] = _everywhere(after["no_skipping"])
    if "no_backwards" in after:
        body["noBackwardsMovementRule"] = _everywhere(after["no_backwards"])
    if "create_in" in after:
        stages = texts(resolved(after["create_in"], ids))
        body["objectCreationRule"] = {"pipelineStageIds": [parts(each)[-1] for each in stages]}
    if _approves(change):
        body["approvalStage"] = yield from _approval(after, ids, live.get("approvalStage") or {})
    return body


def _everywhere(value: Value) -> Body:
    return {"enabledForAllStages": value is True, "pipelineStageIds": []}


def _approval(after: Mapping[str, Value], ids: Ids, live: Body) -> Flow[Body]:
    body = dict(live)
    stage = resolved(after.get("approval.stage"), ids)
    if isinstance(stage, str):
        body["pipelineStageId"] = parts(stage)[-1]
    if "approval.mode" in after:
        body["approvalMode"] = str(after["approval.mode"]).upper()
    if "approval.comment" in after:
        body["approvalComment"] = after["approval.comment"] or ""
    if "approval.approvers" in after:
        body["approverUserIds"] = yield from _users(texts(after["approval.approvers"]))
    return body


def _users(emails: Sequence[str]) -> Flow[list[str]]:
    """The user ids behind e-mail addresses; approvers are users, not owners."""
    found: list[str] = []
    for email in emails:
        rows = yield from calls.some(calls.get("owners", email=email))
        users = [row["userId"] for row in rows if row.get("userId") and not row.get("archived")]
        if not users:
            hint = "invite them to the account, or name someone else"
            message = f"HubSpot has no active user {email}, who is to approve"
            raise RemoteError(Kind.REJECTED, message, code="IX611", hint=hint)
        found.append(str(users[0]))
    return found

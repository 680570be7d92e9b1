"""Moves, creation stages and the approval of a pipeline as HubSpot's pipeline rules."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.sdk import Address, Clause, Desired, Level, Lowered, Pipeline, Policy, Stage, Value
from ixia_connectors.hubspot.names import RecordType, remote
from ixia_connectors.hubspot.target import Target, needs_approval, needs_rules

_BYPASS = "HubSpot lets workflows, API calls without a user and super admins pass"
_MOST_APPROVERS = 3


def lower_rules(
    target: Target, policy: Policy[Pipeline], kind: RecordType, pipeline: str
) -> Lowered:
    """Compile what HubSpot keeps in the rules of a pipeline."""
    if not needs_rules(policy):
        return Lowered()
    unreadable = [each for each in target.live.incomplete if each.startswith("pipeline rules")]
    if unreadable:
        return Lowered(clauses=tuple(_unreadable(policy, unreadable[0])))
    fields = {**_governance(policy), **_approval(policy, kind)}
    clauses = (*_governance_clauses(policy), *_approval_clauses(policy, kind))
    desired = _rules(target, policy, remote(kind.api, pipeline, "rules"), fields)
    return Lowered(desired=(desired,) if fields else (), clauses=clauses)


def _rules(
    target: Target, policy: Policy[Pipeline], remote_id: str, fields: dict[str, Value]
) -> Desired:
    there = target.found("rules", remote_id) is not None
    return Desired(
        type="rules",
        address=policy.address.at(".rules"),
        title="pipeline rules",
        natural_key=remote_id,
        fields=fields,
        parent=policy.address,
        remote_id=remote_id if there else None,
        choose_id=None if there else remote_id,
        source=policy.source,
    )


def _governance(policy: Policy[Pipeline]) -> dict[str, Value]:
    spec = policy.body.spec
    fields: dict[str, Value] = {}
    if spec.moves.skip is not None:
        fields["no_skipping"] = not spec.moves.skip
    if spec.moves.back is not None:
        fields["no_backwards"] = not spec.moves.back
    if "create_in" in spec.model_fields_set:
        fields["create_in"] = tuple(sorted(str(policy.address.at(key)) for key in spec.create_in))
    return fields


def _governance_clauses(policy: Policy[Pipeline]) -> Iterator[Clause]:
    spec, address = policy.body.spec, policy.address
    if spec.moves.skip is not None:
        subject = "skipping stages" if spec.moves.skip else "no skipping of stages"
        yield Clause(address, subject, Level.NATIVE, _BYPASS)
    if spec.moves.back is not None:
        subject = "moving back" if spec.moves.back else "no moving back"
        yield Clause(address, subject, Level.NATIVE, _BYPASS)
    if "create_in" in spec.model_fields_set:
        yield Clause(address, "stages to start in", Level.NATIVE, _BYPASS)


def _unreadable(policy: Policy[Pipeline], why: str) -> Iterator[Clause]:
    named = [each.subject for each in _governance_clauses(policy)]
    named += [f"approval on {stage.title}" for stage in _gated(policy)]
    for subject in named:
        yield Clause(policy.address, subject, Level.UNSUPPORTED, f"not readable here: {why}")


def _gated(policy: Policy[Pipeline]) -> list[Stage]:
    return [stage for stage in policy.body.spec.stages if needs_approval(stage)]


def _obstacle(policy: Policy[Pipeline], kind: RecordType, stage: Stage) -> str:
    """Why HubSpot cannot hold the approval of a stage; empty where it can."""
    approval = stage.approval
    if approval is None or kind.api != "deals":
        return "HubSpot has approvals for deals only"
    if stage is not _gated(policy)[0]:
        return "HubSpot has one approval stage per pipeline, and an earlier stage takes it"
    if len(approval.approvers) > _MOST_APPROVERS:
        return f"HubSpot takes at most {_MOST_APPROVERS} approvers"
    return ""


def _approval(policy: Policy[Pipeline], kind: RecordType) -> dict[str, Value]:
    """The fields of the one approval that HubSpot can hold as a whole."""
    for stage in _gated(policy)[:1]:
        approval = stage.approval
        if approval is None or approval.when or _obstacle(policy, kind, stage):
            return {}
        fields: dict[str, Value] = {
            "approval.stage": str(policy.address.at(stage.key)),
            "approval.approvers": tuple(sorted(email.lower() for email in approval.approvers)),
            "approval.mode": approval.mode,
        }
        return fields | ({"approval.comment": approval.comment} if approval.comment else {})
    return {}


def _approval_clauses(policy: Policy[Pipeline], kind: RecordType) -> Iterator[Clause]:
    for stage in _gated(policy):
        address = policy.address.at(stage.key)
        subject = f"approval on {stage.title}"
        obstacle = _obstacle(policy, kind, stage)
        if obstacle:
            yield Clause(address, subject, Level.UNSUPPORTED, obstacle)
        elif stage.approval is not None and stage.approval.when:
            yield _conditional(address, subject, policy, stage)
        else:
            note = f"needs Sales Hub Enterprise; {_BYPASS}"
            yield Clause(address, subject, Level.NATIVE, note)


def _conditional(address: Address, subject: str, policy: Policy[Pipeline], stage: Stage) -> Clause:
    """An approval of some records only: setting it for all would stop every deal."""
    approval = stage.approval
    who = ", ".join(approval.approvers) if approval else ""
    condition = approval.when if approval else ""
    return Clause(
        address,
        subject,
        Level.MANUAL,
        "conditions of approvals are not written by Ixia Config",
        (
            f"Settings > Objects > Deals > Pipelines > {policy.title} > Automate > Approvals",
            f"choose {stage.title}, tick {who}, and add the condition: {condition}",
        ),
    )

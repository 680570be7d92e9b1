"""Live pipeline rules in the words of a pipeline policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ixia_config.sdk import Live, LiveResource


@dataclass(frozen=True, slots=True)
class LiftedRules:
    """What the rules add to a pipeline's spec and to one of its stages."""

    spec: Mapping[str, Any] = field(default_factory=dict)
    gated: str | None = None  # remote id of the stage that needs approval
    approval: Mapping[str, Any] = field(default_factory=dict)
    remote_id: str | None = None  # None where no rule is owned
    lost: tuple[str, ...] = ()

    def of_stage(self, stage: LiveResource) -> dict[str, Any]:
        """What the rules add to this stage."""
        return {"approval": dict(self.approval)} if stage.remote_id == self.gated else {}


def lift_rules(live: Live, pipeline: LiveResource, keys: Mapping[str, str]) -> LiftedRules:
    """The rules of one pipeline; an empty answer where they were not read or say nothing."""
    rules = [
        each
        for each in live.resources
        if each.type == "rules" and each.parent == pipeline.remote_id
    ]
    if not rules:
        return LiftedRules()
    found, lost = _governance(rules[0], keys, pipeline.title)
    gated, approval, unsaid = _approval(rules[0], keys, pipeline.title)
    owned = bool(found) or gated is not None
    return LiftedRules(
        spec=found,
        gated=gated,
        approval=approval,
        remote_id=rules[0].remote_id if owned else None,
        lost=(*lost, *unsaid),
    )


def _governance(
    rules: LiveResource, keys: Mapping[str, str], title: str
) -> tuple[dict[str, Any], tuple[str, ...]]:
    spec: dict[str, Any] = {}
    lost: list[str] = []
    starts = rules.fields.get("create_in")
    known = [keys[each] for each in starts if each in keys] if isinstance(starts, tuple) else []
    if known:
        spec["create_in"] = known
    moves: dict[str, bool] = {}
    for path, name, words in (
        ("no_skipping", "skip", "no skipping"),
        ("no_backwards", "back", "no moving back"),
    ):
        value = rules.fields.get(path)
        if value is True:
            moves[name] = False
        elif value is not False:
            lost.append(f'pipeline "{title}": {words} holds for some stages only')
    return ({**spec, "moves": moves} if moves else spec), tuple(lost)


def _approval(
    rules: LiveResource, keys: Mapping[str, str], title: str
) -> tuple[str | None, dict[str, Any], tuple[str, ...]]:
    """The approval stage, unless something about it has no words in a policy."""
    stage, approvers = rules.fields.get("approval.stage"), rules.fields.get("approval.approvers")
    if not isinstance(stage, str) or not isinstance(approvers, tuple):
        return None, {}, ()
    branch = (rules.raw.get("approvalStage") or {}).get("conditionalApprovalFilterBranch")
    if branch:
        return None, {}, (f'pipeline "{title}": the condition of its approval',)
    unknown = [each for each in approvers if "@" not in each]
    if unknown or stage not in keys:
        who = ", ".join(unknown) or "an archived stage"
        return None, {}, (f'pipeline "{title}": its approval, because of {who}',)
    approval: dict[str, Any] = {"approvers": list(approvers)}
    approval["mode"] = str(rules.fields.get("approval.mode") or "any")
    comment = rules.fields.get("approval.comment")
    return stage, ({**approval, "comment": comment} if comment else approval), ()

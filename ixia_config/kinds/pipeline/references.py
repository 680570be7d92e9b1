"""Names in a Pipeline that lead nowhere: records, fields, stages, people, roles, targets."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.directory.references import owner, worker
from ixia_config.kinds.pipeline.codes.references import UnknownReason, UnknownStage
from ixia_config.kinds.pipeline.spec import Pipeline, Stage
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.project.codes import UnknownTarget
from ixia_config.kinds.project.decide import target_names
from ixia_config.kinds.record_schema.codes.structure import UnknownField, UnknownRecord
from ixia_config.kinds.record_schema.spec import RecordSchema
from ixia_config.model import Path


def references(policy: Policy[Pipeline], context: Context) -> Iterator[Diagnostic]:
    """Every name that leads nowhere."""
    yield from _object(policy, context)
    yield from _stages(policy)
    yield from _external(policy, context)
    for index, stage in enumerate(policy.body.spec.stages):
        path: Path = ("spec", "stages", index)
        yield from _required(policy, path, stage, context)
        yield from _reasons(policy, path, stage)
        yield from _people(policy, path, stage, context)


def _object(policy: Policy[Pipeline], context: Context) -> Iterator[Diagnostic]:
    known = tuple(each.name for each in context.configuration.of(RecordSchema))
    if policy.body.spec.object not in known:
        mark = policy.mark("spec", "object")
        yield UnknownRecord(mark=mark, name=policy.body.spec.object, known=known)


def _stages(policy: Policy[Pipeline]) -> Iterator[Diagnostic]:
    known = tuple(stage.key for stage in policy.body.spec.stages)
    for path, name in _named(policy):
        if name not in known:
            mark = policy.mark(
                *path, key=path[:3] == ("spec", "moves", "allowed") and len(path) == 4
            )
            yield UnknownStage(mark=mark, name=name, known=known)


def _named(policy: Policy[Pipeline]) -> Iterator[tuple[Path, str]]:
    """Every place that names a stage."""
    spec = policy.body.spec
    for index, name in enumerate(spec.create_in):
        yield ("spec", "create_in", index), name
    for index, moved in enumerate(spec.moved):
        yield ("spec", "moved", index, "to"), moved.to
    for index, retired in enumerate(spec.retired):
        yield ("spec", "retired", index, "migrate_to"), retired.migrate_to
    yield from _named_in_moves(policy)


def _named_in_moves(policy: Policy[Pipeline]) -> Iterator[tuple[Path, str]]:
    rules = policy.body.spec.moves
    if rules.reopen_to is not None:
        yield ("spec", "moves", "reopen_to"), rules.reopen_to
    for index, name in enumerate(() if rules.lost_from == "any" else rules.lost_from):
        yield ("spec", "moves", "lost_from", index), name
    for name, targets in (rules.allowed or {}).items():
        yield ("spec", "moves", "allowed", name), name
        for index, target in enumerate(targets):
            yield ("spec", "moves", "allowed", name, index), target


def _external(policy: Policy[Pipeline], context: Context) -> Iterator[Diagnostic]:
    targets = target_names(context.configuration)
    known = tuple(stage.key for stage in policy.body.spec.stages)
    gone = {retired.key for retired in policy.body.spec.retired}
    for target, external in policy.body.spec.external.items():
        path: Path = ("spec", "external", target)
        if targets is not None and target not in targets:
            yield UnknownTarget(mark=policy.mark(*path, key=True), name=target, known=targets)
        for stage in external.stages:
            if stage not in known and stage not in gone:
                mark = policy.mark(*path, "stages", stage, key=True)
                yield UnknownStage(mark=mark, name=stage, known=known)


def _required(
    policy: Policy[Pipeline], path: Path, stage: Stage, context: Context
) -> Iterator[Diagnostic]:
    schema = context.configuration.get(RecordSchema, policy.body.spec.object)
    if schema is None:
        return
    known = tuple(schema.body.spec.fields)
    for index, field in enumerate(stage.required):
        if field not in known:
            mark = policy.mark(*path, "required", index)
            yield UnknownField(mark=mark, name=field, record=schema.name, known=known)


def _reasons(policy: Policy[Pipeline], path: Path, stage: Stage) -> Iterator[Diagnostic]:
    known = tuple(reason.key for reason in stage.reasons)
    for index, reason in enumerate(stage.reasons):
        if reason.parent is not None and (
            reason.parent not in known or reason.parent == reason.key
        ):
            mark = policy.mark(*path, "reasons", index, "parent")
            others = tuple(key for key in known if key != reason.key)
            yield UnknownReason(mark=mark, name=reason.parent, known=others)


def _people(
    policy: Policy[Pipeline], path: Path, stage: Stage, context: Context
) -> Iterator[Diagnostic]:
    """Approvers and who takes over; nothing to say where no Directory is kept."""
    if not roster(context.configuration).declared:
        return
    if stage.handoff is not None:
        here, task = (*path, "handoff", "to"), f"in the hand-over of {stage.key}"
        yield from owner(policy, here, context, name=stage.handoff.to, task=task)
    for index, email in enumerate(stage.approval.approvers if stage.approval else ()):
        here, task = (*path, "approval", "approvers", index), f"approver of {stage.key}"
        yield from worker(policy, here, context, email=email, task=task)

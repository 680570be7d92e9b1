"""Stages that are missing, doubled, too many, without reasons, or the same as elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ixia_config.codes import Diagnostic
from ixia_config.kinds.pipeline.codes.stages import (
    DuplicateInPipeline,
    NoClosedStage,
    NoReasons,
    SameStages,
    SellerActivityOnly,
    TooManyStages,
    WarnAfterBreach,
)
from ixia_config.kinds.pipeline.spec import Pipeline, Stage
from ixia_config.kinds.policy import Configuration, Context, Policy
from ixia_config.kinds.scalars import Duration
from ixia_config.model import Path

_MOST = 8


def stages(policy: Policy[Pipeline], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with the stages as a list, and with each of them alone."""
    yield from _closed(policy)
    yield from _twice(policy, ("spec", "stages"), policy.body.spec.stages, "stage")
    if len(policy.body.spec.stages) > _MOST:
        mark = policy.mark("spec", "stages", key=True)
        yield TooManyStages(mark=mark, count=len(policy.body.spec.stages))
    for index, stage in enumerate(policy.body.spec.stages):
        yield from _stage(policy, ("spec", "stages", index), stage)
    yield from _same(policy, context)


def _closed(policy: Policy[Pipeline]) -> Iterator[Diagnostic]:
    """Won and lost are both there. A ticket is closed, and neither won nor lost."""
    types = {stage.type for stage in policy.body.spec.stages}
    missing = tuple(each for each in ("won", "lost") if each not in types)
    if policy.body.spec.object == "ticket" and len(missing) < 2:
        return
    if missing:
        yield NoClosedStage(mark=policy.mark("spec", "stages", key=True), types=missing)


def _stage(policy: Policy[Pipeline], path: Path, stage: Stage) -> Iterator[Diagnostic]:
    yield from _twice(policy, (*path, "entry"), stage.entry, "criterion")
    yield from _twice(policy, (*path, "exit"), stage.exit, "criterion")
    yield from _twice(policy, (*path, "reasons"), stage.reasons, "reason")
    if stage.type == "lost" and not stage.reasons and not _asks_why(stage):
        yield NoReasons(mark=policy.mark(*path, "key"), stage=stage.key)
    if stage.age is not None and _later(stage.age.warn, stage.age.breach):
        mark = policy.mark(*path, "age", "warn")
        yield WarnAfterBreach(mark=mark, warn=str(stage.age.warn), breach=str(stage.age.breach))
    if stage.exit and all(criterion.evidence == "seller" for criterion in stage.exit):
        yield SellerActivityOnly(mark=policy.mark(*path, "exit", key=True), stage=stage.key)


def _asks_why(stage: Stage) -> bool:
    """Whether a required field holds the reason, as in CRMs that have one."""
    return any(field.endswith("reason") for field in stage.required)


def _later(warn: Duration | None, breach: Duration | None) -> bool:
    """Whether the warning certainly comes later; business time and other time are not alike."""
    if warn is None or breach is None or warn.business != breach.business:
        return False
    if warn.business and warn.unit != breach.unit:
        return False
    return warn.minutes > breach.minutes


def _twice(
    policy: Policy[Pipeline], path: Path, members: Iterable[object], what: str
) -> Iterator[Diagnostic]:
    """Keys and titles tell the members of a list apart."""
    for part in ("key", "title"):
        seen: set[str] = set()
        for index, member in enumerate(members):
            word = getattr(member, part)
            if word is None:
                continue
            folded = word if part == "key" else word.strip().casefold()
            if folded in seen:
                label = what if part == "key" else f"title of a {what}"
                mark = policy.mark(*path, index, part)
                yield DuplicateInPipeline(mark=mark, what=label, word=word)
            seen.add(folded)


def _same(policy: Policy[Pipeline], context: Context) -> Iterator[Diagnostic]:
    twins = context.configuration.derive(_by_stages)[_signature(policy)]
    if twins[0] != policy.name:
        yield SameStages(mark=policy.mark("metadata", "name"), other=twins[0])


def _by_stages(configuration: Configuration) -> Mapping[tuple[str, ...], list[str]]:
    """The names of all pipelines by their stages."""
    found: dict[tuple[str, ...], list[str]] = {}
    for policy in configuration.of(Pipeline):
        found.setdefault(_signature(policy), []).append(policy.name)
    return found


def _signature(policy: Policy[Pipeline]) -> tuple[str, ...]:
    spec = policy.body.spec
    return (spec.object, *(f"{stage.key}={stage.title}" for stage in spec.stages))

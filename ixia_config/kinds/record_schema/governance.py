"""What leads to bad data: required fields that stay empty, several truths, targets without base."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.project.codes import UnknownTarget
from ixia_config.kinds.project.decide import target_names
from ixia_config.kinds.record_schema.codes.governance import (
    ImpossibleShare,
    IntegrationFails,
    MoneyWithoutCurrency,
    NobodyFills,
    TargetWithoutBase,
    TwoSourcesOfTruth,
)
from ixia_config.kinds.record_schema.spec import Completeness, Field, RecordSchema
from ixia_config.kinds.scalars import percentage
from ixia_config.model import Path

_INTEGRATIONS = ("form", "import", "sync")  # what creates records without a person
_ON_SAVING = frozenset({"rep", *_INTEGRATIONS})


def governance(policy: Policy[RecordSchema], context: Context) -> Iterator[Diagnostic]:
    """Everything about the fields of a record type that leads to bad data."""
    writers: set[str] = {
        writer for field in policy.body.spec.fields.values() for writer in field.filled_by
    }
    for name, field in policy.body.spec.fields.items():
        path: Path = ("spec", "fields", name)
        yield from _required(policy, path, field, writers)
        yield from _truth(policy, path, field, context)
        if field.completeness is not None:
            yield from _completeness(policy, (*path, "completeness"), field.completeness)
        if field.type == "money" and not (field.currency or policy.body.spec.currency):
            yield MoneyWithoutCurrency(mark=policy.mark(*path, key=True), name=name)


def _required(
    policy: Policy[RecordSchema], path: Path, field: Field, writers: set[str]
) -> Iterator[Diagnostic]:
    """A field that is always required is filled by whatever creates records."""
    if not field.required or not field.filled_by:
        return
    name, here = str(path[-1]), (*path, "filled_by")
    if not _ON_SAVING.intersection(field.filled_by):
        yield NobodyFills(mark=policy.mark(*here), name=name)
        return
    left_out = tuple(
        each for each in _INTEGRATIONS if each in writers and each not in field.filled_by
    )
    if left_out:
        yield IntegrationFails(mark=policy.mark(*here), name=name, writers=left_out)


def _truth(
    policy: Policy[RecordSchema], path: Path, field: Field, context: Context
) -> Iterator[Diagnostic]:
    sources, known = field.source_of_truth or (), target_names(context.configuration)
    if len(sources) > 1:
        mark = policy.mark(*path, "source_of_truth")
        yield TwoSourcesOfTruth(mark=mark, name=str(path[-1]), targets=sources)
    for index, source in enumerate(sources):
        if known is not None and source not in known:
            mark = policy.mark(*path, "source_of_truth", index)
            yield UnknownTarget(mark=mark, name=source, known=known)


def _completeness(
    policy: Policy[RecordSchema], path: Path, completeness: Completeness
) -> Iterator[Diagnostic]:
    target, measured = completeness.target, completeness.measured
    for name, share in (("target", target), ("measured", measured)):
        if share is not None and not 0 <= share <= 1:
            problem = f"a completeness of {percentage(share)} does not exist"
            yield ImpossibleShare(mark=policy.mark(*path, name), problem=problem)
            return
    if measured is None:
        mark = policy.mark(*path, "target")
        yield TargetWithoutBase(mark=mark, name=str(path[-2]))
    elif measured > target:
        problem = f"the target {percentage(target)} is below the measured {percentage(measured)}"
        yield ImpossibleShare(mark=policy.mark(*path, "target"), problem=problem)

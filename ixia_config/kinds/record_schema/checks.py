"""What can be wrong with a RecordSchema: settings, choices, bounds, names and conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ixia_config.codes import Diagnostic
from ixia_config.kinds.conditions import condition
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.project.codes import UnknownTarget
from ixia_config.kinds.project.decide import target_names
from ixia_config.kinds.record_schema.bounds import bounds
from ixia_config.kinds.record_schema.choices import choices
from ixia_config.kinds.record_schema.codes.governance import SharedTitle
from ixia_config.kinds.record_schema.codes.structure import (
    ReservedName,
    SettingDoesNotFit,
    SettingMissing,
    SharedExternalName,
    UnknownField,
    UnknownRecord,
)
from ixia_config.kinds.record_schema.governance import governance
from ixia_config.kinds.record_schema.spec import Field, RecordSchema
from ixia_config.model import Path
from ixia_config.rules import RESERVED

_FITS: Mapping[str, tuple[str, ...]] = {
    "choices": ("choice", "choices"),
    "retired_choices": ("choice", "choices"),
    "to": ("reference",),
    "currency": ("money",),
    "max_length": ("text",),
    "minimum": ("integer", "decimal", "money", "percent", "date"),
    "maximum": ("integer", "decimal", "money", "percent", "date"),
}
_NEEDED = {"choice": "choices", "choices": "choices", "reference": "to"}


def check(policy: Policy[RecordSchema], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with a RecordSchema."""
    for name, field in policy.body.spec.fields.items():
        path: Path = ("spec", "fields", name)
        yield from _settings(policy, path, field)
        yield from _reference(policy, path, field, context)
        yield from choices(policy, path, field)
        yield from bounds(policy, path, field)
        if name in RESERVED:
            yield ReservedName(mark=policy.mark(*path, key=True), name=name)
        if field.validate_ is not None:
            record = policy.name
            yield from condition(policy, (*path, "validate"), context.configuration, record)[1]
    yield from _titles(policy)
    yield from _external(policy, context)
    yield from governance(policy, context)


def _settings(policy: Policy[RecordSchema], path: Path, field: Field) -> Iterator[Diagnostic]:
    for setting, fits in _FITS.items():
        if getattr(field, setting) and field.type not in fits:
            mark = policy.mark(*path, setting, key=True)
            yield SettingDoesNotFit(mark=mark, setting=setting, type=field.type, fits=fits)
    needed = _NEEDED.get(field.type)
    if needed is not None and not getattr(field, needed):
        mark = policy.mark(*path, "type")
        yield SettingMissing(mark=mark, setting=needed, type=field.type)


def _reference(
    policy: Policy[RecordSchema], path: Path, field: Field, context: Context
) -> Iterator[Diagnostic]:
    if field.to is not None and context.configuration.get(RecordSchema, field.to) is None:
        known = tuple(each.name for each in context.configuration.of(RecordSchema))
        yield UnknownRecord(mark=policy.mark(*path, "to"), name=field.to, known=known)


def _titles(policy: Policy[RecordSchema]) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    for name, field in policy.body.spec.fields.items():
        if field.title is not None:
            other = seen.setdefault(field.title.strip().casefold(), name)
            if other != name:
                mark = policy.mark("spec", "fields", name, "title")
                yield SharedTitle(mark=mark, title=field.title, field=name, other=other)


def _external(policy: Policy[RecordSchema], context: Context) -> Iterator[Diagnostic]:
    """What targets call the fields: known targets, known fields, each name once."""
    targets, fields = target_names(context.configuration), policy.body.spec.fields
    for target, external in policy.body.spec.external.items():
        path: Path = ("spec", "external", target)
        if targets is not None and target not in targets:
            yield UnknownTarget(mark=policy.mark(*path, key=True), name=target, known=targets)
        seen: dict[str, str] = {}
        for field, name in external.fields.items():
            here = (*path, "fields", field)
            if field not in fields:
                mark = policy.mark(*here, key=True)
                yield UnknownField(mark=mark, name=field, record=policy.name, known=tuple(fields))
            other = seen.setdefault(name, field)
            if other != field:
                mark = policy.mark(*here)
                yield SharedExternalName(mark=mark, name=name, field=field, other=other)

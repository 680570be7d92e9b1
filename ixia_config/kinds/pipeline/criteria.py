"""The conditions of a Pipeline, and criteria that nobody can meet or verify."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.conditions import catalogue, condition
from ixia_config.kinds.pipeline.codes.criteria import FieldSetLater, Unverifiable
from ixia_config.kinds.pipeline.spec import Criterion, Pipeline, PipelineSpec
from ixia_config.kinds.policy import Context, Policy
from ixia_config.model import Path
from ixia_config.rules import Typed, parse, read
from ixia_config.rules.tree import Logical


def criteria(policy: Policy[Pipeline], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with conditions and criteria."""
    spec = policy.body.spec
    if spec.applies_when is not None:
        yield from _condition(policy, ("spec", "applies_when"), context)[1]
    for index, stage in enumerate(spec.stages):
        path: Path = ("spec", "stages", index)
        for part, members in (("entry", stage.entry), ("exit", stage.exit)):
            for number, criterion in enumerate(members):
                yield from _criterion(policy, (*path, part, number), criterion, context)
        if stage.approval is not None and stage.approval.when is not None:
            yield from _condition(policy, (*path, "approval", "when"), context)[1]


def _condition(
    policy: Policy[Pipeline], path: Path, context: Context
) -> tuple[Typed | None, tuple[Diagnostic, ...]]:
    return condition(policy, path, context.configuration, policy.body.spec.object)


def _criterion(
    policy: Policy[Pipeline], path: Path, criterion: Criterion, context: Context
) -> Iterator[Diagnostic]:
    if criterion.when is None:
        if criterion.verified_by == "system":
            yield Unverifiable(mark=policy.mark(*path, "key"), criterion=criterion.key)
        return
    typed, found = _condition(policy, (*path, "when"), context)
    yield from found
    if typed is not None and path[3] == "exit":
        yield from _set_later(policy, path, typed, context)


def _set_later(
    policy: Policy[Pipeline], path: Path, typed: Typed, context: Context
) -> Iterator[Diagnostic]:
    """A field that an exit criterion needs is required from a later stage on.

    It may be the next stage: the field is then filled in the same move.
    """
    spec, at = policy.body.spec, int(path[2])
    later = {field: _required_from(spec, field) for field in typed.reads}
    late = {field: index for field, index in later.items() if index is not None and index > at + 1}
    for field in sorted(_needs(typed, context) & late.keys() if late else ()):
        if spec.stages[late[field]].type == "open":
            yield FieldSetLater(
                mark=policy.mark(*path, "when"),
                field=field,
                stage=spec.stages[at].key,
                later=spec.stages[late[field]].key,
            )


def _needs(typed: Typed, context: Context) -> frozenset[str]:
    """The fields without which the condition is false: of each part of its ``&&`` alone."""
    expression = parse(typed.text)
    parts = [typed.text]
    if isinstance(expression, Logical) and expression.operator == "&&":
        parts = [typed.text[slice(*operand.span)] for operand in expression.operands]
    found: set[str] = set()
    for part in parts:
        alone = read(part, catalogue(context.configuration), typed.record)[0]
        if alone is not None and "||" not in part and not alone.clocked and not alone.evaluate({}):
            found |= alone.reads
    return frozenset(found)


def _required_from(spec: PipelineSpec, field: str) -> int | None:
    """The first stage that requires a field."""
    return next((i for i, stage in enumerate(spec.stages) if field in stage.required), None)

"""What a Pipeline asks of a record: its stage, what the next gate wants, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.kinds.conditions import catalogue, condition
from ixia_config.kinds.pipeline.manner import find
from ixia_config.kinds.pipeline.spec import Pipeline, PipelineSpec, Stage
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.record_schema.spec import RecordSchema
from ixia_config.model import Path
from ixia_config.rules import FieldType, Typed, read
from ixia_config.simulate.questions import Asked, Holds, Single, Sum, Unless
from ixia_config.simulate.stages import amount_of, following

_BLANKABLE = (FieldType.TEXT, FieldType.PERSON, FieldType.CHOICE)


def ask_stages(asked: Asked, configuration: Configuration, policy: Policy[Pipeline]) -> None:
    """Its stage, and whatever the gate behind that looks at; the amounts are added up."""
    spec = policy.body.spec
    asked.values(("pipeline", "stage"))
    if spec.applies_when is not None:
        typed, _ = condition(policy, ("spec", "applies_when"), configuration, spec.object)
        if typed is not None:
            asked.questions[Holds(typed)] = None
    for stage, typed in _conditions(asked, configuration, policy):
        asked.questions[Unless(typed, "stage", _elsewhere(spec, stage))] = None
    amount = amount_of(configuration, spec.object)
    if amount in asked.fields.cells:
        asked.sums[Sum(amount, (amount,))] = None


def _conditions(
    asked: Asked, configuration: Configuration, policy: Policy[Pipeline]
) -> Iterator[tuple[Stage, Typed]]:
    """Each condition of a gate, with the stage that it belongs to."""
    spec = policy.body.spec
    for index, stage in enumerate(spec.stages):
        for part, criteria in (("entry", stage.entry), ("exit", stage.exit)):
            for number, each in enumerate(criteria):
                path: Path = ("spec", "stages", index, part, number, "when")
                typed = None
                if each.when is not None:
                    typed, _ = condition(policy, path, configuration, spec.object)
                if typed is not None:
                    yield stage, typed
        for name in stage.required:
            yield from ((stage, typed) for typed in _filled(asked, configuration, spec, name))
        if spec.close_date is not None and spec.close_date.past_while_open is False:
            today = asked.setting.now.date().isoformat()
            yield stage, _read(configuration, spec, f'close_date < date("{today}")')


def _filled(
    asked: Asked, configuration: Configuration, spec: PipelineSpec, name: str
) -> Iterator[Typed]:
    """Whether a required field is filled; a number may be one that stands for none."""
    schema = configuration.get(RecordSchema, spec.object)
    declared = schema.body.spec.fields.get(name) if schema else None
    yield _read(configuration, spec, f"known({name})")
    kind = FieldType(declared.type) if declared is not None else FieldType.TEXT
    if declared is not None and declared.placeholders and kind not in _BLANKABLE:
        asked.values((name,))


def _read(configuration: Configuration, spec: PipelineSpec, text: str) -> Typed:
    typed, _ = read(text, catalogue(configuration), spec.object)
    if typed is None:
        raise Single(f"{text} cannot be asked for")
    return typed


def _elsewhere(spec: PipelineSpec, stage: Stage) -> tuple[str, ...]:
    """Texts of stages whose next gate does not look at this one."""
    texts = {text for each in spec.stages for text in (each.key, each.title)}
    found: list[str] = []
    for text in sorted(texts):
        standing = find(spec, text)
        gate = following(spec, standing) if standing and standing.type == "open" else None
        if gate is None or stage not in (standing, gate):
            found.append(text)
    return tuple(found)

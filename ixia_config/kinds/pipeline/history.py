"""What records and their history say about a Pipeline: rules that reality already breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ixia_config.codes import Diagnostic, in_order
from ixia_config.kinds.pipeline.codes.history import (
    ChoiceInUse,
    MovesBrokenOften,
    RequiredButEmpty,
    StageInUse,
)
from ixia_config.kinds.pipeline.decide import moves
from ixia_config.kinds.pipeline.spec import Pipeline, PipelineSpec
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.record_schema.spec import Field, RecordSchema

OFTEN = 10  # per cent of moves that break a rule, from which on it is worth a warning
MOST = 50  # per cent of open records that lack a field


@dataclass(frozen=True, slots=True)
class Visit:
    """A record came into a stage; ``at`` sorts as text (ISO 8601), ``stage`` is a key or title."""

    record: str
    at: str
    stage: str


def review(
    policy: Policy[Pipeline],
    configuration: Configuration,
    records: Iterable[Mapping[str, Any]],
    history: Iterable[Visit] = (),
    *,
    stage: str = "stage",
) -> tuple[Diagnostic, ...]:
    """What is doubtful about a pipeline in view of its records.

    A record maps the fields of the RecordSchema to values, and ``stage`` to its stage, by key or
    title. None and empty text are missing.
    """
    stages = Stages.of(policy.body.spec)
    rows = list(records)
    found: list[Diagnostic] = [
        *_unknown_stages(policy, stages, [str(row.get(stage) or "") for row in rows]),
        *_moves(policy, stages, history),
    ]
    schema = configuration.get(RecordSchema, policy.body.spec.object)
    if schema is not None:
        opened = [row for row in rows if stages.is_open(str(row.get(stage) or ""))]
        placed = [(stages.key(str(row.get(stage))), row) for row in opened]
        found.extend(_required(policy, schema.body.spec.fields, placed))
        found.extend(_choices(schema, rows))
    return in_order(found)


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of a pipeline, found by key or title, and those that moved or retired."""

    keys: Mapping[str, str]
    order: Mapping[str, int]
    types: Mapping[str, str]
    gone: frozenset[str]

    @classmethod
    def of(cls, spec: PipelineSpec) -> Stages:
        """The stages of a pipeline."""
        titles = {stage.title.casefold(): stage.key for stage in spec.stages}
        moved = {each.from_.casefold(): each.to for each in spec.moved}
        own = {stage.key.casefold(): stage.key for stage in spec.stages}
        gone = {word for each in spec.retired for word in (each.key, each.title) if word}
        return cls(
            keys=titles | moved | own,
            order={stage.key: index for index, stage in enumerate(spec.stages)},
            types={stage.key: stage.type for stage in spec.stages},
            gone=frozenset(map(str.casefold, gone)),
        )

    def key(self, written: str) -> str | None:
        """The key of a stage that is written as key or title."""
        return self.keys.get(written.strip().casefold())

    def is_open(self, written: str) -> bool:
        """Whether records there are open; a stage that nobody knows may be."""
        key = self.key(written)
        return key is None or self.types[key] == "open"


def _unknown_stages(
    policy: Policy[Pipeline], stages: Stages, written: Iterable[str]
) -> Iterator[Diagnostic]:
    counts = Counter(each for each in written if each)
    for name, count in sorted(counts.items()):
        if stages.key(name) is None and name.strip().casefold() not in stages.gone:
            mark = policy.mark("spec", "stages", key=True)
            yield StageInUse(mark=mark, stage=name, records=count)


def _required(
    policy: Policy[Pipeline],
    fields: Mapping[str, Field],
    placed: Sequence[tuple[str | None, Mapping[str, Any]]],
) -> Iterator[Diagnostic]:
    """Required fields that most of the open records in the stage lack."""
    for index, stage in enumerate(policy.body.spec.stages):
        here = [row for key, row in placed if key == stage.key]
        for number, name in enumerate(stage.required):
            missing = sum(is_missing(row.get(name), fields.get(name)) for row in here)
            if missing * 100 > MOST * len(here):
                yield RequiredButEmpty(
                    mark=policy.mark("spec", "stages", index, "required", number),
                    field=name,
                    stage=stage.key,
                    missing=missing,
                    records=len(here),
                )


def is_missing(value: object, field: Field | None) -> bool:
    """Whether a value is none, or one that only looks like one."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return True
    return field is not None and str(value).strip() in field.placeholders


def _choices(
    schema: Policy[RecordSchema], rows: Sequence[Mapping[str, Any]]
) -> Iterator[Diagnostic]:
    """Values that records have, and that are neither choices nor retired with a replacement."""
    for name, field in schema.body.spec.fields.items():
        if field.type not in ("choice", "choices"):
            continue
        known = {choice.value for choice in field.choices} | set(field.retired_choices)
        counts = Counter(
            value
            for row in rows
            if not is_missing(row.get(name), field)
            for value in _values(row[name])
            if value not in known
        )
        for value, count in sorted(counts.items()):
            mark = schema.mark("spec", "fields", name, "choices")
            yield ChoiceInUse(
                mark=mark, field=name, choice=value, records=count, known=tuple(known)
            )


def _values(value: object) -> tuple[str, ...]:
    """The choices in a value; those of a multiple choice come as a list or tuple."""
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)


def _moves(
    policy: Policy[Pipeline], stages: Stages, history: Iterable[Visit]
) -> Iterator[Diagnostic]:
    """Rules about moves that history breaks often."""
    allowed = moves(policy.body.spec)
    steps = [step for step in transitions(stages, history) if step[0] != step[1]]
    broken = Counter(
        _manner(stages, *step) for step in steps if step[1] not in allowed.get(step[0], ())
    )
    for manner, count in sorted(broken.items()):
        if count * 100 > OFTEN * len(steps):
            mark = policy.mark("spec", "moves", key=True)
            yield MovesBrokenOften(mark=mark, manner=manner, count=count, moves=len(steps))


def transitions(stages: Stages, history: Iterable[Visit]) -> Iterator[tuple[str, str]]:
    """Each pair of stages that a record was in one after the other, by key."""
    visits: dict[str, list[Visit]] = {}
    for visit in history:
        visits.setdefault(visit.record, []).append(visit)
    for record in visits.values():
        keys = [stages.key(visit.stage) for visit in sorted(record, key=lambda each: each.at)]
        for before, after in pairwise(keys):
            if before is not None and after is not None:
                yield before, after


def _manner(stages: Stages, before: str, after: str) -> str:
    """How a move breaks the rules, in words."""
    if stages.order[after] < stages.order[before]:
        return "went back"
    return "left out stages" if stages.types[after] != "lost" else "went to lost"

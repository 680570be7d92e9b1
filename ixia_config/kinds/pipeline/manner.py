"""How a record moves between stages: on, over others, back, out, or open again."""

from __future__ import annotations

from enum import StrEnum

from ixia_config.kinds.pipeline.spec import PipelineSpec, Stage


class Manner(StrEnum):
    """The ways from one stage to another."""

    STAY = "stays"
    FORWARD = "moves on"
    SKIP = "leaves out stages"
    BACKWARD = "goes back"
    LOST = "is lost"
    REOPEN = "is opened again"


def find(spec: PipelineSpec, written: str) -> Stage | None:
    """The stage with this key or title, or the one that has taken its place."""
    word = written.strip().casefold()
    moved = {each.from_.casefold(): each.to.casefold() for each in spec.moved}
    for wanted in (word, moved.get(word)):
        for stage in spec.stages:
            if wanted in (stage.key.casefold(), stage.title.strip().casefold()):
                return stage
    return None


def manner(spec: PipelineSpec, before: Stage, after: Stage) -> Manner:
    """How a record goes from one stage to another, by the order and the types of both."""
    if before.key == after.key:
        return Manner.STAY
    if before.type != "open":
        return Manner.REOPEN
    if after.type == "lost":
        return Manner.LOST
    keys = [stage.key for stage in spec.stages]
    start, end = keys.index(before.key), keys.index(after.key)
    if end < start and after.type == "open":
        return Manner.BACKWARD
    return Manner.SKIP if left_out(spec, before, after) else Manner.FORWARD


def left_out(spec: PipelineSpec, before: Stage, after: Stage) -> tuple[Stage, ...]:
    """The open stages between two; all later ones where the second is won."""
    stages = list(spec.stages)
    start = stages.index(before)
    end = len(stages) if after.type == "won" else stages.index(after)
    return tuple(stage for stage in stages[start + 1 : end] if stage.type == "open")

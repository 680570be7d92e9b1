"""Probabilities and forecast categories that contradict their stages or each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ixia_config.codes import Diagnostic
from ixia_config.kinds.pipeline.codes.chances import (
    ClosedProbability,
    ForecastContradicts,
    OpenStageDecided,
    ProbabilityFalls,
    ProbabilityOutOfRange,
)
from ixia_config.kinds.pipeline.decide import falls
from ixia_config.kinds.pipeline.spec import Pipeline, Stage
from ixia_config.kinds.policy import Policy
from ixia_config.kinds.scalars import percentage
from ixia_config.model import Path

_RIGHT = {"won": Decimal(1), "lost": Decimal(0)}


def chances(policy: Policy[Pipeline]) -> Iterator[Diagnostic]:
    """Everything that is wrong with the figures of the stages."""
    for index, stage in enumerate(policy.body.spec.stages):
        if stage.probability is not None:
            path: Path = ("spec", "stages", index, "probability")
            yield from _probability(policy, path, stage, stage.probability)
        if not _fits(stage):
            mark = policy.mark("spec", "stages", index, "forecast")
            yield ForecastContradicts(mark=mark, type=stage.type, forecast=stage.forecast or "")
    yield from _falls(policy)


def _probability(
    policy: Policy[Pipeline], path: Path, stage: Stage, probability: Decimal
) -> Iterator[Diagnostic]:
    shown, right = percentage(probability), _RIGHT.get(stage.type)
    if not 0 <= probability <= 1:
        yield ProbabilityOutOfRange(mark=policy.mark(*path), probability=shown)
    elif right is None and probability in (0, 1):
        yield OpenStageDecided(mark=policy.mark(*path), stage=stage.key, probability=shown)
    elif right is not None and probability != right:
        mark = policy.mark(*path)
        yield ClosedProbability(
            mark=mark, type=stage.type, probability=shown, right=percentage(right)
        )


def _fits(stage: Stage) -> bool:
    if stage.forecast is None:
        return True
    if stage.type == "open":
        return stage.forecast != "closed"
    return stage.forecast in ("closed", "omitted")


def _falls(policy: Policy[Pipeline]) -> Iterator[Diagnostic]:
    stages = policy.body.spec.stages
    for index in falls(policy.body.spec):
        earlier = next(
            stage
            for stage in reversed(stages[:index])
            if stage.type == "open" and stage.probability is not None
        )
        yield ProbabilityFalls(
            mark=policy.mark("spec", "stages", index, "probability"),
            stage=stages[index].key,
            probability=percentage(stages[index].probability or Decimal(0)),
            before=percentage(earlier.probability or Decimal(0)),
            earlier=earlier.key,
        )

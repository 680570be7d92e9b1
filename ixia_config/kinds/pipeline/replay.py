"""What past records did in a pipeline: their moves, the rules that these broke, and their time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from ixia_config.kinds.pipeline.decide import moves
from ixia_config.kinds.pipeline.history import Visit
from ixia_config.kinds.pipeline.manner import Manner, find, manner
from ixia_config.kinds.pipeline.spec import PipelineSpec, Stage


@dataclass(frozen=True, slots=True)
class Step:
    """One move of one record, by the keys of its stages."""

    record: str
    before: str
    after: str
    manner: Manner
    allowed: bool
    backward: bool
    """Whether the stage comes earlier in the order, of closed stages, too"""
    days: int
    """Calendar days in the stage that was left"""


def replay(spec: PipelineSpec, history: Iterable[Visit]) -> Iterator[Step]:
    """Every move of every record in the order of time; unknown stages are passed over."""
    allowed = moves(spec)
    for record, visits in _by_record(history).items():
        known = [(visit, stage) for visit in visits if (stage := find(spec, visit.stage))]
        for (before, left), (after, entered) in pairwise(known):
            yield Step(
                record=record,
                before=left.key,
                after=entered.key,
                manner=manner(spec, left, entered),
                allowed=left.key == entered.key or entered.key in allowed[left.key],
                backward=spec.stages.index(entered) < spec.stages.index(left),
                days=(_day(after) - _day(before)).days,
            )


def _by_record(history: Iterable[Visit]) -> Mapping[str, list[Visit]]:
    visits: dict[str, list[Visit]] = {}
    for visit in history:
        visits.setdefault(visit.record, []).append(visit)
    return {record: sorted(each, key=lambda visit: visit.at) for record, each in visits.items()}


def _day(visit: Visit) -> date:
    return date.fromisoformat(visit.at[:10])


def days_in_stage(steps: Iterable[Step]) -> Mapping[str, int]:
    """The days that records spent in each stage, over all visits that have ended."""
    total: dict[str, int] = {}
    for step in steps:
        total[step.before] = total.get(step.before, 0) + step.days
    return total


@dataclass(frozen=True, slots=True)
class WinRate:
    """Of the records that were ever in a stage, closed or not, those that are won now."""

    won: int
    records: int

    @property
    def share(self) -> Decimal | None:
        """The rate to four places; None where no record was ever there."""
        if not self.records:
            return None
        return round(Decimal(self.won) / self.records, 4)


def stage_win_rate(spec: PipelineSpec, history: Iterable[Visit], stage: str) -> WinRate:
    """The win rate of a stage; records that skipped it are left out."""
    won = there = 0
    for visits in _by_record(history).values():
        path = [found for visit in visits if (found := find(spec, visit.stage))]
        if any(each.key == stage for each in path):
            there += 1
            won += path[-1].type == "won"
    return WinRate(won, there)


def expected_revenue(stage: Stage, amount: Decimal, confidence: Decimal = Decimal(1)) -> Decimal:
    """An amount weighed by the probability of its stage and by how sure somebody is."""
    return amount * (stage.chance or Decimal(0)) * confidence

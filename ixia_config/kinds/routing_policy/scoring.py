"""The points of a record on each axis, why it has them, and whether it is qualified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.kinds.routing_policy.spec import Points, RoutingPolicy, Score
from ixia_config.rules import Typed, read
from ixia_config.rules.explain import facts

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """Points on each axis; qualified where every axis that asks for points has enough."""

    points: Mapping[str, int]
    qualified: bool
    reasons: tuple[Reason, ...]


def score(
    configuration: Configuration,
    settings: Score,
    record: Record,
    *,
    object: str,  # noqa: A002  # the key of the policy
    now: datetime | None = None,
) -> Scored:
    """The score of a normalised record of a type; ``now`` is needed where the clock is read."""
    scorer = _Scorer(configuration, object, record, now)
    lines = {axis: tuple(scorer.lines(each)) for axis, each in settings.axes.items()}
    totals = {axis: sum(count for count, _ in each) for axis, each in lines.items()}
    reasons = tuple(
        _axis(axis, totals[axis], settings.qualified.get(axis), tuple(line for _, line in each))
        for axis, each in lines.items()
    )
    enough = all(totals.get(axis, 0) >= least for axis, least in settings.qualified.items())
    return Scored(totals, enough, reasons)


def _axis(axis: str, total: int, least: int | None, below: tuple[Reason, ...]) -> Reason:
    if least is None:
        return Reason(axis, Verdict.NOTE, f"{total:,} points", below)
    verdict = Verdict.YES if total >= least else Verdict.NO
    return Reason(axis, verdict, f"{total:,} points, {least:,} needed", below)


@dataclass(frozen=True, slots=True)
class _Scorer:
    configuration: Configuration
    object: str
    record: Record
    now: datetime | None

    def lines(self, each: tuple[Points, ...]) -> Iterator[tuple[int, Reason]]:
        """Points that were given, with their line."""
        for points in each:
            times, why = self.times(points)
            if times:
                count = times * points.points
                yield count, Reason(points.key, Verdict.YES, f"{count:+,}: {why}")

    def times(self, points: Points) -> tuple[int, str]:
        """How many times the points count, and why."""
        told: list[str] = []
        if points.when is not None:
            typed = self.condition(points.when)
            if not typed.evaluate(self.record, self.now):
                return 0, ""
            told.append(facts(typed, self.record, self.now))
        if points.each is None:
            return 1, "; ".join(told) or "always"
        value = self.record.get(points.each)
        count = int(value) if isinstance(value, int) else 0
        return max(count, 0), "; ".join((*told, f"{points.each} {count:,} times"))

    def condition(self, text: str) -> Typed:
        typed = self.configuration.derive(_conditions).get((self.object, text))
        if typed is None:
            raise ValueError(f"the condition {text!r} has errors: run ixia validate")
        return typed


def _conditions(configuration: Configuration) -> Mapping[tuple[str, str], Typed]:
    """Every condition of a score, by record type and text; read once for a configuration."""
    known = catalogue(configuration)
    found = {
        (policy.body.spec.object, points.when): None
        for policy in configuration.every
        if isinstance(policy.body, RoutingPolicy) and policy.body.spec.score is not None
        for axis in policy.body.spec.score.axes.values()
        for points in axis
        if points.when is not None and policy.body.spec.object in known.records
    }
    typed = {(record, text): read(text, known, record)[0] for record, text in found}
    return {key: each for key, each in typed.items() if each is not None}

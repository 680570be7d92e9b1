"""Checks of what comes before the rules: the match to a related record, and the score."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.conditions import catalogue, condition
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.routing_policy.codes.inputs import (
    NoMatchField,
    NotACount,
    PersonalDomainsMatch,
    ThresholdOutOfReach,
    UnknownAxis,
)
from ixia_config.kinds.routing_policy.spec import Match, Points, RoutingPolicy, Score
from ixia_config.model import Path
from ixia_config.rules import Fields, FieldType


def inputs(policy: Policy[RoutingPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with the match and the score."""
    spec = policy.body.spec
    fields = catalogue(context.configuration).records.get(spec.object)
    if spec.match is not None:
        if not spec.match.personal_domains:
            yield PersonalDomainsMatch(mark=policy.mark("spec", "match", key=True))
        if fields is not None:
            yield from _match(policy, spec.match, fields, context)
    if spec.score is not None:
        yield from _score(policy, spec.score, fields, context)
        yield from _thresholds(policy, spec.score)


def _match(
    policy: Policy[RoutingPolicy], match: Match, fields: Fields, context: Context
) -> Iterator[Diagnostic]:
    path: Path = ("spec", "match")
    reference = fields.get(match.fill)
    if reference is None or reference.type is not FieldType.REFERENCE:
        yield NoMatchField(
            mark=policy.mark(*path, "fill"), field=match.fill, wanted="a reference of this record"
        )
        return
    if not _is(fields, match.by, FieldType.TEXT):
        mark = policy.mark(*path, "by")
        yield NoMatchField(mark=mark, field=match.by, wanted="a text field of this record")
    related = catalogue(context.configuration).records.get(reference.to)
    if related is None:
        return
    if not _is(related, match.to, FieldType.TEXT):
        wanted = f"a text field of {reference.to}"
        yield NoMatchField(mark=policy.mark(*path, "to"), field=match.to, wanted=wanted)
    for number, breaker in enumerate(match.tie_breakers):
        if breaker.field not in related:
            mark = policy.mark(*path, "tie_breakers", number, "field")
            yield NoMatchField(mark=mark, field=breaker.field, wanted=f"a field of {reference.to}")


def _is(fields: Fields, name: str, of: FieldType) -> bool:
    return name in fields and fields[name].type is of


def _score(
    policy: Policy[RoutingPolicy], score: Score, fields: Fields | None, context: Context
) -> Iterator[Diagnostic]:
    record = policy.body.spec.object
    for axis, every in score.axes.items():
        for number, points in enumerate(every):
            path: Path = ("spec", "score", "axes", axis, number)
            if points.when is not None:
                found = condition(policy, (*path, "when"), context.configuration, record)[1]
                yield from found
            each = points.each
            if fields is not None and each and not _is(fields, each, FieldType.INTEGER):
                yield NotACount(mark=policy.mark(*path, "each"), field=each)


def _thresholds(policy: Policy[RoutingPolicy], score: Score) -> Iterator[Diagnostic]:
    for axis, least in score.qualified.items():
        path: Path = ("spec", "score", "qualified", axis)
        if axis not in score.axes:
            mark = policy.mark(*path, key=True)
            yield UnknownAxis(mark=mark, axis=axis, known=tuple(score.axes))
            continue
        most = _most(score.axes[axis])
        if most is not None and most < least:
            yield ThresholdOutOfReach(mark=policy.mark(*path), axis=axis, least=least, most=most)


def _most(every: tuple[Points, ...]) -> int | None:
    """The points that a record can have at most; None where they have no end."""
    gains = [points for points in every if points.points > 0]
    if any(points.each is not None for points in gains):
        return None
    return sum(points.points for points in gains)

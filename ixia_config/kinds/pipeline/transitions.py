"""Moves that lead nowhere, contradict each other, or concern stages that are gone."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.pipeline.codes.moves import (
    DeadEnd,
    GoneStageStays,
    GoneTwice,
    MovesWithoutEffect,
    NotOpen,
    Unreachable,
)
from ixia_config.kinds.pipeline.decide import dead_ends, named, unreachable
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.policy import Policy
from ixia_config.model import Path


def transitions(policy: Policy[Pipeline]) -> Iterator[Diagnostic]:
    """Everything that is wrong with the ways between stages."""
    yield from _graph(policy)
    yield from _not_open(policy)
    yield from _without_effect(policy)
    yield from _gone(policy)


def _graph(policy: Policy[Pipeline]) -> Iterator[Diagnostic]:
    spec = policy.body.spec
    keys = [stage.key for stage in spec.stages]
    opened_only = all(stage.type == "open" for stage in spec.stages)
    if opened_only or len(set(keys)) < len(keys) or not named(spec) <= set(keys):
        return  # told of elsewhere; what follows from it would only distract
    for key in dead_ends(spec):
        yield DeadEnd(mark=policy.mark("spec", "stages", keys.index(key), "key"), stage=key)
    for key in unreachable(spec):
        yield Unreachable(mark=policy.mark("spec", "stages", keys.index(key), "key"), stage=key)


def _not_open(policy: Policy[Pipeline]) -> Iterator[Diagnostic]:
    rules = policy.body.spec.moves
    closed = {stage.key for stage in policy.body.spec.stages if stage.type != "open"}
    if rules.reopen_to in closed:
        mark = policy.mark("spec", "moves", "reopen_to")
        yield NotOpen(mark=mark, stage=str(rules.reopen_to), place="reopen_to")
    for index, key in enumerate(() if rules.lost_from == "any" else rules.lost_from):
        if key in closed:
            mark = policy.mark("spec", "moves", "lost_from", index)
            yield NotOpen(mark=mark, stage=key, place="lost_from")


def _without_effect(policy: Policy[Pipeline]) -> Iterator[Diagnostic]:
    spec = policy.body.spec
    opened = {stage.key for stage in spec.stages if stage.type == "open"}
    if spec.moves.allowed is None or not opened <= set(spec.moves.allowed):
        return
    given = {"skip": spec.moves.skip is not None, "back": spec.moves.back is not None}
    for key, written in (given | {"lost_from": spec.moves.lost_from != "any"}).items():
        if written:
            yield MovesWithoutEffect(mark=policy.mark("spec", "moves", key, key=True), key=key)


def _gone(policy: Policy[Pipeline]) -> Iterator[Diagnostic]:
    """A key that goes away is no stage any more, and goes away once."""
    spec = policy.body.spec
    keys = {stage.key for stage in spec.stages}
    seen: set[str] = set()
    arrived: set[str] = set()
    for path, key in _leaving(policy):
        if key in keys:
            yield GoneStageStays(mark=policy.mark(*path), stage=key, place=str(path[1]))
        if key in seen:
            yield GoneTwice(mark=policy.mark(*path), stage=key)
        seen.add(key)
    for index, moved in enumerate(spec.moved):
        if moved.to in arrived:
            yield GoneTwice(mark=policy.mark("spec", "moved", index, "to"), stage=moved.to)
        arrived.add(moved.to)


def _leaving(policy: Policy[Pipeline]) -> Iterator[tuple[Path, str]]:
    for index, moved in enumerate(policy.body.spec.moved):
        yield ("spec", "moved", index, "from"), moved.from_
    for index, retired in enumerate(policy.body.spec.retired):
        yield ("spec", "retired", index, "key"), retired.key

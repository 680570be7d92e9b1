"""What a Pipeline means: where records may start, and which moves between stages are allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ixia_config.kinds.pipeline.spec import PipelineSpec, Stage


def starts(spec: PipelineSpec) -> tuple[str, ...]:
    """The stages in which records may start: those of ``create_in``, else every open one."""
    return spec.create_in or tuple(stage.key for stage in spec.stages if stage.type == "open")


def moves(spec: PipelineSpec) -> Mapping[str, frozenset[str]]:
    """From each stage, the stages to which a record may move directly.

    A stage that ``moves.allowed`` names has exactly those moves. Any other open stage follows
    the order: one step forward, or any number where skipping is allowed; back where that is
    allowed; and to a lost stage unless ``lost_from`` leaves it out. Won comes after the last open
    stage. A closed record goes back to ``reopen_to`` only.
    """
    allowed = spec.moves.allowed or {}
    return {
        stage.key: frozenset(allowed[stage.key])
        if stage.key in allowed
        else _by_order(spec, stage) - {stage.key}
        for stage in spec.stages
    }


def _by_order(spec: PipelineSpec, stage: Stage) -> frozenset[str]:
    rules = spec.moves
    if stage.type != "open":
        return frozenset({rules.reopen_to} if rules.reopen_to else ())
    opened = [each.key for each in spec.stages if each.type == "open"]
    at = opened.index(stage.key)
    ahead = opened[at + 1 :]
    won = [each.key for each in spec.stages if each.type == "won"]
    targets = {*ahead, *won} if rules.skip is not False else {*(ahead[:1] or won)}
    if rules.back is not False:
        targets |= set(opened[:at])
    if rules.lost_from == "any" or stage.key in rules.lost_from:
        targets |= {each.key for each in spec.stages if each.type == "lost"}
    return frozenset(targets)


def named(spec: PipelineSpec) -> frozenset[str]:
    """Every stage that the rules about starts and moves name, whether or not it exists."""
    rules = spec.moves
    allowed = rules.allowed or {}
    lost_from = () if rules.lost_from == "any" else rules.lost_from
    reopen = () if rules.reopen_to is None else (rules.reopen_to,)
    return frozenset(spec.create_in).union(allowed, *allowed.values(), lost_from, reopen)


def reachable(graph: Mapping[str, Iterable[str]], start: Iterable[str]) -> frozenset[str]:
    """Every stage to which some chain of moves leads, the start included."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        stage = waiting.pop()
        if stage not in found:
            found.add(stage)
            waiting.extend(graph.get(stage, ()))
    return frozenset(found)


def dead_ends(spec: PipelineSpec) -> tuple[str, ...]:
    """The open stages from which no closed stage can be reached, in order."""
    graph = moves(spec)
    closed = {stage.key for stage in spec.stages if stage.type != "open"}
    return tuple(
        stage.key
        for stage in spec.stages
        if stage.type == "open" and not closed & reachable(graph, [stage.key])
    )


def unreachable(spec: PipelineSpec) -> tuple[str, ...]:
    """The stages to which no chain of moves leads from where records start, in order."""
    found = reachable(moves(spec), starts(spec))
    return tuple(stage.key for stage in spec.stages if stage.key not in found)


def falls(spec: PipelineSpec) -> tuple[int, ...]:
    """The open stages whose probability is below that of an earlier one, by their index.

    Only the first stage after each fall counts: the probability is compared with the last one
    that was given.
    """
    found: list[int] = []
    last = None
    for index, stage in enumerate(spec.stages):
        if stage.type != "open" or stage.probability is None:
            continue
        if last is not None and stage.probability < last:
            found.append(index)
        last = stage.probability
    return tuple(found)

"""Rules that a record with an empty field reaches, though they do not say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ixia_config.rules.analysis.cover import Budget, Spent
from ixia_config.rules.analysis.findings import Finding, HitPolicy, Kind
from ixia_config.rules.analysis.regions import region
from ixia_config.rules.analysis.shadows import ORDERED, Reach, Shadow
from ixia_config.rules.analysis.study import Study
from ixia_config.rules.nodes import Known, within


def null_sensitive(study: Study, hit: HitPolicy, shadow: tuple[Shadow, ...]) -> Iterator[Finding]:
    """Each rule with each field that it asks something of, never whether it is there.

    This is advice: it ends where its budget does, and says nothing of the rest.
    """
    budget = study.budget()
    for number in range(len(study.rules)):
        if budget.left and shadow[number].reach is Reach.REACHED:
            yield from _of_rule(study, hit, number, budget)


def _of_rule(study: Study, hit: HitPolicy, number: int, budget: Budget) -> Iterator[Finding]:
    told: set[str] = set()
    asked = _asked(study, number)
    for box in study.boxes[number]:
        for axis, mask in study.space.sides(box):
            dimension = study.space.axes[axis]
            if not mask & dimension.missing or mask == dimension.missing:
                continue
            if dimension.name in told or dimension.path in asked:
                continue
            finding = _shown(study, hit, number, (box, axis), budget)
            if finding is not None:
                told.add(dimension.name)
                yield finding


def _asked(study: Study, number: int) -> frozenset[tuple[str, ...]]:
    """The fields of which a rule asks whether they are there."""
    nodes = within(study.condition(number).root)
    return frozenset(node.subject.path for node in nodes if isinstance(node, Known))


def _shown(
    study: Study, hit: HitPolicy, number: int, side: tuple[int, int], budget: Budget
) -> Finding | None:
    box, axis = side
    dimension = study.space.axes[axis]
    empty = study.space.cut(box, axis, dimension.missing)
    among = study.forbidden | (study.before(number) if hit in ORDERED else 0)
    hole = _hole(study, empty, among, budget)
    if hole is None:
        return None
    earlier = range(number) if hit in ORDERED else ()

    def decides(record: Mapping[str, Any]) -> bool:
        return study.meets(number, record) and not any(study.meets(n, record) for n in earlier)

    witness = study.witness(hole, decides)
    if witness is None:
        return None
    keys = (study.key(number),)
    return Finding(
        Kind.NULL_SENSITIVE, keys, witness, region(study.space, empty), field=dimension.name
    )


def _hole(study: Study, box: int, among: int, budget: Budget) -> int | None:
    """What is left of a box; none where the budget ends."""
    try:
        return study.cover.hole(box, among, budget)
    except Spent:
        return None

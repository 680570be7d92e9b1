"""Rules two by two: the records that both take, and rules that could be written as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from ixia_config.rules.analysis.findings import Finding, HitPolicy, Kind, Reason
from ixia_config.rules.analysis.regions import region
from ixia_config.rules.analysis.shadows import ORDERED, Reach, Shadow
from ixia_config.rules.analysis.study import Study


def overlaps(study: Study) -> tuple[int, ...]:
    """For every rule the earlier boxes that share a record with it, as far as boxes can tell."""
    found = []
    for number, boxes in enumerate(study.boxes):
        bits = 0
        for box in boxes:
            bits |= study.cover.touching(box)
        found.append(bits & study.before(number))
    return tuple(found)


def counted(study: Study, found: tuple[int, ...]) -> int:
    """How many pairs of rules overlap."""
    if len(study.owners) == len(study.rules):
        return sum(bits.bit_count() for bits in found)
    return sum(len(study.rules_of(bits)) for bits in found)


def overlapping(study: Study, hit: HitPolicy, found: tuple[int, ...]) -> Iterator[Finding]:
    """Pairs of rules with a common record, as many as are shown; none where that is meant."""
    if hit is HitPolicy.COLLECT:
        return
    shown = 0
    for later, bits in enumerate(found):
        for earlier in study.rules_of(bits):
            if shown >= study.limits.pairs:
                return
            finding = _pair(study, hit, earlier, later)
            if finding is not None:
                shown += 1
                yield finding


def _pair(study: Study, hit: HitPolicy, earlier: int, later: int) -> Finding | None:
    same = study.rules[earlier].output == study.rules[later].output
    kind = Kind.OVERLAPPING if same else Kind.CONFLICT
    if same and hit is HitPolicy.ANY:
        return None
    keys = (study.key(later), study.key(earlier))
    common = _common(study, earlier, later)
    if not common:
        return None
    for box in common:
        witness = study.witness(box, lambda record: _both(study, earlier, later, record))
        if witness is not None:
            return Finding(kind, keys, witness, region(study.space, box))
    return Finding(Kind.UNKNOWN, keys, about=kind, reason=Reason.UNCONFIRMED)


def _both(study: Study, one: int, other: int, record: Mapping[str, Any]) -> bool:
    return study.meets(one, record) and study.meets(other, record)


def _common(study: Study, one: int, other: int) -> list[int]:
    pairs = ((a, b) for a in study.boxes[one] for b in study.boxes[other])
    return sorted({a & b for a, b in pairs if study.real(a & b)}, key=lambda box: -box.bit_count())


def reducible(study: Study, hit: HitPolicy, shadow: tuple[Shadow, ...]) -> Iterator[Finding]:
    """Rules that differ in one field only, and together take every value of it or adjoin there."""
    for axis in range(len(study.space.axes)):
        for members in _alike(study, axis, shadow):
            together = 0
            for rule in members:
                together |= study.space.side(study.boxes[rule][0], axis)
            if together == study.space.axes[axis].whole:
                if _adjacent(study, hit, members):
                    yield _reduced(study, Kind.PARTIAL_REDUCTION, axis, members)
            else:
                yield from _mergeable(study, hit, axis, members)


def _alike(study: Study, axis: int, shadow: tuple[Shadow, ...]) -> Iterator[tuple[int, ...]]:
    """Rules that say the same and ask the same of every other field."""
    space = study.space
    whole = space.axes[axis].whole << space.shifts[axis]
    groups: dict[tuple[Any, int], list[int]] = {}
    for number, boxes in enumerate(study.boxes):
        plain = len(boxes) == 1 and shadow[number].reach is Reach.REACHED
        if plain and boxes[0] & whole != whole:
            key = (study.rules[number].output, boxes[0] | whole)
            groups.setdefault(key, []).append(number)
    yield from (tuple(members) for members in groups.values() if len(members) > 1)


def _mergeable(
    study: Study, hit: HitPolicy, axis: int, members: tuple[int, ...]
) -> Iterator[Finding]:
    for one, other in pairwise(members):
        if _adjoin(study, axis, one, other) and _adjacent(study, hit, (one, other)):
            yield _reduced(study, Kind.MERGEABLE, axis, (one, other))


def _adjoin(study: Study, axis: int, one: int, other: int) -> bool:
    """Whether two sides are one stretch together; values without an order always are."""
    dimension = study.space.axes[axis]
    first, second = (study.space.side(study.boxes[rule][0], axis) for rule in (one, other))
    if first | second in (first, second):
        return False  # one has it all: that is told as such
    if not any(cell.interval for cell in dimension.cells):
        return bool(dimension.path)
    union = (first | second) & ~dimension.missing
    low = union & -union
    return not (union + low) & union


def _adjacent(study: Study, hit: HitPolicy, members: tuple[int, ...]) -> bool:
    """Whether they can stand in one place: no rule between says otherwise of their records."""
    if hit not in ORDERED:
        return True
    between = study.before(members[-1]) & ~study.before(members[0] + 1)
    touching = 0
    for rule in members[:-1]:
        touching |= study.cover.touching(study.boxes[rule][0])
    output = study.rules[members[0]].output
    return all(study.rules[n].output == output for n in study.rules_of(touching & between))


def _reduced(study: Study, kind: Kind, axis: int, members: tuple[int, ...]) -> Finding:
    together = 0
    for rule in members:
        together |= study.boxes[rule][0]
    return Finding(
        kind,
        tuple(map(study.key, members)),
        region=region(study.space, together),
        field=study.space.axes[axis].name,
    )

"""Rules that do nothing: never met, always met, masked by earlier ones, or said again by others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ixia_config.rules.analysis.cover import Budget
from ixia_config.rules.analysis.findings import Finding, HitPolicy, Kind, Reason
from ixia_config.rules.analysis.regions import region
from ixia_config.rules.analysis.study import Hole, Study

_MOST_SHRUNK = 16
_SHARES = 10
ORDERED = frozenset({HitPolicy.FIRST, HitPolicy.PRIORITY})


class Reach(StrEnum):
    """Whether a rule ever decides."""

    NEVER = "never"
    """No record meets it"""
    MASKED = "masked"
    """Earlier rules take all its records"""
    REACHED = "reached"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Shadow:
    """What was found about one rule: who masks it, or why nobody knows."""

    reach: Reach
    by: tuple[int, ...] = ()
    reason: Reason | None = None


def shadows(study: Study, hit: HitPolicy) -> tuple[Shadow, ...]:
    """For every rule whether it is ever met and, where order counts, whether it ever decides."""
    budget = study.budget()
    return tuple(_shadow(study, number, hit, budget) for number in range(len(study.rules)))


def _shadow(study: Study, rule: int, hit: HitPolicy, budget: Budget) -> Shadow:
    if not any(map(study.real, study.boxes[rule])):
        return Shadow(Reach.NEVER)
    among = study.forbidden | (study.before(rule) if hit in ORDERED else 0)
    used, reason, left = 0, None, []
    for box in study.boxes[rule]:
        hole = _shared(study, box, among, budget)
        if hole.box is not None:
            left.append(hole.box)
            if study.exact(hole.box):
                return Shadow(Reach.REACHED)
        reason, used = reason or hole.reason, used | hole.used
    if left:
        return _tried(study, rule, hit, left)
    if reason is not None:
        return Shadow(Reach.UNKNOWN, reason=reason)
    by = _fewest(study, rule, study.rules_of(used & among))
    return Shadow(Reach.MASKED, by) if by else Shadow(Reach.NEVER)


def _shared(study: Study, box: int, among: int, budget: Budget) -> Hole:
    """No box may use up the budget of all."""
    part = Budget(min(budget.left, study.limits.nodes // _SHARES))
    before = part.left
    hole = study.hole(box, among, part)
    budget.left -= before - part.left
    return hole


def _tried(study: Study, rule: int, hit: HitPolicy, left: list[int]) -> Shadow:
    """A rule with calculations: it is reached where a record shows it."""

    def decides(record: Mapping[str, Any]) -> bool:
        earlier = range(rule) if hit in ORDERED else ()
        return study.meets(rule, record) and not any(study.meets(n, record) for n in earlier)

    if any(study.witness(box, decides) for box in left):
        return Shadow(Reach.REACHED)
    return Shadow(Reach.UNKNOWN, reason=Reason.UNCONFIRMED)


def _fewest(study: Study, rule: int, by: tuple[int, ...]) -> tuple[int, ...]:
    """One rule that is enough, where there is one; else without those that are not needed."""
    single = sorted(number for number in study.holders(rule) if number < rule)
    if single:
        return (single[0],)
    if len(by) <= _MOST_SHRUNK:
        for number in by:
            less = tuple(each for each in by if each != number)
            if less and study.within(rule, less):
                by = less
    return by


def masked(study: Study, found: tuple[Shadow, ...]) -> Iterator[Finding]:
    """What the shadows say, as findings."""
    for number, shadow in enumerate(found):
        keys = (study.key(number), *map(study.key, shadow.by))
        match shadow.reach:
            case Reach.NEVER:
                yield Finding(Kind.NEVER_MATCHES, keys)
            case Reach.MASKED:
                yield Finding(_named(study, number, shadow.by), keys)
            case Reach.UNKNOWN:
                yield Finding(Kind.UNKNOWN, keys, about=Kind.MASKED, reason=shadow.reason)
            case Reach.REACHED:
                continue


def _named(study: Study, number: int, by: tuple[int, ...]) -> Kind:
    """Identical where one rule says the same of the same records."""
    alike = len(by) == 1 and study.rules[by[0]].output == study.rules[number].output
    return Kind.IDENTICAL if alike and study.within(by[0], (number,)) else Kind.MASKED


def repeated(study: Study, hit: HitPolicy, found: tuple[Shadow, ...]) -> Iterator[Finding]:
    """Rules that could go, because another says the same of all their records."""
    gone: set[int] = set()
    for number, rule in enumerate(study.rules):
        if found[number].reach is not Reach.REACHED:
            continue
        for other in sorted(study.holders(number) - gone):
            same = study.rules[other].output == rule.output
            if same and _could_go(study, hit, found, number, other):
                gone.add(number)
                mutual = study.within(other, (number,))
                kind = Kind.IDENTICAL if mutual else Kind.SUBSUMED
                yield Finding(kind, (rule.key, study.key(other)))
                break


def _could_go(
    study: Study, hit: HitPolicy, found: tuple[Shadow, ...], number: int, other: int
) -> bool:
    if hit not in ORDERED:
        return True
    reached = found[other].reach is Reach.REACHED
    return reached and other > number and _free(study, number, other)


def _free(study: Study, earlier: int, later: int) -> bool:
    """Whether no rule between them says otherwise of the earlier one's records."""
    between = study.before(later) & ~study.before(earlier + 1)
    touching = 0
    for box in study.boxes[earlier]:
        touching |= study.cover.touching(box)
    output = study.rules[earlier].output
    return all(study.rules[n].output == output for n in study.rules_of(touching & between))


def always(study: Study) -> Iterator[Finding]:
    """Rules with a condition that every record meets."""
    for number, rule in enumerate(study.rules):
        if not (rule.when.reads or rule.when.clocked):
            continue
        boxes = study.boxes[number]
        wide = any(box == study.space.whole for box in boxes)
        if wide or _everything(study, number):
            yield Finding(
                Kind.ALWAYS_MATCHES, (rule.key,), region=region(study.space, study.space.whole)
            )


def _everything(study: Study, number: int) -> bool:
    among = study.forbidden | study.bits(number)
    return study.hole(study.space.whole, among, Budget(2_000)).covered

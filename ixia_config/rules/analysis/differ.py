"""Where two versions of rules decide differently: only records that meet a changed rule can.

Where the first rule counts, each changed rule is set against every rule of the other version that
shares a record with it: they differ where no earlier rule of either version takes the record.
Where all rules count, a changed rule matters where nobody else in the other version says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ixia_config.rules.analysis.cover import Cover, members
from ixia_config.rules.analysis.findings import Reason
from ixia_config.rules.analysis.regions import widened
from ixia_config.rules.analysis.study import Study

_EACH = 3  # regions of one pair of rules
_RETRIES = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """A part of a changed rule, and the boxes of both versions that must not take it."""

    box: int
    among: int


def ordered_pairs(study: Study, split: int, changed: int) -> Iterator[Pair]:
    """Where the first rule counts: a changed rule against every other outcome.

    ``split`` is the first box of the version after.
    """
    before = (1 << split) - 1
    versions = (before, study.every & ~before)
    for number in members(changed):
        own, other = versions if number < split else versions[::-1]
        box, rule = study.cover.boxes[number], study.owners[number]
        earlier = study.before(rule) & own
        output = study.rules[rule].output
        yield Pair(box, earlier | other)
        for place in members(study.cover.touching(box) & other):
            against = study.owners[place]
            if study.rules[against].output != output:
                common = box & study.cover.boxes[place]
                yield Pair(common, earlier | study.before(against) & other)


def said_pairs(study: Study, split: int, changed: int) -> Iterator[Pair]:
    """Where all rules count: a changed rule against all that say the same in the other version."""
    before = (1 << split) - 1
    saying: dict[object, int] = {}
    for number, owner in enumerate(study.owners):
        output = study.rules[owner].output
        saying[output] = saying.get(output, 0) | 1 << number
    for number in members(changed):
        other = study.every & ~before if number < split else before
        yield Pair(
            study.cover.boxes[number], saying[study.rules[study.owners[number]].output] & other
        )


@dataclass
class Differences:
    """The search for regions of pairs; ``reason`` says what is not settled."""

    study: Study
    reason: Reason | None = None
    more: bool = False

    def __post_init__(self) -> None:
        self.budget = self.study.budget()

    def look(self, pair: Pair, shows: Callable[[int, int], bool]) -> None:
        """Hand over each region of a pair: as it was found, and as wide as it can be said.

        ``shows`` answers whether a record was found there.
        """
        study, found, extra = self.study, 0, 0
        cover, among = study.cover, pair.among | study.forbidden
        for _ in range(_RETRIES):
            hole = study.hole(pair.box, among | extra, self.budget, cover)
            if hole.box is None:
                self.reason = self.reason or hole.reason
                return
            if found == _EACH:
                break
            wide = widened(study.cover, hole.box, pair.among) & pair.box
            shown = shows(hole.box, wide)
            found += shown
            self.reason = self.reason or (None if shown else Reason.UNCONFIRMED)
            if not extra:
                cover = Cover(study.space, study.cover.boxes)
            extra |= 1 << len(cover.boxes)
            cover.add(wide if shown else hole.box)
        self.more = True

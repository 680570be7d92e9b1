"""What a target does not hold by itself, folded: equal notes are said once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ixia_config.model import Clause, Level
from ixia_config.render.layout import fitted
from ixia_config.render.wording import clean, listed, unique

_SHOWN = 6  # subjects with one note


@dataclass(frozen=True, slots=True)
class Gap:
    """Clauses of one level with one note and the same steps."""

    level: Level
    word: str
    subjects: tuple[str, ...]
    note: str
    steps: tuple[str, ...]

    @property
    def subject(self) -> str:
        """``exit criteria of Qualify and Evaluate``."""
        return fitted(_joined(self.subjects), 200)


def level_word(level: Level) -> str:
    """A level in the user's words."""
    match level:
        case Level.NATIVE:
            return "held"
        case Level.AUTOMATION:
            return "automated"
        case Level.DETECT:
            return "detected"
        case Level.MANUAL:
            return "by hand"
        case Level.UNSUPPORTED:
            return "not held"


_RANK = {level: number for number, level in enumerate(Level)}


def gaps(clauses: Iterable[Clause]) -> tuple[Gap, ...]:
    """Everything that is not native, strongest level first."""
    found: dict[tuple[Level, str, tuple[str, ...]], list[str]] = {}
    for clause in clauses:
        if clause.level is not Level.NATIVE:
            key = (clause.level, clean(clause.note), tuple(clean(each) for each in clause.steps))
            found.setdefault(key, []).append(clean(clause.subject))
    return tuple(
        Gap(level, level_word(level), unique(subjects), note, steps)
        for (level, note, steps), subjects in sorted(
            found.items(), key=lambda each: _RANK[each[0][0]]
        )
    )


def _joined(subjects: Sequence[str]) -> str:
    """The words before a common `` of `` once."""
    starts = {subject.partition(" of ")[0] for subject in subjects}
    if len(subjects) > 1 and len(starts) == 1 and all(" of " in each for each in subjects):
        rest = [subject.partition(" of ")[2] for subject in subjects]
        return f"{starts.pop()} of {listed(rest, _SHOWN)}"
    return listed(list(subjects), _SHOWN)

"""What a target does not hold by itself, folded: equal notes are said once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ixia_config.model import Clause, Level
from ixia_config.render.layout import fitted
from ixia_config.render.wording import clean, listed, unique

_SHOWN = 6  # names after one word
_SUBJECT = re.compile(r"(?P<what>.+?)(?P<count> \(\d+\))? (?P<link>of|enters) (?P<whose>.+)")


@dataclass(frozen=True, slots=True)
class Task:
    """What a person does by hand for one clause."""

    subject: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Clauses of one level with one note; those that need somebody's hands are ``tasks``."""

    level: Level
    word: str
    subjects: tuple[str, ...]
    note: str
    tasks: tuple[Task, ...]

    @property
    def subject(self) -> str:
        """``exit criteria of Qualify (2) and Evaluate``."""
        return fitted(_joined(self.subjects), 400)


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
    found: dict[tuple[Level, str], list[Clause]] = {}
    for clause in clauses:
        if clause.level is not Level.NATIVE:
            found.setdefault((clause.level, clean(clause.note)), []).append(clause)
    ranked = sorted(found.items(), key=lambda each: _RANK[each[0][0]])
    return tuple(_gap(level, note, each) for (level, note), each in ranked)


def _gap(level: Level, note: str, clauses: Sequence[Clause]) -> Gap:
    return Gap(
        level=level,
        word=level_word(level),
        subjects=unique(clean(each.subject) for each in clauses),
        note=note,
        tasks=tuple(
            Task(clean(each.subject), tuple(clean(step) for step in each.steps))
            for each in clauses
            if each.steps
        ),
    )


def _joined(subjects: Sequence[str]) -> str:
    """What is the same of several is said once: ``exit criteria of Qualify (2) and Evaluate``."""
    groups: dict[str, list[str]] = {}
    for subject in subjects:
        found = _SUBJECT.fullmatch(subject)
        if found is None:
            groups.setdefault(subject, [])
        else:
            what = f"{found['what']} {found['link']}"
            groups.setdefault(what, []).append(found["whose"] + (found["count"] or ""))
    return "; ".join(
        f"{what} {listed(whose, _SHOWN)}" if whose else what for what, whose in groups.items()
    )

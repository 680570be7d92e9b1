"""What a file of records holds: rows, filled fields, values that do not fit, and the dates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ixia_config.codes import Diagnostic
from ixia_config.kinds.record_schema.incoming import Row
from ixia_config.simulate.impact import Problem, Profile
from ixia_config.simulate.replay import SURROUNDINGS

_KINDS = 100  # of problems in one file


@dataclass(slots=True)
class Profiler:
    """Sees every row of one file once."""

    file: str
    record: str
    dated: str = ""
    rows: int = 0
    usable: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    ignored: dict[str, None] = field(default_factory=dict)
    problems: dict[tuple[str, str], Problem] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None

    def see(self, row: Row) -> bool:
        """Count a row; whether it can be used."""
        self.rows += 1
        self.ignored.update(dict.fromkeys(n for n in row.raw if n.lower() not in SURROUNDINGS))
        for problem in row.problems:
            self._problem(row, problem)
        if row.problems:
            return False
        self.usable += 1
        for name, value in row.values.items():
            self.filled[name] += value is not None
        self._date(row.values.get(self.dated))
        return True

    def _problem(self, row: Row, found: Diagnostic) -> None:
        """The same finding about a column is one, with the words for its first row."""
        column = getattr(found, "column", "")
        key = (found.code, column)
        known = self.problems.get(key)
        if known is not None:
            self.problems[key] = replace(known, count=known.count + 1)
        elif len(self.problems) < _KINDS:
            self.problems[key] = Problem(found.code, found.message(), 1, row.number)

    def _date(self, value: object) -> None:
        day = value.date() if isinstance(value, datetime) else value
        if isinstance(day, date):
            self.since = day if self.since is None else min(self.since, day)
            self.until = day if self.until is None else max(self.until, day)

    def profile(self) -> Profile:
        """What was seen."""
        problems = sorted(self.problems.values(), key=lambda each: (-each.count, each.first))
        return Profile(
            file=self.file,
            record=self.record,
            rows=self.rows,
            usable=self.usable,
            filled=dict(sorted(self.filled.items())),
            problems=tuple(problems),
            ignored=tuple(sorted(self.ignored)),
            dated=self.dated,
            since=self.since,
            until=self.until,
        )

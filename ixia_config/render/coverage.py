"""How well each target holds each clause of each policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ixia_config.model import Address, Clause, Level
from ixia_config.render.gaps import gaps, level_word
from ixia_config.render.layout import WIDTH, hanging, width, wrap
from ixia_config.render.markup import plain, told
from ixia_config.render.plan_json import written
from ixia_config.render.prose import gap_lines
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.wording import clean, counted, listed

Coverage = Mapping[str, Sequence[Clause]]
"""The clauses of each target, by what people call the target."""


def coverage_text(coverage: Coverage, style: Style = PLAIN) -> str:
    """Per target: the answer, then each policy's counts and gaps."""
    blocks = ["\n".join(_target(name, coverage[name], style)) for name in coverage]
    return "\n\n".join(blocks or ["No policy goes to a target."]) + "\n"


def _target(name: str, clauses: Sequence[Clause], style: Style) -> Iterator[str]:
    yield from (style.paint(Role.STRONG, line) for line in wrap(_headline(name, clauses), WIDTH))
    for policy, each in by_policy(clauses).items():
        yield ""
        start = f"{policy.kind} {clean(policy.name)}   "
        yield from hanging(start if width(start) < WIDTH // 2 else "  ", _levels(each))
        yield from gap_lines(gaps(each))


def _headline(name: str, clauses: Sequence[Clause]) -> str:
    total = len(clauses)
    native = sum(each.level is Level.NATIVE for each in clauses)
    if not total:
        return f"{clean(name)}: no policy goes there"
    share = native * 100 // total
    return f"{clean(name)} itself holds {native:,} of {counted(total, 'clauses')} ({share} %)"


def _levels(clauses: Sequence[Clause]) -> str:
    return listed(
        [f"{count:,} {level_word(level)}" for level, count in levels(clauses).items() if count]
    )


def levels(clauses: Sequence[Clause]) -> Mapping[Level, int]:
    """How many clauses there are of each level."""
    seen = Counter(each.level for each in clauses)
    return {level: seen[level] for level in Level}


def by_policy(clauses: Sequence[Clause]) -> Mapping[Address, list[Clause]]:
    """The clauses under the policies that they are part of."""
    found: dict[Address, list[Clause]] = {}
    for clause in sorted(clauses, key=lambda each: each.address):
        found.setdefault(clause.address.policy, []).append(clause)
    return found


def coverage_markdown(coverage: Coverage) -> str:
    """A table for each target, and its gaps as lists."""
    lines = ["### Ixia: what each system holds", ""]
    for name, clauses in coverage.items():
        lines += [f"#### {plain(_headline(name, clauses))}", "", *_table(clauses), ""]
        for gap in gaps(clauses):
            note = f": {told(gap.note)}" if gap.note else ""
            lines.append(f"- {gap.word}: **{plain(gap.subject)}**{note}")
            lines += [
                f"  - [ ] {plain(task.subject)}: {told(step)}"
                for task in gap.tasks
                for step in task.steps
            ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _table(clauses: Sequence[Clause]) -> Iterator[str]:
    yield "| policy | " + " | ".join(level_word(level) for level in Level) + " |"
    yield "|---|" + "--:|" * len(Level)
    for policy, each in by_policy(clauses).items():
        numbers = " | ".join(str(count) for count in levels(each).values())
        yield f"| {plain(str(policy))} | {numbers} |"


def coverage_json(coverage: Coverage) -> str:
    """The same as data."""
    return written({"targets": {name: _values(each) for name, each in coverage.items()}})


def _values(clauses: Sequence[Clause]) -> dict[str, Any]:
    return {
        "levels": {level.value: count for level, count in levels(clauses).items()},
        "clauses": [
            {
                "address": str(each.address),
                "subject": each.subject,
                "level": each.level.value,
                "note": each.note,
                "steps": list(each.steps),
            }
            for each in clauses
        ],
    }

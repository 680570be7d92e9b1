"""The parts that plans, drift and reports share, as lines of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ixia_config.render.facts import Fact
from ixia_config.render.gaps import Gap, Task
from ixia_config.render.layout import WIDTH, apart, hanging, pad, width
from ixia_config.render.lines import Line, Section, Sign
from ixia_config.render.outline import Risk
from ixia_config.render.style import Role, Style
from ixia_config.render.wording import counted, listed

_MAX_LABEL = 34
_ALIKE = 3  # more lines that say the same of several objects become one
_SHELL_SAFE = re.compile(r"[A-Za-z0-9@:/#.,_=+-]+")


def role(sign: Sign) -> Role:
    """The colour of a sign."""
    match sign:
        case Sign.NEW:
            return Role.ADDED
        case Sign.CHANGED:
            return Role.CHANGED
        case Sign.REMOVED:
            return Role.REMOVED
        case Sign.ADOPTED | Sign.LEFT:
            return Role.FAINT


def section_lines(section: Section, style: Style) -> Iterator[str]:
    """A policy's heading and its lines, aligned."""
    heading = apart(section.heading, section.source)
    yield from (style.paint(Role.STRONG, each) for each in heading)
    columns = label_columns(section.lines)
    for (sign, told), alike in groupby(section.lines, key=lambda each: (each.sign, each.facts)):
        group = tuple(alike)
        if sign is Sign.ADOPTED and len(group) > _ALIKE:
            yield from _together(group, told)
        else:
            yield from (text for each in group for text in change_lines(each, columns, style))


def _together(lines: Sequence[Line], told: Sequence[Fact]) -> Iterator[str]:
    """Many objects to which the same happens, in one breath."""
    what = ", ".join(text for fact in told for text in (fact.text, fact.aside) if text)
    yield from hanging("  = ", f"{what}: {listed([each.label for each in lines])}")


def label_columns(lines: Iterable[Line]) -> int:
    """How wide the column of labels is; longer labels get a line of their own."""
    widths = [width(line.label) for line in lines]
    return max((each for each in widths if each <= _MAX_LABEL), default=_MAX_LABEL)


def change_lines(line: Line, columns: int, style: Style) -> Iterator[str]:
    """A sign, a label, and one thought a line."""
    sign = style.paint(role(line.sign), line.sign.value)
    told = [text for fact in line.facts for text in _fact_lines(fact, columns + 7)]
    if width(line.label) > columns or not told:
        head = hanging("    ", line.label)
        yield from (f"  {sign} {each[4:]}" if not n else each for n, each in enumerate(head))
    else:
        yield f"  {sign} {pad(line.label, columns)}   {told.pop(0)}"
    yield from (" " * (columns + 7) + each for each in told)


def _fact_lines(fact: Fact, indent: int) -> list[str]:
    """A thought and what is beside it, without the indent that they will have."""
    empty = " " * indent
    both = f"{fact.text}   {fact.aside}" if fact.aside else fact.text
    if indent + width(both) <= WIDTH:
        return [both]
    lines = hanging(empty, fact.text, rest=empty + "  ")
    lines += hanging(empty + "  ", fact.aside) if fact.aside else []
    return [line[indent:] for line in lines]


def risk_lines(risks: Sequence[Risk], style: Style) -> Iterator[str]:
    """One line a risk, with what to do about a refusal; equal advice is given once."""
    for number, risk in enumerate(risks):
        code = f"{risk.code}  " if risk.code else ""
        lines = hanging("  ! ", code + risk.text)
        yield from (style.paint(Role.RISK, each) for each in lines)
        following = risks[number + 1] if number + 1 < len(risks) else None
        same = following and (following.code, following.hint) == (risk.code, risk.hint)
        if risk.hint and not same:
            yield from hanging(" " * (4 + len(code)), risk.hint)


def gap_lines(gaps: Sequence[Gap], tasks: int | None = None) -> Iterator[str]:
    """What a target does not hold and how it is held instead; ``tasks`` limits the checklists."""
    columns = max((width(each.word) for each in gaps), default=0)
    left = sum(len(gap.tasks) for gap in gaps)
    room = left if tasks is None else tasks
    for gap in gaps:
        start = f"  {pad(gap.word, columns)}   "
        yield from hanging(start, gap.subject)
        inner = " " * width(start)
        if gap.note:
            yield from hanging(inner + "  ", gap.note)
        shown = gap.tasks[:room]
        room, left = room - len(shown), left - len(shown)
        yield from _task_lines(shown, inner + "  [ ] ", alone=len(gap.subjects) == 1)
    if left:
        yield f"  and {counted(left, 'checklists')} more for what is done by hand: ixia coverage"


def _task_lines(tasks: Sequence[Task], start: str, *, alone: bool) -> Iterator[str]:
    for task in tasks:
        for number, step in enumerate(task.steps):
            whose = "" if alone or number else f"{task.subject}: "
            yield from hanging(start, whose + step)


def command_lines(first: str, *arguments: str) -> list[str]:
    """A command that can be pasted, continued with a backslash where it is long.

    What starts with a dash stays on one line with what follows it.
    """
    lines, line = list[str](), first + "ixia"
    for part in _parts(arguments):
        if width(line) + width(part) + 3 > WIDTH:
            lines.append(line + " \\")
            line = " " * (len(first) + 1)
        line += " " + part
    return [*lines, line]


def _parts(arguments: Sequence[str]) -> Iterator[str]:
    waiting = ""
    for argument in arguments:
        if argument.startswith("-"):
            waiting += argument + " "
        else:
            yield waiting + quoted(argument)
            waiting = ""
    if waiting:
        yield waiting.rstrip()


def quoted(word: str) -> str:
    """The word as a shell takes it."""
    return word if _SHELL_SAFE.fullmatch(word) else "'" + word.replace("'", "'\"'\"'") + "'"

"""What the policies decide about one record, and why: the answer first, then what was looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from ixia_config.kinds.policy_test.answers import Answer, Fact
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.render.layout import WIDTH, hanging, pad, width, wrap
from ixia_config.render.markup import plain, told
from ixia_config.render.moments import moment
from ixia_config.render.plan_json import written
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.wording import clean

_WIDEST = 40  # of the first column; what is longer stands on a line of its own
_STEP = 3


def explanation_text(record: str, answers: Sequence[Answer], style: Style = PLAIN) -> str:
    """One block for each decision: the headline, then the reasons in columns."""
    blocks = ["\n".join(_block(record, answer, style)) for answer in answers]
    return "\n\n".join(blocks) + "\n"


def _block(record: str, answer: Answer, style: Style) -> Iterator[str]:
    headline = clean(answer.headline.of(record))
    yield from (style.paint(Role.STRONG, line) for line in wrap(headline, WIDTH))
    yield ""
    yield from reason_lines(answer.reasons)


def reason_lines(reasons: Sequence[Reason], indent: int = 2) -> Iterator[str]:
    """Reasons in columns, those that belong under another one indented."""
    rows = list(_rows(reasons, 0))
    columns = max((_width(row, depth) for row, depth in rows), default=0)
    for row, depth in rows:
        start = " " * (indent + depth * _STEP) + clean(row.subject)
        words = _words(row, depth)
        if _width(row, depth) > _WIDEST:
            yield start
            start = ""
        whole = indent + min(columns, _WIDEST) + _STEP
        lines = hanging(pad(start, whole), words) if words else [start]
        yield from (line.rstrip() for line in lines if line.strip())


def _rows(reasons: Sequence[Reason], depth: int) -> Iterator[tuple[Reason, int]]:
    for reason in reasons:
        yield reason, depth
        yield from _rows(reason.below, depth + 1)


def _width(reason: Reason, depth: int) -> int:
    return depth * _STEP + width(clean(reason.subject))


def _words(reason: Reason, depth: int) -> str:
    """``no     region AMER, not EMEA``; under another reason ``skipped, away until Mon 4 Jan``."""
    why = clean(reason.why)
    match reason.verdict:
        case Verdict.NOTE | Verdict.CHOSEN:
            return why
        case Verdict.YES | Verdict.NO | Verdict.SKIPPED:
            verdict = reason.verdict.value
    if depth and reason.verdict is Verdict.YES and not why:
        return verdict
    if depth:
        return f"{verdict}, {why}" if why else verdict
    return f"{verdict:<7}{why}" if why else verdict


def explanation_markdown(record: str, answers: Sequence[Answer]) -> str:
    """A heading for each decision, and its reasons as a list."""
    lines: list[str] = []
    for answer in answers:
        lines += [f"### {plain(answer.headline.of(record))}", "", *_bullets(answer.reasons), ""]
    return "\n".join(lines).rstrip() + "\n"


def _bullets(reasons: Sequence[Reason], depth: int = 0) -> Iterator[str]:
    for reason in reasons:
        words = _words(reason, depth=1 + depth)
        yield f"{'  ' * depth}- **{plain(reason.subject)}**" + (f": {told(words)}" if words else "")
        yield from _bullets(reason.below, depth + 1)


def explanation_json(record: str, at: datetime, answers: Sequence[Answer]) -> str:
    """The same as data."""
    decisions = [
        {"headline": answer.headline.of(record), **answer_values(answer)} for answer in answers
    ]
    return written({"record": record, "at": at.isoformat(), "decisions": decisions})


def answer_values(answer: Answer) -> dict[str, Any]:
    """One decision as plain values."""
    return {
        "subject": answer.subject,
        "policy": str(answer.policy),
        "facts": {key: fact_value(value) for key, value in answer.facts.items()},
        "reasons": [_values(reason) for reason in answer.reasons],
    }


def _values(reason: Reason) -> dict[str, Any]:
    return {
        "subject": reason.subject,
        "verdict": reason.verdict.value,
        "why": reason.why,
        "below": [_values(each) for each in reason.below],
    }


def fact_value(value: Fact) -> Any:
    """A fact as JSON holds it."""
    match value:
        case datetime():
            return value.isoformat()
        case tuple():
            return [list(each) if isinstance(each, tuple) else each for each in value]
        case Decimal():
            return f"{value:f}"
        case Mapping():
            return {key: f"{amount:f}" for key, amount in value.items()}
    return value


def fact_words(value: Fact, zone: str = "") -> str:
    """A fact in words: ``sales-director, then finance and legal``."""
    match value:
        case None | "" | ():
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case datetime():
            return moment(value.isoformat(), zone=zone or None)
        case tuple():
            steps = [" and ".join(each) if isinstance(each, tuple) else each for each in value]
            divided = ", then " if any(isinstance(each, tuple) for each in value) else ", "
            return clean(divided.join(steps))
        case Decimal():
            return f"{value:,f}"
        case Mapping():
            return clean(", ".join(f"{key} {amount:,f}" for key, amount in value.items()))
        case str():
            return clean(value)

"""What an apply did: the answer, then every change by name, the read-back, the next command."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ixia_config.model import Report, Result, Status
from ixia_config.render.glossary import Glossary, glossary
from ixia_config.render.layout import WIDTH, apart, fitted, hanging, wrap
from ixia_config.render.lines import Line, line
from ixia_config.render.markup import block, capped, code, plain, told
from ixia_config.render.outline import title
from ixia_config.render.plan_json import written
from ixia_config.render.plan_markdown import LIMIT
from ixia_config.render.prose import change_lines, command_lines, label_columns
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.wording import clean, counted

_SHOWN = 40
_ORDER = (Status.FAILED, Status.UNKNOWN, Status.APPLIED, Status.ALREADY, Status.SKIPPED)


@dataclass(frozen=True, slots=True)
class Done:
    """One change and what became of it."""

    status: Status
    change: str
    line: Line
    message: str
    remote_id: str


@dataclass(frozen=True, slots=True)
class Account:
    """Everything to say of an apply."""

    place: str
    system: str
    environment: str
    run: str
    plan: str
    done: tuple[Done, ...]
    verified: bool | None
    remaining: tuple[Line, ...]
    disturbed: tuple[Line, ...]
    interrupted: bool
    problem: str

    def having(self, status: Status) -> tuple[Done, ...]:
        """What ended this way."""
        return tuple(each for each in self.done if each.status is status)

    @property
    def complete(self) -> bool:
        """Whether everything was done and nothing is uncertain."""
        done = all(each.status in (Status.APPLIED, Status.ALREADY) for each in self.done)
        return done and not self.problem

    @property
    def headline(self) -> str:
        """The answer in one line."""
        there = sum(each.status in (Status.APPLIED, Status.ALREADY) for each in self.done)
        total = len(self.done)
        if not total:
            return f"Nothing to do: {self.place} agrees with the YAML."
        if self.complete:
            return f"Applied {_all(total)} to {self.place}."
        start = "Interrupted: applied" if self.interrupted else "Stopped: applied"
        return f"{start} {there:,} of {counted(total, 'changes')} to {self.place}."

    @property
    def verdict(self) -> str:
        """What the read-back found."""
        if self.problem:
            return f"Stopped, because it could not be written down any more: {self.problem}."
        if self.verified is None:
            return "The result was not read back."
        if self.verified:
            return f"Read back: {self.system} holds exactly what was planned."
        count = counted(len(self.remaining), "differences")
        if self.remaining:
            return f"Read back: {count} left."
        if self.disturbed:
            told = f"Read back: as planned, but {self.system} also changed what no policy names"
            return f"{told}, or somebody did at the same time."
        return "Read back: not as planned."


def _all(total: int) -> str:
    return "1 change" if total == 1 else f"all {total:,} changes"


def account(report: Report) -> Account:
    """Everything to say of this report."""
    words = glossary(report.plan)
    return Account(
        place=title(report.plan.identity, report.plan.target),
        system=words.system,
        environment=clean(report.plan.environment),
        run=clean(report.run),
        plan=clean(report.plan.digest[:6]),
        done=tuple(_done(words, result) for result in report.results),
        verified=report.verified,
        remaining=tuple(line(words, change) for change in report.remaining),
        disturbed=tuple(line(words, change) for change in report.disturbed),
        interrupted=report.interrupted,
        problem=clean(report.problem),
    )


def _done(words: Glossary, result: Result) -> Done:
    made = line(words, result.change)
    remote_id = clean(result.remote_id or "")
    return Done(result.status, result.change.id, made, clean(result.message), remote_id)


def status_word(status: Status) -> str:
    """A status in the user's words."""
    match status:
        case Status.APPLIED:
            return "applied"
        case Status.ALREADY:
            return "was there already"
        case Status.FAILED:
            return "failed"
        case Status.UNKNOWN:
            return "not certain"
        case Status.SKIPPED:
            return "not attempted"


def progress_line(result: Result, number: int, total: int, words: Glossary) -> str:
    """One change as it happens, at most one line wide."""
    made = line(words, result.change)
    count = f"[{number:>{len(str(total))}}/{total}]"
    fact = f"   {made.facts[0].text}" if made.facts else ""
    end = "" if result.status is Status.APPLIED else f"   {status_word(result.status)}"
    start = f"{count} {made.sign} {made.label}"
    return fitted(start + fact, WIDTH - len(end)) + end


def report_text(report: Report, style: Style = PLAIN) -> str:
    """The report as plain text."""
    return "\n".join(_lines(account(report), style)) + "\n"


def _lines(told_of: Account, style: Style) -> Iterator[str]:
    good = told_of.complete and told_of.verified is not False
    paint = Role.STRONG if good else Role.RISK
    heading = apart(told_of.headline, f"run {told_of.run}")
    yield from (style.paint(paint, each) for each in heading)
    for status in _ORDER:
        yield from _group(told_of.having(status), style)
    yield ""
    yield from wrap(told_of.verdict, WIDTH)
    found = (*told_of.remaining, *told_of.disturbed)
    columns = label_columns(found)
    for left in found:
        yield from change_lines(left, columns, style)
    yield from (text for advice in next_steps(told_of) for text in advice)


def _group(done: Sequence[Done], style: Style) -> Iterator[str]:
    """What ended the same way; of what went well, only the first lines where it is much."""
    if not done:
        return
    status = done[0].status
    yield ""
    yield f"{status_word(status).capitalize()} ({len(done):,})"
    columns = label_columns(each.line for each in done)
    shown = len(done) if status in (Status.FAILED, Status.UNKNOWN) else _SHOWN
    for each in done[:shown]:
        yield from change_lines(each.line, columns, style)
        if each.message:
            yield from hanging("      ", each.message)
    if len(done) > shown:
        yield f"  and {len(done) - shown:,} more"


def next_steps(told_of: Account) -> Iterator[Sequence[str]]:
    """What to do now, and the exact command."""
    where = ["--env", told_of.environment] if told_of.environment else []
    if told_of.having(Status.UNKNOWN):
        text = (
            f"{told_of.system} gave no answer, so nobody knows yet whether this was done. The next"
            " plan looks it up first and repeats nothing that is there."
        )
        yield wrap(text, WIDTH)
    if not told_of.complete:
        yield command_lines("See what is left:  ", "plan", *where)
        if told_of.run:
            yield command_lines(
                "Finish it as approved:  ", "apply", "--resume", told_of.run, *where
            )
    elif told_of.verified is False:
        yield command_lines("See what differs:  ", "plan", *where)
    elif told_of.done:
        yield command_lines("Watch for edits:  ", "drift", *where)


def report_markdown(report: Report) -> str:
    """The report as Markdown."""
    told_of = account(report)
    lines = [f"### Ixia: {plain(told_of.headline)}", f"run {code(told_of.run)}", ""]
    for status in _ORDER:
        found = told_of.having(status)
        if found:
            lines += [f"**{status_word(status).capitalize()} ({len(found):,})**", ""]
            lines += [*capped([_bullet(each) for each in found], LIMIT // len(_ORDER)), ""]
    lines.append(plain(told_of.verdict))
    lines += [_bullet_of(each) for each in (*told_of.remaining, *told_of.disturbed)]
    steps = [text for advice in next_steps(told_of) for text in advice]
    return "\n".join([*lines, "", *(block(steps, "text") if steps else [])]).rstrip() + "\n"


def _bullet(done: Done) -> str:
    message = f" (*{told(done.message)}*)" if done.message else ""
    return _bullet_of(done.line) + message


def _bullet_of(made: Line) -> str:
    facts = "; ".join(plain(fact.text.replace(" -> ", " → ")) for fact in made.facts)
    start = f"- {code(made.sign.value)} {plain(made.noun)} **{plain(made.title)}**"
    return f"{start}: {facts}" if facts else start


def report_json(report: Report) -> str:
    """The report as JSON."""
    return written(report_values(account(report)))


def report_values(told_of: Account) -> Mapping[str, Any]:
    """The same as plain values, with how many changes ended which way."""
    counts = {status.value: len(told_of.having(status)) for status in Status}
    return {
        **dataclasses.asdict(told_of),
        "headline": told_of.headline,
        "verdict": told_of.verdict,
        "complete": told_of.complete,
        "counts": counts,
    }

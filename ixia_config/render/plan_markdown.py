"""A plan as the one comment of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ixia_config.model import Plan
from ixia_config.render.facts import Fact
from ixia_config.render.gaps import Gap
from ixia_config.render.lines import Line, Section
from ixia_config.render.markup import block, capped, code, fold, plain, told
from ixia_config.render.outline import Outline, Risk, headline, outline
from ixia_config.render.plan_text import next_step
from ixia_config.render.wording import counted

LIMIT = 60_000  # characters; GitHub refuses a comment of more than 65,536
_SHARES = {"risks": 8, "changes": 2, "rest": 8}  # each part of the comment gets 1/n of the limit


def plan_markdown(plan: Plan, *, file: str = "") -> str:
    """A comment that a manager can approve from; a plan without change is one line."""
    outlined = outline(plan)
    if outlined.is_empty:
        return f"**Ixia**: {plain(outlined.agreement)}\n"
    return "\n".join(_lines(outlined, file)) + "\n"


@dataclass(frozen=True, slots=True)
class PlanParts:
    """A plan as the parts of a comment: what is said at once, and blocks that can be left out."""

    title: str
    counts: str
    risks: tuple[str, ...]
    details: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]


def plan_parts(outlined: Outline, *, file: str = "", limit: int = LIMIT) -> PlanParts:
    """The parts of a comment about this plan, in their order, of about ``limit`` characters."""
    words = " · ".join(headline(outlined.counts)) if outlined.sections else "nothing to do"
    return PlanParts(
        title=f"{plain(outlined.place)} · plan {code(outlined.plan)}",
        counts=words,
        risks=tuple(capped(list(_risks(outlined)), limit // _SHARES["risks"])),
        details=tuple(tuple(each) for each in (_changes(outlined, limit), *_rest(outlined, limit))),
        closing=tuple(_closing(outlined, file)),
    )


def _lines(outlined: Outline, file: str) -> Iterator[str]:
    parts = plan_parts(outlined, file=file)
    yield f"### Ixia: {parts.title}"
    yield f"**{parts.counts}**"
    yield ""
    yield from parts.risks
    for each in parts.details:
        yield from each
    yield from parts.closing


def _changes(outlined: Outline, limit: int) -> list[str]:
    changes = [line for section in outlined.sections for line in _section(section)]
    if not changes:
        return []
    count = sum(len(section.lines) for section in outlined.sections)
    summary = f"{counted(count, 'changes')}, policy by policy"
    return fold(summary, capped(changes, limit // _SHARES["changes"]), opened=True)


def _risks(outlined: Outline) -> Iterator[str]:
    if outlined.refused:
        yield "> **This plan cannot be applied as it is.**"
        yield ">"
    for number, risk in enumerate(outlined.risks):
        if number:
            yield ">"
        yield f"> {_risk(risk)}"
    yield ""


def _risk(risk: Risk) -> str:
    start = f"{code(risk.code)} " if risk.code else ""
    hint = f"; {told(risk.hint)}" if risk.hint else ""
    return f"{start}{plain(risk.text)}{hint}"


def _section(section: Section) -> Iterator[str]:
    place = f" {code(section.source)}" if section.source else ""
    yield f"**{plain(section.heading)}**{place}"
    yield ""
    yield from (_line(line) for line in section.lines)
    yield ""


def _line(line: Line) -> str:
    facts = "; ".join(_fact(fact) for fact in line.facts)
    what = f"- {code(line.sign.value)} {plain(line.noun)} **{plain(line.title)}**"
    return f"{what}: {facts}" if facts else what


def _fact(fact: Fact) -> str:
    text = plain(fact.text.replace(" -> ", " → "))
    return f"{text} (*{told(fact.aside)}*)" if fact.aside else text


def _rest(outlined: Outline, limit: int) -> Iterator[list[str]]:
    """What is not written: watched differences, work by hand, gaps, what nobody declares."""
    share = limit // _SHARES["rest"]
    watched = [line for section in outlined.observed for line in _section(section)]
    if watched:
        yield fold("Only watched, left as it is", capped(watched, share))
    if outlined.holds:
        differing = [line for section in outlined.held for line in _section(section)]
        lines = [*differing, *(f"- {plain(hold)}" for hold in outlined.holds)]
        summary = f"Held for now, left as it is ({len(outlined.holds)})"
        yield fold(summary, capped(lines, share), opened=True)
    tasks = [line for gap in outlined.gaps for line in _tasks(gap)]
    if tasks:
        yield fold(f"To do by hand after the merge ({len(tasks)})", capped(tasks, share))
    if outlined.gaps:
        lines = [_gap(gap) for gap in outlined.gaps]
        summary = f"What the system does not hold by itself ({len(lines)})"
        yield fold(summary, capped(lines, share))
    if outlined.unmanaged:
        lines = [f"- {plain(each.text)}" for each in outlined.unmanaged]
        yield fold("Not declared here, left alone", capped(lines, share))


def _tasks(gap: Gap) -> Iterator[str]:
    for task in gap.tasks:
        for step in task.steps:
            yield f"- [ ] {plain(task.subject)}: {told(step)}"


def _gap(gap: Gap) -> str:
    note = f": {told(gap.note)}" if gap.note else ""
    return f"- {gap.word}: **{plain(gap.subject)}**{note}"


def _closing(outlined: Outline, file: str) -> Iterator[str]:
    yield f"{outlined.cost}. Nothing has been written."
    step = list(next_step(outlined, file))
    if step:
        yield ""
        yield from block(step, "text")

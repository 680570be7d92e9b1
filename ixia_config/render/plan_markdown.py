"""A plan as the one comment of a pull request."""

from __future__ import annotations

from collections.abc import Iterator

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


def _lines(outlined: Outline, file: str) -> Iterator[str]:
    yield f"### Ixia: {plain(outlined.place)} · plan {code(outlined.plan)}"
    words = " · ".join(headline(outlined.counts)) if outlined.sections else "nothing to do"
    yield f"**{words}**"
    yield ""
    yield from capped(list(_risks(outlined)), LIMIT // _SHARES["risks"])
    changes = [line for section in outlined.sections for line in _section(section)]
    if changes:
        count = sum(len(section.lines) for section in outlined.sections)
        summary = f"{counted(count, 'changes')}, policy by policy"
        yield from fold(summary, capped(changes, LIMIT // _SHARES["changes"]), opened=True)
    yield from _rest(outlined)
    yield from _closing(outlined, file)


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


def _rest(outlined: Outline) -> Iterator[str]:
    """What is not written: watched differences, work by hand, gaps, what nobody declares."""
    share = LIMIT // _SHARES["rest"]
    watched = [line for section in outlined.observed for line in _section(section)]
    if watched:
        yield from fold("Only watched, left as it is", capped(watched, share))
    if outlined.holds:
        differing = [line for section in outlined.held for line in _section(section)]
        lines = [*differing, *(f"- {plain(hold)}" for hold in outlined.holds)]
        summary = f"Held for now, left as it is ({len(outlined.holds)})"
        yield from fold(summary, capped(lines, share), opened=True)
    tasks = [line for gap in outlined.gaps for line in _tasks(gap)]
    if tasks:
        yield from fold(f"To do by hand after the merge ({len(tasks)})", capped(tasks, share))
    if outlined.gaps:
        lines = [_gap(gap) for gap in outlined.gaps]
        summary = f"What the system does not hold by itself ({len(lines)})"
        yield from fold(summary, capped(lines, share))
    if outlined.unmanaged:
        lines = [f"- {plain(each.text)}" for each in outlined.unmanaged]
        yield from fold("Not declared here, left alone", lines)


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

"""A plan as plain text: the answer, the risks, the counts, the details, the next command."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.model import Plan
from ixia_config.render.layout import WIDTH, apart, hanging, wrap
from ixia_config.render.outline import Outline, outline, writes
from ixia_config.render.prose import command_lines, gap_lines, risk_lines, section_lines
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.wording import counted, listed

_TASKS = 3  # checklists in a plan; `ixia coverage` has all


def plan_text(plan: Plan, style: Style = PLAIN, *, file: str = "") -> str:
    """What people read before they say yes; ``file`` is where the plan was saved."""
    outlined = outline(plan)
    if outlined.is_empty:
        return "\n".join(wrap(outlined.agreement, WIDTH)) + "\n"
    return "\n".join(_lines(outlined, style, file)) + "\n"


def _lines(outlined: Outline, style: Style, file: str) -> Iterator[str]:
    yield from _header(outlined, style)
    for section in outlined.sections:
        yield ""
        yield from section_lines(section, style)
    if outlined.observed:
        yield ""
        yield style.paint(Role.STRONG, "Only watched, left as it is")
        for section in outlined.observed:
            yield from section_lines(section, style)
    if outlined.holds:
        yield ""
        yield style.paint(Role.STRONG, "Held for now, left as it is")
        for section in outlined.held:
            yield from section_lines(section, style)
        for hold in outlined.holds:
            yield from hanging("  ", hold)
    if outlined.gaps:
        yield ""
        yield style.paint(Role.STRONG, f"{outlined.system} cannot hold, so")
        yield from gap_lines(outlined.gaps, _TASKS)
    if outlined.unmanaged:
        yield ""
        extras = listed([each.text for each in outlined.unmanaged])
        yield from wrap(f"Not declared here, left alone: {extras}", WIDTH)
    yield ""
    yield from _closing(outlined, file)


def _header(outlined: Outline, style: Style) -> Iterator[str]:
    goal = f"{outlined.project} -> {outlined.place} ({outlined.target})"
    yield from (style.paint(Role.STRONG, line) for line in apart(goal, f"plan {outlined.plan}"))
    yield ""
    if outlined.refused:
        yield style.paint(Role.RISK, "  This plan cannot be applied as it is.")
    refusals = [risk for risk in outlined.risks if risk.refused]
    yield from risk_lines(refusals, style)
    if refusals:
        yield ""
    yield from hanging("  ", outlined.headline if outlined.sections else "nothing to do")
    yield from risk_lines([risk for risk in outlined.risks if not risk.refused], style)


def _closing(outlined: Outline, file: str) -> Iterator[str]:
    cost = f"{outlined.cost}. " if writes(outlined) else ""
    yield from wrap(f"{cost}Nothing has been written.", WIDTH)
    yield from next_step(outlined, file)


def next_step(outlined: Outline, file: str) -> Iterator[str]:
    """The exact command that comes next."""
    given = [word for each in outlined.approvals for word in ("--approve", each)]
    where = ["--env", outlined.environment] if outlined.environment else []
    if outlined.refused:
        yield from command_lines("Then plan again:  ", "plan", *where)
    elif not outlined.sections:
        return
    elif file:
        yield from command_lines("Apply exactly this:  ", "apply", file, *given)
    elif given:
        needed = counted(len(outlined.approvals), "approvals")
        yield from wrap(f"It needs {needed}, and those go with a saved plan:", WIDTH)
        yield from command_lines("  ", "plan", *where, "--out", "plan.json")
    else:
        yield from command_lines("Apply it:  ", "apply", *where)

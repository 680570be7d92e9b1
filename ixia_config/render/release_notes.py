"""Release notes from a plan: what people who work in the system will find changed."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.model import Plan
from ixia_config.render.lines import Line, Sign
from ixia_config.render.markup import plain
from ixia_config.render.outline import Outline, outline
from ixia_config.render.wording import capital

_VERBS = {
    Sign.ADOPTED: "Taken over:",
    Sign.NEW: "New:",
    Sign.CHANGED: "Changed:",
    Sign.REMOVED: "Gone:",
    Sign.LEFT: "No longer ours to keep:",
}


def release_notes(plan: Plan) -> str:
    """Markdown for a channel or a page; records that move come first."""
    return "\n".join(_lines(outline(plan))) + "\n"


def _lines(outlined: Outline) -> Iterator[str]:
    yield f"# What changes in {plain(outlined.place)}"
    yield ""
    if not outlined.sections:
        yield plain(outlined.agreement)
        return
    yield f"{plain(capital(outlined.headline))}."
    yield ""
    for risk in outlined.risks:
        if not risk.code:
            yield f"> {plain(capital(risk.text))}."
            yield ""
    for section in outlined.sections:
        yield f"## {plain(section.title or section.policy)}"
        yield ""
        yield from (_line(line) for line in section.lines)
        yield ""
    yield from _hands(outlined)
    yield f"*From plan {plain(outlined.plan)}.*"


def _line(line: Line) -> str:
    facts = "; ".join(plain(fact.text.replace(" -> ", " → ")) for fact in line.facts)
    what = f"- {_VERBS[line.sign]} **{plain(line.label)}**"
    return f"{what}: {facts}" if facts else what


def _hands(outlined: Outline) -> Iterator[str]:
    """What stays to be done by people."""
    tasks = [task for gap in outlined.gaps for task in gap.tasks]
    if tasks:
        yield "## To do by hand"
        yield ""
        for task in tasks:
            yield from (f"- [ ] {plain(task.subject)}: {plain(step)}" for step in task.steps)
        yield ""

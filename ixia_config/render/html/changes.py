"""A plan on a page: risk first, then each change, then what people have to do by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ixia_config.model import Plan
from ixia_config.render.gaps import Gap
from ixia_config.render.html.page import Card, Chapter, fold, listing, pill
from ixia_config.render.html.tags import Content, Html, joined, tag
from ixia_config.render.lines import Line, Section, Sign
from ixia_config.render.outline import Outline, Risk, outline
from ixia_config.render.plan_text import next_step
from ixia_config.render.wording import capital, clean, counted

_SHORT = 8  # lines that everybody sees
_SIGNS = {
    Sign.ADOPTED: ("adopted", ""),
    Sign.NEW: ("new", "good"),
    Sign.CHANGED: ("changed", "accent"),
    Sign.REMOVED: ("removed", "bad"),
    Sign.LEFT: ("left alone", ""),
}


def plan_chapter(plan: Plan, *, file: str = "") -> Chapter:
    """Everything to say of the plan."""
    outlined = outline(plan)
    lead = outlined.agreement if outlined.is_empty else f"{outlined.place}, plan {outlined.plan}."
    return Chapter("plan", "What an apply would write", tuple(_cards(outlined, file)), clean(lead))


def _cards(outlined: Outline, file: str) -> Iterator[Card]:
    yield Card("plan-risk", "At a glance", joined(_glance(outlined, file)))
    groups = (
        ("change", outlined.sections, ""),
        ("watched", outlined.observed, "only watched"),
        ("held", outlined.held, "held for now"),
    )
    for group, sections, word in groups:
        for number, each in enumerate(sections):
            marks = ((word, ""),) if word else ()
            yield Card(f"plan-{group}-{number}", clean(each.heading), _section(each), marks)
    tasks = [step for gap in outlined.gaps for step in _steps(gap)]
    if tasks:
        yield Card("plan-hands", "To do by hand after the apply", _folded(tasks, "steps"))
    if outlined.gaps:
        lines = [_gap(each) for each in outlined.gaps]
        title = f"What {outlined.system} does not hold by itself"
        yield Card("plan-gaps", title, _folded(lines, "parts"))
    if outlined.unmanaged:
        told = [each.text for each in outlined.unmanaged]
        yield Card("plan-extras", "Not declared here, left alone", listing(told))


def _folded(lines: Sequence[Content], nouns: str) -> Html:
    """A list; a long one is opened by whoever needs it."""
    short = len(lines) <= _SHORT
    return listing(lines) if short else fold(counted(len(lines), nouns), listing(lines))


def _glance(outlined: Outline, file: str) -> Iterator[Content]:
    if outlined.refused:
        yield tag("p", tag("strong", "This plan cannot be applied as it is."))
    if outlined.risks:
        yield listing_of_risks(outlined.risks)
    words = outlined.headline if outlined.sections else "nothing to do"
    yield tag("p", f"{capital(words)}.")
    yield tag("p", f"{outlined.cost}. Nothing has been written.", class_="soft")
    if outlined.holds:
        yield tag("p", "Held for now:")
        yield listing(list(outlined.holds))
    steps = list(next_step(outlined, file))
    if steps:
        yield tag("pre", clean_lines(steps))


def clean_lines(lines: Sequence[str]) -> Html:
    """Lines that keep their breaks."""
    return Html("\n".join(joined(each) for each in lines))


def listing_of_risks(risks: Sequence[Risk]) -> Html:
    """What to know before saying yes."""
    made = [
        tag(
            "li",
            tag("strong", "Refused: ") if each.refused else None,
            capital(each.text),
            f" ({each.code})" if each.code else "",
            f". {capital(each.hint)}" if each.hint else "",
            class_="refused" if each.refused else None,
        )
        for each in risks
    ]
    return tag("ul", made, class_="risks")


def _section(section: Section) -> Html:
    place = tag("p", tag("code", clean(section.source))) if section.source else None
    return joined([place, listing([joined(_line(each)) for each in section.lines], "changes")])


def _line(line: Line) -> Iterator[Content]:
    yield pill(*_SIGNS[line.sign])
    yield tag("strong", line.label)
    for fact in line.facts:
        aside = tag("span", f" ({fact.aside})", class_="soft") if fact.aside else None
        yield tag("div", fact.text.replace(" -> ", " → "), aside)


def _steps(gap: Gap) -> Iterator[str]:
    for task in gap.tasks:
        for step in task.steps:
            yield f"{task.subject}: {step}"


def _gap(gap: Gap) -> Html:
    note = [": ", *_spoken(gap.note)] if gap.note else []
    return joined([pill(gap.word), " ", tag("strong", gap.subject), *note])


def _spoken(sentence: str) -> Iterator[Content]:
    """A sentence; what stands in backticks is code."""
    for number, part in enumerate(sentence.split("`")):
        yield tag("code", part) if number % 2 else part

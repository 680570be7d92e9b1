"""The two documents: the handbook of a process, and the report of a change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.calendar.spec import Calendar
from ixia_config.kinds.change_policy.spec import ChangePolicy
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.directory.spec import Directory
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.metric.spec import Metric
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.policy import Policy
from ixia_config.kinds.record_schema.spec import RecordSchema
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.model import Plan
from ixia_config.render.comment_analysis import PROVED
from ixia_config.render.html import page
from ixia_config.render.html.approvals import approval_card
from ixia_config.render.html.changes import listing_of_risks, plan_chapter
from ixia_config.render.html.consequences import answers, impact_chapter
from ixia_config.render.html.differences import changes_chapter
from ixia_config.render.html.page import Card, Chapter, Page, listing
from ixia_config.render.html.pay import plan_card
from ixia_config.render.html.pipelines import pipeline_card
from ixia_config.render.html.reference import (
    change_policy_card,
    metric_card,
    people_card,
    schema_card,
)
from ixia_config.render.html.routing import routing_card
from ixia_config.render.html.slas import calendar_card, sla_card
from ixia_config.render.html.tags import Content, joined, tag
from ixia_config.render.html.view import View, spaced
from ixia_config.render.impact import headline
from ixia_config.render.outline import needs, outline
from ixia_config.render.wording import capital, clean
from ixia_config.simulate.impact import Impact

_Drawn = Callable[[Policy[Any], View], Card]
_CHAPTERS: tuple[tuple[str, str, str, tuple[tuple[type[Envelope], _Drawn], ...]], ...] = (
    (
        "pipelines",
        "Pipelines",
        "The stages, and what is checked between them.",
        ((Pipeline, pipeline_card),),
    ),
    (
        "routing",
        "Who gets what",
        "Rules are asked from top to bottom.",
        ((RoutingPolicy, routing_card),),
    ),
    ("approvals", "Who says yes", "", ((ApprovalPolicy, approval_card),)),
    (
        "clocks",
        "How fast",
        "How much time there is, and whose hours count.",
        ((SlaPolicy, sla_card), (Calendar, calendar_card)),
    ),
    ("pay", "How people are paid", "", ((CompPlan, plan_card),)),
    ("figures", "How we count", "", ((Metric, metric_card),)),
    ("governance", "Who may change this", "", ((ChangePolicy, change_policy_card),)),
    ("people", "People", "", ((Directory, people_card),)),
    ("fields", "Fields", "", ((RecordSchema, schema_card),)),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a document was made from: project, day, commit (empty where files differ from it)."""

    project: str
    day: str
    commit: str = ""
    plan_file: str = ""


def handbook_html(view: View, origin: Origin) -> str:
    """The process as one page, for those who work by it."""
    return page.written(
        Page(
            title=f"{_name(origin)}: how we work",
            kicker="Handbook of the process",
            lead="Stages, gates, routing, approvals, clocks and pay, as they are declared.",
            chapters=tuple(process(view)),
            closing=_closing(origin),
        )
    )


def report_html(
    view: View,
    origin: Origin,
    *,
    impact: Impact | None = None,
    plan: Plan | None = None,
    proved: Sequence[tuple[str, str]] = (),
) -> str:
    """What a change does, what it writes, and the process as it then is.

    ``proved`` is what holds for every record: the name of a policy, or nothing, and a sentence.
    """
    told = replace(plan, reviews=()) if plan else None  # whose word is needed is said once
    chapters = [
        _summary(view, impact, plan, proved),
        impact_chapter(impact, show_pay=view.show_pay) if impact else None,
        changes_chapter(view),
        plan_chapter(told, file=origin.plan_file) if told else None,
    ]
    against = f" compared with {clean(view.revision)}" if view.before is not None else ""
    return page.written(
        Page(
            title=f"{_name(origin)}: report",
            kicker="Report",
            lead=f"As of {origin.day}{against}.",
            chapters=(*(each for each in chapters if each is not None), *process(view)),
            closing=_closing(origin),
        )
    )


def process(view: View) -> Iterator[Chapter]:
    """A chapter for each part of the process that is declared."""
    for anchor, title, lead, kinds in _CHAPTERS:
        cards = tuple(
            draw(policy, view) for kind, draw in kinds for policy in view.configuration.of(kind)
        )
        if cards:
            yield Chapter(anchor, title, tuple(_unlike(cards)), lead)


def _unlike(cards: tuple[Card, ...]) -> Iterator[Card]:
    """The cards, each with an anchor of its own."""
    seen: dict[str, int] = {}
    for each in cards:
        seen[each.anchor] = seen.get(each.anchor, 0) + 1
        number = seen[each.anchor]
        yield each if number == 1 else replace(each, anchor=f"{each.anchor}-{number}")


def _planned(plan: Plan) -> Iterator[Content]:
    """Whose word is needed, risk, and how much would be written."""
    needed, outlined = needs(plan.reviews), outline(replace(plan, reviews=()))
    if needed:
        yield tag("p", tag("strong", "Needs the approval of "), f"{clean(needed)}.")
    if outlined.risks:
        yield listing_of_risks(outlined.risks)
    words = outlined.headline if outlined.sections else "nothing changes"
    yield tag("p", f"{outlined.place}: {words}.")


def _summary(
    view: View, impact: Impact | None, plan: Plan | None, proved: Sequence[tuple[str, str]]
) -> Chapter | None:
    """The answer first, then risk, then counts."""
    parts: list[Content] = []
    if impact is not None:
        parts += [tag("p", tag("strong", f"{headline(impact)}.")), answers(impact)]
    if plan is not None:
        parts += _planned(plan)
    if proved:
        parts += [tag("h4", PROVED), listing([_sentence(*each) for each in proved])]
    changed = changes_chapter(view)
    if changed is not None:
        links = [tag("a", each.title, href=f"#{each.anchor}") for each in changed.cards]
        parts += [tag("h4", capital(changed.lead)), listing(links) if links else None]
    if not parts:
        return None
    card = Card("summary-card", "What this means", joined(parts))
    return Chapter("summary", "Summary", (card,))


def _sentence(policy: str, words: str) -> Content:
    return joined([tag("strong", f"{policy}: "), words]) if policy else words


def _name(origin: Origin) -> str:
    return capital(spaced(origin.project) or "this process")


def _closing(origin: Origin) -> tuple[str, ...]:
    loose = ", with changes that are not committed"
    commit = f" at commit {origin.commit[:12]}" if origin.commit else loose
    project = clean(origin.project) or "a folder of policies"
    return (
        f"Written by Ixia from {project}{commit}, {origin.day}.",
        "Change the policies, not this page: it is written anew from them.",
    )

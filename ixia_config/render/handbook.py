"""The handbook of the process as Markdown, with drawings that code hosts show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.pipeline.spec import Criterion, Pipeline, Stage
from ixia_config.kinds.policy import Policy
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.render.html.approvals import lanes
from ixia_config.render.html.documents import Origin
from ixia_config.render.html.pay import tier_rows
from ixia_config.render.html.pipeline_drawing import chance, forecast
from ixia_config.render.html.pipelines import rules_of_moving
from ixia_config.render.html.routing import rungs
from ixia_config.render.html.slas import target_rows, told
from ixia_config.render.html.view import HIDDEN, View, about, spaced
from ixia_config.render.markup import block, plain
from ixia_config.render.mermaid import approval_lines, pipeline_lines, routing_lines
from ixia_config.render.spoken import Vocabulary, sentence
from ixia_config.render.wording import capital, clean, listed


def handbook_markdown(view: View, origin: Origin) -> str:
    """Every part of the process that is declared, for those who work by it."""
    project = capital(spaced(origin.project) or "this process")
    lines = [f"# {plain(project)}: how we work", ""]
    for title, parts in _chapters(view):
        made = list(parts)
        if made:
            lines += [f"## {title}", "", *made]
    commit = f" at commit {origin.commit[:12]}" if origin.commit else ""
    lines.append(f"*Written by Ixia{commit}, {origin.day}: change the policies, not this page.*")
    return "\n".join(lines) + "\n"


def _chapters(view: View) -> Iterator[tuple[str, Iterator[str]]]:
    known = view.configuration
    yield "Pipelines", (x for each in known.of(Pipeline) for x in _pipeline(each, view))
    yield "Who gets what", (x for each in known.of(RoutingPolicy) for x in _routing(each, view))
    yield "Who says yes", (x for each in known.of(ApprovalPolicy) for x in _approvals(each, view))
    yield "How fast", (x for each in known.of(SlaPolicy) for x in _sla(each, view))
    yield "How people are paid", (x for each in known.of(CompPlan) for x in _pay(each, view))


def _pipeline(policy: Policy[Pipeline], view: View) -> Iterator[str]:
    spec = policy.body.spec
    words = view.vocabulary(spec.object)
    yield from _head(policy.title, about(policy))
    yield from block(list(pipeline_lines(spec)), "mermaid")
    yield ""
    yield from (f"- {plain(each)}" for each in rules_of_moving(spec) if "diamond" not in each)
    yield ""
    for stage in spec.stages:
        yield from _stage(stage, words)


def _stage(stage: Stage, words: Vocabulary) -> Iterator[str]:
    small = ", ".join(each for each in (chance(stage), forecast(stage)) if each)
    yield f"#### {plain(stage.title)}{f' ({small})' if small else ''}"
    yield ""
    if stage.definition:
        yield plain(stage.definition)
        yield ""
    yield from (f"- [ ] {_criterion(each, words)}" for each in (*stage.entry, *stage.exit))
    if stage.required:
        yield f"- Filled in: {plain(listed([words.title(each) for each in stage.required]))}"
    if stage.age is not None and stage.age.breach is not None:
        yield f"- Too long after {stage.age.breach}"
    if stage.reasons:
        reasons = [clean(each.title) if each.title else spaced(each.key) for each in stage.reasons]
        yield f"- Reasons: {plain(listed(reasons))}"
    yield ""


def _criterion(criterion: Criterion, words: Vocabulary) -> str:
    asks = f" ({sentence(criterion.when, words)})" if criterion.when else ""
    return plain(f"{criterion.title}{asks}")


def _routing(policy: Policy[RoutingPolicy], view: View) -> Iterator[str]:
    ladder = rungs(policy.body.spec, view)
    yield from _head(policy.title, about(policy))
    yield from block(list(routing_lines(ladder)), "mermaid")
    yield ""
    rows = [(each.title, each.asks, each.to, each.below) for each in ladder]
    yield from _table(("Rule", "Asks", "Goes to", "That is"), rows)


def _approvals(policy: Policy[ApprovalPolicy], view: View) -> Iterator[str]:
    spec = policy.body.spec
    found = lanes(spec, view)
    yield from _head(policy.title, about(policy))
    yield from block(list(approval_lines(found)), "mermaid")
    yield ""
    rows = [(each.title, each.asks, ", then ".join(each.chain)) for each in found]
    yield from _table(("Band", "Requests", "Asked"), rows)


def _sla(policy: Policy[SlaPolicy], view: View) -> Iterator[str]:
    yield from _head(policy.title, about(policy))
    yield plain(told(policy.body.spec, view))
    yield ""
    head, rows = target_rows(policy.body.spec, view.vocabulary(policy.body.spec.object))
    yield from _table(head, rows)


def _pay(policy: Policy[CompPlan], view: View) -> Iterator[str]:
    yield from _head(policy.title, about(policy))
    for component in policy.body.spec.components:
        title = component.title or capital(spaced(component.key))
        yield f"#### {plain(title)}"
        yield ""
        if component.rates is not None:
            head, rows = tier_rows(component, None, view)
            yield from _table(head, rows)
        elif component.pay is not None:
            yield f"Pays {plain(view.money(component.pay, policy.body.spec.currency))}."
            yield ""
    if not view.show_pay:
        yield f"{HIDDEN} stands for amounts of pay."
        yield ""


def _head(title: str, told_of: str) -> Iterator[str]:
    yield f"### {plain(title)}"
    yield ""
    if told_of:
        yield plain(told_of)
        yield ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(plain(each) for each in head)} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(plain(each) for each in row)} |"
    yield ""

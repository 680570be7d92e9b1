"""Pipelines on a page: the drawing, and a card of each stage with what it asks."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.kinds.pipeline.spec import Age, Criterion, Pipeline, PipelineSpec, Reason, Stage
from ixia_config.kinds.policy import Policy
from ixia_config.render.html.page import Card, facts, listing, pill
from ixia_config.render.html.pipeline_drawing import chance, forecast, narrow, told, wide
from ixia_config.render.html.svg import both
from ixia_config.render.html.tags import Content, Html, joined, tag
from ixia_config.render.html.view import View, about, anchor, spaced
from ixia_config.render.spoken import Vocabulary, sentence
from ixia_config.render.wording import capital, clean, listed

_VERIFIED = {"rep": "the rep says so", "manager": "a manager confirms it", "system": ""}
_COLOURS = {"open": "", "won": "good", "lost": "bad"}


def pipeline_card(policy: Policy[Pipeline], view: View) -> Card:
    """One pipeline."""
    spec = policy.body.spec
    name = anchor(policy)
    title = f"Pipeline {policy.title}"
    words = view.vocabulary(spec.object)
    body = joined(
        [
            both(wide(spec), narrow(spec), name, title, told(spec)),
            listing(list(rules_of_moving(spec)), "key"),
            tag("ol", [_stage(each, words, view) for each in spec.stages], class_="stages"),
        ]
    )
    tags = ((f"{spec.object}s", ""), *view.mark(policy))
    return Card(name, clean(policy.title), body, tags, about(policy))


def rules_of_moving(spec: PipelineSpec) -> Iterator[str]:
    """How records move, in words."""
    moves, titles = spec.moves, {each.key: clean(each.title) for each in spec.stages}
    if any(each.exit or each.entry for each in spec.stages):
        yield "A diamond is a gate: so many things are checked before a record goes on"
    if moves.allowed is None:
        yield "Stages may not be skipped" if moves.skip is False else "Stages may be skipped"
        yield "Nothing moves back" if moves.back is False else "Records may move back"
    else:
        for start, ends in moves.allowed.items():
            goals = listed([titles.get(each, each) for each in ends])
            yield f"From {titles.get(start, start)} to {goals}"
    if spec.create_in:
        yield f"Starts in {listed([titles.get(each, each) for each in spec.create_in])}"
    if moves.reopen_to:
        yield f"What is reopened returns to {titles.get(moves.reopen_to, moves.reopen_to)}"
    for each in spec.retired:
        goal = titles.get(each.migrate_to, each.migrate_to)
        yield f"{clean(each.title or each.key)} is retired: its records go to {goal}"


def _stage(stage: Stage, words: Vocabulary, view: View) -> Html:
    marks = [pill(each) for each in (chance(stage), forecast(stage)) if each]
    kind = {"open": [], "won": [pill("won", "good")], "lost": [pill("lost", "bad")]}[stage.type]
    head = tag("h4", clean(stage.title))
    meaning = tag("p", clean(stage.definition)) if stage.definition else None
    return tag(
        "li", head, tag("p", joined(_spaced([*kind, *marks]))), meaning, _facts(stage, words, view)
    )


def _spaced(parts: list[Html]) -> Iterator[Content]:
    for each in parts:
        yield each
        yield " "


def _facts(stage: Stage, words: Vocabulary, view: View) -> Html:
    return facts(
        [
            ("To come in", _criteria(stage.entry, words)),
            ("To go on", _criteria(stage.exit, words)),
            ("Filled in", capital(listed([words.title(each) for each in stage.required]))),
            ("Stays", _age(stage.age)),
            ("Stale", f"after {stage.stale_after} without activity" if stage.stale_after else ""),
            ("Released by", _approval(stage, words, view)),
            ("Handed to", _handoff(stage, view)),
            ("To do", listing([clean(each) for each in stage.tasks]) if stage.tasks else ""),
            ("Reasons", listed([_reason(each) for each in stage.reasons])),
        ]
    )


def _criteria(criteria: tuple[Criterion, ...], words: Vocabulary) -> Html | None:
    if not criteria:
        return None
    return listing([joined(_criterion(each, words)) for each in criteria], "checks")


def _criterion(criterion: Criterion, words: Vocabulary) -> Iterator[Content]:
    yield clean(criterion.title)
    notes = [sentence(criterion.when, words)] if criterion.when else ["A person tells"]
    notes += [each for each in (_VERIFIED[criterion.verified_by],) if each]
    yield tag("div", "; ".join(notes), class_="soft small")


def _age(age: Age | None) -> str:
    if age is None:
        return ""
    warn = [f"a warning after {age.warn}"] if age.warn else []
    breach = [f"too long after {age.breach}"] if age.breach else []
    return ", ".join([*warn, *breach])


def _approval(stage: Stage, words: Vocabulary, view: View) -> str:
    found = stage.approval
    if found is None:
        return ""
    people = [view.person(each) for each in found.approvers]
    who = f"{' or ' if found.mode == 'any' else ' and '}".join(people)
    return f"{who}, when {sentence(found.when, words)}" if found.when else who


def _handoff(stage: Stage, view: View) -> str:
    found = stage.handoff
    if found is None:
        return ""
    within = f" within {found.within}" if found.within else ""
    brings = (
        f", with {listed([clean(each) for each in found.artefacts])}" if found.artefacts else ""
    )
    return f"{view.whom(found.to)}{within}{brings}"


def _reason(reason: Reason) -> str:
    return clean(reason.title) if reason.title else spaced(reason.key)

"""How well HubSpot holds each clause of a stage, and what a person does by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ixia_config.sdk import Breach, Clause, Level, Pipeline, Policy, Stage
from ixia_connectors.hubspot.names import RecordType
from ixia_connectors.hubspot.told import SHOWN, Watch
from ixia_connectors.hubspot.values import held_probability, percent, sentence_list

NEW_STAGE_CHANCE = Decimal("0.1")
"""HubSpot takes no deal stage without a probability: what a new one gets when YAML gives none."""


def menu(policy: Policy[Pipeline], kind: RecordType) -> str:
    """Where a person finds the pipeline in HubSpot's settings."""
    return f"Settings > Objects > {kind.plural.capitalize()} > Pipelines > {policy.title}"


def stage_clauses(
    policy: Policy[Pipeline], kind: RecordType, stage: Stage, watch: Watch
) -> Iterator[Clause]:
    """Every clause of one stage."""
    yield from _probability(policy, kind, stage)
    yield from _type(policy, kind, stage)
    yield from _forecast(policy, kind, stage)
    yield from _criteria(policy, stage, watch)
    yield from _required(policy, kind, stage, watch)
    yield from _time(policy, stage, watch)
    yield from _reasons(policy, kind, stage)
    yield from _work(policy, stage)


def _clause(
    policy: Policy[Pipeline],
    stage: Stage,
    subject: str,
    level: Level,
    note: str = "",
    *steps: str,
) -> Clause:
    address = policy.address.at(stage.key)
    return Clause(address, f"{subject} {stage.title}", level, note, steps)


def _probability(policy: Policy[Pipeline], kind: RecordType, stage: Stage) -> Iterator[Clause]:
    subject = "probability of"
    if kind.api != "deals":
        if stage.probability is not None:
            note = f"HubSpot's {kind.noun} stages have no probability"
            yield _clause(policy, stage, subject, Level.UNSUPPORTED, note)
        return
    chance = stage.chance
    if chance is None:
        note = (
            "HubSpot takes no deal stage without one: a new stage gets "
            f"{percent(NEW_STAGE_CHANCE)}, and it is not looked at after that"
        )
        yield _clause(policy, stage, subject, Level.UNSUPPORTED, note)
    elif (held := held_probability(chance, stage.type)) != chance:
        note = (
            f"HubSpot keeps tenths only, and takes 0% for lost and 100% for won: {percent(chance)} "
            f"is sent as {percent(held)}"
        )
        yield _clause(policy, stage, subject, Level.UNSUPPORTED, note)
    else:
        yield _clause(policy, stage, subject, Level.NATIVE)


def _type(policy: Policy[Pipeline], kind: RecordType, stage: Stage) -> Iterator[Clause]:
    if stage.type == "open":
        return
    subject = f"{stage.type} as the meaning of"
    if kind.api == "deals":
        yield _clause(policy, stage, subject, Level.NATIVE)
    elif kind.api == "tickets":
        note = "HubSpot's tickets are open or closed: won and lost are both sent as closed"
        yield _clause(policy, stage, subject, Level.UNSUPPORTED, note)
    else:
        note = f"HubSpot's API does not say what a {kind.noun} stage means"
        yield _clause(policy, stage, subject, Level.UNSUPPORTED, note)


def _forecast(policy: Policy[Pipeline], kind: RecordType, stage: Stage) -> Iterator[Clause]:
    if stage.forecast is None:
        return
    category = stage.forecast.replace("_", " ")
    note = "HubSpot's API has no forecast settings"
    step = f"Settings > Objects > Forecast > {policy.title}: set {stage.title} to {category}"
    if kind.api == "deals":
        yield _clause(policy, stage, "forecast category of", Level.MANUAL, note, step)
    else:
        yield _clause(policy, stage, "forecast category of", Level.UNSUPPORTED, note)


def _criteria(policy: Policy[Pipeline], stage: Stage, watch: Watch) -> Iterator[Clause]:
    for breach, criteria in ((Breach.ENTRY, stage.entry), (Breach.EXIT, stage.exit)):
        conditions = [each for each in criteria if each.when is not None]
        seen = [each for each in conditions if watch.notices(breach, stage.key, each.key)]
        unseen = [each.title for each in conditions if each not in seen]
        told = [each.title for each in criteria if each.when is None]
        if seen:
            subject = f"{breach} criteria ({len(seen)}) of"
            note = f"HubSpot cannot check them at a move; {SHOWN}"
            yield _clause(policy, stage, subject, Level.DETECT, note)
        if unseen:
            subject = f"{breach} criteria that nothing checks ({len(unseen)}) of"
            note = f"HubSpot cannot check them at a move, and {_why_unseen(policy, stage, breach)}"
            yield _clause(policy, stage, subject, Level.MANUAL, note, *_confirm(unseen))
        if told:
            subject = f"{breach} criteria that people confirm ({len(told)}) of"
            note = "no field shows whether they are met"
            yield _clause(policy, stage, subject, Level.MANUAL, note, *_confirm(told))
    if stage.definition is not None:
        note = "HubSpot has no description of a stage"
        yield _clause(policy, stage, "definition of", Level.UNSUPPORTED, note)


def _confirm(titles: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"confirm before the move: {title}" for title in titles)


def _why_unseen(policy: Policy[Pipeline], stage: Stage, breach: Breach) -> str:
    opened = [each.key for each in policy.body.spec.stages if each.type == "open"]
    if stage.key not in opened:
        return "closed records are not looked at"
    if breach is Breach.EXIT and stage.key == opened[-1]:
        return "what leaves the last open stage is closed, and not looked at"
    return "what they ask for is in related records or in fields that are not read"


def _required(
    policy: Policy[Pipeline], kind: RecordType, stage: Stage, watch: Watch
) -> Iterator[Clause]:
    if not stage.required:
        return
    fields = sentence_list(stage.required)
    seen = any(watch.notices(Breach.REQUIRED, stage.key, each) for each in stage.required)
    shown = f"; {SHOWN}" if seen else ""
    note = f"HubSpot's API cannot set required fields of a stage{shown}"
    steps = (
        f"{menu(policy, kind)} > {stage.title} > Edit properties",
        f"add {fields}, and tick Required for each",
    )
    yield _clause(policy, stage, "required fields of", Level.MANUAL, note, *steps)


def _time(policy: Policy[Pipeline], stage: Stage, watch: Watch) -> Iterator[Clause]:
    limits = (
        ("age limits of", stage.age, (Breach.AGE, Breach.AGEING), "how long a record stays"),
        ("staleness of", stage.stale_after, (Breach.STALE,), "for missing activity"),
    )
    for subject, limit, breaches, what in limits:
        if limit is None:
            continue
        why = f"HubSpot does not watch {what}"
        if any(watch.notices(each, stage.key) for each in breaches):
            yield _clause(policy, stage, subject, Level.DETECT, f"{why}; {SHOWN}")
        else:
            note = f"{why}, and nothing looks at it"
            yield _clause(policy, stage, subject, Level.UNSUPPORTED, note)


def _reasons(policy: Policy[Pipeline], kind: RecordType, stage: Stage) -> Iterator[Clause]:
    if not stage.reasons:
        return
    name = f"{policy.title}: {stage.title} reason"
    yield _clause(policy, stage, "reasons to choose from on", Level.NATIVE)
    note = f"HubSpot's API cannot make the reason required; {SHOWN}"
    steps = (
        f"{menu(policy, kind)} > {stage.title} > Edit properties",
        f'add "{name}", and tick Required',
    )
    yield _clause(policy, stage, "a reason on every record that enters", Level.MANUAL, note, *steps)
    if any(each.requires_comment for each in stage.reasons):
        note = "HubSpot cannot ask for a comment by reason"
        yield _clause(policy, stage, "comments on some reasons of", Level.UNSUPPORTED, note)
    if any(each.parent for each in stage.reasons):
        note = "HubSpot's choices have no levels: all reasons stand side by side"
        yield _clause(policy, stage, "levels of the reasons of", Level.UNSUPPORTED, note)


def _work(policy: Policy[Pipeline], stage: Stage) -> Iterator[Clause]:
    if stage.handoff is not None:
        within = f" within {stage.handoff.within}" if stage.handoff.within else ""
        step = f"hand over to {stage.handoff.to}{within} when a record enters {stage.title}"
        yield _clause(policy, stage, "handoff on", Level.MANUAL, "not automated yet", step)
    if stage.tasks:
        steps = tuple(f"{stage.title}: {task}" for task in stage.tasks)
        yield _clause(policy, stage, "tasks of", Level.MANUAL, "not automated yet", *steps)

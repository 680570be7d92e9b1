"""How well HubSpot holds each clause of a stage, and what a person does by hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ixia_config.sdk import Clause, Level, Pipeline, Policy, Stage
from ixia_connectors.hubspot.names import RecordType
from ixia_connectors.hubspot.values import held_probability, percent, sentence_list

_REPORT = "what goes against it is only noticed afterwards"
NEW_STAGE_CHANCE = Decimal("0.1")
"""HubSpot takes no deal stage without a probability: what a new one gets when YAML gives none."""


def menu(policy: Policy[Pipeline], kind: RecordType) -> str:
    """Where a person finds the pipeline in HubSpot's settings."""
    return f"Settings > Objects > {kind.plural.capitalize()} > Pipelines > {policy.title}"


def stage_clauses(policy: Policy[Pipeline], kind: RecordType, stage: Stage) -> Iterator[Clause]:
    """Every clause of one stage."""
    yield from _probability(policy, kind, stage)
    yield from _type(policy, kind, stage)
    yield from _forecast(policy, kind, stage)
    yield from _criteria(policy, stage)
    yield from _required(policy, kind, stage)
    yield from _time(policy, stage)
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


def _criteria(policy: Policy[Pipeline], stage: Stage) -> Iterator[Clause]:
    for which, criteria in (("entry", stage.entry), ("exit", stage.exit)):
        checked = [each for each in criteria if each.when is not None]
        told = [each.title for each in criteria if each.when is None]
        if checked:
            subject = f"{which} criteria ({len(checked)}) of"
            note = f"HubSpot cannot check them at a move; {_REPORT}"
            yield _clause(policy, stage, subject, Level.DETECT, note)
        if told:
            subject = f"{which} criteria that people confirm ({len(told)}) of"
            note = "no field shows whether they are met"
            steps = tuple(f"confirm before the move: {title}" for title in told)
            yield _clause(policy, stage, subject, Level.MANUAL, note, *steps)
    if stage.definition is not None:
        note = "HubSpot has no description of a stage"
        yield _clause(policy, stage, "definition of", Level.UNSUPPORTED, note)


def _required(policy: Policy[Pipeline], kind: RecordType, stage: Stage) -> Iterator[Clause]:
    if not stage.required:
        return
    fields = sentence_list(stage.required)
    note = f"HubSpot's API cannot set required fields of a stage; {_REPORT}"
    steps = (
        f"{menu(policy, kind)} > {stage.title} > Edit properties",
        f"add {fields}, and tick Required for each",
    )
    yield _clause(policy, stage, "required fields of", Level.MANUAL, note, *steps)


def _time(policy: Policy[Pipeline], stage: Stage) -> Iterator[Clause]:
    if stage.age is not None:
        note = f"HubSpot does not watch how long a record stays; {_REPORT}"
        yield _clause(policy, stage, "age limits of", Level.DETECT, note)
    if stage.stale_after is not None:
        note = f"HubSpot does not watch for missing activity; {_REPORT}"
        yield _clause(policy, stage, "staleness of", Level.DETECT, note)


def _reasons(policy: Policy[Pipeline], kind: RecordType, stage: Stage) -> Iterator[Clause]:
    if not stage.reasons:
        return
    name = f"{policy.title}: {stage.title} reason"
    yield _clause(policy, stage, "reasons to choose from on", Level.NATIVE)
    note = "HubSpot's API cannot make the reason required"
    steps = (
        f"{menu(policy, kind)} > {stage.title} > Edit properties",
        f'add "{name}", and tick Required',
    )
    yield _clause(policy, stage, "a reason on every record that enters", Level.MANUAL, note, *steps)
    if any(each.requires_comment for each in stage.reasons):
        note = f"HubSpot cannot ask for a comment by reason; {_REPORT}"
        yield _clause(policy, stage, "comments on some reasons of", Level.DETECT, note)
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

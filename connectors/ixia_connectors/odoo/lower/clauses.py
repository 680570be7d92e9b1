"""How well Odoo holds the clauses of a pipeline that are not gates."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.sdk import Clause, Level, Pipeline, Policy, Stage
from ixia_connectors.odoo.lower.rots import rots


def pipeline_clauses(policy: Policy[Pipeline]) -> Iterator[Clause]:
    """Every clause that Odoo holds by itself, or not at all."""
    note = "stages without a team are shown in every team of Odoo"
    yield Clause(policy.address, "title, stages and their order", Level.NATIVE, note)
    yield from _whole(policy)
    for stage in policy.body.spec.stages:
        yield from _stage(policy, stage)


def _whole(policy: Policy[Pipeline]) -> Iterator[Clause]:
    spec = policy.body.spec
    unheld = {
        "stages that records may be lost from": spec.moves.lost_from != "any",
        "which records belong here": spec.applies_when is not None,
        "record type": spec.record_type is not None,
        f"currency {spec.currency}": spec.currency is not None,
        "what happens to the close date": spec.close_date is not None,
    }
    for subject, said in unheld.items():
        if said:
            yield Clause(policy.address, subject, Level.UNSUPPORTED, "Odoo has no place for it")


def _stage(policy: Policy[Pipeline], stage: Stage) -> Iterator[Clause]:
    def clause(subject: str, level: Level, note: str = "", *steps: str) -> Clause:
        address = policy.address.at(stage.key)
        return Clause(address, f"{subject} {stage.title}", level, note, steps)

    if stage.type == "lost":
        note = "Odoo has no lost stage: a lost record is archived with a reason, where it stood"
        yield clause("lost as the meaning of", Level.NATIVE, note)
    if stage.type == "won":
        yield clause("won as the meaning of", Level.NATIVE)
    if stage.probability is not None and stage.type == "open":
        note = "Odoo works out the chance of each record from those that were won and lost"
        yield clause("probability of", Level.UNSUPPORTED, note)
    if stage.forecast is not None:
        yield clause("forecast category of", Level.UNSUPPORTED, "Odoo has no forecast categories")
    if stage.definition is not None:
        yield clause("definition of", Level.NATIVE, "shown as the requirements of the stage")
    yield from _time(policy, stage)
    yield from _reasons(policy, stage)
    yield from _work(policy, stage)


def _time(policy: Policy[Pipeline], stage: Stage) -> Iterator[Clause]:
    address = policy.address.at(stage.key)
    if stage.age is not None:
        subject = f"age limits of {stage.title}"
        if rots(stage) is None:
            note = "Odoo counts whole days only"
            yield Clause(address, subject, Level.UNSUPPORTED, note)
        else:
            both = stage.age.warn is not None and stage.age.breach is not None
            note = "Odoo marks the record" + ("; it knows one limit, the warning" if both else "")
            yield Clause(address, subject, Level.DETECT, note)
    if stage.stale_after is not None:
        note = "Odoo counts the days on a stage, not those without activity"
        yield Clause(address, f"staleness of {stage.title}", Level.UNSUPPORTED, note)


def _reasons(policy: Policy[Pipeline], stage: Stage) -> Iterator[Clause]:
    address = policy.address.at(stage.key)
    if stage.reasons and stage.type == "lost":
        note = "Odoo has one list of reasons for all teams"
        yield Clause(address, f"reasons to choose from on {stage.title}", Level.NATIVE, note)
    elif stage.reasons:
        note = "Odoo asks for a reason only where something is lost"
        subject = f"reasons to choose from on {stage.title}"
        yield Clause(address, subject, Level.UNSUPPORTED, note)
    if any(each.parent or each.requires_comment for each in stage.reasons):
        note = "Odoo's reasons have neither levels nor comments that are required"
        subject = f"levels and comments of the reasons of {stage.title}"
        yield Clause(address, subject, Level.UNSUPPORTED, note)


def _work(policy: Policy[Pipeline], stage: Stage) -> Iterator[Clause]:
    address = policy.address.at(stage.key)
    if stage.approval is not None:
        note = "Odoo Community has no approvals"
        yield Clause(address, f"approval before {stage.title}", Level.UNSUPPORTED, note)
    if stage.handoff is not None:
        step = f"hand over to {stage.handoff.to} when a record enters {stage.title}"
        yield Clause(
            address, f"handoff on {stage.title}", Level.MANUAL, "not automated yet", (step,)
        )
    if stage.tasks:
        steps = tuple(f"{stage.title}: {task}" for task in stage.tasks)
        yield Clause(address, f"tasks of {stage.title}", Level.MANUAL, "not automated yet", steps)

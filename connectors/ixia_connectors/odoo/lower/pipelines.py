"""A pipeline policy as a sales team, its stages and the reasons for losing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ixia_config.sdk import (
    Address,
    Clause,
    Desired,
    Level,
    Lowered,
    Pipeline,
    Policy,
    Retired,
    Stage,
    Value,
)
from ixia_connectors.odoo.lower.clauses import pipeline_clauses
from ixia_connectors.odoo.lower.gates import lower_gates
from ixia_connectors.odoo.lower.rots import rots
from ixia_connectors.odoo.names import external_id, joined
from ixia_connectors.odoo.target import OBJECTS, Target, choose


@dataclass(frozen=True, slots=True)
class _Subject:
    """One pipeline on its way down, and the remote id that its team has or gets."""

    target: Target
    policy: Policy[Pipeline]
    team: str

    @property
    def stages(self) -> tuple[Stage, ...]:
        """What Odoo has as stages: a lost record is archived, wherever it stood."""
        return tuple(each for each in self.policy.body.spec.stages if each.type != "lost")


def lower_pipeline(target: Target, policy: Policy[Pipeline]) -> Lowered:
    """Compile one pipeline."""
    noun = policy.body.spec.object
    if noun not in OBJECTS:
        note = "Odoo's CRM has leads and opportunities (lead, deal)"
        clause = Clause(policy.address, f'records of type "{noun}"', Level.UNSUPPORTED, note)
        return Lowered(clauses=(clause,))
    subject = _Subject(target, policy, _team_id(target, policy))
    gates = lower_gates(target, policy)
    return Lowered(
        desired=(_team(subject), *_stages(subject), *_reasons(subject), *gates.desired),
        retired=tuple(_retired(subject)),
        clauses=(*pipeline_clauses(policy), *gates.clauses),
    )


def _external_team(target: Target, policy: Policy[Pipeline]) -> str | None:
    named = [x.id for name, x in policy.body.spec.external.items() if name in target.targets]
    return target.named("team", named[0]) if named else None


def _team_id(target: Target, policy: Policy[Pipeline]) -> str:
    """What the YAML names comes first, then what is bound, then the name that we choose."""
    named = _external_team(target, policy) or target.bound.get(policy.address)
    return named or external_id("pipeline", policy.name)


def _external_stage(subject: _Subject, key: str) -> str | None:
    for name, external in subject.policy.body.spec.external.items():
        if name in subject.target.targets and key in external.stages:
            return subject.target.named("stage", external.stages[key])
    return None


def _team(subject: _Subject) -> Desired:
    policy = subject.policy
    fields: dict[str, Value] = {
        "order": tuple(str(policy.address.at(stage.key)) for stage in subject.stages),
        "leads" if policy.body.spec.object == "lead" else "deals": True,
    }
    if policy.body.metadata.title is not None:
        fields["title"] = policy.title
    chosen = [external_id("pipeline", policy.name)]
    return Desired(
        type="team",
        address=policy.address,
        title=policy.title,
        natural_key=policy.title,
        fields=fields,
        remote_id=_external_team(subject.target, policy),
        choose_id=choose(subject.target, "team", chosen, policy.address),
        source=policy.source,
    )


def _stages(subject: _Subject) -> Iterator[Desired]:
    policy = subject.policy
    for stage in subject.stages:
        previous = _previous(policy, stage.key)
        yield Desired(
            type="stage",
            address=policy.address.at(stage.key),
            title=stage.title,
            natural_key=joined(subject.team, stage.title),
            fields=_fields(stage),
            parent=policy.address,
            remote_id=_external_stage(subject, stage.key),
            choose_id=_chosen(subject, stage.key, previous),
            previous=previous,
            source=policy.source,
        )


def _chosen(subject: _Subject, key: str, previous: tuple[Address, ...]) -> str:
    name, current = subject.policy.name, {stage.key for stage in subject.stages}
    keys = [key, *(each.part for each in previous if each.part not in current)]
    chosen = [external_id("stage", name, each) for each in keys]
    return choose(subject.target, "stage", chosen, subject.policy.address.at(key))


def _previous(policy: Policy[Pipeline], key: str) -> tuple[Address, ...]:
    """The keys that this stage had before, the latest first; a cycle is walked once."""
    came_from = {each.to: each.from_ for each in policy.body.spec.moved}
    found: list[str] = []
    while key in came_from and came_from[key] not in found:
        key = came_from[key]
        found.append(key)
    return tuple(policy.address.at(each) for each in found)


def _fields(stage: Stage) -> dict[str, Value]:
    fields: dict[str, Value] = {"title": stage.title, "won": stage.type == "won"}
    if stage.definition is not None:
        fields["definition"] = stage.definition.strip()
    days = rots(stage)
    if days is not None:
        fields["rots"] = days
    return fields


def _retired(subject: _Subject) -> Iterator[Retired]:
    policy = subject.policy
    for each in policy.body.spec.retired:
        chosen = external_id("stage", policy.name, each.key)
        ours = chosen if subject.target.found("stage", chosen) else None
        yield Retired(
            type="stage",
            address=policy.address.at(each.key),
            title=each.title or each.key,
            parent=policy.address,
            remote_id=_external_stage(subject, each.key) or ours,
            natural_key=joined(subject.team, each.title) if each.title else "",
            migrate_to=policy.address.at(each.migrate_to),
            source=policy.source,
        )


def _reasons(subject: _Subject) -> Iterator[Desired]:
    """Odoo has one list of reasons for all teams: equal keys are one reason."""
    policy = subject.policy
    for stage in policy.body.spec.stages:
        for reason in stage.reasons if stage.type == "lost" else ():
            address = policy.address.at(f".reason.{reason.key}")
            chosen = external_id("reason", reason.key)
            title = reason.title or reason.key.replace("_", " ").capitalize()
            holder = subject.target.holder(chosen)
            yield Desired(
                type="reason",
                address=address,
                title=title,
                natural_key=title,
                fields={"title": title},
                choose_id=chosen,
                previous=() if holder in (None, address) else (holder,),
                source=policy.source,
            )

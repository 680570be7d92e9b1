"""Checks of where a RoutingPolicy sends records: places that exist, with somebody there."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.directory.references import worker
from ixia_config.kinds.policy import Configuration, Context, Policy
from ixia_config.kinds.routing_policy.codes.assignments import (
    NobodyHasSkill,
    NoFallback,
    NoOwner,
    UnclearAssignment,
    UnknownPool,
    UnknownQueue,
)
from ixia_config.kinds.routing_policy.spec import Assign, RoutingPolicy, Rule
from ixia_config.model import Path
from ixia_config.rules import Catalogue, Field, FieldType

PLACES = ("owner_of", "person", "pool", "queue")


def assignments(policy: Policy[RoutingPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with assignments and fallbacks."""
    spec = policy.body.spec
    for path, assign in _every(policy):
        yield from _assign(policy, path, assign, context)
    for number, rule in enumerate(spec.rules):
        pool = _without_fallback(policy, rule)
        if pool is not None:
            mark = policy.mark("spec", "rules", number, "assign", "pool")
            yield NoFallback(mark=mark, pool=pool)


def _every(policy: Policy[RoutingPolicy]) -> Iterator[tuple[Path, Assign]]:
    """Every assignment with its place."""
    spec = policy.body.spec
    for number, rule in enumerate(spec.rules):
        path: Path = ("spec", "rules", number)
        yield (*path, "assign"), rule.assign
        if isinstance(rule.on_no_eligible, Assign):
            yield (*path, "on_no_eligible"), rule.on_no_eligible
    if spec.otherwise is not None:
        yield ("spec", "otherwise"), spec.otherwise
    if isinstance(spec.on_no_eligible, Assign):
        yield ("spec", "on_no_eligible"), spec.on_no_eligible


def _assign(
    policy: Policy[RoutingPolicy], path: Path, assign: Assign, context: Context
) -> Iterator[Diagnostic]:
    named = tuple(name for name in PLACES if getattr(assign, name) is not None)
    if len(named) != 1:
        yield UnclearAssignment(mark=policy.mark(*path), named=named)
        return
    if assign.person is not None:
        task = f"owner of records of {policy.address}"
        yield from worker(policy, (*path, "person"), context, email=assign.person, task=task)
    if assign.owner_of is not None:
        known = catalogue(context.configuration)
        if not leads_to_owner(known, policy.body.spec.object, assign.owner_of):
            yield NoOwner(mark=policy.mark(*path, "owner_of"), path=assign.owner_of)
    yield from _groups(policy, path, assign, context.configuration)


def _groups(
    policy: Policy[RoutingPolicy], path: Path, assign: Assign, configuration: Configuration
) -> Iterator[Diagnostic]:
    """Pools, skills and queues."""
    known = roster(configuration)
    if assign.queue is not None and assign.queue not in known.queues:
        mark = policy.mark(*path, "queue")
        yield UnknownQueue(mark=mark, name=assign.queue, known=tuple(known.queues))
    if assign.pool is None:
        return
    pool = known.pools.get(assign.pool)
    if pool is None:
        mark = policy.mark(*path, "pool")
        yield UnknownPool(mark=mark, name=assign.pool, known=tuple(known.pools))
        return
    skills = {skill for member in pool.members for skill in member.skills}
    for number, skill in enumerate(assign.skills):
        if skill not in skills:
            mark = policy.mark(*path, "skills", number)
            known_skills = tuple(sorted(skills))
            yield NobodyHasSkill(mark=mark, skill=skill, pool=assign.pool, known=known_skills)


def leads_to_owner(known: Catalogue, record: str, path: str) -> bool:
    """Whether a path ends at a person, or at a record that has an owner."""
    if record not in known.records:
        return True  # told of the record
    fields, field = known.records[record], None
    for step in path.split("."):
        field = fields.get(step)
        if field is None:
            return False
        fields = known.records.get(field.to, {})
    if field is None or field.type is FieldType.PERSON:
        return field is not None
    return _is_person(fields.get("owner"))


def _is_person(field: Field | None) -> bool:
    return field is not None and field.type is FieldType.PERSON


def _without_fallback(policy: Policy[RoutingPolicy], rule: Rule) -> str | None:
    """The pool of a rule, where nothing says what happens when nobody there can take a record."""
    fallback = rule.on_no_eligible or policy.body.spec.on_no_eligible
    return rule.assign.pool if fallback is None else None

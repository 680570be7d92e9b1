"""What the change policies say of changes: denied now, or to be approved, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ixia_config.kinds.calendar.decide import zones
from ixia_config.kinds.change_policy.select import is_of_text, means_policy, selected
from ixia_config.kinds.change_policy.spec import (
    Approval,
    ChangePolicy,
    Freeze,
    Rule,
    Selection,
)
from ixia_config.kinds.change_policy.windows import frozen_until
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.model import Address, Change, Denial, Plan, Review, Waiver

Judgement = tuple[tuple[Denial, ...], tuple[Review, ...]]


@dataclass(frozen=True, slots=True)
class Situation:
    """What is changed, where and when: a plan's changes and the policies whose text changed."""

    environment: str
    now: datetime
    changes: Sequence[Change] = ()
    policies: Collection[Address] = ()


def judge(configuration: Configuration, situation: Situation) -> Judgement:
    """Every denial and every review of these changes, by rule; waived ones say so."""
    holding = [policy for policy in configuration.of(ChangePolicy) if _holds(policy, situation)]
    denials = (each for policy in holding for each in _denials(policy, configuration, situation))
    asked = (each for policy in holding for each in _reviews(policy, configuration, situation))
    return (
        tuple(sorted(denials, key=lambda each: each.rule)),
        tuple(sorted(asked, key=lambda each: each.rule)),
    )


def reviews(
    configuration: Configuration, plan: Plan, policies: Collection[Address] = ()
) -> tuple[Review, ...]:
    """Who must approve a plan, and the labels of its pull request.

    ``policies`` are those whose text a pull request changes: rules about kinds that no target
    holds, such as CompPlan, are found by them.
    """
    now = datetime.fromisoformat(plan.created_at)
    return judge(configuration, Situation(plan.environment, now, plan.changes, policies))[1]


def _holds(policy: Policy[ChangePolicy], situation: Situation) -> bool:
    environments = policy.body.spec.environments
    return not environments or situation.environment in environments


def _denials(
    policy: Policy[ChangePolicy], configuration: Configuration, situation: Situation
) -> Iterator[Denial]:
    spec, zone = policy.body.spec, zone_of(policy)
    for rule in spec.rules:
        if rule.deny is not None and (ids := _concerned(rule.when, situation)) is not None:
            waiver = _waiver(policy, rule.key, situation)
            yield Denial(_name(policy, rule.key), rule.deny, changes=ids, waiver=waiver)
    for freeze in spec.freeze:
        end = frozen_until(freeze, configuration, situation.now, zone)
        ids = _concerned(freeze.when, situation)
        if end is not None and ids is not None:
            waiver, until = _waiver(policy, freeze.key, situation), end.isoformat()
            yield Denial(_name(policy, freeze.key), _why(freeze), until, ids, waiver)


def _reviews(
    policy: Policy[ChangePolicy], configuration: Configuration, situation: Situation
) -> Iterator[Review]:
    day = situation.now.astimezone(zone_of(policy)).date()
    for rule in policy.body.spec.rules:
        ids = _concerned(rule.when, situation)
        if ids is not None and (rule.approve is not None or rule.labels):
            waiver = _waiver(policy, rule.key, situation)
            yield _review(_name(policy, rule.key), rule, ids, configuration, day, waiver)


def _review(
    name: str,
    rule: Rule,
    ids: tuple[str, ...],
    configuration: Configuration,
    day: date,
    waiver: Waiver | None,
) -> Review:
    asked = rule.approve
    return Review(
        rule=name,
        roles=asked.roles if asked else (),
        people=holders(configuration, asked, day) if asked else (),
        need=asked.need if asked else 0,
        no_author=asked.not_author if asked else False,
        changes=ids,
        labels=rule.labels,
        waiver=waiver,
    )


def holders(configuration: Configuration, approval: Approval, day: date) -> tuple[str, ...]:
    """The addresses of everybody whose word counts, in lower case and in order."""
    known = roster(configuration)
    found = {p.email.lower() for role in approval.roles for p in known.holding(role, day)}
    return tuple(sorted(found))


def _concerned(selection: Selection, situation: Situation) -> tuple[str, ...] | None:
    """The ids of the selected changes; None where nothing is meant at all."""
    ids = tuple(change.id for change in selected(selection, situation.changes))
    by_text = is_of_text(selection) and any(
        means_policy(selection, address) for address in situation.policies
    )
    return ids if ids or by_text else None


def _waiver(policy: Policy[ChangePolicy], key: str, situation: Situation) -> Waiver | None:
    day = situation.now.astimezone(zone_of(policy)).date()
    for each in policy.body.spec.waivers:
        if each.of == key and day < each.until:
            return Waiver(each.owner, each.reason, each.until.isoformat())
    return None


def _name(policy: Policy[ChangePolicy], key: str) -> str:
    return f"{policy.address}#{key}"


def _why(freeze: Freeze) -> str:
    if freeze.reason is not None:
        return freeze.reason
    if freeze.outside is not None:
        return f"outside the hours of {freeze.outside}"
    return "around the end of a quarter" if freeze.quarter_end else "a freeze"


def zone_of(policy: Policy[ChangePolicy]) -> ZoneInfo:
    """The time zone of a policy; UTC where it names none that exists."""
    name = policy.body.spec.zone
    return ZoneInfo(name) if name in zones() else ZoneInfo("UTC")


__all__ = ["Judgement", "Situation", "holders", "judge", "reviews", "zone_of"]

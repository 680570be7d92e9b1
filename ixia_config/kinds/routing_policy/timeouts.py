"""Checks of acceptance: limits, calendars, and re-routing that leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.calendar.codes.structure import UnknownCalendar
from ixia_config.kinds.calendar.decide import calendar_names
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.directory.references import owner
from ixia_config.kinds.policy import Configuration, Context, Policy
from ixia_config.kinds.routing_policy.codes.acceptance import (
    BusinessTimeWithoutCalendar,
    EndlessReroute,
    NobodyElse,
    SettingWithoutEffect,
)
from ixia_config.kinds.routing_policy.spec import Acceptance, Assign, RoutingPolicy, Rule

_PATH = ("spec", "acceptance")
_OF_REROUTE = ("max_reroutes", "cooldown")
_OF_ESCALATION = ("escalate_to",)


def timeouts(policy: Policy[RoutingPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with acceptance."""
    acceptance = policy.body.spec.acceptance
    if acceptance is None:
        return
    yield from _calendar(policy, acceptance, context)
    yield from _effects(policy, acceptance)
    if acceptance.escalate_to is not None:
        path = (*_PATH, "escalate_to")
        task = f"escalation of {policy.address}"
        yield from owner(policy, path, context, name=acceptance.escalate_to, task=task)
    if acceptance.on_timeout == "reroute":
        if acceptance.max_reroutes is None:
            yield EndlessReroute(mark=policy.mark(*_PATH, key=True))
        yield from _same_person(policy, context.configuration)


def _calendar(
    policy: Policy[RoutingPolicy], acceptance: Acceptance, context: Context
) -> Iterator[Diagnostic]:
    name, known = acceptance.calendar, calendar_names(context.configuration)
    if name is None and acceptance.within.business:
        mark = policy.mark(*_PATH, "within")
        yield BusinessTimeWithoutCalendar(mark=mark, length=str(acceptance.within))
    elif name not in (None, "owner", "team", *known):
        yield UnknownCalendar(mark=policy.mark(*_PATH, "calendar"), name=str(name), known=known)


def _effects(policy: Policy[RoutingPolicy], acceptance: Acceptance) -> Iterator[Diagnostic]:
    rerouted = acceptance.on_timeout == "reroute"
    for setting in _OF_ESCALATION if rerouted else _OF_REROUTE:
        if getattr(acceptance, setting) is not None:
            mark = policy.mark(*_PATH, setting, key=True)
            yield SettingWithoutEffect(mark=mark, setting=setting, on_timeout=acceptance.on_timeout)


def _same_person(
    policy: Policy[RoutingPolicy], configuration: Configuration
) -> Iterator[Diagnostic]:
    """Rules that know nobody but the one who let the record time out."""
    spec = policy.body.spec
    for number, rule in enumerate(spec.rules):
        person = _only(rule, configuration)
        elsewhere = rule.on_no_eligible or spec.on_no_eligible
        if person is not None and elsewhere is None:
            mark = policy.mark("spec", "rules", number, "assign")
            yield NobodyElse(mark=mark, rule=rule.key, person=person)


def _only(rule: Rule, configuration: Configuration) -> str | None:
    """The one person who can get records of a rule."""
    assign: Assign = rule.assign
    if assign.pool is None:
        return assign.person
    pool = roster(configuration).pools.get(assign.pool)
    members = {member.email.lower() for member in pool.members} if pool else set()
    return members.pop() if len(members) == 1 else None
